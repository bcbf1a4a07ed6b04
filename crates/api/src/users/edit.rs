//! `PATCH /users/{user}`.

use axum::extract::State;
use qadam_app::Code;
use qadam_app::accounts::{self, AccountChanges};
use qadam_domain::ids::UserId;
use qadam_domain::policy::Action;
use serde::Deserialize;
use utoipa::ToSchema;

use super::found;
use super::view::{UserBody, tagged};
use crate::answer::Tagged;
use crate::extract::{ApiBody, ApiPath, ApiQuery, IfMatchHeader, Input, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::order::in_turn;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::unless_changed;
use crate::values::{AccountStateWord, Checks, Patch, RoleWord};

/// Changes of an account: what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserPatch {
    /// The person's name.
    #[serde(default)]
    #[schema(value_type = String, max_length = 300)]
    name: Patch<String>,
    /// Its role, one that fits the kind of organisation. Not one's own.
    #[serde(default)]
    #[schema(value_type = RoleWord)]
    role: Patch<RoleWord>,
    /// `disabled` ends its sessions and links; `active` lets a disabled one in again. Not one's own.
    #[serde(default)]
    #[schema(value_type = AccountStateWord)]
    state: Patch<AccountStateWord>,
}

impl UserPatch {
    fn checked(self) -> Input<AccountChanges> {
        let mut checks = Checks::new();
        let changes = AccountChanges {
            name: self.name.kept("/name", &mut checks),
            role: self.role.kept("/role", &mut checks).map(|role| role.0),
            state: self.state.kept("/state", &mut checks).map(|state| state.0),
        };
        checks.finish(changes)
    }
}

/// Edit an account
///
/// For administrators.
#[utoipa::path(
    patch,
    path = "/users/{user}",
    tag = "users",
    params(("user" = String, Path, description = "Its id.", format = Uuid)),
    request_body(content = UserPatch, content_type = "application/merge-patch+json"),
    responses((status = OK, body = UserBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::CONDITION, &[Code::RoleRequired],
    ]))))
)]
pub(crate) async fn edit_user(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(id): ApiPath<UserId>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    body: ApiBody,
) -> Result<Tagged<UserBody>, Problem> {
    let viewer = caller.viewer();
    found(&api, &caller, id).await?;
    query.checked()?;
    let body = body.merge_patch().await?;
    let condition = condition.required()?;
    let before = accounts::get(&api.app, &viewer, id).await?;
    unless_changed(&condition, &accounts::etag(&api.app, &before))?;
    let input = body.input::<UserPatch>().and_then(UserPatch::checked);
    let changes = in_turn(&caller, Action::ManageUsers, input)?;
    let account = accounts::change(&api.app, &viewer, id, changes, Some(condition)).await?;
    Ok(tagged(&api, &account))
}
