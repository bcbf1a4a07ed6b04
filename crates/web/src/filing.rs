//! Writing an item in steps, keeping it while it is written, and filing it.
//!
//! * `parts` – what an item is written in, a page each, and what each page's form says;
//! * `writing` – the pages of the parts: beginning a draft, going on with it, mending what came back;
//! * `check` – everything written at once, who will read it, and the button that files it;
//! * `levels` – who reads the text and who the name, afterwards;
//! * `together`, `invited` – filing it with others: inviting them, and being invited;
//! * `recording` – what the secretariat records from a document;
//! * `similar` – what is like it already.

mod check;
mod invited;
mod levels;
mod parts;
mod receipt;
mod recording;
mod similar;
mod together;
mod writing;

pub(crate) use similar::to as similar_to;

use axum::Router;
use axum::routing::get;

use crate::state::Web;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/items/new", get(writing::begin).post(writing::create))
        .route("/items/record", get(recording::begin).post(recording::record))
        .route("/items/similar", get(similar::show))
        .route("/items/{item}/edit", get(writing::show_first))
        .route("/items/{item}/edit/{part}", get(writing::show).post(writing::save))
        .route("/items/{item}/check", get(check::show).post(check::file))
        .route("/items/{item}/delete", get(check::show_deletion).post(check::delete))
        .route("/items/{item}/levels", get(levels::show).post(levels::change))
        .route("/items/{item}/receipt", get(receipt::show))
        .route("/items/{item}/co-filing", get(together::show).post(together::make))
        .route("/co-filing/{invitation}", get(invited::show).post(invited::answer))
}
