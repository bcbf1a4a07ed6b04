-- Nothing is read from them: validators follow what is shown, and when a round changed is told by the ledger.
ALTER TABLE reporting_round DROP COLUMN position
;;
ALTER TABLE reporting_round DROP COLUMN updated_at
;;
