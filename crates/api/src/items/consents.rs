//! `GET` and `POST /items/{item}/consents`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::items::{self, Consent, ConsentInput};
use qadam_domain::policy::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::ItemBody;
use super::{ItemKey, Once, in_turn, made, once, retry};
use crate::extract::{ApiBody, ApiPath, ApiQuery, IdempotencyKey, NoParameters, SignedIn};
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{AxisWord, Day, LevelWord};

/// A consent of the submitter.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentCreate {
    /// Text: the secretariat may widen it up to the level. Identity, level `public`: the first of the two voices
    /// that make the organisation's name public.
    axis: AxisWord,
    /// Up to which level.
    level: LevelWord,
}

/// A consent that was given.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Consent)]
pub(crate) struct ConsentBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// What it is about.
    axis: AxisWord,
    /// Up to which level.
    level: LevelWord,
    /// The day it was given.
    given_on: Day,
}

impl From<&Consent> for ConsentBody {
    fn from(consent: &Consent) -> Self {
        Self {
            id: consent.id.to_string(),
            axis: consent.axis.into(),
            level: consent.level.into(),
            given_on: Day(consent.given_on),
        }
    }
}

/// List the consents given for an item
///
/// For its submitter and the secretariat. Who gave them is not told.
#[utoipa::path(
    get,
    path = "/items/{item}/consents",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<ConsentBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, &[Code::RoleRequired],
    ]))))
)]
pub(crate) async fn list_consents(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<ConsentBody>, Problem> {
    items::get(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    let consents = items::consents(&api.app, &caller.viewer(), key).await?;
    Ok(Page::whole(consents.iter().map(ConsentBody::from).collect(), &api.links, query.uri()))
}

/// Consent to a wider level
#[utoipa::path(
    post,
    path = "/items/{item}/consents",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = ConsentCreate,
    responses((status = CREATED, body = ItemBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::LevelFixed],
    ]))))
)]
pub(crate) async fn give_consent(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    body: ApiBody,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    items::get(&api.app, &viewer, key).await?;
    query.checked()?;
    let body = body.json().await?;
    let retry = retry(&api.app, &caller, &repeated, &body)?;
    let input = in_turn(&api, &viewer, key, None, Action::Consent, body.input::<ConsentCreate>()).await?;
    let input = ConsentInput { axis: input.axis.0, level: input.level.0 };
    let work = async { Ok(items::consent(&api.app, &viewer, key, input, retry).await?.0) };
    let outcome: Once<_> = once(&api.app, retry, work).await?;
    made(&api, &viewer, outcome).await
}
