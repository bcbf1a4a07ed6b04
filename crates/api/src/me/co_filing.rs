//! `/me/co-filing-invitations`: what one's organisation is invited to file together with others.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use qadam_app::error::AppError;
use qadam_app::items::{self, InvitedTo};
use qadam_app::{App, Code};
use qadam_domain::ids::EventId;
use qadam_domain::items::co_filing::FilingLevels;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::{ApiBody, ApiPath, ApiQuery, IdempotencyKey, NoParameters, SignedIn};
use crate::items::{ItemBody, made, once, retry};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Day, LanguageMapView, LanguageWord, LevelWord, OrganisationReference, StatusWord};

/// A proposal that one's organisation is invited to file with others, as it stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InvitedToFile)]
pub(crate) struct InvitedToFileBody {
    /// The invitation's identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The day of the invitation.
    invited_on: Day,
    /// Who invites.
    invited_by: Option<OrganisationReference>,
    /// Where it stands.
    status: StatusWord,
    /// Its title.
    title: LanguageMapView,
    /// What it asks for.
    summary: LanguageMapView,
    /// Why.
    grounds: LanguageMapView,
    /// What should come of it.
    expected_result: LanguageMapView,
    /// The language it was written in.
    original_language: LanguageWord,
    /// Whom it addresses.
    addressees: Vec<OrganisationReference>,
    /// Who reads its text: who accepts agrees to this level.
    text_level: LevelWord,
    /// Who reads who files it: who accepts agrees to this level.
    identity_level: LevelWord,
}

impl InvitedToFileBody {
    fn new(app: &App, links: &Links, InvitedTo { invitation, item }: InvitedTo) -> Self {
        let directory = app.directory();
        let named = |id| OrganisationReference::find(id, &directory, links);
        Self {
            id: invitation.id.to_string(),
            invited_on: Day(invitation.invited_on),
            invited_by: named(invitation.invited_by),
            status: item.status.into(),
            title: item.title.into(),
            summary: item.summary.into(),
            grounds: item.grounds.into(),
            expected_result: item.expected_result.into(),
            original_language: item.original_language.into(),
            addressees: item.addressees.iter().filter_map(|id| named(*id)).collect(),
            text_level: item.text_level.into(),
            identity_level: item.identity_level.into(),
        }
    }
}

/// That an organisation files a proposal with others.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CoFilingAcceptance {
    /// Who may read the text, as the invitation says: the organisation agrees to it.
    text_level: LevelWord,
    /// Who may know the names of those who file it, as the invitation says: the organisation's own too from now on.
    identity_level: LevelWord,
}

/// List what one's organisation is invited to file together with others
///
/// Newest first; at most 100. For confirmed members of organisations of civil society; for others there is nothing.
#[utoipa::path(
    get,
    path = "/me/co-filing-invitations",
    tag = "me",
    responses((status = OK, body = Page<InvitedToFileBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::ACCOUNT, codes::QUERY]))))
)]
pub(crate) async fn list_invitations_to_file(
    State(api): State<ApiState>,
    caller: SignedIn,
    query: ApiQuery<NoParameters>,
) -> Result<Page<InvitedToFileBody>, Problem> {
    query.checked()?;
    let all = items::invitations_of_mine(&api.app, &caller.viewer()).await?;
    let bodies = all.into_iter().map(|one| InvitedToFileBody::new(&api.app, &api.links, one)).collect();
    Ok(Page::whole(bodies, &api.links, query.uri()))
}

/// File a proposal together with others
///
/// From then on the organisation is one of its submitters.
#[utoipa::path(
    post,
    path = "/me/co-filing-invitations/{invitation}/acceptance",
    tag = "me",
    params(("invitation" = String, Path, description = "Id of the invitation.", format = Uuid)),
    request_body = CoFilingAcceptance,
    responses((status = CREATED, body = ItemBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::NotFound, Code::StatusConflict, Code::SecondPersonRequired],
    ]))))
)]
pub(crate) async fn accept_invitation_to_file(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(id): ApiPath<EventId>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let request = request.json().await;
    let retry = match &request {
        Ok(request) => retry(&api.app, &caller, &repeated, request)?,
        Err(_) => None,
    };
    if retry.is_none() {
        items::check_invited(&api.app, &viewer, id).await?;
    }
    query.checked()?;
    let accepted = request?.input::<CoFilingAcceptance>().map_err(AppError::Invalid)?;
    let agreed = FilingLevels { text: accepted.text_level.0, identity: accepted.identity_level.0 };
    let work = items::accept_invitation(&api.app, &viewer, id, agreed, retry);
    made(&api, &viewer, once(&api.app, retry, work).await?).await
}

/// Decline to file a proposal together with others
#[utoipa::path(
    delete,
    path = "/me/co-filing-invitations/{invitation}",
    tag = "me",
    params(("invitation" = String, Path, description = "Id of the invitation.", format = Uuid)),
    responses((status = NO_CONTENT, description = "It is gone.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::ACCOUNT, codes::QUERY, &[Code::NotFound]]))))
)]
pub(crate) async fn decline_invitation_to_file(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(id): ApiPath<EventId>,
    query: ApiQuery<NoParameters>,
) -> Result<StatusCode, Problem> {
    let viewer = caller.viewer();
    items::check_invited(&api.app, &viewer, id).await?;
    query.checked()?;
    items::decline_invitation(&api.app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
