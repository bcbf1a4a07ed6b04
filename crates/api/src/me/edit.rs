//! `PATCH /me`.

use axum::extract::State;
use qadam_app::authentication::{self, OwnChanges};
use qadam_app::{AppError, accounts};
use serde::Deserialize;
use utoipa::ToSchema;

use super::myself;
use crate::answer::Tagged;
use crate::extract::{ApiBody, ApiQuery, IfMatchHeader, Input, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::users::UserBody;
use crate::validators::unless_changed;
use crate::values::{Checks, LanguageWord, Patch};

/// Changes of one's own account: what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MePatch {
    /// One's name.
    #[serde(default)]
    #[schema(value_type = String, max_length = 300)]
    name: Patch<String>,
    /// The language one is written to in.
    #[serde(default)]
    #[schema(value_type = LanguageWord)]
    language: Patch<LanguageWord>,
}

impl MePatch {
    fn checked(self) -> Input<OwnChanges> {
        let mut checks = Checks::new();
        let changes = OwnChanges {
            name: self.name.kept("/name", &mut checks),
            language: self.language.kept("/language", &mut checks).map(|language| language.0),
        };
        checks.finish(changes)
    }
}

/// Edit one's own account
///
/// Name and language. Address, organisation and role are the administrator's.
#[utoipa::path(
    patch,
    path = "/me",
    tag = "me",
    request_body(content = MePatch, content_type = "application/merge-patch+json"),
    responses((status = OK, body = UserBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::QUERY, codes::BODY, codes::CONDITION,
    ]))))
)]
pub(crate) async fn edit_me(
    State(api): State<ApiState>,
    caller: SignedIn,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    body: ApiBody,
) -> Result<Tagged<UserBody>, Problem> {
    query.checked()?;
    let body = body.merge_patch().await?;
    let condition = condition.required()?;
    unless_changed(&condition, &accounts::etag(&api.app, &caller.0.account))?;
    let changes = body.input::<MePatch>().and_then(MePatch::checked).map_err(AppError::Invalid)?;
    let account = authentication::change_own_account(&api.app, &caller.0, changes, Some(condition)).await?;
    Ok(myself(&api, &account))
}
