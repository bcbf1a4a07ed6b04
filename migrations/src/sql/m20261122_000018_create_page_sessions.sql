-- What a browser keeps in its cookie for a session, as a digest, and until when the session lives without a request.
CREATE TABLE page_session (
    cookie_digest {bytes} PRIMARY KEY NOT NULL,
    session_id {uuid} NOT NULL UNIQUE REFERENCES session (id),
    idle_until {int} NOT NULL
) {strict}
