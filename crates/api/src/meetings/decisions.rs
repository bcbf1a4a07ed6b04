//! Decisions: `GET` and `POST /meetings/{meeting}/decisions`, `PATCH` and `DELETE` of one.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::items::DueInput;
use qadam_app::meetings::{self, DecisionEdit, MeetingChange, MeetingView};
use qadam_domain::calendar::Precision;
use qadam_domain::ids::DecisionId;
use qadam_domain::meetings::Decision;
use serde::Deserialize;
use utoipa::ToSchema;

use super::inputs::{DecisionCreate, item_keys, part_id};
use super::view::{Decisions, MeetingBody};
use super::{MeetingKey, NamedMeeting, added};
use crate::answer::Tagged;
use crate::extract::{
    ApiBody, ApiPath, ApiPathPair, ApiQuery, Caller, IdempotencyKey, IfMatchHeader, Input, NoParameters,
    SignedIn,
};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::with_etag;
use crate::values::{Checks, Day, LanguageMapInput, Patch, PrecisionWord, TextLimit};

/// Changes of a decision: what is absent stays, null removes, lists are replaced whole.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionPatch {
    /// Its number.
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    number: Patch<i32>,
    /// Id of the agenda line it was taken under.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Uuid)]
    agenda_item: Patch<String>,
    /// What was decided, language by language.
    #[serde(default)]
    text: LanguageMapInput,
    /// Code or id of the body that leads.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    lead: Patch<String>,
    /// When it is due: a day of the period. Null takes the precision along.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    due_on: Patch<Day>,
    /// How exact the due date is.
    #[serde(default)]
    #[schema(value_type = Option<PrecisionWord>)]
    due_precision: Patch<PrecisionWord>,
    /// Refs or ids of the items it implements.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, max_items = 100)]
    implements: Patch<Vec<String>>,
}

impl DecisionPatch {
    fn checked(self, present: &Decision) -> Input<MeetingChange> {
        let mut checks = Checks::new();
        let due = due(present, self.due_on, self.due_precision, &mut checks);
        let agenda_item = self.agenda_item.change();
        let implements = self.implements.kept("/implements", &mut checks);
        let edit = DecisionEdit {
            number: self.number.kept("/number", &mut checks),
            agenda_item: agenda_item.map(|line| part_id("/agenda_item", line.as_deref(), &mut checks)),
            text: self.text.changes("/text", TextLimit::BODY, &mut checks),
            lead: self.lead.kept("/lead", &mut checks),
            due,
            implements: implements.map(|items| item_keys("/implements", &items, &mut checks)),
        };
        checks.finish(MeetingChange::EditDecision(present.id, edit))
    }
}

/// When the decision is due after a patch of the two fields; `None` where neither is patched.
#[expect(clippy::option_option, reason = "the use case tells what stays from what is removed")]
fn due(
    present: &Decision,
    on: Patch<Day>,
    precision: Patch<PrecisionWord>,
    checks: &mut Checks,
) -> Option<Option<DueInput>> {
    if (on, precision) == (Patch::Absent, Patch::Absent) {
        return None;
    }
    let Some(on) = on.map(|day| day.0).over(present.due.map(|due| due.on)) else {
        if matches!(precision, Patch::Value(_)) {
            checks.refuse("/due_on", FieldCode::Required);
        }
        return Some(None);
    };
    let kept = present.due.map(|due| due.precision);
    let precision = precision.map(|precision| precision.0).over(kept).unwrap_or(Precision::Day);
    Some(Some(DueInput { on, precision }))
}

fn add(body: DecisionCreate) -> Input<MeetingChange> {
    let mut checks = Checks::new();
    let decision = body.read(&mut checks);
    checks.finish(MeetingChange::AddDecision(decision))
}

/// The decision, if the caller sees it.
fn known(view: &MeetingView, id: DecisionId) -> Result<&Decision, Problem> {
    view.meeting.decisions.iter().find(|decision| decision.id == id).ok_or_else(|| Code::NotFound.into())
}

/// List a meeting's decisions
///
/// Outside the secretariat those of an approved protocol; at most 100.
#[utoipa::path(
    get,
    path = "/meetings/{meeting}/decisions",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id.")),
    responses((status = OK, body = Decisions)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::QUERY]))))
)]
pub(crate) async fn list_decisions(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(MeetingKey(key)): ApiPath<MeetingKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Response, Problem> {
    let view = meetings::get(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    Ok(with_etag(&view.etag, Json(Decisions::new(&api.app, &api.links, &view))))
}

/// Add a decision to a draft protocol
///
/// For the secretariat. Answers with the meeting. Once the protocol is approved the decision is an announced
/// commitment of the body that leads it.
#[utoipa::path(
    post,
    path = "/meetings/{meeting}/decisions",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id.")),
    request_body = DecisionCreate,
    responses((status = CREATED, body = MeetingBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::PreconditionFailed, Code::RoleRequired, Code::StatusConflict, Code::ProtocolApproved],
    ]))))
)]
pub(crate) async fn add_decision(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(MeetingKey(key)): ApiPath<MeetingKey>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    repeated: IdempotencyKey,
    body: ApiBody,
) -> Result<Response, Problem> {
    let meeting = NamedMeeting::find(&api, &caller, key).await?;
    query.checked()?;
    let body = body.json().await?;
    let view = meeting.change_once(&condition, &repeated, body, add).await?;
    Ok(added(&api, view, "decisions"))
}

/// Edit a decision of a draft protocol
///
/// For the secretariat. Answers with the meeting.
#[utoipa::path(
    patch,
    path = "/meetings/{meeting}/decisions/{decision}",
    tag = "meetings",
    params(
        ("meeting" = String, Path, description = "Code or id."),
        ("decision" = String, Path, description = "Id of the decision.", format = Uuid)
    ),
    request_body(content = DecisionPatch, content_type = "application/merge-patch+json"),
    responses((status = OK, body = MeetingBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::CONDITION,
        &[Code::RoleRequired, Code::StatusConflict, Code::ProtocolApproved],
    ]))))
)]
pub(crate) async fn edit_decision(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(MeetingKey(key), decision): ApiPathPair<MeetingKey, DecisionId>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    body: ApiBody,
) -> Result<Tagged<MeetingBody>, Problem> {
    let meeting = NamedMeeting::find(&api, &caller, key).await?;
    let present = known(&meeting.view, decision)?;
    query.checked()?;
    let body = body.merge_patch().await?;
    let input = body.input::<DecisionPatch>().and_then(|patch| patch.checked(present));
    meeting.change(&condition, input).await
}

/// Remove a decision from a draft protocol
///
/// For the secretariat. Answers with the meeting.
#[utoipa::path(
    delete,
    path = "/meetings/{meeting}/decisions/{decision}",
    tag = "meetings",
    params(
        ("meeting" = String, Path, description = "Code or id."),
        ("decision" = String, Path, description = "Id of the decision.", format = Uuid)
    ),
    responses((status = OK, body = MeetingBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::CONDITION,
        &[Code::RoleRequired, Code::StatusConflict, Code::ProtocolApproved],
    ]))))
)]
pub(crate) async fn remove_decision(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(MeetingKey(key), decision): ApiPathPair<MeetingKey, DecisionId>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
) -> Result<Tagged<MeetingBody>, Problem> {
    let meeting = NamedMeeting::find(&api, &caller, key).await?;
    known(&meeting.view, decision)?;
    query.checked()?;
    meeting.change(&condition, Ok(MeetingChange::RemoveDecision(decision))).await
}
