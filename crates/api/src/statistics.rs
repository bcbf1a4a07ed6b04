//! Counts: `/stats`, scorecards and facets. Every count has the address of a list with as many items.

mod answers;
mod facets;
mod months;
mod scorecard;
mod stats;
mod withheld;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(crate) use answers::Answers;

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(stats::get_statistics))
        .routes(routes!(scorecard::get_scorecard))
        .routes(routes!(facets::get_item_facets))
}
