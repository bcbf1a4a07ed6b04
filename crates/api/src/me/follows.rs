//! `GET /me/follows`, `PUT` and `DELETE /me/follows/{item}`.

use axum::extract::State;
use http::StatusCode;
use qadam_app::cursors::Edge;
use qadam_app::{Code, follows};
use qadam_domain::ids::ItemId;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::extract::{ApiPath, ApiQuery, NoParameters, SignedIn};
use crate::items::{ItemKey, ItemReference};
use crate::list::{Limit, Neighbours, Page};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// Which part of the list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct FollowsQuery {
    /// Entries on a page.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 2_147_483_647, example = 50)]
    limit: Limit,
    /// Where the page begins: as it stands in `next`.
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

/// List the items that one follows
///
/// In no order that says anything. What one's own organisation filed, owns, or what implements it, is told without
/// being followed.
#[utoipa::path(
    get,
    path = "/me/follows",
    tag = "me",
    params(FollowsQuery),
    responses((status = OK, body = Page<ItemReference>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::ACCOUNT, codes::LIST]))))
)]
pub(crate) async fn list_follows(
    State(api): State<ApiState>,
    caller: SignedIn,
    query: ApiQuery<FollowsQuery>,
) -> Result<Page<ItemReference>, Problem> {
    let asked = query.checked()?;
    let list = api.links.list_name(query.uri());
    let edge = match &asked.cursor {
        None => None,
        Some(cursor) => Some(api.app.open_edge(&list, cursor, |id| id.parse::<ItemId>().ok())?),
    };
    let after = match edge {
        None => None,
        Some(Edge::After(id)) => Some(id),
        Some(Edge::Before(_)) => return Err(Code::InvalidCursor.into()),
    };
    let limit = u64::from(asked.limit.get());
    let page = follows::followed(&api.app, &caller.viewer(), after, limit).await?;
    let next = page.next.map(|id| id.to_string());
    let neighbours = Neighbours::sealed(&api.app, &list, next, None)?;
    let items = page.items.iter().map(|view| ItemReference::new(&view.item, &api.links)).collect();
    Ok(Page::new(items, &api.links, query.uri(), &neighbours))
}

/// Follow an item
///
/// Following twice changes nothing.
#[utoipa::path(
    put,
    path = "/me/follows/{item}",
    tag = "me",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = NO_CONTENT, description = "It is followed.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY,
    ]))))
)]
pub(crate) async fn follow_item(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<StatusCode, Problem> {
    qadam_app::items::get(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    follows::follow(&api.app, &caller.viewer(), key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Follow an item no more
///
/// Not to have followed it changes nothing.
#[utoipa::path(
    delete,
    path = "/me/follows/{item}",
    tag = "me",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = NO_CONTENT, description = "It is not followed.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::ACCOUNT, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn unfollow_item(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<StatusCode, Problem> {
    qadam_app::items::get(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    follows::unfollow(&api.app, &caller.viewer(), key).await?;
    Ok(StatusCode::NO_CONTENT)
}
