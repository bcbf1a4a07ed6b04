-- A second factor of accounts. That an account has one stands in its row, which every request reads.
ALTER TABLE account ADD COLUMN second_factor {bool} NOT NULL DEFAULT FALSE
;;
-- The secret of an authenticator app, sealed by a key outside of the database; not confirmed until a code of it was given.
-- The last step whose code was used: a code is good once.
CREATE TABLE account_totp (
    account_id {uuid} PRIMARY KEY NOT NULL REFERENCES account (id),
    secret {text} NOT NULL,
    confirmed {bool} NOT NULL,
    last_step {int} NOT NULL
) {strict}
;;
-- Codes for whoever lost the app, each good once. Only digests are kept.
CREATE TABLE recovery_code (
    code_digest {bytes} PRIMARY KEY NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    used_at {int}
) {strict}
;;
CREATE INDEX recovery_code_account ON recovery_code (account_id)
