-- What accounts follow, and what they are told. Neither is in the ledger: it is nobody's record but the account's.
CREATE TABLE follow (
    account_id {uuid} NOT NULL REFERENCES account (id),
    item_id {uuid} NOT NULL REFERENCES item (id),
    followed_on {text} NOT NULL,
    PRIMARY KEY (account_id, item_id)
) {strict}
;;
CREATE INDEX follow_item ON follow (item_id)
;;
-- One row for an account and an entry of the ledger about an item. `at` is the entry's time, which is the beginning of
-- its day where the hour is told to nobody.
CREATE TABLE notification (
    id {uuid} PRIMARY KEY NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    position {int} NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    action {text} NOT NULL,
    subject_type {text} NOT NULL,
    subject_id {text} NOT NULL,
    reason {text} NOT NULL,
    at {int} NOT NULL,
    seen {bool} NOT NULL,
    UNIQUE (account_id, position, item_id)
) {strict}
;;
CREATE INDEX notification_item ON notification (item_id)
;;
CREATE INDEX notification_unseen ON notification (account_id, seen, position)
;;
