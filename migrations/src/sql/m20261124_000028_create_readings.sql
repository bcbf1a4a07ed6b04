-- Who was given what is not public, by the local day: `record_id` is an item, or something that was added to one. Whoever filed
-- or added it is not noted. `opened` tells a record that was looked at from one that stood in a list.
CREATE TABLE reading (
    record_id {uuid} NOT NULL,
    on_day {text} NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    role {text} NOT NULL,
    opened {bool} NOT NULL,
    PRIMARY KEY (record_id, on_day, account_id)
) {strict}
;;
CREATE INDEX reading_day ON reading (on_day)
