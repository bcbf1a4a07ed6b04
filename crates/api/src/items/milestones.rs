//! `/items/{item}/milestones`: steps on the way.

use axum::extract::State;
use axum::response::Response;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, ContributionView, DueInput, MilestoneEdit, MilestoneInput, NamedDay};
use qadam_app::{App, Code};
use qadam_domain::calendar::Precision;
use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::{Content, ContributionKind};
use qadam_domain::items::milestones::StageReached;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ItemKey;
use super::adding::{self, Added, Asking, Readable};
use super::inputs::{RecordedFromInput, due};
use super::parts::RecordedFromBody;
use super::view::ItemBody;
use crate::answer::Tagged;
use crate::extract::{
    ApiBody, ApiPath, ApiPathPair, ApiQuery, Caller, IdempotencyKey, IfMatchHeader, Input, NoParameters,
    SignedIn,
};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{
    Checks, Day, LanguageMapInput, LanguageMapView, MilestoneKindWord, OrganisationReference, Patch,
    PrecisionWord, RoleWord, TextLimit,
};

/// How many stages are named at once at most.
const STAGES_MAX: usize = 50;

/// A milestone.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MilestoneCreate {
    /// What is to happen.
    kind: MilestoneKindWord,
    /// What it is.
    title: LanguageMapInput,
    /// When it is due: a day of the period.
    #[serde(default)]
    due_on: Option<Day>,
    /// How exact the due date is; without it, to the day.
    #[serde(default)]
    due_precision: Option<PrecisionWord>,
    /// The stages that a legal act has reached already, in their order.
    #[serde(default)]
    stages: Vec<StageInput>,
    /// When it was reached. Never in the future.
    #[serde(default)]
    reached_on: Option<Day>,
    /// How exactly that day is known; without it, to the day.
    #[serde(default)]
    reached_precision: Option<PrecisionWord>,
    /// Address of what it is about: the bill, the tender.
    #[serde(default)]
    url: Option<String>,
    /// What the reader should know.
    #[serde(default)]
    note: LanguageMapInput,
    /// The document it is recorded from. The secretariat names one, and nobody else does.
    #[serde(default)]
    recorded_from: Option<RecordedFromInput>,
}

/// A stage that a legal act has reached.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StageInput {
    /// Code of the stage, of the vocabulary `law_stages`.
    #[schema(example = "mazhilis")]
    stage: String,
    /// When. Never in the future.
    on: Day,
    /// How exactly that day is known; without it, to the day.
    #[serde(default)]
    precision: Option<PrecisionWord>,
}

/// Changes of a milestone: what is absent stays, null removes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MilestonePatch {
    /// A stage that a legal act has reached, of the vocabulary `law_stages`. With the last one it is reached.
    #[serde(default)]
    stage: Option<String>,
    /// When. Never in the future.
    #[serde(default)]
    stage_on: Option<Day>,
    /// How exactly that day is known; without it, to the day.
    #[serde(default)]
    stage_precision: Option<PrecisionWord>,
    /// When it was reached. Never in the future.
    #[serde(default)]
    reached_on: Option<Day>,
    /// How exactly that day is known; without it, to the day.
    #[serde(default)]
    reached_precision: Option<PrecisionWord>,
    /// When it is due: a day of the period.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    due_on: Patch<Day>,
    /// How exact the due date is; without it, to the day.
    #[serde(default)]
    due_precision: Option<PrecisionWord>,
    /// Why the due date is moved; needed where there was one.
    #[serde(default)]
    reason: LanguageMapInput,
    /// What it is, language by language.
    #[serde(default)]
    title: LanguageMapInput,
    /// What the reader should know, language by language.
    #[serde(default)]
    note: LanguageMapInput,
    /// Address of what it is about.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    url: Patch<String>,
    /// The document the secretariat records the change from.
    #[serde(default)]
    recorded_from: Option<RecordedFromInput>,
}

/// A step on the way to what an item asks for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Milestone)]
pub(crate) struct MilestoneBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The item's identifier.
    #[schema(format = Uuid)]
    item: String,
    /// What is to happen.
    kind: MilestoneKindWord,
    /// What it is.
    title: LanguageMapView,
    /// When it is due: the last day of the period.
    due_on: Option<Day>,
    /// How exact the due date is.
    due_precision: Option<PrecisionWord>,
    /// When it was first due.
    original_due_on: Option<Day>,
    /// Whether it is due no more and not reached.
    overdue: bool,
    /// When it was reached: the first day of the period.
    reached_on: Option<Day>,
    /// How exactly that day is known.
    reached_precision: Option<PrecisionWord>,
    /// The stages that a legal act has reached, in their order.
    stages: Vec<StageBody>,
    /// Address of what it is about.
    url: Option<String>,
    /// What the reader should know.
    note: LanguageMapView,
    /// The document it was recorded from.
    recorded_from: Option<RecordedFromBody>,
    /// The organisation that added it.
    organisation: Option<OrganisationReference>,
    /// The role that added it.
    role: RoleWord,
    /// The day it was added.
    recorded_on: Day,
}

/// A stage that a legal act has reached.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LawStage)]
pub(crate) struct StageBody {
    /// Code of the stage, of the vocabulary `law_stages`.
    stage: String,
    /// When: the first day of the period.
    on: Day,
    /// How exactly that day is known.
    precision: PrecisionWord,
}

/// An item with a milestone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MilestoneResult {
    /// The item.
    item: ItemBody,
    /// The milestone.
    milestone: Option<MilestoneBody>,
}

/// A day and its precision; a precision without a day is refused at the day's place.
pub(super) fn day(
    on: Option<Day>,
    precision: Option<PrecisionWord>,
    pointer: &str,
    checks: &mut Checks,
) -> Option<NamedDay> {
    if on.is_none() && precision.is_some() {
        checks.refuse(pointer, FieldCode::Required);
    }
    on.map(|on| (on.0, precision.map_or(Precision::Day, |precision| precision.0)))
}

impl Readable for MilestoneCreate {
    type Input = MilestoneInput;

    fn checked(self) -> Input<MilestoneInput> {
        let mut checks = Checks::new();
        if self.stages.len() > STAGES_MAX {
            checks.refuse("/stages", FieldCode::TooMany);
        }
        let precise = |precision: Option<PrecisionWord>| precision.map_or(Precision::Day, |word| word.0);
        let input = MilestoneInput {
            kind: self.kind.0,
            title: self.title.required("/title", TextLimit::TITLE, &mut checks),
            due: due(self.due_on, self.due_precision, &mut checks).map(DueInput::deadline),
            stages: self
                .stages
                .into_iter()
                .map(|stage| (stage.stage, (stage.on.0, precise(stage.precision))))
                .collect(),
            reached: day(self.reached_on, self.reached_precision, "/reached_on", &mut checks),
            url: self.url.map(|url| checks.web_address("/url", url)),
            note: self.note.map("/note", TextLimit::BODY, &mut checks),
            recorded_from: self.recorded_from.map(|from| from.read("/recorded_from", &mut checks)),
        };
        checks.finish(input)
    }
}

impl Readable for MilestonePatch {
    type Input = MilestoneEdit;

    fn checked(self) -> Input<MilestoneEdit> {
        let mut checks = Checks::new();
        let stage_on = day(self.stage_on, self.stage_precision, "/stage_on", &mut checks);
        let stage = match (self.stage, stage_on) {
            (Some(stage), Some(on)) => Some((stage, on)),
            (None, None) => None,
            (Some(_), None) => {
                checks.refuse("/stage_on", FieldCode::Required);
                None
            }
            (None, Some(_)) => {
                checks.refuse("/stage", FieldCode::Required);
                None
            }
        };
        if self.due_precision.is_some() && !matches!(self.due_on, Patch::Value(_)) {
            checks.refuse("/due_on", FieldCode::Required);
        }
        let precision = self.due_precision.map_or(Precision::Day, |precision| precision.0);
        let edit = MilestoneEdit {
            stage,
            reached: day(self.reached_on, self.reached_precision, "/reached_on", &mut checks),
            due: self.due_on.map(|on| DueInput { on: on.0, precision }.deadline()).change(),
            reason: self.reason.map("/reason", TextLimit::BODY, &mut checks),
            title: self.title.changes("/title", TextLimit::TITLE, &mut checks),
            note: self.note.changes("/note", TextLimit::BODY, &mut checks),
            url: self.url.map(|url| checks.web_address("/url", url)).change(),
            recorded_from: self.recorded_from.map(|from| from.read("/recorded_from", &mut checks)),
        };
        checks.finish(edit)
    }
}

impl From<StageReached> for StageBody {
    fn from(reached: StageReached) -> Self {
        Self { stage: reached.stage, on: Day(reached.on.on), precision: reached.on.precision.into() }
    }
}

impl Added for MilestoneBody {
    const KIND: ContributionKind = ContributionKind::Milestone;
    const PATH: &'static str = "milestones";
    type Result = MilestoneResult;

    fn new(app: &App, links: &Links, view: ContributionView) -> Option<Self> {
        let contribution = view.contribution;
        let Content::Milestone(milestone) = contribution.content else { return None };
        let late = milestone.due.is_some_and(|due| due.days_late(app.today()) > 0);
        Some(Self {
            id: contribution.id.to_string(),
            item: contribution.item.to_string(),
            kind: milestone.kind.into(),
            title: milestone.title.into(),
            due_on: milestone.due.map(|due| Day(due.on)),
            due_precision: milestone.due.map(|due| due.precision.into()),
            original_due_on: milestone.original_due_on.map(Day),
            overdue: late && milestone.reached.is_none(),
            reached_on: milestone.reached.map(|on| Day(on.on)),
            reached_precision: milestone.reached.map(|on| on.precision.into()),
            stages: milestone.stages.into_iter().map(Into::into).collect(),
            url: milestone.url,
            note: milestone.note.into(),
            recorded_from: milestone.recorded_from.map(Into::into),
            organisation: contribution
                .organisation
                .and_then(|id| OrganisationReference::find(id, &app.directory(), links)),
            role: contribution.role.into(),
            recorded_on: Day(contribution.recorded_on),
        })
    }

    fn result(item: ItemBody, milestone: Option<Self>) -> MilestoneResult {
        MilestoneResult { item, milestone }
    }
}

/// List the milestones of an item
///
/// Oldest first; at most 1,000.
#[utoipa::path(
    get,
    path = "/items/{item}/milestones",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<MilestoneBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn list_milestones(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<MilestoneBody>, Problem> {
    let views = items::milestones(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    Ok(adding::page(&api, views, &query))
}

/// Plan a milestone of an item
///
/// For a body that owns it, in one with an approver by an approver; or, for the secretariat, recorded from a document.
#[utoipa::path(
    post,
    path = "/items/{item}/milestones",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = MilestoneCreate,
    responses((status = CREATED, body = MilestoneResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::ApprovalRequired, Code::StatusConflict, Code::TooManyAdded],
    ]))))
)]
pub(crate) async fn plan_milestone(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let asking = Asking { api: &api, caller: &caller, key, query };
    asking.add::<MilestoneBody, MilestoneCreate>(&repeated, request).await
}

/// Get a milestone
#[utoipa::path(
    get,
    path = "/items/{item}/milestones/{milestone}",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("milestone" = String, Path, description = "Id of the milestone.", format = Uuid)
    ),
    responses((status = OK, body = MilestoneBody)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn get_milestone(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
) -> Result<axum::Json<MilestoneBody>, Problem> {
    adding::one(&api, &caller, (key, id), query).await
}

/// Go on with a milestone
///
/// Note that a law reached a stage, or that the milestone was reached; move its day, with a reason; word it better. Each
/// change is an entry of the item's history. The condition is about the item.
#[utoipa::path(
    patch,
    path = "/items/{item}/milestones/{milestone}",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("milestone" = String, Path, description = "Id of the milestone.", format = Uuid)
    ),
    request_body(content = MilestonePatch, content_type = "application/merge-patch+json"),
    responses((status = OK, body = MilestoneResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::CONDITION,
        &[Code::RoleRequired, Code::ApprovalRequired, Code::StatusConflict],
    ]))))
)]
pub(crate) async fn edit_milestone(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    request: ApiBody,
) -> Result<Tagged<MilestoneResult>, Problem> {
    let asking = Asking { api: &api, caller: &caller, key, query };
    asking.edit::<MilestoneBody, MilestonePatch>(id, condition, request).await
}
