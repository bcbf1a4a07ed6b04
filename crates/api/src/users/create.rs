//! `POST /users`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::accounts::{self, NewAccount};
use qadam_domain::policy::Action;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{InvitedUser, invited};
use crate::extract::SignedIn;
use crate::items::once;
use crate::openapi::codes;
use crate::order::CreatingRequest;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{LanguageWord, RoleWord};

/// A new account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserCreate {
    /// The address it signs in with.
    #[schema(max_length = 254, example = "officer@example.org")]
    email: String,
    /// The person's name.
    #[schema(max_length = 300)]
    name: String,
    /// Code or id of the organisation it acts for.
    #[schema(example = "GPO")]
    organisation: String,
    /// Its role, one that fits the kind of organisation.
    role: RoleWord,
    /// The language it is written to in.
    language: LanguageWord,
}

impl From<UserCreate> for NewAccount {
    fn from(body: UserCreate) -> Self {
        Self {
            email: body.email,
            name: body.name,
            organisation: body.organisation,
            role: body.role.0,
            language: body.language.0,
        }
    }
}

/// Create an account
///
/// For administrators. It waits for its one-time link, which this answer alone holds.
#[utoipa::path(
    post,
    path = "/users",
    tag = "users",
    request_body = UserCreate,
    responses((status = CREATED, body = InvitedUser)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::QUERY, codes::BODY, codes::KEY, &[Code::RoleRequired, Code::Taken],
    ]))))
)]
pub(crate) async fn create_user(
    State(api): State<ApiState>,
    caller: SignedIn,
    request: CreatingRequest,
) -> Result<Response, Problem> {
    let creation = request.read_for(Action::ManageUsers, &api.app, &caller, |new: UserCreate| Ok(new.into()));
    let (new, retry) = creation.await?;
    let viewer = caller.viewer();
    let outcome = once(&api.app, retry, accounts::create(&api.app, &viewer, new, retry)).await?;
    invited(&api, &viewer, outcome).await
}
