-- Entries from which passages were taken out for all but who reads at `secretariat` or narrower: what they said stays, and
-- is served to nobody wider, however wide the record is read.
CREATE TABLE ledger_redacted (
    position {int} PRIMARY KEY NOT NULL REFERENCES ledger_entry (position)
) {strict}
;;
