//! `POST /users/{user}/confirmation`.

use axum::extract::State;
use qadam_app::{Code, accounts};
use qadam_domain::ids::UserId;

use super::view::{UserBody, tagged};
use crate::answer::Tagged;
use crate::extract::{ApiPath, ApiQuery, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// Confirm a newcomer
///
/// For a confirmed member of the same civil-society organisation, or of the secretariat, in person: says that the
/// account belongs there. From then on it sees what the organisation sees alone; of the secretariat it comes in. Confirming twice changes nothing, with or without an `Idempotency-Key`.
#[utoipa::path(
    post,
    path = "/users/{user}/confirmation",
    tag = "users",
    params(("user" = String, Path, description = "Id of the account.", format = Uuid)),
    responses((status = OK, body = UserBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::PERSON, codes::ONE, codes::QUERY, &[Code::RoleRequired, Code::StatusConflict],
    ]))))
)]
pub(crate) async fn confirm_user(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(id): ApiPath<UserId>,
    query: ApiQuery<NoParameters>,
) -> Result<Tagged<UserBody>, Problem> {
    caller.in_person()?;
    if let Err(wrong) = query.checked() {
        // One act finds an account and confirms it; only a request that comes to nothing needs a look before.
        accounts::known(&api.app, &caller.viewer(), id).await?;
        return Err(wrong);
    }
    Ok(tagged(&api, &accounts::confirm_member(&api.app, &caller.viewer(), id).await?))
}
