//! `/me/identities`: signing in with a provider of identities.
//!
//! One is connected on the pages: it takes a browser that goes to the provider and comes back.

use axum::extract::State;
use http::StatusCode;
use qadam_app::Code;
use qadam_app::authentication::{self, Identity};
use qadam_domain::ids::IdentityId;
use qadam_http::origin::RequestOrigin;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::{ApiBody, ApiPath, ApiQuery, InPerson, NoParameters};
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::Day;

/// Who the account is at a provider.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Identity)]
pub(crate) struct IdentityBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The provider, as it calls itself.
    #[schema(example = "https://login.example", max_length = 1000)]
    issuer: String,
    /// What the provider called the person when it was connected: an address or a name, empty where it said neither.
    #[schema(max_length = 300)]
    shown: String,
    /// The day it was connected.
    made_on: Day,
    /// The day on which it was last used.
    used_on: Option<Day>,
}

impl From<Identity> for IdentityBody {
    fn from(identity: Identity) -> Self {
        Self {
            id: identity.id.to_string(),
            issuer: identity.issuer,
            shown: identity.shown,
            made_on: Day(identity.made_on),
            used_on: identity.used_on.map(Day),
        }
    }
}

/// The password of the account.
#[derive(Deserialize, ToSchema)]
#[schema(as = IdentityPassword)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordInput {
    /// The password: a session left open must not be enough.
    #[schema(format = Password)]
    password: String,
}

/// List who one is at providers of identities
///
/// Oldest first. One is connected on the pages, and signs in there.
#[utoipa::path(
    get,
    path = "/me/identities",
    tag = "me",
    responses((status = OK, body = Page<IdentityBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::PERSON, codes::QUERY]))))
)]
pub(crate) async fn list_identities(
    State(api): State<ApiState>,
    caller: InPerson,
    query: ApiQuery<NoParameters>,
) -> Result<Page<IdentityBody>, Problem> {
    query.checked()?;
    let identities = authentication::list_identities(&api.app, &caller.0).await?;
    Ok(Page::whole(identities.into_iter().map(IdentityBody::from).collect(), &api.links, query.uri()))
}

/// Remove one of one's own identities
///
/// By the password. All other sessions end. It stays while the account has no password, for nobody could come in any more.
#[utoipa::path(
    post,
    path = "/me/identities/{identity}/removal",
    tag = "me",
    params(("identity" = String, Path, description = "Id of the identity.", format = Uuid)),
    request_body = PasswordInput,
    responses((status = NO_CONTENT, description = "Nobody signs in with it any more.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::PERSON, codes::ONE, codes::QUERY, codes::BODY,
        &[Code::InvalidCredentials, Code::LastWayIn, Code::TooOften, Code::Busy],
    ]))))
)]
pub(crate) async fn remove_identity(
    State(api): State<ApiState>,
    caller: InPerson,
    RequestOrigin(origin): RequestOrigin,
    ApiPath(identity): ApiPath<IdentityId>,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<StatusCode, Problem> {
    query.checked()?;
    let input: PasswordInput = body.json().await?.into()?;
    authentication::remove_identity(&api.app, &origin, &caller.0, identity, &input.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
