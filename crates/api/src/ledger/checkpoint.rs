//! `GET /ledger/checkpoint` and `GET /ledger/key`.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use qadam_app::ledger::reading;

use crate::extract::{ApiQuery, Caller, NoParameters};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// The type of notes and keys.
const TEXT: (http::HeaderName, &str) = (header::CONTENT_TYPE, "text/plain; charset=utf-8");

/// Kept copies are asked for again each time: the newest checkpoint is the point of asking.
const ALWAYS_ASKED: (http::HeaderName, &str) = (header::CACHE_CONTROL, "no-cache");

/// Read the newest checkpoint
///
/// Size and root of the tree, signed: a C2SP signed note. Keep it: later checkpoints must continue it.
#[utoipa::path(
    get,
    path = "/ledger/checkpoint",
    tag = "ledger",
    responses((status = OK, body = String, content_type = "text/plain", description = "The signed note.")),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::QUERY]))))
)]
pub(crate) async fn get_ledger_checkpoint(
    State(api): State<ApiState>,
    _caller: Caller,
    query: ApiQuery<NoParameters>,
) -> Result<Response, Problem> {
    query.checked()?;
    let note = reading::checkpoint(&api.app).await?;
    Ok(([TEXT, ALWAYS_ASKED], note).into_response())
}

/// Read the ledger's key
///
/// The verifier key of its notes, as C2SP signed notes write it. Compare it with the one published elsewhere.
#[utoipa::path(
    get,
    path = "/ledger/key",
    tag = "ledger",
    responses((status = OK, body = String, content_type = "text/plain", description = "The verifier key.")),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::QUERY]))))
)]
pub(crate) async fn get_ledger_key(
    State(api): State<ApiState>,
    _caller: Caller,
    query: ApiQuery<NoParameters>,
) -> Result<Response, Problem> {
    query.checked()?;
    Ok(([TEXT], format!("{}\n", reading::verifier_key(&api.app))).into_response())
}
