//! `GET /items/facets`.

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use qadam_app::statistics::{self, Drafts, Facets};
use qadam_app::{Code, throttling};
use qadam_domain::statistics::Facet;
use qadam_http::origin::RequestOrigin;
use qadam_http::statistics::{Count, Counting, NamedCount, facet_values};
use serde::Serialize;
use utoipa::ToSchema;

use super::answers::Answers;
use crate::extract::{ApiQuery, Caller, IfNoneMatchHeader, RequestLanguage};
use crate::items::{FacetParameters, ItemFilters};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Fresh, ask};

/// A list of items by facets.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ItemFacets)]
struct FacetsBody {
    /// The list itself.
    total: Count,
    /// Its facets: `kind`, `status`, `theme`, `lead`, `mechanism`, `legal_ref`, `translation`, `priority`, `overdue`, and
    /// for accounts `text_level`.
    facets: Vec<FacetBody>,
}

/// How many items have each value of a field.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ItemFacet)]
struct FacetBody {
    /// The filter that narrows to a value.
    #[schema(example = "status")]
    filter: &'static str,
    /// The values that some item has. This facet's own filter does not narrow them: each count is that of the list
    /// with this value in its place.
    values: Vec<NamedCount>,
}

/// Count items by facets
///
/// Takes the filters of the list. Every value comes with its list.
#[utoipa::path(
    get,
    path = "/items/facets",
    tag = "items",
    params(FacetParameters),
    responses((status = OK, body = FacetsBody), (status = NOT_MODIFIED, description = "What you have holds.")),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::QUERY, &[Code::TooOften]]))))
)]
pub(super) async fn get_item_facets(
    State(api): State<ApiState>,
    caller: Caller,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<ItemFilters>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let context = match ask(&api.app, &viewer, query.uri(), language, &known).await? {
        Fresh::NotModified(response) => return Ok(response),
        Fresh::Answer(context) => context,
    };
    let asked = query.checked()?;
    if asked.searches() {
        throttling::search(&api.app, &viewer, &origin)?;
    }
    let filter = FacetParameters::filter(asked, query.uri(), &api.app)?;
    let signed_in = viewer.actor().is_some();
    let make = async |drafts: Drafts| {
        let counted = statistics::facets(&api.app, &viewer, &drafts, filter).await?;
        Ok(FacetsBody::new(&api, query.uri(), &counted, signed_in))
    };
    let answer = Answers::give(&api, &viewer, &api.links.here(query.uri()), make).await?;
    Ok(context.tag_list(answer))
}

impl FacetsBody {
    fn new(api: &ApiState, uri: &Uri, counted: &Facets, signed_in: bool) -> Self {
        let total = Counting::new(&api.app, api.links.to(&["items"]), filters(uri, None))
            .count(counted.counts.total, &[]);
        let told = Facet::ALL.into_iter().filter(|facet| signed_in || *facet != Facet::TextLevel);
        let facets = told.map(|facet| {
            let counting = Counting::new(&api.app, api.links.to(&["items"]), filters(uri, Some(facet)));
            FacetBody { filter: facet.code(), values: facet_values(&counting, facet, counted) }
        });
        Self { total, facets: facets.collect() }
    }
}

/// What the list was narrowed by, without one facet's own filter.
fn filters(uri: &Uri, without: Option<Facet>) -> Vec<(String, String)> {
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned();
    pairs.filter(|(name, _)| without.is_none_or(|facet| facet.code() != name)).collect()
}
