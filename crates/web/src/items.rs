//! Proposals, commitments and recommendations.
//!
//! * `summary` – what an item is shown by in lists;
//! * `list` – the list with its facets;
//! * `item` – one item;
//! * `history` – how it came to be so, field by field.

mod history;
mod item;
mod list;
mod summary;

pub(crate) use item::key;
pub(crate) use summary::newest;

use axum::Router;
use axum::routing::get;

use crate::state::Web;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/items", get(list::show))
        .route("/items/{item}", get(item::show))
        .route("/items/{item}/history", get(history::show))
}
