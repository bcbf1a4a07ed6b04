//! `GET /ledger/entries`.

use axum::Json;
use axum::extract::State;
use qadam_app::error::FieldCode;
use qadam_app::ledger::reading::{self, ENTRIES_MAX};
use qadam_app::sealing::hexadecimal;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

use qadam_http::limit::ASKED_MAX;

use crate::extract::{ApiQuery, Caller, refuse};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// How many leaves are served where the client does not say.
const ENTRIES_DEFAULT: u64 = 100;

/// Which part of the ledger.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct EntriesQuery {
    /// The number of the leaf after which to begin; without it, from the first.
    #[param(minimum = 0, example = 99)]
    after: Option<u64>,
    /// How many; more than 1,000 is brought down to 1,000.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 2_147_483_647, example = 100)]
    limit: EntriesLimit,
}

/// How many leaves are wanted, from 1 to [`ENTRIES_MAX`].
#[derive(Debug, Clone, Copy)]
struct EntriesLimit(u64);

impl Default for EntriesLimit {
    fn default() -> Self {
        Self(ENTRIES_DEFAULT)
    }
}

impl<'de> Deserialize<'de> for EntriesLimit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u64::deserialize(deserializer)? {
            asked if asked == 0 || asked > ASKED_MAX => Err(refuse(FieldCode::InvalidPageSize)),
            asked => Ok(Self(asked.min(ENTRIES_MAX))),
        }
    }
}

/// Leaves of the ledger in their order; fewer than asked for at its end.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LedgerEntries {
    /// The leaves.
    items: Vec<LedgerEntry>,
}

/// A leaf, opened where the caller may read what it commits to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LedgerEntry {
    /// The leaf: `seq`, `admitted_at`, `sealed`, `action`, `subject`, `actor`, `digest`. Its hash is over its
    /// canonical form (RFC 8785).
    #[schema(value_type = Object)]
    leaf: Box<RawValue>,
    /// What stands before the payload in the digest: 32 bytes in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 64, max_length = 64)]
    salt: Option<String>,
    /// What was done: `at`, `action`, `subject`, `actor`, `before`, `after`, `reason`. The digest in the leaf is
    /// SHA-256 of the salt and the payload's canonical form.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    payload: Option<Box<RawValue>>,
}

impl LedgerEntry {
    /// Leaf and payload leave as they are stored: they are what was hashed.
    fn new(leaf: String, opened: Option<(Vec<u8>, String)>) -> Result<Self, Problem> {
        let (salt, payload) = opened.unzip();
        Ok(Self {
            leaf: stored(leaf)?,
            salt: salt.map(|salt| hexadecimal(&salt)),
            payload: payload.map(stored).transpose()?,
        })
    }
}

fn stored(text: String) -> Result<Box<RawValue>, Problem> {
    RawValue::from_string(text)
        .map_err(|error| Problem::internal(format!("a stored entry is no JSON: {error}")))
}

/// List the ledger's entries
///
/// Every leaf there is, in the order of the tree. Salt and payload are there for those who may see the subject now
/// and what was said of it then.
#[utoipa::path(
    get,
    path = "/ledger/entries",
    tag = "ledger",
    params(EntriesQuery),
    responses((status = OK, body = LedgerEntries)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::QUERY]))))
)]
pub(crate) async fn list_ledger_entries(
    State(api): State<ApiState>,
    caller: Caller,
    query: ApiQuery<EntriesQuery>,
) -> Result<Json<LedgerEntries>, Problem> {
    let asked = query.checked()?;
    let entries = reading::entries(&api.app, &caller.viewer(), asked.after, asked.limit.0).await?;
    let items = entries.into_iter().map(|entry| LedgerEntry::new(entry.leaf, entry.opened));
    Ok(Json(LedgerEntries { items: items.collect::<Result<_, _>>()? }))
}
