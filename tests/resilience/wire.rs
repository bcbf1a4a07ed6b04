//! One request a connection, and what became of it: an answer, nothing at all, or nobody knows.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// After how long without a word a program that still holds the connection is said to hang: longer than anything may
/// take, the waits for a database that does not answer added up.
const PATIENCE: Duration = Duration::from_mins(1);

/// A request as it is sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    /// Below the root of the address: `/api/v1/items`.
    pub(crate) path: &'a str,
    pub(crate) token: Option<&'a str>,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: Option<&'a Value>,
}

impl<'a> Request<'a> {
    pub(crate) const fn get(path: &'a str) -> Self {
        Self { method: "GET", path, token: None, headers: &[], body: None }
    }

    pub(crate) const fn post(path: &'a str, body: &'a Value) -> Self {
        Self { method: "POST", path, token: None, headers: &[], body: Some(body) }
    }

    pub(crate) const fn by(mut self, token: &'a str) -> Self {
        self.token = Some(token);
        self
    }

    pub(crate) const fn with(mut self, headers: &'a [(&'a str, &'a str)]) -> Self {
        self.headers = headers;
        self
    }
}

/// An answer that came whole.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: Vec<(String, String)>,
    pub(crate) body: Value,
}

impl Answer {
    /// The value of a header, by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether this is a problem that says when to come back.
    pub(crate) fn says_when_to_come_back(&self) -> bool {
        self.header("content-type") == Some("application/problem+json")
            && self.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok())
    }
}

/// What became of a request.
#[derive(Debug, Clone)]
pub(crate) enum Fate {
    /// It was answered.
    Answered(Answer),
    /// Nobody took the connection: it was not begun.
    Refused,
    /// The connection ended before the answer did: it may have been done.
    Cut,
    /// Nothing came although the connection stayed.
    Hung,
}

impl Fate {
    /// The answer, where there is one.
    pub(crate) fn answer(self) -> Option<Answer> {
        match self {
            Self::Answered(answer) => Some(answer),
            Self::Refused | Self::Cut | Self::Hung => None,
        }
    }
}

/// Sends a request and waits for what becomes of it.
pub(crate) fn send(url: &str, request: &Request<'_>) -> Fate {
    let host = url.strip_prefix("http://").expect("an address without encryption");
    exchange(host, written(host, request).as_bytes())
}

fn written(host: &str, request: &Request<'_>) -> String {
    let Request { method, path, token, headers, body } = request;
    let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let more: String = headers.iter().flat_map(|(name, value)| [name, ": ", value, "\r\n"]).collect();
    let text = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{token}{more}");
    let Some(body) = body.map(Value::to_string) else { return text + "\r\n" };
    let merges = *method == "PATCH";
    let kind = if merges { "application/merge-patch+json" } else { "application/json" };
    text + &format!("Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn exchange(host: &str, request: &[u8]) -> Fate {
    let Ok(mut stream) = TcpStream::connect(host) else { return Fate::Refused };
    stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
    if stream.write_all(request).is_err() {
        return Fate::Cut;
    }
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Fate::Hung,
        // The end of a program that was killed may come as a reset, after its whole answer.
        Ok(_) | Err(_) => parse(&answer).map_or(Fate::Cut, Fate::Answered),
    }
}

/// The answer, if as much came as its header says.
fn parse(bytes: &[u8]) -> Option<Answer> {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let pairs = lines.filter_map(|line| line.split_once(':'));
    let head: Vec<_> = pairs.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
    let answer = Answer { status, head, body: serde_json::from_str(body).unwrap_or(Value::Null) };
    let length = answer.header("content-length").and_then(|length| length.parse::<usize>().ok());
    length.is_none_or(|length| length == body.len()).then_some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_breaks_off_is_none() {
        let whole =
            b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\nRetry-After: 5\r\nContent-Type: \
                      application/problem+json\r\n\r\n{}";
        let answer = parse(whole).unwrap();
        assert!(answer.status == 503 && answer.says_when_to_come_back());
        assert!(parse(&whole[..whole.len() - 1]).is_none());
        assert!(parse(b"HTTP/1.1 200 OK\r\nConte").is_none());
        assert!(parse(b"").is_none());
    }
}
