//! `GET` and `POST /items/{item}/status-changes`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, Moved, StatusChange, StatusChangeInput};
use qadam_app::{App, Code};
use qadam_domain::calendar::Precision;
use qadam_domain::language::LanguageMap;
use qadam_domain::policy::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::inputs::{EvidenceCreate, SourceInput, due, item_key};
use super::parts::{AnswerBody, EvidenceBody, RecordedFromBody};
use super::view::ItemBody;
use super::{Asked, ItemKey, Once, in_turn, once, replayed, replayed_part, retry, seen_first};
use crate::answer::Tagged;
use crate::extract::{
    ApiBody, ApiPath, ApiQuery, Caller, IdempotencyKey, IfMatchHeader, Input, NoParameters, SignedIn,
};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{
    Checks, ClosingResultWord, Day, LanguageMapInput, LanguageMapView, LevelWord, OrganisationReference,
    PrecisionWord, RoleWord, StatusWord, TextLimit,
};

/// A move of an item's status. What a move needs is told by the workflow.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatusChangeCreate {
    /// Where to.
    to: StatusWord,
    /// Since when; without it, today. Never in the future.
    #[serde(default)]
    as_of: Option<Day>,
    /// How exactly that day is known; without it, to the day.
    #[serde(default)]
    as_of_precision: Option<PrecisionWord>,
    /// Why.
    #[serde(default)]
    reason: LanguageMapInput,
    /// The lead's answer.
    #[serde(default)]
    answer: Option<AnswerCreate>,
    /// Code or id of the lead.
    #[serde(default)]
    lead: Option<String>,
    /// When it is due: a day of the period.
    #[serde(default)]
    due_on: Option<Day>,
    /// How exact the due date is; without it, to the day.
    #[serde(default)]
    due_precision: Option<PrecisionWord>,
    /// Why it has no due date.
    #[serde(default)]
    no_due_reason: LanguageMapInput,
    /// Evidence.
    #[serde(default)]
    #[schema(max_items = 20)]
    evidence: Vec<EvidenceCreate>,
    /// The result it closes with.
    #[serde(default)]
    closing_result: Option<ClosingResultWord>,
    /// Where it was announced, or the document that replaces it.
    #[serde(default)]
    source: Option<SourceInput>,
    /// Ref or id of the item it is joined into, or that replaces it.
    #[serde(default)]
    target: Option<String>,
}

/// The lead's answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerCreate {
    /// Its text.
    text: LanguageMapInput,
    /// Its day; without it, today.
    #[serde(default)]
    on: Option<Day>,
}

/// An item after a move.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatusChangeResult {
    /// The item.
    item: ItemBody,
    /// The move.
    change: StatusChangeBody,
    /// The signed receipt, where the move filed a proposal. Keep it: it proves later that you filed.
    receipt: Option<String>,
}

/// A change of an item's status.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StatusChange)]
pub(crate) struct StatusChangeBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// Where the item stood; null for a recorded status.
    from: Option<StatusWord>,
    /// Where it stands since.
    to: StatusWord,
    /// Since when.
    as_of: Day,
    /// How exactly that day is known.
    as_of_precision: PrecisionWord,
    /// The day it was recorded.
    recorded_on: Day,
    /// Why.
    reason: LanguageMapView,
    /// The lead's answer that came with it.
    answer: Option<AnswerBody>,
    /// Evidence that came with it.
    evidence: Vec<EvidenceBody>,
    /// The document it was recorded from.
    recorded_from: Option<RecordedFromBody>,
    /// The role that made it.
    role: RoleWord,
    /// The organisation that made it; null for a submitter.
    organisation: Option<OrganisationReference>,
    /// Who may read it.
    level: LevelWord,
}

impl AnswerCreate {
    /// The answer that stands at a place of the body, checked: its text and its day.
    pub(super) fn read(self, pointer: &str, checks: &mut Checks) -> (LanguageMap, Option<chrono::NaiveDate>) {
        let text = self.text.required(&format!("{pointer}/text"), TextLimit::BODY, checks);
        (text, self.on.map(|on| on.0))
    }
}

impl StatusChangeCreate {
    fn checked(self) -> Input<StatusChangeInput> {
        let mut checks = Checks::new();
        if self.as_of.is_none() && self.as_of_precision.is_some() {
            checks.refuse("/as_of", FieldCode::Required);
        }
        let precision = self.as_of_precision.map_or(Precision::Day, |precision| precision.0);
        let evidence = self.evidence.into_iter().enumerate();
        let input = StatusChangeInput {
            to: self.to.0,
            as_of: self.as_of.map(|on| (on.0, precision)),
            reason: self.reason.map("/reason", TextLimit::BODY, &mut checks),
            answer: self.answer.map(|answer| answer.read("/answer", &mut checks)),
            lead: self.lead,
            due: due(self.due_on, self.due_precision, &mut checks),
            no_due_reason: self.no_due_reason.map("/no_due_reason", TextLimit::BODY, &mut checks),
            evidence: evidence.map(|(index, evidence)| evidence.read(index, &mut checks)).collect(),
            closing_result: self.closing_result.map(|result| result.0),
            source: self.source.map(|source| source.read(&mut checks)),
            target: self.target.and_then(|target| item_key("/target", &target, &mut checks)),
        };
        checks.finish(input)
    }
}

impl StatusChangeBody {
    pub(super) fn new(app: &App, links: &Links, change: StatusChange) -> Self {
        let directory = app.directory();
        Self {
            id: change.id.to_string(),
            from: change.from.map(Into::into),
            to: change.to.into(),
            as_of: Day(change.as_of.on),
            as_of_precision: change.as_of.precision.into(),
            recorded_on: Day(change.recorded_on),
            reason: change.reason.into(),
            answer: change.answer.map(Into::into),
            evidence: change.evidence.iter().map(EvidenceBody::from).collect(),
            recorded_from: change.recorded_from.map(Into::into),
            role: change.role.into(),
            organisation: change
                .organisation
                .and_then(|organisation| OrganisationReference::find(organisation, &directory, links)),
            level: change.level.into(),
        }
    }
}

/// List an item's status changes
///
/// All that the caller may see, oldest first; at most 1,000.
#[utoipa::path(
    get,
    path = "/items/{item}/status-changes",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<StatusChangeBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn list_status_changes(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<StatusChangeBody>, Problem> {
    let changes = items::status_changes(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    let body = |change| StatusChangeBody::new(&api.app, &api.links, change);
    Ok(Page::whole(changes.into_iter().map(body).collect(), &api.links, query.uri()))
}

/// Move an item's status
///
/// Which moves there are, who makes them and what they need is the table served as the workflow.
#[utoipa::path(
    post,
    path = "/items/{item}/status-changes",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = StatusChangeCreate,
    responses((status = CREATED, body = StatusChangeResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[
            Code::PreconditionFailed, Code::RoleRequired, Code::MoveNotAllowed, Code::ConsentRequired,
            Code::FindingRequired, Code::ClosingNoticeRequired, Code::SecondPersonRequired,
            Code::ApprovalRequired, Code::LeadRequestRequired, Code::AnsweringMechanismRequired, Code::TooOften,
        ],
    ]))))
)]
pub(crate) async fn change_item_status(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    repeated: IdempotencyKey,
    body: ApiBody,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let read = async {
        query.checked()?;
        let body = body.json().await?;
        let retry = retry(&api.app, &caller, &repeated, &body)?;
        let condition = condition.optional()?;
        let input = body.input::<StatusChangeCreate>().and_then(StatusChangeCreate::checked);
        Ok(Asked { condition, retry, input })
    };
    let Asked { condition, retry, input } = seen_first(&api, &viewer, key, read.await).await?;
    let input = in_turn(&api, &viewer, key, condition.as_ref(), Action::Link, input).await?;
    let work = items::change_status(&api.app, &viewer, key, condition, input, retry);
    let Moved { view, change, receipt } = match once(&api.app, retry, work).await? {
        Once::Done(moved) => moved,
        Once::Repeated(replay) => {
            let event = replayed_part(&replay)?;
            items::moved_before(&api.app, &viewer, replayed(&replay)?, event).await?
        }
    };
    let location = format!("{}/status-changes", super::view::address(&view.item, &api.links));
    let change = StatusChangeBody::new(&api.app, &api.links, change);
    let etag = view.etag.clone();
    let item = ItemBody::new(&api.app, &api.links, view);
    Ok(Tagged::new(etag, StatusChangeResult { item, change, receipt }).created(&location))
}
