//! The account's own pages: who it is, its sessions, what it is told, what it follows.

mod colleagues;
mod follows;
mod identities;
mod notifications;
mod own;
mod passkeys;
mod second_factor;
mod tokens;

use axum::Router;
use axum::routing::{get, post};

use crate::state::Web;

pub(crate) use notifications::{Told, unseen};

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/account", get(own::show).post(own::change))
        .route("/account/password", post(own::change_password))
        .route("/account/second-factor", get(second_factor::show).post(second_factor::change))
        .route("/account/passkeys", get(passkeys::show).post(passkeys::change))
        .route("/account/identities", get(identities::show).post(identities::change))
        .route("/account/colleagues", get(colleagues::show).post(colleagues::change))
        .route("/account/tokens", get(tokens::show).post(tokens::change))
        .route("/account/sessions", post(own::end_session))
        .route("/account/notifications", get(notifications::show).post(notifications::mark))
        .route("/account/follows", get(follows::show))
        .route("/items/{item}/follow", post(follows::follow))
        .route("/items/{item}/unfollow", post(follows::unfollow))
}
