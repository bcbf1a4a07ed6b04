-- Items. What lists filter or sort by stands in columns; the texts stand together in `content` (JSON), because
-- they are always read together. It is the last column: SQLite reads a long row from its beginning, and what is
-- compared must not stand behind it.
--
-- `position_*` and `changed_*` are the newest ledger entry about the item that a reader of each level may see,
-- from which etag and updated_at of that reader follow.
CREATE TABLE item (
    row_id {rowid},
    id {uuid} NOT NULL UNIQUE,
    kind {text} NOT NULL CHECK (kind IN ('proposal', 'commitment', 'recommendation')),
    reference {text} UNIQUE,
    filing_code {text} UNIQUE,
    status {text} NOT NULL,
    status_as_of {text} NOT NULL,
    status_as_of_precision {text} NOT NULL,
    closing_result {text},
    contested {bool} NOT NULL,
    original_language {text} NOT NULL,
    mechanism {text},
    lead_id {uuid} REFERENCES organisation (id),
    due_on {text},
    due_precision {text},
    due_sort {text} NOT NULL,
    original_due_on {text},
    information_due_on {text},
    priority {bool} NOT NULL,
    text_level {small} NOT NULL CHECK (text_level BETWEEN 0 AND 4),
    identity_level {small} NOT NULL CHECK (identity_level BETWEEN 0 AND 4),
    filed_on {text},
    filed_on_precision {text},
    filed_sort {text} NOT NULL,
    entered_on {text} NOT NULL,
    narrowed_from {small},
    narrowed_on {text},
    narrowed_reason {text},
    version {int} NOT NULL,
    position_own {int} NOT NULL,
    position_secretariat {int} NOT NULL,
    position_addressed {int} NOT NULL,
    position_members {int} NOT NULL,
    position_public {int} NOT NULL,
    changed_own {int} NOT NULL,
    changed_secretariat {int} NOT NULL,
    changed_addressed {int} NOT NULL,
    changed_members {int} NOT NULL,
    changed_public {int} NOT NULL,
    content {text} NOT NULL,
    CHECK (identity_level <= text_level),
    CHECK ((due_on IS NULL) = (due_precision IS NULL)),
    CHECK ((closing_result IS NULL) OR status = 'closed')
) {strict}
;;
CREATE INDEX item_public_changed ON item (changed_public, id) WHERE text_level = 4
;;
CREATE INDEX item_members_changed ON item (changed_members, id) WHERE text_level >= 3
;;
CREATE INDEX item_secretariat_changed ON item (changed_secretariat, id)
;;
-- The level stands in the indexes, so that rows which are not shown are not read.
CREATE INDEX item_due ON item (due_sort, id, text_level)
;;
CREATE INDEX item_status_due ON item (status, due_sort, id, text_level)
;;
CREATE INDEX item_lead_due ON item (lead_id, due_sort, id, text_level)
;;
CREATE INDEX item_filed ON item (filed_sort, id, text_level)
;;
CREATE INDEX item_entered ON item (entered_on, id, text_level)
;;
CREATE INDEX item_mechanism ON item (mechanism, due_sort, id, text_level)
;;
-- Organisations with a part in an item: owners (with their role), addressees, filers. `place` keeps their order.
CREATE TABLE item_party (
    item_id {uuid} NOT NULL REFERENCES item (id),
    part {text} NOT NULL CHECK (part IN ('owner', 'addressee', 'filer')),
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    role {text} CHECK (role IN ('lead', 'co', 'oversight')),
    by_agreement {bool} NOT NULL,
    place {int} NOT NULL,
    PRIMARY KEY (item_id, part, organisation_id),
    CHECK ((part = 'owner') = (role IS NOT NULL))
) {strict}
;;
CREATE INDEX item_party_organisation ON item_party (organisation_id, part, item_id)
;;
CREATE UNIQUE INDEX item_party_one_lead ON item_party (item_id) WHERE role = 'lead'
;;
-- The author of a draft and the colleagues they named; emptied when it leaves the draft.
CREATE TABLE item_drafter (
    item_id {uuid} NOT NULL REFERENCES item (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    place {int} NOT NULL,
    PRIMARY KEY (item_id, account_id)
) {strict}
;;
CREATE INDEX item_drafter_account ON item_drafter (account_id, item_id)
;;
-- Themes, legal references, groups and development targets, for filtering.
CREATE TABLE item_tag (
    vocabulary {text} NOT NULL CHECK (vocabulary IN ('theme', 'legal_ref', 'group', 'sdg_target')),
    code {text} NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    PRIMARY KEY (vocabulary, code, item_id)
) {strict}
;;
CREATE INDEX item_tag_item ON item_tag (item_id)
;;
-- Orders that no column of an item gives: `ref` (kind, year, number; items without one last) and `title_kk`,
-- `title_ru`, `title_en` (the title a reader of the language is shown, in alphabetical order). They stand apart, so
-- that reading an item does not read them.
CREATE TABLE item_sort_key (
    list {text} NOT NULL CHECK (list IN ('ref', 'title_kk', 'title_ru', 'title_en')),
    key {text} NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    PRIMARY KEY (list, key, item_id)
) {strict}
;;
CREATE INDEX item_sort_key_item ON item_sort_key (item_id)
;;
CREATE TABLE item_link (
    id {uuid} PRIMARY KEY NOT NULL,
    from_id {uuid} NOT NULL REFERENCES item (id),
    to_id {uuid} NOT NULL REFERENCES item (id),
    kind {text} NOT NULL,
    UNIQUE (from_id, kind, to_id),
    CHECK (from_id <> to_id)
) {strict}
;;
CREATE INDEX item_link_to ON item_link (to_id)
;;
-- Status history. `level` is who may read the event; `organisation_id` is null for a hidden submitter.
CREATE TABLE status_change (
    id {uuid} PRIMARY KEY NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    position {int} NOT NULL,
    from_status {text},
    to_status {text} NOT NULL,
    as_of {text} NOT NULL,
    as_of_precision {text} NOT NULL,
    recorded_on {text} NOT NULL,
    content {text} NOT NULL,
    role {text} NOT NULL,
    organisation_id {uuid} REFERENCES organisation (id),
    level {small} NOT NULL CHECK (level BETWEEN 0 AND 4)
) {strict}
;;
CREATE INDEX status_change_item ON status_change (item_id, position)
;;
CREATE TABLE deadline_revision (
    id {uuid} PRIMARY KEY NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    position {int} NOT NULL,
    old_on {text},
    old_precision {text},
    new_on {text},
    new_precision {text},
    reason {text} NOT NULL,
    recorded_on {text} NOT NULL,
    role {text} NOT NULL,
    organisation_id {uuid} REFERENCES organisation (id),
    level {small} NOT NULL CHECK (level BETWEEN 0 AND 4)
) {strict}
;;
CREATE INDEX deadline_revision_item ON deadline_revision (item_id, position)
;;
-- A submitter's consent to a level. On the identity axis: the first of the two members who make a name public.
CREATE TABLE consent (
    id {uuid} PRIMARY KEY NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    axis {text} NOT NULL CHECK (axis IN ('text', 'identity')),
    level {small} NOT NULL CHECK (level BETWEEN 0 AND 4),
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    given_on {text} NOT NULL
) {strict}
;;
CREATE INDEX consent_item ON consent (item_id)
;;
-- The last number given, for each kind and local year.
CREATE TABLE reference_counter (
    kind {text} NOT NULL,
    year {int} NOT NULL,
    last_number {int} NOT NULL,
    PRIMARY KEY (kind, year)
) {strict}
;;
-- sqlite
-- Search. Tokens come folded and stemmed, so the databases only compare them: here with the tokenizer that
-- leaves non-ASCII letters alone.
CREATE VIRTUAL TABLE item_search USING fts5 (
    title_text, body_text, content = '', contentless_delete = 1, detail = 'column', tokenize = 'ascii'
)
;;
-- postgres
-- Search. The vectors are made from arrays of tokens, past the database's own parser.
CREATE TABLE item_search (
    item_id UUID PRIMARY KEY NOT NULL REFERENCES item (id),
    title_text TSVECTOR NOT NULL,
    whole_text TSVECTOR NOT NULL
)
;;
-- postgres
CREATE INDEX item_search_whole ON item_search USING gin (whole_text)
;;
