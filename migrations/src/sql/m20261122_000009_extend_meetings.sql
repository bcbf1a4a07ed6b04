-- What participants object to a circulated protocol. It is read by the secretariat and by the organisation that
-- raised it; `identity_level` is whether the secretariat learns which one that is. Days only: an hour would tell who
-- was at work. The decision may be gone from the draft since.
CREATE TABLE objection (
    id {uuid} PRIMARY KEY NOT NULL,
    meeting_id {uuid} NOT NULL REFERENCES meeting (id),
    decision_id {uuid},
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    role {text} NOT NULL,
    identity_level {small} NOT NULL CHECK (identity_level BETWEEN 0 AND 1),
    raised_on {text} NOT NULL,
    outcome {text} CHECK (outcome IN ('accepted', 'rejected')),
    answered_on {text},
    content {text} NOT NULL,
    version {int} NOT NULL,
    CHECK ((outcome IS NULL) = (answered_on IS NULL))
) {strict}
;;
CREATE INDEX objection_meeting ON objection (meeting_id, raised_on, id)
;;
-- The last day of a meeting or of the period in which it takes place; '0000-00-00' where its day is not known. What
-- a meeting opens with comes from those that ended before it.
ALTER TABLE meeting ADD COLUMN ends_sort {text} NOT NULL DEFAULT '0000-00-00'
;;
-- sqlite
UPDATE meeting SET ends_sort = COALESCE(held_until, CASE held_on_precision
    WHEN 'month' THEN date(held_on, '+1 month', '-1 day')
    WHEN 'quarter' THEN date(held_on, '+3 months', '-1 day')
    WHEN 'half_year' THEN date(held_on, '+6 months', '-1 day')
    WHEN 'year' THEN date(held_on, '+1 year', '-1 day')
    ELSE held_on END) WHERE held_on IS NOT NULL
;;
-- postgres
UPDATE meeting SET ends_sort = COALESCE(held_until, CASE held_on_precision
    WHEN 'month' THEN to_char(CAST(held_on AS date) + interval '1 month' - interval '1 day', 'YYYY-MM-DD')
    WHEN 'quarter' THEN to_char(CAST(held_on AS date) + interval '3 months' - interval '1 day', 'YYYY-MM-DD')
    WHEN 'half_year' THEN to_char(CAST(held_on AS date) + interval '6 months' - interval '1 day', 'YYYY-MM-DD')
    WHEN 'year' THEN to_char(CAST(held_on AS date) + interval '1 year' - interval '1 day', 'YYYY-MM-DD')
    ELSE held_on END) WHERE held_on IS NOT NULL
;;
CREATE INDEX meeting_ends ON meeting (kind, ends_sort, code)
;;
