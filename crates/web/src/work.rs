//! `GET /{language}/work`: what waits for the account that asks, by what it is for: its own page of the register.

mod body;
mod bulk;
mod choice;
mod own_items;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use qadam_domain::accounts::Role;

use crate::failure::Failure;
use crate::state::Web;
use crate::visit::Visit;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/work", get(show)).route("/bulk", get(bulk::show).post(bulk::make))
}

/// `GET /{language}/work`
async fn show(visit: Visit) -> Result<Response, Failure> {
    let actor = visit.actor()?;
    match actor.role {
        Role::Officer | Role::Approver => body::show(&visit, &actor).await,
        Role::NgoMember | Role::Secretariat | Role::Observer | Role::Admin => {
            own_items::show(&visit, &actor).await
        }
    }
}
