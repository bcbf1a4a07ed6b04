//! `/items/{item}/co-filing-invitations`: whom those who file a proposal invite to file it with them.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, Uri, header};
use qadam_app::error::FieldCode;
use qadam_app::items::{self, Invitation, Key};
use qadam_app::{App, Code};
use qadam_domain::accounts::Viewer;
use qadam_domain::ids::EventId;
use qadam_domain::policy::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ItemKey, in_turn, once, retry};
use crate::extract::{
    ApiBody, ApiPath, ApiPathPair, ApiQuery, IdempotencyKey, Input, NoParameters, SignedIn,
};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Checks, Day, OrganisationReference};

/// An invitation to file a proposal together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CoFilingInvitationCreate {
    /// Code or id of the organisation of civil society that is invited.
    #[schema(min_length = 1, max_length = 100)]
    organisation: String,
}

/// An open invitation to file a proposal together.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoFilingInvitation)]
pub(crate) struct CoFilingInvitationBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The organisation that is invited.
    organisation: Option<OrganisationReference>,
    /// The filing organisation that invited it.
    invited_by: Option<OrganisationReference>,
    /// The day it was invited.
    invited_on: Day,
}

impl CoFilingInvitationCreate {
    fn checked(self) -> Input<String> {
        let mut checks = Checks::new();
        if self.organisation.is_empty() {
            checks.refuse("/organisation", FieldCode::TooShort);
        }
        if self.organisation.chars().count() > 100 {
            checks.refuse("/organisation", FieldCode::TooLong);
        }
        checks.finish(self.organisation)
    }
}

impl CoFilingInvitationBody {
    fn new(app: &App, links: &Links, invitation: &Invitation) -> Self {
        let directory = app.directory();
        Self {
            id: invitation.id.to_string(),
            organisation: OrganisationReference::find(invitation.organisation, &directory, links),
            invited_by: OrganisationReference::find(invitation.invited_by, &directory, links),
            invited_on: Day(invitation.invited_on),
        }
    }
}

/// All open invitations, as the list at `uri`.
async fn page(
    api: &ApiState,
    viewer: &Viewer,
    key: Key,
    uri: &Uri,
) -> Result<Page<CoFilingInvitationBody>, Problem> {
    let all = items::invitations(&api.app, viewer, key).await?;
    let bodies = all.iter().map(|one| CoFilingInvitationBody::new(&api.app, &api.links, one)).collect();
    Ok(Page::whole(bodies, &api.links, uri))
}

/// List the open invitations to file a proposal together
///
/// For those who file it.
#[utoipa::path(
    get,
    path = "/items/{item}/co-filing-invitations",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<CoFilingInvitationBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, &[Code::RoleRequired],
    ]))))
)]
pub(crate) async fn list_co_filing_invitations(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<CoFilingInvitationBody>, Problem> {
    items::get(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    page(&api, &caller.viewer(), key, query.uri()).await
}

/// Invite an organisation to file a proposal together
///
/// By those who file it, until it is answered. The organisation reads the proposal through the invitation, and is one of
/// its submitters once it accepts. Answers with all open invitations.
#[utoipa::path(
    post,
    path = "/items/{item}/co-filing-invitations",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = CoFilingInvitationCreate,
    responses((status = CREATED, body = Page<CoFilingInvitationBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::StatusConflict],
    ]))))
)]
pub(crate) async fn invite_to_file(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let view = items::get(&api.app, &viewer, key).await?;
    query.checked()?;
    let request = request.json().await?;
    let retry = retry(&api.app, &caller, &repeated, &request)?;
    let input = request.input::<CoFilingInvitationCreate>().and_then(CoFilingInvitationCreate::checked);
    let input = in_turn(&api, &viewer, key, None, Action::InviteToFile, input).await?;
    once(&api.app, retry, items::invite_to_file(&api.app, &viewer, key, input, retry)).await?;
    let location = format!("{}/co-filing-invitations", super::view::address(&view.item, &api.links));
    let mut response = (StatusCode::CREATED, page(&api, &viewer, key, query.uri()).await?).into_response();
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Take an invitation to file together back
#[utoipa::path(
    delete,
    path = "/items/{item}/co-filing-invitations/{invitation}",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("invitation" = String, Path, description = "Id of the invitation.", format = Uuid)
    ),
    responses((status = NO_CONTENT, description = "It is gone.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, &[Code::RoleRequired],
    ]))))
)]
pub(crate) async fn withdraw_co_filing_invitation(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(ItemKey(key), invitation): ApiPathPair<ItemKey, EventId>,
    query: ApiQuery<NoParameters>,
) -> Result<StatusCode, Problem> {
    items::get(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    items::withdraw_invitation(&api.app, &caller.viewer(), key, invitation).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Stop filing a proposal together with others
///
/// The organisation's name, and all that it agreed to, go from the proposal; what it wrote stays. Entries of the ledger
/// that name it stay where they were told: where the name is public, hide the names first. Who filed it alone withdraws it.
#[utoipa::path(
    delete,
    path = "/items/{item}/co-filing",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = NO_CONTENT, description = "The organisation files it no more.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, &[Code::RoleRequired, Code::OnlySubmitter],
    ]))))
)]
pub(crate) async fn leave_co_filing(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<StatusCode, Problem> {
    items::get(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    items::leave_co_filing(&api.app, &caller.viewer(), key).await?;
    Ok(StatusCode::NO_CONTENT)
}
