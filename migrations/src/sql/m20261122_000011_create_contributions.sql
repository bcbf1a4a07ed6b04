-- What organisations add to items: reports, findings, announcements of a closing. What lists filter by stands in
-- columns, the rest together in `content` (JSON).
--
-- `text_level` and `identity_level` are null where whoever reads the item reads the contribution. `assessor` is an
-- organisation's identifier or a mechanism's code: a newer finding of the same one supersedes the older.
CREATE TABLE contribution (
    id {uuid} PRIMARY KEY NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    kind {text} NOT NULL,
    organisation_id {uuid} REFERENCES organisation (id),
    role {text} NOT NULL,
    account_id {uuid} NOT NULL,
    text_level {small} CHECK (text_level BETWEEN 0 AND 4),
    identity_level {small} CHECK (identity_level BETWEEN 0 AND 4),
    recorded_on {text} NOT NULL,
    position {int} NOT NULL,
    changed {int} NOT NULL,
    version {int} NOT NULL,
    state {text},
    round_id {uuid},
    finding {text},
    assessor {text},
    as_of {text},
    content {text} NOT NULL,
    CHECK ((text_level IS NULL) = (identity_level IS NULL)),
    CHECK (identity_level <= text_level),
    CHECK ((finding IS NULL) = (assessor IS NULL)),
    CHECK (finding IS NULL OR as_of IS NOT NULL)
) {strict}
;;
CREATE INDEX contribution_item ON contribution (item_id, kind, position)
;;
CREATE INDEX contribution_finding ON contribution (item_id, assessor, as_of, position) WHERE finding IS NOT NULL
;;
CREATE INDEX contribution_assessor ON contribution (assessor, item_id) WHERE finding IS NOT NULL
;;
CREATE INDEX contribution_waiting ON contribution (organisation_id, state, position) WHERE state IS NOT NULL
;;
CREATE INDEX contribution_round ON contribution (round_id, organisation_id) WHERE round_id IS NOT NULL
;;
