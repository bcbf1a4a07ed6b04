//! The document, read once.

use std::sync::LazyLock;

use http::Method;
use serde_json::{Map, Value};

/// An operation as the document describes it.
#[derive(Debug)]
pub struct Operation {
    /// Its id.
    pub id: String,
    /// Its method.
    pub method: Method,
    /// Its path, with names in braces.
    pub path: String,
    /// The codes it refuses with.
    pub codes: Vec<String>,
    /// The query parameters it takes.
    pub parameters: Vec<String>,
    /// The schemas of what it is sent, by media type; none where it takes no body.
    requests: Vec<(String, Value)>,
    /// Whether it needs an account.
    pub signed_in: bool,
    responses: Map<String, Value>,
}

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(qadam_api::openapi()).unwrap());

static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let methods = ["get", "post", "put", "patch", "delete"];
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let each = paths.iter().flat_map(|(path, item)| {
        let described = methods.into_iter().filter_map(|method| Some((method, item.get(method)?)));
        described.map(|(method, described)| Operation::read(method, path, described))
    });
    each.collect()
});

/// The whole document.
pub fn document() -> &'static Value {
    &DOCUMENT
}

/// Every operation.
pub fn operations() -> &'static [Operation] {
    &OPERATIONS
}

/// The operation that a request asks for.
pub(super) fn find(method: &Method, path: &str) -> Option<&'static Operation> {
    let fitting = OPERATIONS.iter().filter(|operation| operation.method == method && operation.is_at(path));
    fitting.min_by_key(|operation| operation.path.matches('{').count())
}

impl Operation {
    fn read(method: &str, path: &str, described: &Value) -> Self {
        let words = |value: &Value| -> Vec<String> {
            value.as_array().into_iter().flatten().map(|word| word.as_str().unwrap().to_owned()).collect()
        };
        let parameters = described["parameters"].as_array().into_iter().flatten();
        let in_query = parameters.filter(|parameter| parameter["in"] == "query");
        let request = described["requestBody"]["content"].as_object();
        Self {
            id: described["operationId"].as_str().unwrap().to_owned(),
            method: method.to_uppercase().parse().unwrap(),
            path: path.to_owned(),
            codes: words(&described["x-codes"]),
            parameters: in_query.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect(),
            requests: request
                .into_iter()
                .flatten()
                .map(|(media_type, described)| (media_type.clone(), described["schema"].clone()))
                .collect(),
            signed_in: described["security"] == serde_json::json!([{"bearer": []}]),
            responses: described["responses"].as_object().unwrap().clone(),
        }
    }

    /// Whether it takes a body.
    pub(super) fn takes_body(&self) -> bool {
        !self.requests.is_empty()
    }

    /// The schema of a body of this media type.
    pub(super) fn request(&self, media_type: &str) -> Option<&Value> {
        self.requests.iter().find(|(known, _)| known == media_type).map(|(_, schema)| schema)
    }

    /// The schema of a JSON body.
    pub fn json_request(&self) -> Option<&Value> {
        self.requests.iter().find(|(media_type, _)| media_type.ends_with("json")).map(|(_, schema)| schema)
    }

    fn is_at(&self, path: &str) -> bool {
        let (mut here, mut there) = (self.path.split('/'), path.split('/'));
        loop {
            match (here.next(), there.next()) {
                (None, None) => return true,
                (Some(name), Some(part)) if name.starts_with('{') && !part.is_empty() => {}
                (Some(name), Some(part)) if name == part => {}
                _ => return false,
            }
        }
    }

    /// What stands for a status. A status of the client's is never covered by `default`.
    pub(super) fn response(&self, status: u16) -> Option<&Value> {
        let exact = self.responses.get(&status.to_string());
        if status < 500 { exact } else { exact.or_else(|| self.responses.get("default")) }
    }
}
