//! `POST /items/{item}/level-changes`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::error::{AppError, FieldCode};
use qadam_app::items::{self, LevelChangeInput, NarrowingReason};
use qadam_domain::accounts::Role;
use qadam_domain::ids::ContributionId;
use qadam_domain::policy::Action;
use serde::Deserialize;
use utoipa::ToSchema;

use super::inputs::identifier;
use super::view::ItemBody;
use super::{ItemKey, in_turn, made, once, retry};
use crate::extract::{ApiBody, ApiPath, ApiQuery, IdempotencyKey, Input, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{AxisWord, Checks, LanguageMapInput, LevelWord, TextLimit};

/// A change of a level.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LevelChangeCreate {
    /// What the level is about.
    axis: AxisWord,
    /// The new level.
    to: LevelWord,
    /// The class of reason, which the secretariat gives when it narrows: `submitter_request`, `person_at_risk`,
    /// `personal_data`, `legal_order` or `published_by_mistake`.
    #[serde(default)]
    #[schema(example = "person_at_risk")]
    reason_class: Option<String>,
    /// Why, in words; for a text alone.
    #[serde(default)]
    reason: LanguageMapInput,
    /// Id of a finding, piece of evidence, question or answer of civil society: then its level changes, and not the
    /// item's.
    #[serde(default)]
    #[schema(format = Uuid)]
    about: Option<String>,
}

/// What is to change, and of what.
struct Wanted {
    about: Option<ContributionId>,
    change: LevelChangeInput,
}

impl LevelChangeCreate {
    fn checked(self) -> Input<Wanted> {
        let mut checks = Checks::new();
        let reason_class = self.reason_class.and_then(|code| {
            let class = NarrowingReason::from_code(&code);
            if class.is_none() {
                checks.refuse("/reason_class", FieldCode::UnknownValue);
            }
            class
        });
        let reason = self.reason.map("/reason", TextLimit::BODY, &mut checks);
        let about = identifier("/about", self.about.as_deref(), &mut checks).map(ContributionId);
        let change = LevelChangeInput { axis: self.axis.0, to: self.to.0, reason_class, reason };
        checks.finish(Wanted { about, change })
    }
}

/// Change who reads an item's text or its filer
///
/// Text: wider by the secretariat within the submitter's consent; narrower by the submitter, or by the secretariat
/// for a reason of the list. Identity: by the submitter alone, to `public` by two of its members.
///
/// With `about`, the levels of something that civil society added: both by its author, within the item's; the text also
/// narrower by the secretariat for a reason of the list, and then its author does not widen it again.
#[utoipa::path(
    post,
    path = "/items/{item}/level-changes",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = LevelChangeCreate,
    responses((status = CREATED, body = ItemBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[
            Code::RoleRequired, Code::LevelFixed, Code::LevelUnchanged, Code::IdentityWiderThanText,
            Code::ConsentRequired, Code::SecondPersonRequired,
        ],
    ]))))
)]
pub(crate) async fn change_item_level(
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
    let input = body.input::<LevelChangeCreate>().and_then(LevelChangeCreate::checked);
    let input = match input {
        // Whoever added something may change its levels, and what that is the body says.
        Err(errors) if matches!(viewer.actor(), Some(actor) if actor.role == Role::NgoMember) => {
            return Err(AppError::Invalid(errors).into());
        }
        input => in_turn(&api, &viewer, key, None, Action::Link, input).await?,
    };
    let Wanted { about, change } = input;
    let outcome = match about {
        None => once(&api.app, retry, items::change_level(&api.app, &viewer, key, change, retry)).await?,
        Some(id) => {
            let work = items::change_contribution_level(&api.app, &viewer, key, id, change, retry);
            once(&api.app, retry, work).await?
        }
    };
    made(&api, &viewer, outcome).await
}
