//! `POST /users/{user}/lockout`.

use axum::extract::State;
use qadam_app::{Code, accounts};
use qadam_domain::ids::UserId;

use super::view::{UserBody, tagged};
use crate::answer::Tagged;
use crate::extract::{ApiPath, ApiQuery, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// Lock a colleague out
///
/// At once: sessions, tokens and links end, and drafts that they alone wrote pass to who is left. For confirmed
/// colleagues on the same side of the organisation, in person. Only an administrator lets them in again, and then they
/// wait for a colleague's word. Locking out twice changes nothing, with or without an `Idempotency-Key`.
#[utoipa::path(
    post,
    path = "/users/{user}/lockout",
    tag = "users",
    params(("user" = String, Path, description = "Id of the account.", format = Uuid)),
    responses((status = OK, body = UserBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::PERSON, codes::ONE, codes::QUERY, &[Code::RoleRequired],
    ]))))
)]
pub(crate) async fn lock_user_out(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(id): ApiPath<UserId>,
    query: ApiQuery<NoParameters>,
) -> Result<Tagged<UserBody>, Problem> {
    caller.in_person()?;
    if let Err(wrong) = query.checked() {
        accounts::known(&api.app, &caller.viewer(), id).await?;
        return Err(wrong);
    }
    Ok(tagged(&api, &accounts::lock_out(&api.app, &caller.viewer(), id).await?))
}
