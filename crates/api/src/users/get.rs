//! `GET /users/{user}`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::{Code, accounts};
use qadam_domain::ids::UserId;

use super::found;
use super::view::UserBody;
use crate::extract::{ApiPath, ApiQuery, SignedIn};
use crate::fields::{FieldsQuery, Members, answer};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::with_etag;

/// Read an account
///
/// For administrators.
#[utoipa::path(
    get,
    path = "/users/{user}",
    tag = "users",
    params(("user" = String, Path, description = "Its id.", format = Uuid), FieldsQuery),
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
    query: ApiQuery<FieldsQuery>,
) -> Result<Response, Problem> {
    found(&api, &caller, id).await?;
    let members = Members::of::<UserBody>(query.checked()?.fields)?;
    let account = accounts::get(&api.app, &caller.viewer(), id).await?;
    let body = UserBody::listed(&api, &account);
    Ok(with_etag(&accounts::etag(&api.app, &account), answer(body, members.as_ref())))
}
