//! An answer, and what a story says about it.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

/// The members of a problem that differ from request to request.
const OF_THE_REQUEST: [&str; 2] = ["instance", "request_id"];

/// What the register answered.
pub struct Answer {
    /// What was asked, for messages.
    asked: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} → {} {}", self.asked, self.status, String::from_utf8_lossy(&self.body))
    }
}

impl Answer {
    pub(crate) fn new(asked: String, status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { asked, status: status.as_u16(), headers, body }
    }

    /// A header's value, empty where it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as JSON; null where there is none.
    pub fn json(&self) -> Value {
        if self.body.is_empty() { Value::Null } else { serde_json::from_slice(&self.body).unwrap() }
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    /// The code of the refusal; empty where it was none.
    pub fn code(&self) -> String {
        if self.status < 400 { String::new() } else { self.json()["code"].as_str().unwrap().to_owned() }
    }

    /// The body, after the status was the expected one.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        self.json()
    }

    /// Asserts that it was given, with this body.
    #[track_caller]
    pub fn expect_bytes(&self, body: &[u8]) {
        assert_eq!((self.status, self.body.as_ref()), (200, body), "{self:?}");
    }

    /// The problem, after its code was the expected one.
    #[track_caller]
    pub fn refused(&self, code: &str) -> Value {
        assert_eq!(self.code(), code, "{self:?}");
        self.json()
    }

    /// Asserts a status without a body.
    #[track_caller]
    pub fn expect_empty(&self, status: u16) {
        assert_eq!((self.status, self.text().as_str()), (status, ""), "{self:?}");
    }

    /// Asserts that one field alone is wrong, and with what.
    #[track_caller]
    pub fn invalid(&self, pointer: &str, code: &str) {
        let problem = self.refused("invalid");
        let errors: Vec<_> =
            problem["errors"].as_array().unwrap().iter().map(|it| (&it["pointer"], &it["code"])).collect();
        let expected = (&format!("#{pointer}").into(), &code.into());
        assert_eq!(errors, [expected], "{}", self.text());
    }

    /// Where the first mistake is and what it is: `#/title/kk too_long`, `?limit wrong_type`, `if-match required`.
    pub fn mistake(&self) -> String {
        let error = &self.json()["errors"][0];
        let place = match (error["pointer"].as_str(), error["parameter"].as_str(), error["header"].as_str()) {
            (Some(pointer), ..) => pointer.to_owned(),
            (_, Some(parameter), _) => format!("?{parameter}"),
            (.., Some(header)) => header.to_owned(),
            _ => String::new(),
        };
        format!("{place} {}", error["code"].as_str().unwrap_or_default())
    }

    /// Status, headers and body without what belongs to this one request: what hidden and absent have in common.
    pub fn bytes_but_for_the_request(&self) -> String {
        let mut headers: Vec<String> = self
            .headers
            .iter()
            .filter(|(name, _)| !["x-request-id", "ratelimit"].contains(&name.as_str()))
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        headers.sort();
        let mut body = String::from_utf8(self.body.to_vec()).unwrap();
        let id = self.header("x-request-id");
        if !id.is_empty() {
            body = body.replace(id, "…");
        }
        let members = self.status >= 400 && OF_THE_REQUEST.iter().any(|member| !body.contains(member));
        assert!(!members, "{self:?}");
        format!("{}\n{}\n{body}", self.status, headers.join("\n"))
    }
}
