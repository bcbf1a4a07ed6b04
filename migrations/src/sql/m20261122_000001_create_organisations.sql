-- Organisations and the names they had over time. Place 0 is the present name.
CREATE TABLE organisation (
    id {uuid} PRIMARY KEY NOT NULL,
    code {text} NOT NULL UNIQUE,
    kind {text} NOT NULL CHECK (kind IN ('state_body', 'independent', 'civil_society', 'international')),
    parent_id {uuid} REFERENCES organisation (id),
    by_agreement {bool} NOT NULL,
    active {bool} NOT NULL,
    names {text} NOT NULL,
    aliases {text} NOT NULL,
    version {int} NOT NULL,
    updated_at {int} NOT NULL
) {strict}
;;
CREATE INDEX organisation_parent ON organisation (parent_id)
;;
