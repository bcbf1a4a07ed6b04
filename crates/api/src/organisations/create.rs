//! `POST /organisations`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::organisations::{self, NewOrganisation};
use qadam_domain::policy::Action;
use serde::Deserialize;
use utoipa::ToSchema;

use super::inputs::{DatedNameInput, names};
use super::made;
use super::view::OrganisationBody;
use crate::extract::{Input, SignedIn};
use crate::items::once;
use crate::openapi::codes;
use crate::order::CreatingRequest;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Checks, OrganisationKindWord};

/// A new organisation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrganisationCreate {
    /// Its code: 2 to 20 capital Latin letters, digits and hyphens, beginning with a letter.
    #[schema(example = "MOH")]
    code: String,
    /// What it is.
    kind: OrganisationKindWord,
    /// Its names, the present one first; at most 20.
    #[schema(min_items = 1, max_items = 20)]
    names: Vec<DatedNameInput>,
    /// Other spellings under which it is found; at most 50.
    #[serde(default)]
    #[schema(max_items = 50)]
    aliases: Vec<String>,
    /// Code or id of the organisation it is part of.
    #[serde(default)]
    parent: Option<String>,
    /// Whether it stands outside the Government and takes part "by agreement" where it owns an item.
    #[serde(default)]
    by_agreement: bool,
}

impl OrganisationCreate {
    fn checked(self) -> Input<NewOrganisation> {
        let mut checks = Checks::new();
        let new = NewOrganisation {
            code: self.code,
            kind: self.kind.0,
            names: names(self.names, &mut checks),
            aliases: self.aliases,
            parent: self.parent,
            by_agreement: self.by_agreement,
            active: true,
        };
        checks.finish(new)
    }
}

/// Create an organisation
///
/// For the secretariat and administrators. It takes part from now on.
#[utoipa::path(
    post,
    path = "/organisations",
    tag = "organisations",
    request_body = OrganisationCreate,
    responses((status = CREATED, body = OrganisationBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::QUERY, codes::BODY, codes::KEY, &[Code::RoleRequired, Code::Taken],
    ]))))
)]
pub(crate) async fn create_organisation(
    State(api): State<ApiState>,
    caller: SignedIn,
    request: CreatingRequest,
) -> Result<Response, Problem> {
    let creation =
        request.read_for(Action::ManageOrganisations, &api.app, &caller, OrganisationCreate::checked);
    let (new, retry) = creation.await?;
    let work = organisations::create(&api.app, &caller.0.viewer, new, retry);
    made(&api, once(&api.app, retry, work).await?)
}
