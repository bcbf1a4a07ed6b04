//! `POST /items/{item}/level-changes`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, LevelChangeInput, NarrowingReason};
use qadam_domain::policy::Action;
use serde::Deserialize;
use utoipa::ToSchema;

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
    /// Why, in words.
    #[serde(default)]
    reason: LanguageMapInput,
}

impl LevelChangeCreate {
    fn checked(self) -> Input<LevelChangeInput> {
        let mut checks = Checks::new();
        let reason_class = self.reason_class.and_then(|code| {
            let class = NarrowingReason::from_code(&code);
            if class.is_none() {
                checks.refuse("/reason_class", FieldCode::UnknownValue);
            }
            class
        });
        let reason = self.reason.map("/reason", TextLimit::BODY, &mut checks);
        checks.finish(LevelChangeInput { axis: self.axis.0, to: self.to.0, reason_class, reason })
    }
}

/// Change who reads an item's text or its filer
///
/// Text: wider by the secretariat within the submitter's consent; narrower by the submitter, or by the secretariat
/// for a reason of the list. Identity: by the submitter alone, to `public` by two of its members.
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
    let input = in_turn(&api, &viewer, key, None, Action::Link, input).await?;
    let work = items::change_level(&api.app, &viewer, key, input, retry);
    let outcome = once(&api.app, retry, work).await?;
    made(&api, &viewer, outcome).await
}
