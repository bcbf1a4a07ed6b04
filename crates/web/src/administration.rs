//! Accounts and organisations, for those who run the register.
//!
//! * `accounts` – who can sign in, with which role; one-time links;
//! * `organisations` – who takes part, under which names.

mod accounts;
mod organisations;

use axum::Router;
use axum::routing::{get, post};

use crate::state::Web;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/accounts", get(accounts::list))
        .route("/accounts/new", get(accounts::begin).post(accounts::create))
        .route("/accounts/{account}", get(accounts::show).post(accounts::change))
        .route("/accounts/{account}/link", post(accounts::new_link))
        .route("/accounts/{account}/recovery", post(accounts::ask_for_recovery))
        .route("/organisations/new", get(organisations::begin).post(organisations::create))
        .route("/organisations/{organisation}/edit", get(organisations::show).post(organisations::save))
}
