//! Meetings.
//!
//! * `list`, `meeting` – as everybody reads them;
//! * `building` – as the secretariat makes them.

mod building;
mod list;
mod meeting;

use axum::Router;
use axum::routing::get;

use self::building::{details, objecting};
use crate::state::Web;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/meetings", get(list::show))
        .route("/meetings/new", get(details::begin).post(details::create))
        .route("/meetings/{meeting}", get(meeting::show))
        .route("/meetings/{meeting}/edit", get(details::show).post(details::save))
        .route("/meetings/{meeting}/build", get(building::show).post(building::make))
        .route("/meetings/{meeting}/protocol", get(objecting::show).post(objecting::object))
}
