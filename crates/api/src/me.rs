//! The account that asks: its own data, its password, its sessions, what it follows and what it is told.

mod co_filing;
mod colleagues;
mod edit;
mod follows;
mod identities;
mod notifications;
mod passkeys;
mod password;
mod second_factor;
mod sessions;
mod tokens;

use axum::extract::State;
use qadam_app::accounts::{self, Account};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::Tagged;
use crate::extract::{ApiQuery, Enrolling, NoParameters};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::users::UserBody;

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(get_me, edit::edit_me))
        .routes(routes!(password::change_password))
        .routes(routes!(colleagues::list_colleagues))
        .routes(routes!(second_factor::get_second_factor, second_factor::begin_second_factor))
        .routes(routes!(second_factor::confirm_second_factor))
        .routes(routes!(second_factor::renew_recovery_codes))
        .routes(routes!(second_factor::remove_second_factor))
        .routes(routes!(identities::list_identities))
        .routes(routes!(identities::remove_identity))
        .routes(routes!(passkeys::list_passkeys, passkeys::add_passkey))
        .routes(routes!(passkeys::begin_passkey))
        .routes(routes!(passkeys::remove_passkey))
        .routes(routes!(tokens::list_tokens, tokens::make_token))
        .routes(routes!(tokens::end_token))
        .routes(routes!(sessions::list_sessions))
        .routes(routes!(sessions::end_session))
        .routes(routes!(follows::list_follows))
        .routes(routes!(follows::follow_item, follows::unfollow_item))
        .routes(routes!(co_filing::list_invitations_to_file))
        .routes(routes!(co_filing::accept_invitation_to_file))
        .routes(routes!(co_filing::decline_invitation_to_file))
        .routes(routes!(notifications::list_notifications))
        .routes(routes!(notifications::mark_notifications_read))
}

/// The account as it sees itself.
fn myself(api: &ApiState, account: &Account) -> Tagged<UserBody> {
    let etag = accounts::etag(&api.app, account);
    Tagged::new(etag, UserBody::new(&api.app, &api.links, account, &["me"]))
}

/// Read one's own account
#[utoipa::path(
    get,
    path = "/me",
    tag = "me",
    responses((status = OK, body = UserBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::ACCOUNT, codes::QUERY]))))
)]
pub(crate) async fn get_me(
    State(api): State<ApiState>,
    caller: Enrolling,
    query: ApiQuery<NoParameters>,
) -> Result<Tagged<UserBody>, Problem> {
    query.checked()?;
    Ok(myself(&api, &caller.0.account))
}

#[cfg(test)]
mod tests;
