//! `GET /items`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::cursors::item_place;
use qadam_app::{Code, items, throttling};

use super::embedding::{EmbeddedBody, Wanted};
use super::view::ItemBody;
use crate::extract::{ApiQuery, Caller, IfNoneMatchHeader, Prefer, RequestLanguage};
use crate::list::{Neighbours, Page};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Context, Fresh, ask};
use qadam_http::item_filters::ItemFilters;
use qadam_http::origin::RequestOrigin;

/// List items
///
/// What the caller may see, filtered and ordered; with `q`, a search.
#[utoipa::path(
    get,
    path = "/items",
    tag = "items",
    params(ItemFilters),
    responses((status = OK, body = Page<ItemBody>), (status = NOT_MODIFIED, description = "What you have holds.")),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::LIST, &[Code::TooOften]]))))
)]
pub(crate) async fn list_items(
    State(api): State<ApiState>,
    caller: Caller,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<ItemFilters>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
    prefer: Prefer,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let asked = query.checked();
    let fresh = match &asked {
        Ok(asked) if asked.embed.outruns_validator() => Fresh::Answer(Context::NONE),
        _ => ask(&api.app, &viewer, query.uri(), language, &known).await?,
    };
    let context = match fresh {
        Fresh::NotModified(response) => return Ok(response),
        Fresh::Answer(context) => context,
    };
    let filters = asked?;
    let wanted = Wanted::read(filters.fields.clone(), &filters.embed)?;
    let list = filters.list_name(api.links.list_name(query.uri()), language);
    if filters.searches() {
        throttling::search(&api.app, &viewer, &origin)?;
    }
    let request = filters.request(&api.app, &list, language, prefer.exact_count)?;
    let listed = items::list(&api.app, &viewer, request).await?;
    let place = |cursor: Option<items::Cursor>| cursor.as_ref().map(item_place);
    let (next, previous) = (place(listed.next), place(listed.previous));
    let neighbours = Neighbours::sealed(&api.app, &list, next, previous)?;
    let embedded = items::embedded(&api.app, &viewer, &listed.items, &wanted.parts).await?;
    let embedded = EmbeddedBody::all(&api, &listed.items, embedded);
    let mut bodies = ItemBody::all(&api.app, &api.links, listed.items);
    for (body, embedded) in bodies.iter_mut().zip(embedded) {
        body.embed(embedded);
    }
    let page = Page::new(bodies, &api.links, query.uri(), &neighbours).with_total(listed.total);
    Ok(context.tag_list(page.showing(wanted.members)))
}
