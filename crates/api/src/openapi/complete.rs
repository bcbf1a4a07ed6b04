//! Adds to every operation what follows from its `x-codes`.

use std::collections::BTreeMap;

use http::StatusCode;
use qadam_app::Code;
use qadam_localisation::text;
use serde_json::Value;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder};

use super::schemas::operations_of;
use super::{headers, limits, parts};
use crate::problems::status;

/// The extension in which an operation names the codes it refuses with.
pub(crate) const CODES: &str = "x-codes";
const PROBLEM: &str = "application/problem+json";

/// Describes the refusals of every operation by status, from the codes it names; then parts of answers, headers, and how
/// much there may be of anything.
pub(crate) fn complete(description: &mut OpenApi) {
    for item in description.paths.paths.values_mut() {
        for operation in operations_of(item) {
            describe_successes(operation);
            describe_refusals(operation);
        }
    }
    parts::describe(description);
    limits::limit(description);
    headers::describe(description);
}

/// A response must have a description: where the operation gave none, what its status is called.
fn describe_successes(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            let called =
                StatusCode::from_bytes(status.as_bytes()).ok().and_then(|code| code.canonical_reason());
            called.unwrap_or("The answer.").clone_into(&mut response.description);
        }
    }
}

fn describe_refusals(operation: &mut Operation) {
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in codes_of(operation) {
        by_status.entry(status(code).as_u16()).or_default().push(code);
    }
    for (status, codes) in by_status {
        let lines: Vec<String> = codes.into_iter().map(line).collect();
        refuse(operation, &status.to_string(), &lines.join("\n"));
    }
    refuse(operation, "500", "The register failed: `internal`. The request's id is in its log.");
    refuse(
        operation,
        "default",
        "The register cannot answer: `internal`, `unavailable`; or the account must have a second factor and has none: \
         `second_factor_missing`; or the token may read alone: `scope_required`.",
    );
}

/// The codes that an operation names.
pub(super) fn codes_of(operation: &Operation) -> Vec<Code> {
    let words = operation.extensions.as_ref().and_then(|extensions| extensions.get(CODES));
    let words = words.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    words.filter_map(|word| Code::ALL.iter().copied().find(|code| code.as_str() == word)).collect()
}

fn line(code: Code) -> String {
    let word = code.as_str();
    format!("* `{word}`: {}", text("en", &format!("problem-{word}")))
}

fn refuse(operation: &mut Operation, status: &str, description: &str) {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let response = ResponseBuilder::new().description(description).content(PROBLEM, content).build();
    operation.responses.responses.insert(status.to_owned(), response.into());
}
