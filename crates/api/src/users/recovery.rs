//! `/users/{user}/recovery`: coming in again without the password, by the word of two people.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use qadam_app::idempotency::Retry;
use qadam_app::{Code, accounts};
use qadam_domain::ids::UserId;

use super::found;
use super::view::{InvitedUser, invited};
use crate::extract::{ApiPath, ApiQuery, IdempotencyKey, NoParameters, SignedIn};
use crate::items::once;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// Ask for a new password in somebody's stead
///
/// For administrators, in person. Gives a one-time link, told this once, that lets nobody in until a colleague of the
/// person has vouched; where the register posts letters it goes to the person, and is told to nobody else: neither the administrator nor the colleague comes in alone. It takes the second factor away with
/// the password. Earlier links end.
#[utoipa::path(
    post,
    path = "/users/{user}/recovery",
    tag = "users",
    params(("user" = String, Path, description = "Id of the account.", format = Uuid)),
    responses((status = CREATED, body = InvitedUser)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::PERSON, codes::ONE, codes::QUERY,
        &[Code::InvalidHeader, Code::RoleRequired, Code::StatusConflict, Code::NoColleague],
    ]))))
)]
pub(crate) async fn ask_for_recovery(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(id): ApiPath<UserId>,
    query: ApiQuery<NoParameters>,
    key: IdempotencyKey,
) -> Result<Response, Problem> {
    caller.in_person()?;
    let viewer = caller.viewer();
    found(&api, &caller, id).await?;
    query.checked()?;
    // The request has no body, so the same key on the same path is always the same request.
    let retry = key
        .read()?
        .map(|named| Retry::new(&api.app, caller.0.account.id, key.route(), named, b""))
        .transpose()?;
    let outcome = once(&api.app, retry, accounts::ask_for_recovery(&api.app, &viewer, id, retry)).await?;
    invited(&api, &viewer, outcome).await
}

/// Vouch that a colleague asked for a new password
///
/// For confirmed colleagues on the same side of the organisation, in person. Only say so when they told you themselves,
/// not by a message that anybody could have written.
#[utoipa::path(
    post,
    path = "/users/{user}/recovery/confirmation",
    tag = "users",
    params(("user" = String, Path, description = "Id of the account.", format = Uuid)),
    responses((status = NO_CONTENT, description = "The link lets the person in from now on.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::PERSON, codes::ONE, codes::QUERY, &[Code::RoleRequired, Code::StatusConflict],
    ]))))
)]
pub(crate) async fn vouch_for_recovery(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(id): ApiPath<UserId>,
    query: ApiQuery<NoParameters>,
) -> Result<StatusCode, Problem> {
    caller.in_person()?;
    if let Err(wrong) = query.checked() {
        accounts::known(&api.app, &caller.viewer(), id).await?;
        return Err(wrong);
    }
    accounts::vouch_for_recovery(&api.app, &caller.viewer(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
