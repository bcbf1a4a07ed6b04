-- Who reads a contribution beside its levels: the organisation whose question it answers, whether the secretariat
-- narrowed it, and who asked for its author's name to be made public.
ALTER TABLE contribution ADD COLUMN heard_by_id {uuid} REFERENCES organisation (id)
;;
ALTER TABLE contribution ADD COLUMN held {bool} NOT NULL DEFAULT FALSE
;;
ALTER TABLE contribution ADD COLUMN publication_asked_by_id {uuid}
;;
-- Entries about a contribution that was narrowed since: their payloads are served to readers of this level alone.
CREATE TABLE ledger_withheld (
    position {int} PRIMARY KEY NOT NULL REFERENCES ledger_entry (position),
    level {small} NOT NULL CHECK (level BETWEEN 0 AND 4)
) {strict}
;;
