-- The ledger. Entries, leaves and nodes are append-only: triggers refuse every other write. Salts and payloads
-- stand apart, because redaction deletes them.
--
-- `item_id` repeats the subject where it is an item, so that an item's history is one index range.
-- `level` and `axis` say who may read the payload. `digest` is SHA-256(salt || canonical payload).
CREATE TABLE ledger_entry (
    position {int} PRIMARY KEY NOT NULL,
    action {text} NOT NULL,
    subject_type {text} NOT NULL,
    subject_id {text} NOT NULL,
    subject_ref {text},
    item_id {uuid},
    actor_role {text} NOT NULL,
    actor_organisation {text},
    axis {text} NOT NULL CHECK (axis IN ('text', 'identity')),
    level {small} NOT NULL CHECK (level BETWEEN 0 AND 4),
    sealed {bool} NOT NULL,
    at {int} NOT NULL,
    digest {bytes} NOT NULL
) {strict}
;;
CREATE INDEX ledger_entry_item ON ledger_entry (item_id, position)
;;
CREATE INDEX ledger_entry_level ON ledger_entry (level, position)
;;
CREATE INDEX ledger_entry_subject ON ledger_entry (subject_type, subject_id, position)
;;
CREATE TABLE ledger_payload (
    position {int} PRIMARY KEY NOT NULL REFERENCES ledger_entry (position),
    salt {bytes} NOT NULL,
    actor_salt {bytes} NOT NULL,
    payload {text} NOT NULL
) {strict}
;;
-- Entries not yet admitted to the tree. `daily` ones wait for the day's batch.
CREATE TABLE ledger_queue (
    position {int} PRIMARY KEY NOT NULL REFERENCES ledger_entry (position),
    daily {bool} NOT NULL,
    entered_on {text} NOT NULL
) {strict}
;;
-- The tree: leaf `seq` and the hashes of complete subtrees, addressed by level (0 = leaf hashes) and index.
CREATE TABLE ledger_leaf (
    seq {int} PRIMARY KEY NOT NULL,
    position {int} NOT NULL UNIQUE REFERENCES ledger_entry (position),
    leaf {text} NOT NULL
) {strict}
;;
CREATE TABLE ledger_node (
    level {int} NOT NULL,
    place {int} NOT NULL,
    hash {bytes} NOT NULL,
    PRIMARY KEY (level, place)
) {strict}
;;
-- Signed checkpoints as they were published.
CREATE TABLE ledger_checkpoint (
    size {int} PRIMARY KEY NOT NULL,
    note {text} NOT NULL,
    signed_at {int} NOT NULL
) {strict}
;;
-- sqlite
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
;;
-- sqlite
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
;;
-- sqlite
CREATE TRIGGER ledger_leaf_no_update BEFORE UPDATE ON ledger_leaf
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
;;
-- sqlite
CREATE TRIGGER ledger_leaf_no_delete BEFORE DELETE ON ledger_leaf
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
;;
-- sqlite
CREATE TRIGGER ledger_node_no_update BEFORE UPDATE ON ledger_node
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
;;
-- sqlite
CREATE TRIGGER ledger_node_no_delete BEFORE DELETE ON ledger_node
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
;;
-- postgres
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only';
END
$$
;;
-- postgres
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()
;;
-- postgres
CREATE TRIGGER ledger_leaf_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_leaf
FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()
;;
-- postgres
CREATE TRIGGER ledger_node_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_node
FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()
;;
