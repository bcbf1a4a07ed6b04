//! The agenda: `GET`, `POST` and `PUT /meetings/{meeting}/agenda`, `PATCH` and `DELETE` of a line.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use qadam_app::Code;
use qadam_app::meetings::{self, AgendaItemEdit, CarryOverRequest, MeetingChange, MeetingView};
use qadam_domain::ids::AgendaItemId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::agenda_page::AgendaPage;
use super::inputs::{AgendaItemCreate, OfficeHolderCreate, item_keys, office_holders};
use super::view::{Agenda, MeetingBody};
use super::{MeetingKey, NamedMeeting, added};
use crate::answer::Tagged;
use crate::extract::{
    ApiBody, ApiPath, ApiPathPair, ApiQuery, Caller, IdempotencyKey, IfMatchHeader, Input, NoParameters,
    RequestLanguage, SignedIn,
};
use crate::openapi::codes;
use crate::pages::accepts_html;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::with_etag;
use crate::values::{Checks, LanguageMapInput, LevelWord, Patch, TextLimit};

/// An agenda, whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgendaReplace {
    /// Its lines. One that keeps its id stays the same line.
    #[schema(max_items = 100)]
    items: Vec<AgendaItemCreate>,
}

/// Changes of a line: what is absent stays, null removes, lists are replaced whole.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgendaItemPatch {
    /// Its number.
    #[serde(default)]
    #[schema(value_type = Option<i32>)]
    number: Patch<i32>,
    /// What it is about, language by language.
    #[serde(default)]
    title: LanguageMapInput,
    /// Who speaks.
    #[serde(default)]
    #[schema(value_type = Option<Vec<OfficeHolderCreate>>, max_items = 50)]
    speakers: Patch<Vec<OfficeHolderCreate>>,
    /// Refs or ids of the items discussed.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, max_items = 100)]
    items: Patch<Vec<String>>,
    /// What the protocol says, language by language.
    #[serde(default)]
    protocol_text: LanguageMapInput,
    /// Who reads the line: `secretariat`, `members` or `public`.
    #[serde(default)]
    #[schema(value_type = Option<LevelWord>)]
    level: Patch<LevelWord>,
}

impl AgendaReplace {
    fn checked(self) -> Input<MeetingChange> {
        let mut checks = Checks::new();
        let lines = self.items.into_iter().enumerate();
        let lines = lines.map(|(index, line)| line.read(&format!("/items/{index}"), &mut checks)).collect();
        checks.finish(MeetingChange::Agenda(lines))
    }
}

impl AgendaItemPatch {
    fn checked(self, id: AgendaItemId) -> Input<MeetingChange> {
        let mut checks = Checks::new();
        let speakers = self.speakers.kept("/speakers", &mut checks);
        let items = self.items.kept("/items", &mut checks);
        let edit = AgendaItemEdit {
            number: self.number.kept("/number", &mut checks),
            title: self.title.changes("/title", TextLimit::TITLE, &mut checks),
            speakers: speakers.map(|speakers| office_holders("/speakers", speakers, &mut checks)),
            items: items.map(|items| item_keys("/items", &items, &mut checks)),
            protocol_text: self.protocol_text.changes("/protocol_text", TextLimit::BODY, &mut checks),
            level: self.level.kept("/level", &mut checks).map(|level| level.0),
        };
        checks.finish(MeetingChange::EditAgendaItem(id, edit))
    }
}

fn add(body: AgendaItemCreate) -> Input<MeetingChange> {
    let mut checks = Checks::new();
    let line = body.new_line("", &mut checks);
    checks.finish(MeetingChange::AddAgendaItem(line))
}

/// 404 where the caller sees no such line.
fn known(view: &MeetingView, line: AgendaItemId) -> Result<(), Problem> {
    let there = view.meeting.agenda.iter().any(|known| known.id == line);
    if there { Ok(()) } else { Err(Code::NotFound.into()) }
}

/// How the agenda is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AgendaFormat {
    /// Data.
    Json,
    /// A page to print.
    Html,
}

/// How the agenda is given.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct AgendaParameters {
    /// `json`, or `html` for a page to print; without it, what `Accept` asks for.
    #[param(value_type = Option<String>, pattern = "^(json|html)$", example = "html")]
    format: Option<AgendaFormat>,
}

/// How much of what the meeting opens with a page shows.
const CARRIED_MAX: u64 = 200;

/// List a meeting's agenda
///
/// The lines that the caller may see, in order; at most 100. As `text/html` a page to print in the language of the
/// request: the meeting, its agenda with the items discussed, and what it opens with.
#[utoipa::path(
    get,
    path = "/meetings/{meeting}/agenda",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id."), AgendaParameters),
    responses((status = OK, content((Agenda = "application/json"), (String = "text/html")))),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::QUERY]))))
)]
pub(crate) async fn list_agenda_items(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(MeetingKey(key)): ApiPath<MeetingKey>,
    query: ApiQuery<AgendaParameters>,
    RequestLanguage(language): RequestLanguage,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let view = meetings::get(&api.app, &viewer, key.clone()).await?;
    let html = match query.checked()?.format {
        Some(format) => format == AgendaFormat::Html,
        None => accepts_html(&headers),
    };
    if !html {
        return Ok(with_etag(&view.etag, Json(Agenda::new(&api.app, &api.links, &view))));
    }
    let first = CarryOverRequest { limit: CARRIED_MAX, after: None, before: None };
    let carried = meetings::carry_over(&api.app, &viewer, key, first).await?;
    let page = AgendaPage { app: &api.app, view: &view, carried: &carried, today: api.app.today() };
    Ok(page.render(language).into_response())
}

/// Add a line to a meeting's agenda
///
/// For the secretariat. Answers with the meeting.
#[utoipa::path(
    post,
    path = "/meetings/{meeting}/agenda",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id.")),
    request_body = AgendaItemCreate,
    responses((status = CREATED, body = MeetingBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::PreconditionFailed, Code::RoleRequired, Code::StatusConflict, Code::ProtocolApproved],
    ]))))
)]
pub(crate) async fn add_agenda_item(
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
    Ok(added(&api, view, "agenda"))
}

/// Replace a meeting's agenda
///
/// For the secretariat. Decisions taken under a line that goes stay, under none.
#[utoipa::path(
    put,
    path = "/meetings/{meeting}/agenda",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id.")),
    request_body = AgendaReplace,
    responses((status = OK, body = MeetingBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::CONDITION,
        &[Code::RoleRequired, Code::StatusConflict, Code::ProtocolApproved],
    ]))))
)]
pub(crate) async fn replace_agenda(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(MeetingKey(key)): ApiPath<MeetingKey>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    body: ApiBody,
) -> Result<Tagged<MeetingBody>, Problem> {
    let meeting = NamedMeeting::find(&api, &caller, key).await?;
    query.checked()?;
    let body = body.json().await?;
    meeting.change(&condition, body.input::<AgendaReplace>().and_then(AgendaReplace::checked)).await
}

/// Edit a line of a meeting's agenda
///
/// For the secretariat. Who reads a line can be changed at any time.
#[utoipa::path(
    patch,
    path = "/meetings/{meeting}/agenda/{line}",
    tag = "meetings",
    params(
        ("meeting" = String, Path, description = "Code or id."),
        ("line" = String, Path, description = "Id of the line.", format = Uuid)
    ),
    request_body(content = AgendaItemPatch, content_type = "application/merge-patch+json"),
    responses((status = OK, body = MeetingBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::CONDITION,
        &[Code::RoleRequired, Code::StatusConflict, Code::ProtocolApproved],
    ]))))
)]
pub(crate) async fn edit_agenda_item(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(MeetingKey(key), line): ApiPathPair<MeetingKey, AgendaItemId>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    body: ApiBody,
) -> Result<Tagged<MeetingBody>, Problem> {
    let meeting = NamedMeeting::find(&api, &caller, key).await?;
    known(&meeting.view, line)?;
    query.checked()?;
    let body = body.merge_patch().await?;
    let input = body.input::<AgendaItemPatch>().and_then(|patch| patch.checked(line));
    meeting.change(&condition, input).await
}

/// Remove a line from a meeting's agenda
///
/// For the secretariat. Answers with the meeting.
#[utoipa::path(
    delete,
    path = "/meetings/{meeting}/agenda/{line}",
    tag = "meetings",
    params(
        ("meeting" = String, Path, description = "Code or id."),
        ("line" = String, Path, description = "Id of the line.", format = Uuid)
    ),
    responses((status = OK, body = MeetingBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::CONDITION,
        &[Code::RoleRequired, Code::StatusConflict, Code::ProtocolApproved],
    ]))))
)]
pub(crate) async fn remove_agenda_item(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(MeetingKey(key), line): ApiPathPair<MeetingKey, AgendaItemId>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
) -> Result<Tagged<MeetingBody>, Problem> {
    let meeting = NamedMeeting::find(&api, &caller, key).await?;
    known(&meeting.view, line)?;
    query.checked()?;
    meeting.change(&condition, Ok(MeetingChange::RemoveAgendaItem(line))).await
}
