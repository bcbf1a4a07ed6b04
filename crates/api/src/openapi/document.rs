//! The document: `GET /api/v1/openapi.json`, and in an older form `GET /api/v1/openapi-3.0.json`.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::LazyLock;

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::codes;
use crate::answer::not_modified;
use crate::extract::{ApiQuery, IfNoneMatchHeader, NoParameters};
use crate::problems::{Problem, ProblemView};

/// What the description says beside its operations.
#[derive(Debug, Clone, Copy, OpenApi)]
#[openapi(
    info(
        title = "Qadam",
        description = "Register of recommendations and commitments against torture.\n\n\
            Texts are language maps (`kk`, `ru`, `en`). Reading what is public needs no account. Refusals are \
            problems (RFC 9457) with a stable `code`; clients must tolerate new codes and new values of lists. \
            What may not be seen is answered as if it were not there. `Accept-Language` or `?lang=` chooses the \
            language of words for people. Lists are followed by their `next` links. A change is conditional \
            (`If-Match`), a creation may be repeated with the same `Idempotency-Key`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(ProblemView)),
    modifiers(&Schemes),
    security((), ("bearer" = []))
)]
pub(crate) struct Description;

/// How requests are signed.
struct Schemes;

impl Modify for Schemes {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some(
                "An access token from `/api/v1/auth/login`; it holds for ten minutes. As RFC8725 asks, \
                 one algorithm is accepted, and issuer, audience and times are checked.",
            ))
            .build();
        let components = description.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    }
}

/// The document as it is sent, with its etag.
struct Document {
    bytes: Bytes,
    etag: String,
}

// The document is made of texts and numbers, which always can be written.
static DOCUMENT: LazyLock<Document> =
    LazyLock::new(|| Document::new(crate::openapi().to_json().unwrap_or_default()));

static IN_3_0: LazyLock<Document> = LazyLock::new(|| Document::new(crate::openapi_3_0().to_string()));

impl Document {
    fn new(text: String) -> Self {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        Self { bytes: Bytes::from(text), etag: format!("{:016x}", hasher.finish()) }
    }

    fn answer(&self, known: &IfNoneMatchHeader) -> Response {
        if known.has(&self.etag) {
            return not_modified(&self.etag);
        }
        let headers = [
            (header::CONTENT_TYPE, "application/json".to_owned()),
            (header::ETAG, format!("\"{}\"", self.etag)),
        ];
        (headers, self.bytes.clone()).into_response()
    }
}

/// Describe the API
///
/// This document, in OpenAPI 3.1.
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "service",
    responses(
        (status = OK, body = Object, description = "The description."),
        (status = NOT_MODIFIED, description = "What you have holds."),
    ),
    extensions(("x-codes" = json!(codes::words(&[codes::QUERY]))))
)]
pub(crate) async fn get_openapi(
    query: ApiQuery<NoParameters>,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    query.checked()?;
    Ok(DOCUMENT.answer(&known))
}

/// Describe the API in OpenAPI 3.0
///
/// The same document for generators that do not read OpenAPI 3.1.
#[utoipa::path(
    get,
    path = "/openapi-3.0.json",
    tag = "service",
    responses(
        (status = OK, body = Object, description = "The description."),
        (status = NOT_MODIFIED, description = "What you have holds."),
    ),
    extensions(("x-codes" = json!(codes::words(&[codes::QUERY]))))
)]
pub(crate) async fn get_openapi_3_0(
    query: ApiQuery<NoParameters>,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    query.checked()?;
    Ok(IN_3_0.answer(&known))
}

/// The operations of a description, one line each: method, path, operation id. Sorted by path.
pub fn operations(description: &utoipa::openapi::OpenApi) -> Vec<String> {
    let mut lines = Vec::new();
    for (path, item) in &description.paths.paths {
        let operations = [
            ("GET", &item.get),
            ("POST", &item.post),
            ("PUT", &item.put),
            ("PATCH", &item.patch),
            ("DELETE", &item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                let id = operation.operation_id.as_deref().unwrap_or("-");
                lines.push(format!("{method} {path} {id}"));
            }
        }
    }
    lines
}
