//! `/{language}/queue`: what was filed and waits for the secretariat: how long, what looks as if it named a private
//! person, what is like it; and for each what it says in full, with passing it on, returning and merging it.

mod case;
mod queue;

use axum::Router;
use axum::routing::get;
use qadam_app::Code;

use crate::failure::Failure;
use crate::state::Web;
use crate::visit::Visit;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/queue", get(queue::show))
        .route("/queue/{item}", get(case::show).post(case::pass_on))
}

fn only_secretariat(visit: &Visit) -> Result<(), Failure> {
    visit.actor()?;
    if visit.viewer().is_secretariat() { Ok(()) } else { Err(Code::RoleRequired.into()) }
}
