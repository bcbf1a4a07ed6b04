//! `GET /items/{item}`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::items;

use super::ItemKey;
use super::embedding::{EmbeddedBody, ItemQuery, Wanted};
use super::view::ItemBody;
use crate::extract::{ApiPath, ApiQuery, Caller, IfNoneMatchHeader, RequestLanguage};
use crate::fields::answer;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Context, Fresh, ask};

/// Read an item
#[utoipa::path(
    get,
    path = "/items/{item}",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.", example = "C-2026-0001"), ItemQuery),
    responses((status = OK, body = ItemBody), (status = NOT_MODIFIED, description = "What you have holds.")),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn get_item(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<ItemQuery>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
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
    let view = items::get(&api.app, &viewer, key).await?;
    let ItemQuery { fields, embed } = asked?;
    let wanted = Wanted::read(fields, &embed)?;
    let views = std::slice::from_ref(&view);
    let embedded = items::embedded(&api.app, &viewer, views, &wanted.parts).await?;
    let embedded = EmbeddedBody::all(&api, views, embedded).pop();
    let etag = view.etag.clone();
    let mut body = ItemBody::new(&api.app, &api.links, view);
    if let Some(embedded) = embedded {
        body.embed(embedded);
    }
    Ok(context.tag(&etag, answer(body, wanted.members.as_ref())))
}
