CREATE TABLE meeting (
    id {uuid} PRIMARY KEY NOT NULL,
    code {text} NOT NULL UNIQUE,
    kind {text} NOT NULL CHECK (kind IN ('plenary', 'subgroup')),
    held_on {text},
    held_on_precision {text} NOT NULL,
    held_until {text},
    held_sort {text} NOT NULL,
    published_on {text},
    protocol {text} NOT NULL CHECK (protocol IN ('draft', 'circulated', 'approved')),
    objections_until {text},
    content {text} NOT NULL,
    version {int} NOT NULL,
    position {int} NOT NULL,
    updated_at {int} NOT NULL
) {strict}
;;
CREATE INDEX meeting_held ON meeting (held_sort, id)
;;
CREATE TABLE agenda_item (
    id {uuid} PRIMARY KEY NOT NULL,
    meeting_id {uuid} NOT NULL REFERENCES meeting (id),
    number {int} NOT NULL,
    content {text} NOT NULL,
    level {small} NOT NULL CHECK (level BETWEEN 0 AND 4),
    UNIQUE (meeting_id, number)
) {strict}
;;
CREATE TABLE agenda_item_item (
    agenda_item_id {uuid} NOT NULL REFERENCES agenda_item (id),
    item_id {uuid} NOT NULL REFERENCES item (id),
    place {int} NOT NULL,
    PRIMARY KEY (agenda_item_id, item_id)
) {strict}
;;
CREATE INDEX agenda_item_item_item ON agenda_item_item (item_id)
;;
CREATE TABLE decision (
    id {uuid} PRIMARY KEY NOT NULL,
    meeting_id {uuid} NOT NULL REFERENCES meeting (id),
    number {int} NOT NULL,
    agenda_item_id {uuid} REFERENCES agenda_item (id),
    content {text} NOT NULL,
    lead_id {uuid} NOT NULL REFERENCES organisation (id),
    due_on {text},
    due_precision {text},
    commitment_id {uuid} REFERENCES item (id),
    UNIQUE (meeting_id, number),
    CHECK ((due_on IS NULL) = (due_precision IS NULL))
) {strict}
;;
CREATE INDEX decision_commitment ON decision (commitment_id)
;;
CREATE TABLE decision_implements (
    decision_id {uuid} NOT NULL REFERENCES decision (id),
    item_id {uuid} NOT NULL REFERENCES item (id),
    place {int} NOT NULL,
    PRIMARY KEY (decision_id, item_id)
) {strict}
;;
CREATE INDEX decision_implements_item ON decision_implements (item_id)
;;
CREATE TABLE attendance (
    meeting_id {uuid} NOT NULL REFERENCES meeting (id),
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    level {small} NOT NULL CHECK (level BETWEEN 0 AND 4),
    place {int} NOT NULL,
    PRIMARY KEY (meeting_id, organisation_id)
) {strict}
;;
CREATE INDEX attendance_organisation ON attendance (organisation_id)
;;
