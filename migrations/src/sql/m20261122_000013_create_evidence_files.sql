-- Files that were brought, or are being brought: a row is there before the file is, so that no file ever lies in the
-- store that nobody knows of.
--
-- `contribution_id` is null until the evidence is there that the file belongs to. Who brought a file and when are kept
-- for as long as they are counted; of a file that never found its evidence, when, until it is removed.
CREATE TABLE evidence_file (
    object {uuid} PRIMARY KEY NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    contribution_id {uuid} UNIQUE REFERENCES contribution (id),
    account_id {uuid},
    stored_at {int}
) {strict}
;;
CREATE INDEX evidence_file_item ON evidence_file (item_id, organisation_id)
;;
CREATE INDEX evidence_file_account ON evidence_file (account_id, stored_at) WHERE account_id IS NOT NULL
;;
CREATE INDEX evidence_file_stored ON evidence_file (stored_at) WHERE stored_at IS NOT NULL
;;
