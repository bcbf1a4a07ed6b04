//! `POST /users/{user}/links`.

use axum::extract::State;
use axum::response::Response;
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

/// Make a new one-time link
///
/// For administrators, and for an account that never signed in: it would let an operator into any other one. Earlier
/// links end.
#[utoipa::path(
    post,
    path = "/users/{user}/links",
    tag = "users",
    params(("user" = String, Path, description = "Id of the account.", format = Uuid)),
    responses((status = CREATED, body = InvitedUser)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, &[Code::InvalidHeader, Code::RoleRequired, Code::StatusConflict],
    ]))))
)]
pub(crate) async fn create_user_link(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(id): ApiPath<UserId>,
    query: ApiQuery<NoParameters>,
    key: IdempotencyKey,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    found(&api, &caller, id).await?;
    query.checked()?;
    // The request has no body, so the same key on the same path is always the same request.
    let retry = key
        .read()?
        .map(|named| Retry::new(&api.app, caller.0.account.id, key.route(), named, b""))
        .transpose()?;
    let outcome = once(&api.app, retry, accounts::new_link(&api.app, &viewer, id, retry)).await?;
    invited(&api, &viewer, outcome).await
}
