//! Meetings.

mod list;
mod meeting;

use axum::Router;
use axum::routing::get;

use crate::state::Web;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/meetings", get(list::show)).route("/meetings/{meeting}", get(meeting::show))
}
