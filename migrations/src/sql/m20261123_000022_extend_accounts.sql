-- Whether an account ever acted as the secretariat, whatever its role is now: only the first that does needs no
-- colleague's word, so that an operator who takes all others out can let nobody in.
ALTER TABLE account ADD COLUMN has_been_secretariat {bool} NOT NULL DEFAULT FALSE
;;
UPDATE account SET has_been_secretariat = TRUE WHERE role = 'secretariat' AND password_hash IS NOT NULL
;;
-- A link lets somebody in for the first time, or again who lost the password.
ALTER TABLE account_link ADD COLUMN purpose {text} NOT NULL DEFAULT 'invitation' CHECK (purpose IN ('invitation', 'recovery'))
;;
-- The administrator who asked for a link in somebody's stead. It holds nothing until a colleague has vouched that the
-- person wants it; one that was sent to the person's own address names nobody here.
ALTER TABLE account_link ADD COLUMN asked_by {uuid} REFERENCES account (id)
;;
ALTER TABLE account_link ADD COLUMN vouched_by {uuid} REFERENCES account (id)
