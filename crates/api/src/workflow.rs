//! The rules of the register as data: kinds, statuses, moves, fields, levels, straight from the domain's tables.
//!
//! The same for everybody and fixed by the program, so it is made once and has one validator.

mod rules;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::LazyLock;

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::rules::Workflow;
use crate::answer::not_modified;
use crate::extract::{ApiQuery, Caller, IfNoneMatchHeader, NoParameters};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
pub(crate) use qadam_http::language_map::label;

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(get_workflow))
}

/// The rules as they are sent, with their etag.
struct Document {
    bytes: Bytes,
    etag: String,
}

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
    // The rules are made of texts, numbers and truth values, which always can be written.
    let bytes = Bytes::from(serde_json::to_vec(&Workflow::new()).unwrap_or_default());
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    Document { bytes, etag: format!("{:016x}", hasher.finish()) }
});

/// Read the workflow
///
/// Which statuses each kind of item has, who moves it from which to which and what that needs, who edits which
/// field in which status, and who reads what stands at which level.
#[utoipa::path(
    get,
    path = "/workflow",
    tag = "vocabularies",
    responses((status = OK, body = Workflow), (status = NOT_MODIFIED, description = "What you have holds.")),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::QUERY]))))
)]
pub(crate) async fn get_workflow(
    _caller: Caller,
    query: ApiQuery<NoParameters>,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    query.checked()?;
    if known.has(&DOCUMENT.etag) {
        return Ok(not_modified(&DOCUMENT.etag));
    }
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::ETAG, format!("\"{}\"", DOCUMENT.etag)),
    ];
    Ok((headers, DOCUMENT.bytes.clone()).into_response())
}

#[cfg(test)]
mod tests;
