//! Somebody who sends requests.

use axum::body::Body;
use http::Method;
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::answer::Answer;
use crate::contract;
use crate::people::Person;
use crate::register::TestRegister;
use crate::request::Request;

/// A person who is signed in, or nobody.
#[derive(Debug, Clone, Copy)]
pub struct Caller<'a> {
    pub(crate) register: &'a TestRegister,
    pub(crate) person: Option<Person>,
}

impl<'a> Caller<'a> {
    pub(crate) const fn new(register: &'a TestRegister, person: Option<Person>) -> Self {
        Self { register, person }
    }

    /// Who it is.
    pub const fn person(&self) -> Option<Person> {
        self.person
    }

    /// The register it is sent to.
    pub const fn register(&self) -> &'a TestRegister {
        self.register
    }

    /// A request with any method.
    pub fn request(&self, method: Method, path: &str) -> Request<'a> {
        Request::new(*self, method, path)
    }

    /// Reads.
    pub fn get(&self, path: &str) -> Request<'a> {
        self.request(Method::GET, path)
    }

    /// Looks at a page as the caller's browser does: `/en/items`. Links to elsewhere are not followed.
    pub async fn see(&self, path: &str) -> Answer {
        let mut request = http::Request::builder().uri(path).header("accept-language", "en");
        if let Some(person) = self.person {
            request = request.header("cookie", self.register.cookie(person).await);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = self.register.router().clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let answer =
            Answer::new(format!("{path} seen by {:?}", self.person), parts.status, parts.headers, body);
        contract::headers::check(&answer, self.person.is_some());
        answer
    }

    /// Creates.
    pub fn post(&self, path: &str, body: Value) -> Request<'a> {
        self.request(Method::POST, path).json(&body)
    }

    /// Brings a file as evidence.
    pub fn bring(&self, path: &str, evidence: &Value, name: &str, file: &[u8]) -> Request<'a> {
        self.request(Method::POST, path).form(evidence, name, file)
    }

    /// Replaces.
    pub fn put(&self, path: &str, body: Value) -> Request<'a> {
        self.request(Method::PUT, path).json(&body)
    }

    /// Changes what the body names.
    pub fn patch(&self, path: &str, body: Value) -> Request<'a> {
        self.request(Method::PATCH, path).json(&body)
    }

    /// Deletes.
    pub fn delete(&self, path: &str) -> Request<'a> {
        self.request(Method::DELETE, path)
    }

    /// The etag with which the caller sees something.
    pub async fn etag(&self, path: &str) -> String {
        self.get(path).await.expect(200)["etag"].as_str().expect("what is changed has an etag").to_owned()
    }
}
