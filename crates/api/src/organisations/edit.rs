//! `PATCH /organisations/{organisation}`.

use axum::extract::State;
use qadam_app::Code;
use qadam_app::organisations::{self, OrganisationChanges};
use qadam_domain::policy::Action;
use serde::Deserialize;
use utoipa::ToSchema;

use super::inputs::{DatedNameInput, names};
use super::tagged;
use super::view::OrganisationBody;
use crate::answer::Tagged;
use crate::extract::{ApiBody, ApiPath, ApiQuery, IfMatchHeader, Input, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::order::in_turn;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::unless_changed;
use crate::values::{Checks, OrganisationKindWord, Patch};

/// Changes of an organisation: what is absent stays, null removes, lists are replaced whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrganisationPatch {
    /// Its code. Not the host's.
    #[serde(default)]
    #[schema(value_type = String, example = "MOH")]
    code: Patch<String>,
    /// What it is; only before anybody of it has signed in.
    #[serde(default)]
    #[schema(value_type = OrganisationKindWord)]
    kind: Patch<OrganisationKindWord>,
    /// All its names, the present one first; at most 20.
    #[serde(default)]
    #[schema(value_type = Vec<DatedNameInput>, min_items = 1, max_items = 20)]
    names: Patch<Vec<DatedNameInput>>,
    /// All other spellings; at most 50.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 50)]
    aliases: Patch<Vec<String>>,
    /// Code or id of the organisation it is part of; null for none.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    parent: Patch<String>,
    /// Whether it stands outside the Government and takes part "by agreement" where it owns an item.
    #[serde(default)]
    #[schema(value_type = bool)]
    by_agreement: Patch<bool>,
    /// Whether it takes part. The host always does.
    #[serde(default)]
    #[schema(value_type = bool)]
    active: Patch<bool>,
}

impl OrganisationPatch {
    fn checked(self) -> Input<OrganisationChanges> {
        let mut checks = Checks::new();
        let changes = OrganisationChanges {
            code: self.code.kept("/code", &mut checks),
            kind: self.kind.kept("/kind", &mut checks).map(|kind| kind.0),
            names: self.names.kept("/names", &mut checks).map(|given| names(given, &mut checks)),
            aliases: self.aliases.kept("/aliases", &mut checks),
            parent: self.parent.change(),
            by_agreement: self.by_agreement.kept("/by_agreement", &mut checks),
            active: self.active.kept("/active", &mut checks),
        };
        checks.finish(changes)
    }
}

/// Edit an organisation
///
/// For the secretariat and administrators.
#[utoipa::path(
    patch,
    path = "/organisations/{organisation}",
    tag = "organisations",
    params(("organisation" = String, Path, description = "Code or id.", example = "MOH")),
    request_body(content = OrganisationPatch, content_type = "application/merge-patch+json"),
    responses((status = OK, body = OrganisationBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::CONDITION,
        &[Code::RoleRequired, Code::Taken],
    ]))))
)]
pub(crate) async fn edit_organisation(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(key): ApiPath<String>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    body: ApiBody,
) -> Result<Tagged<OrganisationBody>, Problem> {
    let before = organisations::get(&api.app, &key)?;
    query.checked()?;
    let body = body.merge_patch().await?;
    let condition = condition.required()?;
    unless_changed(&condition, &organisations::etag(&api.app, &before))?;
    let input = body.input::<OrganisationPatch>().and_then(OrganisationPatch::checked);
    let changes = in_turn(&caller, Action::ManageOrganisations, input)?;
    let organisation =
        organisations::change(&api.app, &caller.viewer(), &key, changes, Some(condition)).await?;
    Ok(tagged(&api, &organisation))
}
