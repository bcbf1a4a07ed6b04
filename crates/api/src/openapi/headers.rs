//! The headers that requests and answers have in common, as they follow from what an operation is.

use qadam_app::Code;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{OpenApi, Ref, RefOr, Required, Response};

use super::complete::codes_of;
use super::schemas::operations_of;

/// One etag in quotes, or any. Several are taken too, but nobody has several of what is to be changed.
const CONDITION: &str = r#"^(\*|"[!#-~]*")$"#;
/// The longest condition that clients need.
const CONDITION_MAX: usize = 4_000;
/// An etag as it is given.
const ETAG: &str = "\"5c1d1e0c8fd4b6aa\"";
/// What can be seen of ASCII.
const KEY: &str = "^[!-~]{1,255}$";

/// What is told of limits, and when to come again.
const TOLD: [(&str, &str); 3] = [
    (
        "RateLimit",
        "What is left of what is counted, as `\"name\";r=left;t=seconds`; where what was asked is counted. Experimental \
         (draft-ietf-httpapi-ratelimit-headers).",
    ),
    (
        "RateLimit-Policy",
        "How often it may be done, as `\"name\";q=times;w=seconds`; where it is counted. Experimental.",
    ),
    ("Retry-After", "In how many seconds it may be tried again."),
];

/// Describes the headers of every operation.
pub(super) fn describe(description: &mut OpenApi) {
    let components = description.components.get_or_insert_default();
    for (name, says) in TOLD {
        let value = match name {
            "Retry-After" => ObjectBuilder::new()
                .schema_type(Type::Integer)
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
                .minimum(Some(0))
                .maximum(Some(i32::MAX)),
            _ => ObjectBuilder::new()
                .schema_type(Type::String)
                .max_length(Some(200))
                .pattern(Some("^\"[a-z-]+\";")),
        };
        let header = HeaderBuilder::new().schema(Some(value)).description(Some(says)).build();
        components.headers.insert(name.to_owned(), header.into());
    }
    for operation in description.paths.paths.values_mut().flat_map(operations_of) {
        ask(operation);
        for (status, response) in &mut operation.responses.responses {
            if let RefOr::T(response) = response {
                tell(status, response);
            }
        }
    }
}

/// The headers that a request has: a condition, a key.
fn ask(operation: &mut Operation) {
    let codes = codes_of(operation);
    let has = |code: Code| codes.contains(&code);
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let mut parameters = Vec::new();
    if has(Code::PreconditionFailed) {
        let required = if has(Code::PreconditionRequired) { Required::True } else { Required::False };
        let says = "The `etag` of what was read; `*` changes whatever is there.";
        let value = text()
            .min_length(Some(1))
            .max_length(Some(CONDITION_MAX))
            .pattern(Some(CONDITION))
            .examples([ETAG]);
        parameters.push(("If-Match", required, says, value));
    }
    if has(Code::IdempotencyKeyReused) {
        let says =
            "A name that the client gives to what it does. The same request with the same key is done once.";
        let value = text().min_length(Some(1)).max_length(Some(255)).pattern(Some(KEY));
        parameters.push(("Idempotency-Key", Required::False, says, value));
    }
    for (name, required, says, value) in parameters {
        let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Header);
        let parameter = parameter.required(required).description(Some(says)).schema(Some(value)).build();
        operation.parameters.get_or_insert_default().push(parameter.into());
    }
}

/// The headers that an answer has.
fn tell(status: &str, response: &mut Response) {
    let is_counted = status.starts_with('2') || status.starts_with('4');
    let is_to_repeat = ["429", "503"].contains(&status);
    for (name, _) in TOLD {
        if if name == "Retry-After" { is_to_repeat } else { is_counted } {
            let reference = Ref::new(format!("#/components/headers/{name}"));
            response.headers.insert(name.to_owned(), RefOr::Ref(reference));
        }
    }
}
