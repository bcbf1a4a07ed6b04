//! Splitting an item: `POST /items/{item}/parts`.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, header};
use qadam_app::Code;
use qadam_app::items::{self, PartInput};
use qadam_domain::policy::Action;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::ItemBody;
use super::{ItemKey, Once, in_turn, once, retry};
use crate::extract::{ApiBody, ApiPath, ApiQuery, IdempotencyKey, Input, NoParameters, SignedIn};
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Checks, LanguageMapInput, TextLimit};

/// Into what an item is split.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SplitCreate {
    /// The parts, from 2 to 20.
    #[schema(min_items = 2, max_items = 20)]
    parts: Vec<PartCreate>,
}

/// What a part says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartCreate {
    /// Its title, in at least one language.
    title: LanguageMapInput,
    /// What it says.
    #[serde(default)]
    summary: LanguageMapInput,
    /// Why it is needed (proposal).
    #[serde(default)]
    grounds: LanguageMapInput,
    /// What it should bring about (proposal).
    #[serde(default)]
    expected_result: LanguageMapInput,
}

impl SplitCreate {
    fn checked(self) -> Input<Vec<PartInput>> {
        let mut checks = Checks::new();
        let parts = self.parts.into_iter().enumerate();
        let parts = parts.map(|(index, part)| part.read(index, &mut checks)).collect();
        checks.finish(parts)
    }
}

impl PartCreate {
    fn read(self, index: usize, checks: &mut Checks) -> PartInput {
        let at = |field: &str| format!("/parts/{index}/{field}");
        PartInput {
            title: self.title.required(&at("title"), TextLimit::TITLE, checks),
            summary: self.summary.map(&at("summary"), TextLimit::BODY, checks),
            grounds: self.grounds.map(&at("grounds"), TextLimit::BODY, checks),
            expected_result: self.expected_result.map(&at("expected_result"), TextLimit::BODY, checks),
        }
    }
}

/// Split an item into parts
///
/// For the secretariat: a recommendation that is registered or under review, a proposal that was submitted or is under
/// review. Each part is an item of the same kind, linked as `part_of`, with the owners, addressees, source, status,
/// levels and filing organisations of the whole; to go further than the whole it needs a consent of its own. Answers
/// with all parts of the item.
#[utoipa::path(
    post,
    path = "/items/{item}/parts",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = SplitCreate,
    responses((status = CREATED, body = Page<ItemBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::NotSplittable],
    ]))))
)]
pub(crate) async fn split_item(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    body: ApiBody,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let view = items::get(&api.app, &viewer, key).await?;
    query.checked()?;
    let body = body.json().await?;
    let retry = retry(&api.app, &caller, &repeated, &body)?;
    let input = body.input::<SplitCreate>().and_then(SplitCreate::checked);
    let parts = in_turn(&api, &viewer, key, None, Action::Split, input).await?;
    let views = match once(&api.app, retry, items::split(&api.app, &viewer, key, parts, retry)).await? {
        Once::Done(views) => views,
        Once::Repeated(_) => items::parts_of(&api.app, &viewer, key).await?,
    };
    let location = format!("{}/links", super::view::address(&view.item, &api.links));
    let page = Page::whole(ItemBody::all(&api.app, &api.links, views), &api.links, query.uri());
    let mut response = (StatusCode::CREATED, page).into_response();
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}
