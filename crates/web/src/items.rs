//! Proposals, commitments and recommendations.
//!
//! * `summary` – what an item is shown by in lists;
//! * `list` – the list with its facets;
//! * `item` – one item;
//! * `history` – how it came to be so, field by field;
//! * `doing`, `moving` – what can be done with one, and its moves;
//! * `offered` – what forms about one begin and end with;
//! * `reporting`, `adding` – reports of owners, and what else is added to one;
//! * `linking`, `owners`, `splitting` – what it is to others, who answers for it, its parts;
//! * `readings` – who read it while it was not public;
//! * `redacting` – taking words out of it;
//! * `short_list` – the beginning of a list, as other pages show it;
//! * `inputs` – what forms about items ask for alike.

mod adding;
mod doing;
mod history;
pub(crate) mod inputs;
mod item;
mod linking;
mod list;
mod moving;
pub(crate) mod offered;
mod owners;
mod readings;
mod redacting;
pub(crate) mod reporting;
mod short_list;
mod splitting;
mod summary;

pub(crate) use item::{key, linked};
pub(crate) use list::filters_of;
pub(crate) use short_list::{ShortList, beginning, short_list};
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
        .route("/items/{item}/move/{status}", get(moving::show).post(moving::make))
        .route("/items/{item}/links", get(linking::show).post(linking::make))
        .route("/items/{item}/owners", get(owners::show).post(owners::make))
        .route("/items/{item}/readings", get(readings::show))
        .route("/items/{item}/redaction", get(redacting::show).post(redacting::redact))
        .route("/items/{item}/parts", get(splitting::show).post(splitting::make))
        .merge(reporting::routes())
        .merge(adding::routes())
}
