-- Passkeys of accounts. That an account has one stands in its row, which every request reads.
ALTER TABLE account ADD COLUMN has_passkey {bool} NOT NULL DEFAULT FALSE
;;
-- Whether a second factor was shown when a session began, in one with the first: by a passkey, or at a provider. A password is
-- none.
ALTER TABLE session ADD COLUMN second_factor {bool} NOT NULL DEFAULT FALSE
;;
-- What devices know an account by: random bytes, the same for all its passkeys, so that what is on a device names nobody.
CREATE TABLE passkey_user (
    account_id {uuid} PRIMARY KEY NOT NULL REFERENCES account (id),
    user_handle {bytes} NOT NULL UNIQUE
) {strict}
;;
-- Public keys by which people sign in. One of them is of one account alone.
CREATE TABLE passkey (
    id {uuid} PRIMARY KEY NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    credential_id {bytes} NOT NULL UNIQUE CHECK (length(credential_id) BETWEEN 1 AND 1023),
    -- A number of the registry of COSE, and the key.
    algorithm {small} NOT NULL,
    public_key {bytes} NOT NULL,
    -- How often it signed, by its own count; 0 of those that do not count.
    sign_count {int} NOT NULL,
    -- Whether the private key may be copied to other devices, and whether it was.
    backup_eligible {bool} NOT NULL,
    backed_up {bool} NOT NULL,
    label {text} NOT NULL,
    made_on {text} NOT NULL,
    used_on {text},
    -- The day on which its count went back: somebody may have copied it.
    doubted_on {text}
) {strict}
;;
CREATE INDEX passkey_account ON passkey (account_id)
;;
-- Challenges that were answered, until they would have expired: each is good once. Those that were not are stored nowhere.
CREATE TABLE spent_challenge (
    challenge_digest {bytes} PRIMARY KEY NOT NULL,
    expires_at {int} NOT NULL
) {strict}
;;
CREATE INDEX spent_challenge_expires ON spent_challenge (expires_at)
