-- Who an account is at a provider of identities. One of them is of one account alone, and an account has one at each provider.
CREATE TABLE account_identity (
    id {uuid} PRIMARY KEY NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    issuer {text} NOT NULL,
    subject {text} NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    -- What the provider called the person when the identity was connected, so that they know which one it is.
    shown {text} NOT NULL,
    made_on {text} NOT NULL,
    used_on {text},
    UNIQUE (issuer, subject),
    UNIQUE (account_id, issuer)
) {strict}
