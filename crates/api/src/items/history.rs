//! `GET /items/{item}/history`.

use axum::extract::State;
use qadam_app::items::HistoryEntry;
use qadam_app::items::{self, HistoryPage};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::ItemKey;
use crate::extract::{ApiPath, ApiQuery, Caller};
use crate::list::{Limit, Neighbours, Page};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{AxisWord, LevelWord, Moment};

/// Which part of a history.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct HistoryQuery {
    /// Entries on a page.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 2_147_483_647, example = 50)]
    limit: Limit,
    /// Where the page begins: as it stands in `next` or `prev`.
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

/// A change of an item, as the ledger keeps it and the caller may read it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HistoryEntry)]
pub(crate) struct HistoryEntryBody {
    /// Number of its leaf in the ledger, once admitted.
    seq: Option<u64>,
    /// What was done.
    #[schema(example = "item.status_changed")]
    action: String,
    /// What it is about.
    axis: AxisWord,
    /// Who may read it.
    level: LevelWord,
    /// When; for a submitter whose name is hidden, the beginning of the day.
    at: Moment,
    /// The role that acted.
    role: String,
    /// Code of the organisation that acted; null for submitters.
    organisation: Option<String>,
    /// What the ledger commits to: SHA-256 of salt and payload, in hexadecimal.
    digest: String,
    /// The members that changed, as they were.
    before: Option<Value>,
    /// The whole record since.
    after: Option<Value>,
    /// Why.
    reason: Option<Value>,
    /// Whether the payload was removed on a legal ground.
    redacted: bool,
}

impl HistoryEntryBody {
    /// An entry as JSON.
    pub(super) fn new(entry: HistoryEntry) -> Self {
        let mut payload: Option<Value> =
            entry.payload.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let mut take = |member: &str| {
            payload
                .as_mut()
                .and_then(|payload| payload.get_mut(member))
                .map(Value::take)
                .filter(|value| !value.is_null())
        };
        let (before, after, reason) = (take("before"), take("after"), take("reason"));
        Self {
            seq: entry.seq,
            action: entry.action,
            axis: entry.axis.into(),
            level: entry.level.into(),
            at: Moment(entry.at),
            role: entry.actor_role,
            organisation: entry.actor_organisation,
            digest: entry.digest,
            before,
            after,
            reason,
            redacted: entry.payload.is_none(),
        }
    }
}

/// Read an item's history
///
/// Every change the caller may know of, newest first, from the ledger itself.
#[utoipa::path(
    get,
    path = "/items/{item}/history",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id."), HistoryQuery),
    responses((status = OK, body = Page<HistoryEntryBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::LIST]))))
)]
pub(crate) async fn get_item_history(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<HistoryQuery>,
) -> Result<Page<HistoryEntryBody>, Problem> {
    items::get(&api.app, &caller.viewer(), key).await?;
    let asked = query.checked()?;
    let list = api.links.list_name(query.uri());
    let read = |place: &str| place.parse().ok();
    let edge = asked.cursor.as_deref().map(|sealed| api.app.open_edge(&list, sealed, read)).transpose()?;
    let page = HistoryPage { edge, limit: u64::from(asked.limit.get()) };
    let history = items::history(&api.app, &caller.viewer(), key, page).await?;
    let place = |place: Option<i64>| place.map(|place| place.to_string());
    let (next, previous) = (place(history.next), place(history.previous));
    let neighbours = Neighbours::sealed(&api.app, &list, next, previous)?;
    let entries = history.entries.into_iter().map(HistoryEntryBody::new).collect();
    Ok(Page::new(entries, &api.links, query.uri(), &neighbours))
}
