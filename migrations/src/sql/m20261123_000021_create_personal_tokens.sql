-- What a program brings along that asks in somebody's name: a session of its own, by a token that is told once and kept as a
-- digest, with what it may do, and the day on which it was last used.
CREATE TABLE personal_token (
    token_digest {bytes} PRIMARY KEY NOT NULL,
    session_id {uuid} NOT NULL UNIQUE REFERENCES session (id),
    scope {text} NOT NULL CHECK (scope IN ('read', 'write')),
    used_on {text}
) {strict}
