//! `GET /ledger/checkpoint`, `GET /ledger/key` and `GET /ledger/keys`.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use qadam_app::ledger::reading;
use qadam_app::ledger::signing_keys::{self, LedgerKey};
use serde::Serialize;
use utoipa::ToSchema;

use crate::extract::{ApiQuery, Caller, NoParameters};
use crate::list::Page;
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

/// A key of the ledger.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LedgerKey)]
pub(crate) struct LedgerKeyBody {
    /// The verifier key.
    #[schema(example = "register.example/ledger+33c1a7e1+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    key: String,
    /// How it follows the key before: a signed note that names both and that both signed; null for the first.
    rotation: Option<String>,
}

/// Read the ledger's key
///
/// The verifier key of its notes since the last rotation, as C2SP signed notes write it. Compare it with the one
/// published elsewhere; those before it are in `/ledger/keys`.
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
    Ok(([TEXT], format!("{}\n", reading::verifier_key(&api.app).await?)).into_response())
}

/// List the ledger's keys
///
/// Oldest first: the last one signs.
///
/// Whoever trusts one of them follows the rotations to the present one: each is a C2SP signed note of three lines,
/// `qadam key rotation v1`, `old: ` and `new: ` with a verifier key each, signed by both.
#[utoipa::path(
    get,
    path = "/ledger/keys",
    tag = "ledger",
    responses((status = OK, body = Page<LedgerKeyBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::QUERY]))))
)]
pub(crate) async fn list_ledger_keys(
    State(api): State<ApiState>,
    _caller: Caller,
    query: ApiQuery<NoParameters>,
) -> Result<Page<LedgerKeyBody>, Problem> {
    query.checked()?;
    let body = |LedgerKey { key, rotation }| LedgerKeyBody { key, rotation };
    let keys = signing_keys::keys(&api.app).await?;
    Ok(Page::whole(keys.into_iter().map(body).collect(), &api.links, query.uri()))
}
