//! Likely duplicates: `GET /items/similar`.

use axum::extract::State;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, Similar};
use qadam_app::throttling;
use qadam_domain::text::TITLE_MAX;
use qadam_http::origin::RequestOrigin;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::ItemReference;
use crate::extract::{ApiQuery, Caller};
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::KindWord;

/// For what duplicates are looked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SimilarParameters {
    /// A title in any language, of at most 300 characters.
    #[param(min_length = 0, max_length = 300, example = "Повысить компенсацию жертвам пыток")]
    title: String,
    /// Kinds; without any, all.
    #[serde(default)]
    #[param(value_type = Option<Vec<KindWord>>, inline, style = Form, explode = false, example = json!(["proposal"]))]
    kind: Vec<KindWord>,
}

/// An item whose title is like the one that was asked for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SimilarItem)]
pub(crate) struct SimilarBody {
    /// How alike the titles are, from 30 to 100: the share of their words, in hundredths, that the other one has too,
    /// in any form or by another name; in the language in which they are most alike.
    #[schema(minimum = 30, maximum = 100)]
    score: u8,
    /// The item.
    item: ItemReference,
}

/// List items with a similar title
///
/// Likely duplicates among the items that the caller sees, drafts left out; the most alike first, at most ten.
#[utoipa::path(
    get,
    path = "/items/similar",
    tag = "items",
    params(SimilarParameters),
    responses((status = OK, body = Page<SimilarBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::QUERY, &[Code::TooOften]]))))
)]
pub(crate) async fn list_similar_items(
    State(api): State<ApiState>,
    caller: Caller,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<SimilarParameters>,
) -> Result<Page<SimilarBody>, Problem> {
    let SimilarParameters { title, kind } = query.checked()?;
    if title.chars().count() > TITLE_MAX {
        return Err(Problem::parameter(Code::InvalidParameter, "title", FieldCode::TooLong));
    }
    throttling::search(&api.app, &caller.viewer(), &origin)?;
    let kinds: Vec<_> = kind.iter().map(|kind| kind.0).collect();
    let found = items::similar(&api.app, &caller.viewer(), &title, &kinds).await?;
    let body = |similar: &Similar| SimilarBody {
        score: similar.score,
        item: ItemReference::new(&similar.item, &api.links),
    };
    Ok(Page::whole(found.iter().map(body).collect(), &api.links, query.uri()))
}
