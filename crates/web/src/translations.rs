//! `/{language}/translations`: texts that cannot be read in a language yet, or that nobody has checked in it, and each of
//! them beside its original, to be written or checked.
//!
//! * `chosen` – what the desk is narrowed to: language, what there is to do, kind;
//! * `desk` – the list, with how much there is to do in each language;
//! * `text` – one item: its texts in the original and in the language they are put into;
//! * `texts` – which those are, and what its form says of them.

mod chosen;
mod desk;
mod text;
mod texts;

pub(crate) use desk::{LanguageRow, to_do};

use axum::Router;
use axum::routing::get;
use qadam_app::Code;

use crate::failure::Failure;
use crate::state::Web;
use crate::visit::Visit;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/translations", get(desk::show))
        .route("/translations/{item}", get(text::show).post(text::save))
}

fn only_secretariat(visit: &Visit) -> Result<(), Failure> {
    visit.actor()?;
    if visit.viewer().is_secretariat() { Ok(()) } else { Err(Code::RoleRequired.into()) }
}
