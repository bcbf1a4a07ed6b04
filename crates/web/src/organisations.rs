//! Organisations and what is counted of each.

mod list;
mod organisation;

use axum::Router;
use axum::routing::get;

use crate::state::Web;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/organisations", get(list::show))
        .route("/organisations/{organisation}", get(organisation::show))
}
