-- That a filing organisation lets its item be merged into another one, which it named.
CREATE TABLE merge_consent (
    id {uuid} PRIMARY KEY NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    target_id {uuid} NOT NULL REFERENCES item (id),
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    given_on {text} NOT NULL,
    UNIQUE (item_id, target_id, organisation_id),
    CHECK (item_id <> target_id)
) {strict}
;;
-- postgres
-- Titles alone: likely duplicates are looked for there.
CREATE INDEX item_search_title ON item_search USING gin (title_text)
;;
