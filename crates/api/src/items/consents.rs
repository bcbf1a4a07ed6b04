//! `GET` and `POST /items/{item}/consents`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, ConsentInput, ConsentedTo, GivenConsent};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::consents::ConsentKind;
use qadam_domain::levels::{Axis, Level};
use qadam_domain::policy::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::inputs::{identifier, item_key};
use super::view::{ItemBody, ItemReference};
use super::{ItemKey, Once, in_turn, made, once, retry};
use crate::extract::{ApiBody, ApiPath, ApiQuery, IdempotencyKey, Input, NoParameters, SignedIn};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Checks, ConsentKindWord, Day, LevelWord};

/// A consent of the submitter.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentCreate {
    /// `text`: the secretariat may widen it up to the level. `identity`, level `public`: the first of the two voices
    /// that make the organisation's name public. `merge`: the secretariat may merge the item into the target, once
    /// every organisation that filed it agreed.
    axis: ConsentKindWord,
    /// Up to which level; not for a merge.
    #[serde(default)]
    level: Option<LevelWord>,
    /// Ref or id of the item into which it may be merged; for a merge alone.
    #[serde(default)]
    target: Option<String>,
    /// Id of a finding, piece of evidence, question or answer that the organisation added: then, with `identity` and
    /// `public`, the first of the two voices that make its name public there.
    #[serde(default)]
    #[schema(format = Uuid)]
    about: Option<String>,
}

/// To what is consented.
enum Wanted {
    /// To something about the item.
    Item(ConsentInput),
    /// To the name under something that was added.
    NameUnder(ContributionId),
}

impl ConsentCreate {
    fn checked(self) -> Input<Wanted> {
        let mut checks = Checks::new();
        if let Some(about) = &self.about {
            let id = identifier("/about", Some(about), &mut checks);
            let public = self.level.is_some_and(|level| level.0 == Level::Public);
            for (pointer, fits) in [
                ("/axis", self.axis.0 == ConsentKind::Identity),
                ("/level", public),
                ("/target", self.target.is_none()),
            ] {
                if !fits {
                    checks.refuse(pointer, FieldCode::NotAllowed);
                }
            }
            return checks.finish(Wanted::NameUnder(ContributionId(id.unwrap_or_default())));
        }
        let target = self.target.as_deref().map(|target| item_key("/target", target, &mut checks));
        let axis = match self.axis.0 {
            ConsentKind::Text => Some(Axis::Text),
            ConsentKind::Identity => Some(Axis::Identity),
            ConsentKind::Merge => None,
        };
        let input = match (axis, self.level, target) {
            (Some(axis), Some(level), None) => Some(ConsentInput::Level { axis, level: level.0 }),
            (None, None, Some(target)) => target.map(|target| ConsentInput::Merge { target }),
            (axis, level, target) => {
                for (pointer, given, wanted) in [
                    ("/level", level.is_some(), axis.is_some()),
                    ("/target", target.is_some(), axis.is_none()),
                ] {
                    if given != wanted {
                        let code = if wanted { FieldCode::Required } else { FieldCode::NotAllowed };
                        checks.refuse(pointer, code);
                    }
                }
                None
            }
        };
        // What was refused above is never used.
        let input = input.unwrap_or(ConsentInput::Level { axis: Axis::Text, level: Level::Own });
        checks.finish(Wanted::Item(input))
    }
}

/// A consent that was given.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Consent)]
pub(crate) struct ConsentBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// What it is about.
    axis: ConsentKindWord,
    /// Up to which level; null where it is about a merge.
    level: Option<LevelWord>,
    /// The item into which it may be merged.
    target: Option<ItemReference>,
    /// The day it was given.
    given_on: Day,
}

impl ConsentBody {
    /// A consent as JSON.
    pub(super) fn new(consent: &GivenConsent, links: &Links) -> Self {
        let (axis, level, target) = match &consent.to {
            ConsentedTo::Level(Axis::Text, level) => (ConsentKind::Text, Some((*level).into()), None),
            ConsentedTo::Level(Axis::Identity, level) => (ConsentKind::Identity, Some((*level).into()), None),
            ConsentedTo::Merge(target) => (ConsentKind::Merge, None, Some(ItemReference::new(target, links))),
        };
        Self { id: consent.id.to_string(), axis: axis.into(), level, target, given_on: Day(consent.given_on) }
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
    let bodies = consents.iter().map(|consent| ConsentBody::new(consent, &api.links)).collect();
    Ok(Page::whole(bodies, &api.links, query.uri()))
}

/// Consent to a wider level or to a merge
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
        &[Code::RoleRequired, Code::LevelFixed, Code::LevelUnchanged, Code::IdentityWiderThanText],
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
    let input = body.input::<ConsentCreate>().and_then(ConsentCreate::checked);
    let input = in_turn(&api, &viewer, key, None, Action::Consent, input).await?;
    let outcome: Once<_> = match input {
        Wanted::Item(input) => {
            once(&api.app, retry, items::consent(&api.app, &viewer, key, input, retry)).await?
        }
        Wanted::NameUnder(id) => {
            let work = items::ask_for_publication(&api.app, &viewer, key, id, retry);
            once(&api.app, retry, work).await?
        }
    };
    made(&api, &viewer, outcome).await
}
