-- That those who file a proposal invite another organisation to file it with them. Gone once it accepts or declines.
CREATE TABLE co_filing_invitation (
    id {uuid} PRIMARY KEY NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    invited_by_id {uuid} NOT NULL REFERENCES organisation (id),
    invited_on {text} NOT NULL,
    UNIQUE (item_id, organisation_id)
) {strict}
;;
CREATE INDEX co_filing_invitation_organisation ON co_filing_invitation (organisation_id, invited_on)
;;
