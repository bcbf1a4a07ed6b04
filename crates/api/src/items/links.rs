//! `GET` and `POST /items/{item}/links`, `DELETE /items/{item}/links/{link}`.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, Uri, header};
use qadam_app::items::{self, Key, LinkInput, LinkView};
use qadam_app::{App, Code};
use qadam_domain::accounts::Viewer;
use qadam_domain::ids::LinkId;
use qadam_domain::policy::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::inputs::item_key;
use super::view::ItemReference;
use super::{ItemKey, in_turn, once, retry};
use crate::extract::{
    ApiBody, ApiPath, ApiPathPair, ApiQuery, Caller, IdempotencyKey, Input, NoParameters, SignedIn,
};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Checks, LinkKindWord, OrganisationReference};

/// A link: the item in the address is `kind` to `to`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkCreate {
    /// What the item is to the other.
    kind: LinkKindWord,
    /// Ref or id of the other item.
    to: String,
}

/// A link as seen from one of its ends.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Link)]
pub(crate) struct LinkBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// What one is to the other.
    kind: LinkKindWord,
    /// `outgoing`: the item in the address is `kind` to the other; `incoming`: the other is `kind` to it.
    direction: &'static str,
    /// The item at the other end.
    item: ItemReference,
    /// The organisations that filed it; null where the caller does not learn that.
    filed_by: Option<Vec<OrganisationReference>>,
}

impl LinkBody {
    /// A link as JSON.
    pub(super) fn new(link: &LinkView, app: &App, links: &Links) -> Self {
        let directory = app.directory();
        let filers = link.other.filed_by.iter();
        let filers = filers.filter_map(|id| OrganisationReference::find(*id, &directory, links));
        Self {
            filed_by: link.shows_filer.then(|| filers.collect()),
            id: link.id.to_string(),
            kind: link.kind.into(),
            direction: if link.outgoing { "outgoing" } else { "incoming" },
            item: ItemReference::new(&link.other, links),
        }
    }
}

impl LinkCreate {
    fn checked(self) -> Input<LinkInput> {
        let mut checks = Checks::new();
        let to = item_key("/to", &self.to, &mut checks);
        // A key that cannot be one was refused above; what stands for it is never used.
        let to = to.unwrap_or(Key::Id(qadam_domain::ids::ItemId(qadam_domain::ids::Uuid::nil())));
        checks.finish(LinkInput { kind: self.kind.0, to })
    }
}

/// All links of an item, at most 500, as the list at `uri`.
async fn page(api: &ApiState, viewer: &Viewer, key: Key, uri: &Uri) -> Result<Page<LinkBody>, Problem> {
    let links = items::links(&api.app, viewer, key).await?;
    let bodies = links.iter().map(|link| LinkBody::new(link, &api.app, &api.links)).collect();
    Ok(Page::whole(bodies, &api.links, uri))
}

/// List an item's links
///
/// All of them whose other end the caller sees too, at most 500.
#[utoipa::path(
    get,
    path = "/items/{item}/links",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<LinkBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn list_item_links(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<LinkBody>, Problem> {
    let links = page(&api, &caller.viewer(), key, query.uri()).await?;
    query.checked()?;
    Ok(links)
}

/// Link an item to another
///
/// Answers with all links of the item.
#[utoipa::path(
    post,
    path = "/items/{item}/links",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = LinkCreate,
    responses((status = CREATED, body = Page<LinkBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::LinkExists, Code::LinkCycle],
    ]))))
)]
pub(crate) async fn link_item(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let view = items::get(&api.app, &viewer, key).await?;
    query.checked()?;
    let request = request.json().await?;
    let retry = retry(&api.app, &caller, &repeated, &request)?;
    let input = request.input::<LinkCreate>().and_then(LinkCreate::checked);
    let input = in_turn(&api, &viewer, key, None, Action::Link, input).await?;
    once(&api.app, retry, items::link(&api.app, &viewer, key, input, retry)).await?;
    let location = format!("{}/links", super::view::address(&view.item, &api.links));
    let links = page(&api, &viewer, key, query.uri()).await?;
    let mut response = (StatusCode::CREATED, links).into_response();
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Remove a link
///
/// From the end it was made from.
#[utoipa::path(
    delete,
    path = "/items/{item}/links/{link}",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("link" = String, Path, description = "Id of the link.", format = Uuid)
    ),
    responses((status = NO_CONTENT, description = "It is gone.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, &[Code::RoleRequired],
    ]))))
)]
pub(crate) async fn unlink_item(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(ItemKey(key), link): ApiPathPair<ItemKey, LinkId>,
    query: ApiQuery<NoParameters>,
) -> Result<StatusCode, Problem> {
    items::get(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    items::delete_link(&api.app, &caller.viewer(), key, link).await?;
    Ok(StatusCode::NO_CONTENT)
}
