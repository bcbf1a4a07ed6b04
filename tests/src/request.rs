//! A request: built, sent through the router, and its answer held against the description.

use std::fmt;
use std::future::IntoFuture;
use std::net::SocketAddr;
use std::pin::Pin;

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, header};
use http_body_util::BodyExt as _;
use qadam_http::origin::Peer;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::answer::Answer;
use crate::caller::Caller;
use crate::contract;
use crate::form;

/// Where the resources lie.
pub const BASE: &str = "/api/v1";

/// The register's address, with which links begin.
const ORIGIN: &str = "https://register.example";

/// What lies outside of [`BASE`].
const OUTSIDE: [&str; 7] = [BASE, "/livez", "/readyz", "/metrics", "/problems/", "/docs", "/.well-known/"];

/// A request on its way. Awaiting it sends it.
pub struct Request<'a> {
    caller: Caller<'a>,
    method: Method,
    path: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    token: Token,
    content: Content,
    peer: Option<Peer>,
    may_fail: bool,
}

/// With which token a request is signed.
enum Token {
    OfTheCaller,
    None,
    Other(String),
}

enum Content {
    Bytes(Bytes),
    Stream(Body),
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {} by {:?}", self.method, self.path, self.caller.person)
    }
}

impl<'a> Request<'a> {
    pub(crate) fn new(caller: Caller<'a>, method: Method, path: &str) -> Self {
        let path = path.strip_prefix(ORIGIN).unwrap_or(path);
        let outside = OUTSIDE.iter().any(|outside| path.starts_with(outside));
        let path = if outside { path.to_owned() } else { format!("{BASE}{path}") };
        let (headers, content) = (Vec::new(), Content::Bytes(Bytes::new()));
        Self {
            caller,
            method,
            path,
            headers,
            token: Token::OfTheCaller,
            content,
            peer: None,
            may_fail: false,
        }
    }

    /// With a JSON body: a merge patch where the method is PATCH.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        let patch = self.method == Method::PATCH;
        let media_type = if patch { "application/merge-patch+json" } else { "application/json" };
        self.body(media_type, body.to_string())
    }

    /// With a body of any type.
    #[must_use]
    pub fn body(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.content = Content::Bytes(body.into());
        self.without(&header::CONTENT_TYPE).header("content-type", media_type)
    }

    /// With evidence and its file in a form.
    #[must_use]
    pub fn form(self, evidence: &Value, name: &str, file: &[u8]) -> Self {
        self.body(&form::media_type(), form::written(evidence, name, file))
    }

    /// With a body that comes in pieces, or does not.
    #[must_use]
    pub fn stream(mut self, media_type: &str, body: Body) -> Self {
        self.content = Content::Stream(body);
        self.without(&header::CONTENT_TYPE).header("content-type", media_type)
    }

    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.parse().unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap()));
        self
    }

    /// Without a header.
    #[must_use]
    pub fn without(mut self, name: &HeaderName) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    /// On the condition that this etag still holds.
    #[must_use]
    pub fn if_match(self, etag: &str) -> Self {
        self.without(&header::IF_MATCH).header("if-match", &format!("\"{etag}\""))
    }

    /// With a key that makes it repeatable.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// Signed with this token and not with the caller's own.
    #[must_use]
    pub fn token(mut self, token: &str) -> Self {
        self.token = Token::Other(token.to_owned());
        self
    }

    /// Not signed at all.
    #[must_use]
    pub fn unsigned(mut self) -> Self {
        self.token = Token::None;
        self
    }

    /// By a connection from an address.
    #[must_use]
    pub fn from_address(mut self, address: &str) -> Self {
        self.peer = Some(Peer(SocketAddr::new(address.parse().unwrap(), 50_000)));
        self
    }

    /// An answer of 500 or above is no fault: something was broken for it, or is busy.
    #[must_use]
    pub const fn may_fail(mut self) -> Self {
        self.may_fail = true;
        self
    }

    /// With more query parameters: `limit=2`.
    #[must_use]
    pub fn query(mut self, parameters: &str) -> Self {
        self.path.push(if self.path.contains('?') { '&' } else { '?' });
        self.path.push_str(parameters);
        self
    }

    async fn send(self) -> Answer {
        let asked = format!("{self:?}");
        let token = match (self.token, self.caller.person) {
            (Token::Other(token), _) => Some(token),
            (Token::OfTheCaller, Some(person)) => Some(self.caller.register.token(person).await),
            (Token::None, _) | (Token::OfTheCaller, None) => None,
        };
        let is_signed_in = token.is_some();
        let mut request = http::Request::builder().method(&self.method).uri(&self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let (sent, body) = match self.content {
            Content::Bytes(bytes) => (bytes.clone(), Body::from(bytes)),
            Content::Stream(body) => (Bytes::new(), body),
        };
        let mut request = request.body(body).unwrap();
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(peer);
        }
        let media_type = request.headers().get(header::CONTENT_TYPE).cloned();
        let response = self.caller.register.router().clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let answer = Answer::new(asked, parts.status, parts.headers, body);
        let media_type = media_type.as_ref().map_or("", |value| value.to_str().unwrap());
        let sent = contract::Sent { media_type, body: &sent };
        contract::headers::check(&answer, is_signed_in);
        if answer.status < 500 || !self.may_fail {
            contract::check(&self.method, &self.path, sent, &answer);
        }
        answer
    }
}

impl<'a> IntoFuture for Request<'a> {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer> + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
