-- Accounts. The address is stored lower-case; no password means the account waits for its one-time link.
CREATE TABLE account (
    id {uuid} PRIMARY KEY NOT NULL,
    email {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    role {text} NOT NULL CHECK (role IN ('ngo_member', 'officer', 'approver', 'secretariat', 'observer', 'admin')),
    state {text} NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    confirmed {bool} NOT NULL,
    language {text} NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    password_hash {text},
    created_on {text} NOT NULL,
    version {int} NOT NULL
) {strict}
;;
CREATE INDEX account_organisation ON account (organisation_id)
;;
-- One-time links. Only a digest of the token is kept; a used or expired row admits nobody.
CREATE TABLE account_link (
    token_digest {bytes} PRIMARY KEY NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    expires_at {int} NOT NULL,
    used_at {int}
) {strict}
;;
CREATE INDEX account_link_account ON account_link (account_id)
;;
CREATE INDEX account_link_expires ON account_link (expires_at)
;;
-- Sign-in sessions, read on every request. The starting day is kept, not the hour, and no address or browser.
CREATE TABLE session (
    id {uuid} PRIMARY KEY NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    label {text} NOT NULL,
    started_on {text} NOT NULL,
    expires_at {int} NOT NULL,
    revoked_at {int}
) {strict}
;;
CREATE INDEX session_account ON session (account_id)
;;
CREATE INDEX session_expires ON session (expires_at)
;;
-- Refresh tokens by digest. A used one that comes back revokes its session.
CREATE TABLE refresh_token (
    token_digest {bytes} PRIMARY KEY NOT NULL,
    session_id {uuid} NOT NULL REFERENCES session (id),
    expires_at {int} NOT NULL,
    used_at {int}
) {strict}
;;
CREATE INDEX refresh_token_session ON refresh_token (session_id)
;;
CREATE INDEX refresh_token_expires ON refresh_token (expires_at)
;;
-- What a repeated request with the same Idempotency-Key answers. The key is stored as a keyed hash together
-- with account and route; so is the body.
CREATE TABLE idempotency_record (
    key_digest {bytes} PRIMARY KEY NOT NULL,
    body_digest {bytes} NOT NULL,
    status {int} NOT NULL,
    location {text} NOT NULL,
    created_at {int} NOT NULL
) {strict}
;;
CREATE INDEX idempotency_record_created ON idempotency_record (created_at)
;;
