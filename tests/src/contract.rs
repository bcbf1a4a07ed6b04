//! The OpenAPI document as a contract: what it does not describe is not answered.
//!
//! Every answer of every test is checked: its operation, its status, its content type, its body against the schema
//! with nothing beyond it, and, where it refuses, that the operation names the code. What a request sent when it
//! succeeded has to fit the description too. So are the headers that every answer has, pages included.

mod document;
pub(crate) mod headers;
mod schemas;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use http::Method;
use serde_json::Value;

pub use document::{Operation, document, operations};

use crate::answer::Answer;
use crate::form;
use document::find;

/// What this process has seen refused: operation and code.
static REACHED: Mutex<BTreeSet<(String, String)>> = Mutex::new(BTreeSet::new());

/// The pairs of operation and code that this process has seen.
pub fn reached() -> BTreeSet<(String, String)> {
    REACHED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// What a request sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent<'a> {
    /// What it says that it is.
    pub(crate) media_type: &'a str,
    /// The body; empty where it came in pieces.
    pub(crate) body: &'a [u8],
}

/// Holds an answer against the document.
pub(crate) fn check(method: &Method, path: &str, sent: Sent<'_>, answer: &Answer) {
    assert!(answer.status < 500, "a fault: {answer:?}");
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let head = *method == Method::HEAD;
    let asked = if head { &Method::GET } else { method };
    let Some(operation) = find(asked, path) else {
        let known = path.starts_with("/docs") || matches!(answer.status, 404 | 405);
        assert!(known, "an operation that is not described: {answer:?}");
        if answer.status >= 400 {
            check_problem(answer);
        }
        return;
    };
    if answer.status >= 400 {
        check_code(operation, answer, head);
    } else {
        check_request(operation, query, sent, answer);
    }
    check_body(operation, query, answer, head);
}

/// What an account or a token lacks may be told by any operation: the `default` of each says so.
const ANYWHERE: [&str; 2] = ["scope_required", "second_factor_missing"];

/// A refusal has a code that its operation names, or that any may tell.
fn check_code(operation: &Operation, answer: &Answer, head: bool) {
    if head {
        return;
    }
    let code = check_problem(answer);
    if ANYWHERE.contains(&code.as_str()) {
        return;
    }
    assert!(operation.codes.contains(&code), "{} does not name `{code}`: {answer:?}", operation.id);
    REACHED.lock().unwrap_or_else(PoisonError::into_inner).insert((operation.id.clone(), code));
}

/// What succeeded was described: its parameters and its body.
fn check_request(operation: &Operation, query: &str, sent: Sent<'_>, answer: &Answer) {
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let name = pair.split('=').next().unwrap();
        let known = name == "lang" || operation.parameters.iter().any(|known| known == name);
        assert!(known, "{} does not describe the parameter {name}: {answer:?}", operation.id);
    }
    if sent.body.is_empty() || !operation.takes_body() {
        return;
    }
    let media_type = sent.media_type.split(';').next().unwrap().trim();
    let schema = operation.request(media_type).unwrap_or_else(|| {
        panic!("{} took `{media_type}`, which it does not describe: {answer:?}", operation.id)
    });
    let sent = if media_type == "multipart/form-data" {
        form_as_json(sent.body)
    } else {
        serde_json::from_slice(sent.body).unwrap()
    };
    schemas::fits(schema, &sent).unwrap_or_else(|error| {
        panic!("{} took what its description refuses: {error}\n{sent}\n{answer:?}", operation.id)
    });
}

/// A form as its schema sees it: a part of JSON is what it says, any other a text.
fn form_as_json(form: &[u8]) -> Value {
    let parts = form::parts(form).into_iter().map(|(name, content)| {
        let text = || Value::String(String::from_utf8_lossy(&content).into_owned());
        let value = if name == "file" { text() } else { serde_json::from_slice(&content).unwrap() };
        (name, value)
    });
    Value::Object(parts.collect())
}

/// A body fits what stands for its status and type, and a status without a body has none.
fn check_body(operation: &Operation, query: &str, answer: &Answer, head: bool) {
    // What any operation may tell is described by its `default`, as are faults.
    let told = !head && answer.status >= 400 && ANYWHERE.contains(&answer.code().as_str());
    let status = if told { 500 } else { answer.status };
    let response = operation.response(status).unwrap_or_else(|| {
        panic!("{} does not describe the status {}: {answer:?}", operation.id, answer.status)
    });
    if head {
        assert!(answer.body.is_empty(), "{answer:?}");
        return;
    }
    let Some(content) = response.get("content").and_then(Value::as_object) else {
        assert!(answer.body.is_empty(), "{} describes no body: {answer:?}", operation.id);
        return;
    };
    let media_type = answer.header("content-type").split(';').next().unwrap().trim();
    let described = content
        .get(media_type)
        .unwrap_or_else(|| panic!("{} does not describe `{media_type}`: {answer:?}", operation.id));
    if media_type.ends_with("json") {
        // Of a whole and a part of it the whole comes first; which was to be answered is known here.
        let schema = described["schema"]["anyOf"].get(0).unwrap_or(&described["schema"]);
        let fits = match wanted(query).filter(|_| answer.status == 200) {
            None => schemas::fits(schema, &answer.json()),
            Some(members) => schemas::fits_part(schema, &members, &answer.json()),
        };
        fits.unwrap_or_else(|error| {
            panic!("{} answered what it does not describe: {error}\n{answer:?}", operation.id)
        });
    }
}

/// The members that a request asked for with `fields`, and with them what it asked for with `embed`.
fn wanted(query: &str) -> Option<Vec<&str>> {
    let of = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let mut members: Vec<_> = of("fields")?.split(',').collect();
    members.extend(of("embed").map(|_| "embedded"));
    Some(members)
}

/// The shape of every problem, also where no operation is asked. Gives its code.
fn check_problem(answer: &Answer) -> String {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{answer:?}");
    let body = answer.json();
    assert_eq!(body["status"], answer.status, "{answer:?}");
    let code = body["code"].as_str().unwrap().to_owned();
    assert_eq!(body["type"], format!("/problems/{}", code.replace('_', "-")), "{answer:?}");
    assert_eq!(body["request_id"], answer.header("x-request-id"), "{answer:?}");
    for text in ["title", "detail", "instance"] {
        assert!(body[text].as_str().is_some_and(|text| !text.is_empty()), "{text}: {answer:?}");
    }
    code
}
