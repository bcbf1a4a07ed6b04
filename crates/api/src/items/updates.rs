//! `/items/{item}/updates`: what owners report.

pub(super) mod bulk;
mod requested;

use axum::extract::State;
use axum::response::Response;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, Contributed, ContributionView, Key, StepInput, TranscribedReport, UpdateInput};
use qadam_app::{App, Code};
use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::Precision;
use qadam_domain::ids::{ContributionId, ReportingRoundId};
use qadam_domain::items::contributions::{Content, ContributionKind};
use qadam_domain::policy::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::requested::{RequestedMoveBody, RequestedMoveInput};
use super::inputs::{EvidenceCreate, RecordedFromInput, identifier};
use super::parts::{EvidenceBody, RecordedFromBody};
use super::view::{ItemBody, address};
use super::{ItemKey, Once, in_turn, once, replayed, replayed_part, retry};
use crate::answer::Tagged;
use crate::extract::{
    ApiBody, ApiPath, ApiPathPair, ApiQuery, Caller, IdempotencyKey, Input, NoParameters, SignedIn,
};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{
    Checks, Day, LanguageMapInput, LanguageMapView, OrganisationReference, PrecisionWord, RoleWord,
    TextLimit, UpdateStateWord, UpdateStepWord,
};

/// A report on an item.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpdateCreate {
    /// Only written down: nobody but the body sees it, and it is handed in by a step.
    #[serde(default)]
    draft: bool,
    /// The day it holds for; without it, today. Never in the future.
    #[serde(default)]
    as_of: Option<Day>,
    /// How exactly that day is known; without it, to the day.
    #[serde(default)]
    as_of_precision: Option<PrecisionWord>,
    /// What it says. A draft may be without.
    #[serde(default)]
    narrative: LanguageMapInput,
    /// The change of status that comes with it, made when it is published. For the lead alone.
    #[serde(default)]
    status_change: Option<RequestedMoveInput>,
    /// What it rests on; at most 20.
    #[serde(default)]
    #[schema(max_items = 20)]
    evidence: Vec<EvidenceCreate>,
    /// The unit of the body that answers for it.
    #[serde(default)]
    responsible_unit: Option<String>,
    /// The number of the letter it came with.
    #[serde(default)]
    outgoing_number: Option<String>,
    /// Id of the report that it corrects; both are shown.
    #[serde(default)]
    corrects: Option<String>,
    /// Id of the reporting round that it answers: an open one that asks this body about this item.
    #[serde(default)]
    round: Option<String>,
    /// Where the secretariat transcribes it from a document: code or id of the owner that reported; without
    /// it, the document speaks for the State as a whole.
    #[serde(default)]
    organisation: Option<String>,
    /// Where the secretariat transcribes it: the document.
    #[serde(default)]
    recorded_from: Option<RecordedFromInput>,
}

/// What is done with a report that is not published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpdateStepCreate {
    /// What.
    step: UpdateStepWord,
    /// Why it is returned.
    #[serde(default)]
    reason: LanguageMapInput,
}

/// A report of an owner.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Update)]
pub(crate) struct UpdateBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The item's identifier.
    #[schema(format = Uuid)]
    item: String,
    /// Where it stands. Others than the body see published ones alone.
    state: UpdateStateWord,
    /// The day it holds for: the first day of the period.
    as_of: Day,
    /// How exactly that day is known.
    as_of_precision: PrecisionWord,
    /// What it says.
    narrative: LanguageMapView,
    /// The change of status that comes with it.
    status_change: Option<RequestedMoveBody>,
    /// What it rests on.
    evidence: Vec<EvidenceBody>,
    /// The unit of the body that answers for it.
    responsible_unit: Option<String>,
    /// The number of the letter it came with.
    outgoing_number: Option<String>,
    /// The report that it corrects.
    #[schema(format = Uuid)]
    corrects: Option<String>,
    /// The reporting round that it answers.
    #[schema(format = Uuid)]
    round: Option<String>,
    /// The document it was transcribed from; then the secretariat recorded it, not the body.
    recorded_from: Option<RecordedFromBody>,
    /// Why an approver returned it.
    return_reason: LanguageMapView,
    /// The body; null where a document speaks for the State as a whole.
    organisation: Option<OrganisationReference>,
    /// The role that wrote it.
    role: RoleWord,
    /// The day it was recorded.
    recorded_on: Day,
}

/// An item with a report on it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UpdateResult {
    /// The item.
    item: ItemBody,
    /// The report.
    update: Option<UpdateBody>,
}

impl UpdateCreate {
    fn checked(self) -> Input<UpdateInput> {
        let mut checks = Checks::new();
        let input = self.read(&mut checks);
        checks.finish(input)
    }

    /// The use case's input, with everything checked that needs no look into the register.
    pub(super) fn read(self, checks: &mut Checks) -> UpdateInput {
        if self.as_of.is_none() && self.as_of_precision.is_some() {
            checks.refuse("/as_of", FieldCode::Required);
        }
        let precision = self.as_of_precision.map_or(Precision::Day, |precision| precision.0);
        let document = self.recorded_from.map(|document| document.read("/recorded_from", checks));
        let organisation =
            checks.optional_text("/organisation", self.organisation.as_deref(), TextLimit::LABEL);
        if organisation.is_some() && document.is_none() {
            checks.refuse("/recorded_from", FieldCode::Required);
        }
        let evidence = self.evidence.into_iter().enumerate();
        UpdateInput {
            draft: self.draft,
            as_of: self.as_of.map(|on| (on.0, precision)),
            narrative: self.narrative.map("/narrative", TextLimit::BODY, checks),
            status: self.status_change.map(|requested| requested.read(checks)),
            evidence: evidence.map(|(index, evidence)| evidence.read(index, checks)).collect(),
            responsible_unit: checks.optional_text(
                "/responsible_unit",
                self.responsible_unit.as_deref(),
                TextLimit::LABEL,
            ),
            outgoing_number: checks.optional_text(
                "/outgoing_number",
                self.outgoing_number.as_deref(),
                TextLimit::LABEL,
            ),
            corrects: identifier("/corrects", self.corrects.as_deref(), checks).map(ContributionId),
            round: identifier("/round", self.round.as_deref(), checks).map(ReportingRoundId),
            transcribed: document.map(|document| TranscribedReport { organisation, document }),
        }
    }
}

impl UpdateStepCreate {
    fn checked(self) -> Input<StepInput> {
        let mut checks = Checks::new();
        let reason = self.reason.map("/reason", TextLimit::BODY, &mut checks);
        checks.finish(StepInput { step: self.step.0, reason })
    }
}

impl UpdateBody {
    /// A report as JSON; nothing for other contributions.
    pub(super) fn new(app: &App, links: &Links, view: ContributionView) -> Option<Self> {
        let contribution = view.contribution;
        let Content::Update(update) = contribution.content else { return None };
        let directory = app.directory();
        Some(Self {
            id: contribution.id.to_string(),
            item: contribution.item.to_string(),
            state: update.state.into(),
            as_of: Day(update.as_of.on),
            as_of_precision: update.as_of.precision.into(),
            narrative: update.narrative.into(),
            status_change: update.status.map(Into::into),
            evidence: update.evidence.iter().map(EvidenceBody::from).collect(),
            responsible_unit: update.responsible_unit,
            outgoing_number: update.outgoing_number,
            corrects: update.corrects.map(|id| id.to_string()),
            round: update.round.map(|id| id.to_string()),
            recorded_from: update.recorded_from.map(Into::into),
            return_reason: update.return_reason.into(),
            organisation: contribution
                .organisation
                .and_then(|id| OrganisationReference::find(id, &directory, links)),
            role: contribution.role.into(),
            recorded_on: Day(contribution.recorded_on),
        })
    }
}

/// List the reports on an item
///
/// All that the caller may see, oldest first; at most 1,000. What is not published is seen by the body alone.
#[utoipa::path(
    get,
    path = "/items/{item}/updates",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<UpdateBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn list_updates(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<UpdateBody>, Problem> {
    let updates = items::updates(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    let bodies = updates.into_iter().filter_map(|view| UpdateBody::new(&api.app, &api.links, view));
    Ok(Page::whole(bodies.collect(), &api.links, query.uri()))
}

/// Report on an item
///
/// For a body that owns it. In a body with an approver an officer's report waits until one approves it. The secretariat
/// transcribes reports from documents.
#[utoipa::path(
    post,
    path = "/items/{item}/updates",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = UpdateCreate,
    responses((status = CREATED, body = UpdateResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[
            Code::RoleRequired, Code::StatusConflict, Code::RoundClosed, Code::MoveNotAllowed,
            Code::TooManyAdded,
        ],
    ]))))
)]
pub(crate) async fn report_on_item(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    items::get(&api.app, &viewer, key).await?;
    query.checked()?;
    let request = request.json().await?;
    let retry = retry(&api.app, &caller, &repeated, &request)?;
    let input = request.input::<UpdateCreate>().and_then(UpdateCreate::checked);
    let action = if viewer.is_secretariat() { Action::Transcribe } else { Action::Report };
    let input = in_turn(&api, &viewer, key, None, action, input).await?;
    let work = Box::pin(items::report(&api.app, &viewer, key, input, retry));
    let made = match once(&api.app, retry, work).await? {
        Once::Done(made) => made,
        Once::Repeated(replay) => found(&api, &viewer, replayed(&replay)?, replayed_part(&replay)?).await?,
    };
    Ok(answer(&api, made))
}

/// Get a report
#[utoipa::path(
    get,
    path = "/items/{item}/updates/{update}",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("update" = String, Path, description = "Id of the report.", format = Uuid)
    ),
    responses((status = OK, body = UpdateBody)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn get_update(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
) -> Result<axum::Json<UpdateBody>, Problem> {
    let made = found(&api, &caller.viewer(), key, id).await?;
    query.checked()?;
    let body = UpdateBody::new(&api.app, &api.links, made.contribution);
    body.map(axum::Json).ok_or_else(|| Code::NotFound.into())
}

/// Write a report anew
///
/// One that was not handed in, or was returned: the whole of it. It is handed in at once, unless it is a draft still.
#[utoipa::path(
    put,
    path = "/items/{item}/updates/{update}",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("update" = String, Path, description = "Id of the report.", format = Uuid)
    ),
    request_body = UpdateCreate,
    responses((status = OK, body = UpdateResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY,
        &[
            Code::RoleRequired, Code::StatusConflict, Code::UpdateConflict, Code::RoundClosed,
            Code::MoveNotAllowed,
        ],
    ]))))
)]
pub(crate) async fn edit_update(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
    request: ApiBody,
) -> Result<Tagged<UpdateResult>, Problem> {
    let viewer = caller.viewer();
    found(&api, &viewer, key, id).await?;
    query.checked()?;
    let request = request.json().await?;
    let input = request.input::<UpdateCreate>().and_then(UpdateCreate::checked);
    let input = in_turn(&api, &viewer, key, None, Action::Report, input).await?;
    let made = items::edit_update(&api.app, &viewer, key, id, input).await?;
    let etag = made.item.etag.clone();
    Ok(Tagged::new(etag, result(&api, made)))
}

/// Hand in, approve, return or throw away a report
///
/// Approvers of the body approve and return; its officers hand in, and throw away what was not handed in.
#[utoipa::path(
    post,
    path = "/items/{item}/updates/{update}/steps",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("update" = String, Path, description = "Id of the report.", format = Uuid)
    ),
    request_body = UpdateStepCreate,
    responses((status = CREATED, body = UpdateResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[
            Code::RoleRequired, Code::ApprovalRequired, Code::UpdateConflict, Code::RoundClosed,
            Code::MoveNotAllowed,
        ],
    ]))))
)]
pub(crate) async fn take_update_step(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    found(&api, &viewer, key, id).await?;
    query.checked()?;
    let request = request.json().await?;
    let retry = retry(&api.app, &caller, &repeated, &request)?;
    let input = request.input::<UpdateStepCreate>().and_then(UpdateStepCreate::checked);
    let input = in_turn(&api, &viewer, key, None, Action::Report, input).await?;
    let made = match once(&api.app, retry, items::step(&api.app, &viewer, key, id, input, retry)).await? {
        Once::Done(made) => made,
        Once::Repeated(replay) => found(&api, &viewer, replayed(&replay)?, replayed_part(&replay)?).await?,
    };
    Ok(answer(&api, made))
}

/// A report that the caller reads, with its item.
async fn found(
    api: &ApiState,
    viewer: &Viewer,
    key: Key,
    id: ContributionId,
) -> Result<Contributed, Problem> {
    Ok(items::contribution(&api.app, viewer, key, ContributionKind::Update, id).await?)
}

fn result(api: &ApiState, made: Contributed) -> UpdateResult {
    UpdateResult {
        update: UpdateBody::new(&api.app, &api.links, made.contribution),
        item: ItemBody::new(&api.app, &api.links, made.item),
    }
}

fn answer(api: &ApiState, made: Contributed) -> Response {
    let id = made.contribution.contribution.id;
    let location = format!("{}/updates/{id}", address(&made.item.item, &api.links));
    let etag = made.item.etag.clone();
    Tagged::new(etag, result(api, made)).created(&location)
}
