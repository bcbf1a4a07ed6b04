//! `GET /users/{user}`.

use axum::extract::State;
use qadam_app::{Code, accounts};
use qadam_domain::ids::UserId;

use super::found;
use super::view::{UserBody, tagged};
use crate::answer::Tagged;
use crate::extract::{ApiPath, ApiQuery, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// Read an account
///
/// For administrators.
#[utoipa::path(
    get,
    path = "/users/{user}",
    tag = "users",
    params(("user" = String, Path, description = "Its id.", format = Uuid)),
    responses((status = OK, body = UserBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, &[Code::RoleRequired],
    ]))))
)]
pub(crate) async fn get_user(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(id): ApiPath<UserId>,
    query: ApiQuery<NoParameters>,
) -> Result<Tagged<UserBody>, Problem> {
    found(&api, &caller, id).await?;
    query.checked()?;
    Ok(tagged(&api, &accounts::get(&api.app, &caller.viewer(), id).await?))
}
