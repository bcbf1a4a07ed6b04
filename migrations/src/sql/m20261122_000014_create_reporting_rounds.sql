-- Rounds in which bodies are asked to report. `opened` is the round's first place in the ledger, by which rounds are
-- ordered; `name` is a language map (JSON). `reminded_on` is the day on which bodies were reminded of the due day.
CREATE TABLE reporting_round (
    id {uuid} PRIMARY KEY NOT NULL,
    name {text} NOT NULL,
    period_from {text} NOT NULL,
    period_to {text} NOT NULL CHECK (period_from <= period_to),
    due_on {text} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('open', 'closed')),
    opened_on {text} NOT NULL,
    closed_on {text},
    reminded_on {text},
    opened {int} NOT NULL,
    version {int} NOT NULL,
    position {int} NOT NULL,
    updated_at {int} NOT NULL,
    CHECK ((state = 'closed') = (closed_on IS NOT NULL))
) {strict}
;;
CREATE INDEX reporting_round_opened ON reporting_round (opened, id)
;;
CREATE INDEX reporting_round_due ON reporting_round (state, due_on)
;;
-- What a round asks for: a report of a body on an item. `received_on` is the day on which the first one was published,
-- `report_id` the newest; both follow the reports. `released_on` is the day on which, before the report was due, the item
-- ended or the body ceased to own it: nothing is asked of it any more. `opened` is that of the round: the newest round that asks about an
-- item is found by it.
CREATE TABLE reporting_row (
    round_id {uuid} NOT NULL REFERENCES reporting_round (id),
    item_id {uuid} NOT NULL REFERENCES item (id),
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    opened {int} NOT NULL,
    received_on {text},
    report_id {uuid} REFERENCES contribution (id),
    released_on {text},
    PRIMARY KEY (round_id, item_id, organisation_id),
    CHECK ((received_on IS NULL) = (report_id IS NULL))
) {strict}
;;
CREATE INDEX reporting_row_item ON reporting_row (item_id, opened)
;;
CREATE INDEX reporting_row_organisation ON reporting_row (organisation_id, round_id)
;;
-- postgres
-- Accounts are told of rounds, too: a notification is about an item or about a round.
ALTER TABLE notification ALTER COLUMN item_id DROP NOT NULL
;;
-- postgres
ALTER TABLE notification ADD COLUMN round_id UUID REFERENCES reporting_round (id)
;;
-- postgres
ALTER TABLE notification ADD CHECK ((item_id IS NULL) <> (round_id IS NULL))
;;
-- sqlite
ALTER TABLE notification RENAME TO notification_of_item
;;
-- sqlite
CREATE TABLE notification (
    id {uuid} PRIMARY KEY NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    position {int} NOT NULL,
    item_id {uuid} REFERENCES item (id),
    action {text} NOT NULL,
    subject_type {text} NOT NULL,
    subject_id {text} NOT NULL,
    reason {text} NOT NULL,
    at {int} NOT NULL,
    seen {bool} NOT NULL,
    round_id {uuid} REFERENCES reporting_round (id),
    UNIQUE (account_id, position, item_id),
    CHECK ((item_id IS NULL) <> (round_id IS NULL))
) {strict}
;;
-- sqlite
INSERT INTO notification (id, account_id, position, item_id, action, subject_type, subject_id, reason, at, seen)
SELECT id, account_id, position, item_id, action, subject_type, subject_id, reason, at, seen FROM notification_of_item
;;
-- sqlite
DROP TABLE notification_of_item
;;
-- sqlite
CREATE INDEX notification_item ON notification (item_id)
;;
-- sqlite
CREATE INDEX notification_unseen ON notification (account_id, seen, position)
;;
