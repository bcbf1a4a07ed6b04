\set number random(1, 3000)
BEGIN;
SELECT item.* FROM item JOIN bench_item ON bench_item.id = item.id WHERE bench_item.number = :number;
SELECT consent.* FROM consent JOIN bench_item ON bench_item.id = consent.item_id WHERE bench_item.number = :number;
SELECT nextval('bench_position') AS position \gset
UPDATE item SET status = CASE status WHEN 'closed' THEN 'in_progress' ELSE 'closed' END,
    closing_result = CASE status WHEN 'closed' THEN NULL ELSE 'partly_implemented' END, version = version + 1,
    position_own = :position, position_secretariat = :position, position_addressed = :position,
    position_members = :position, position_public = :position, changed_own = :position,
    changed_secretariat = :position, changed_addressed = :position, changed_members = :position,
    changed_public = :position
    WHERE id = (SELECT id FROM bench_item WHERE number = :number);
INSERT INTO ledger_entry (position, action, subject_type, subject_id, subject_ref, item_id, actor_role, axis, level,
    sealed, at, digest)
    SELECT :position, 'item.status_changed', 'item', id::text, 'C-2026-0001', id, 'secretariat', 'text', 4, false,
    :position, sha256(id::text::bytea) FROM bench_item WHERE number = :number;
INSERT INTO ledger_payload (position, salt, actor_salt, payload)
    SELECT :position, sha256('salt'), sha256('actor'), payload FROM bench_payload;
INSERT INTO ledger_queue (position, daily, entered_on) VALUES (:position, false, '2026-01-01');
INSERT INTO status_change (id, item_id, position, from_status, to_status, as_of, as_of_precision, recorded_on, content,
    role, level)
    SELECT gen_random_uuid(), id, :position, 'in_progress', 'closed', '2026-01-01', 'day', '2026-01-01', '{}',
    'secretariat', 4 FROM bench_item WHERE number = :number;
COMMIT;
