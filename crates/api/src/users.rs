//! Accounts, as administrators keep them and members confirm them.
//!
//! Nobody makes an account for themselves: an administrator creates it and hands over the one-time link that the
//! answer holds, by which its person chooses the password. Whoever is no administrator is told so alike for every
//! identifier, so that nobody learns who has an account.

mod confirm;
mod create;
mod edit;
mod get;
mod links;
mod list;
mod lock_out;
mod recovery;
mod view;

use qadam_app::idempotency::Replay;
use qadam_app::{AppError, Code, accounts};
use qadam_domain::ids::UserId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::SignedIn;
use crate::problems::Problem;
use crate::state::ApiState;
pub(crate) use view::UserBody;

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_users, create::create_user))
        .routes(routes!(get::get_user, edit::edit_user))
        .routes(routes!(links::create_user_link))
        .routes(routes!(confirm::confirm_user))
        .routes(routes!(lock_out::lock_user_out))
        .routes(routes!(recovery::ask_for_recovery))
        .routes(routes!(recovery::vouch_for_recovery))
}

/// 404 where an administrator names nobody. For others nobody is there or not there: they are refused in their
/// turn, 403, whomever they name.
async fn found(api: &ApiState, caller: &SignedIn, id: UserId) -> Result<(), Problem> {
    match accounts::get(&api.app, &caller.viewer(), id).await {
        Ok(_) | Err(AppError::Refused(Code::RoleRequired)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// The account that a repeated request was about.
fn replayed(replay: &Replay) -> Result<UserId, Problem> {
    let id = replay.location.split('/').nth(4).and_then(|id| id.parse().ok());
    id.ok_or_else(|| Problem::internal("a remembered address names no account"))
}

#[cfg(test)]
mod tests;
