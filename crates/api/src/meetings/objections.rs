//! Objections to a protocol: `GET` and `POST /meetings/{meeting}/objections`, and `PATCH` of one to answer it.

use axum::extract::State;
use axum::response::Response;
use qadam_app::cursors::Edge;
use qadam_app::meetings::{
    self, ObjectionAnswerInput, ObjectionCursor, ObjectionInput, ObjectionPage, ObjectionView,
};
use qadam_app::{App, AppError, Code};
use qadam_domain::ids::{DecisionId, ObjectionId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::MeetingKey;
use super::inputs::part_id;
use crate::answer::Tagged;
use crate::extract::{
    ApiBody, ApiPath, ApiPathPair, ApiQuery, IdempotencyKey, IfMatchHeader, Input, NoParameters, SignedIn,
};
use crate::items::{Once, once, replayed_part, retry};
use crate::links::Links;
use crate::list::{Limit, Neighbours, Page};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{
    Checks, Day, LanguageMapInput, LanguageMapView, LevelWord, ObjectionOutcomeWord, OrganisationReference,
    RoleWord, TextLimit,
};

/// Which part of the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct ObjectionParameters {
    /// Entries on a page.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 2_147_483_647, example = 25)]
    limit: Limit,
    /// Where the page begins: as it stands in `next` or `prev`.
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

impl ObjectionParameters {
    fn rows(&self, app: &App, list: &str) -> Result<ObjectionPage, Problem> {
        let limit = u64::from(self.limit.get());
        let edge =
            self.cursor.as_deref().map(|sealed| app.open_edge(list, sealed, read_place)).transpose()?;
        Ok(match edge {
            None => ObjectionPage { limit, after: None, before: None },
            Some(Edge::After(cursor)) => ObjectionPage { limit, after: Some(cursor), before: None },
            Some(Edge::Before(cursor)) => ObjectionPage { limit, after: None, before: Some(cursor) },
        })
    }
}

/// The place of an objection in the list, as a cursor holds it.
fn place(cursor: &ObjectionCursor) -> String {
    format!("{}{}", cursor.id, cursor.raised_on)
}

/// Reads what [`place`] wrote.
fn read_place(place: &str) -> Option<ObjectionCursor> {
    let (id, raised_on) = place.split_at_checked(36)?;
    Some(ObjectionCursor { raised_on: raised_on.to_owned(), id: id.parse().ok()? })
}

/// An objection to a circulated protocol.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ObjectionCreate {
    /// The id of the decision it is about; without one, the protocol as a whole.
    #[serde(default)]
    decision: Option<String>,
    /// What is objected, in at least one language.
    text: LanguageMapInput,
    /// `secretariat`: the secretariat learns which organisation objects. Without it, or with `own`, it does not learn
    /// that of a civil-society organisation; those of bodies and observers it always does.
    #[serde(default)]
    identity_level: Option<LevelWord>,
}

impl ObjectionCreate {
    fn checked(self) -> Input<ObjectionInput> {
        let mut checks = Checks::new();
        let decision: Option<DecisionId> = part_id("/decision", self.decision.as_deref(), &mut checks);
        let text = self.text.required("/text", TextLimit::BODY, &mut checks);
        let identity_level = self.identity_level.map(|level| level.0);
        checks.finish(ObjectionInput { decision, text, identity_level })
    }
}

/// The answer to an objection.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ObjectionAnswer {
    /// What becomes of it.
    outcome: ObjectionOutcomeWord,
    /// In words, in at least one language.
    answer: LanguageMapInput,
}

impl ObjectionAnswer {
    fn checked(self) -> Input<ObjectionAnswerInput> {
        let mut checks = Checks::new();
        let text = self.answer.required("/answer", TextLimit::BODY, &mut checks);
        checks.finish(ObjectionAnswerInput { outcome: self.outcome.0, text })
    }
}

/// An objection to a protocol, as the secretariat and the organisation that raised it read it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Objection)]
pub(crate) struct ObjectionBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The id of the decision it is about; null where it is about the protocol as a whole.
    #[schema(format = Uuid)]
    decision: Option<String>,
    /// The number of that decision in the protocol as the caller reads it.
    decision_number: Option<i32>,
    /// What is objected.
    text: LanguageMapView,
    /// The day it was raised.
    raised_on: Day,
    /// The role of who raised it.
    role: RoleWord,
    /// The organisation that raised it; null where the caller does not learn that.
    organisation: Option<OrganisationReference>,
    /// Who learns which organisation raised it; null where the caller does not.
    identity_level: Option<LevelWord>,
    /// What became of it; null while it waits for its answer.
    outcome: Option<ObjectionOutcomeWord>,
    /// What the secretariat answered.
    answer: LanguageMapView,
    /// The day it was answered.
    answered_on: Option<Day>,
    /// Its validator, for `If-Match`.
    etag: String,
}

impl ObjectionBody {
    /// An objection as JSON.
    fn new(app: &App, links: &Links, view: ObjectionView) -> Self {
        let directory = app.directory();
        let ObjectionView { objection, decision_number, shows_author, etag } = view;
        let author = Some(objection.organisation).filter(|_| shows_author);
        let answer = objection.answer.as_ref();
        Self {
            id: objection.id.to_string(),
            decision: objection.decision.map(|id| id.to_string()),
            decision_number,
            text: (&objection.text).into(),
            raised_on: Day(objection.raised_on),
            role: objection.role.into(),
            organisation: author.and_then(|id| OrganisationReference::find(id, &directory, links)),
            identity_level: shows_author.then(|| objection.identity_level.into()),
            outcome: answer.map(|answer| answer.outcome.into()),
            answer: answer.map(|answer| (&answer.text).into()).unwrap_or_default(),
            answered_on: answer.map(|answer| Day(answer.on)),
            etag,
        }
    }
}

/// List objections to a meeting's protocol
///
/// Oldest first: all of them for the secretariat, their own for organisations that took part.
#[utoipa::path(
    get,
    path = "/meetings/{meeting}/objections",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id."), ObjectionParameters),
    responses((status = OK, body = Page<ObjectionBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::LIST, &[Code::RoleRequired],
    ]))))
)]
pub(crate) async fn list_objections(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(MeetingKey(key)): ApiPath<MeetingKey>,
    query: ApiQuery<ObjectionParameters>,
) -> Result<Page<ObjectionBody>, Problem> {
    let viewer = caller.viewer();
    meetings::get(&api.app, &viewer, key.clone()).await?;
    let uri = query.uri().clone();
    let list = api.links.list_name(&uri);
    let rows = query.checked()?.rows(&api.app, &list)?;
    let listed = meetings::objections(&api.app, &viewer, key, &rows).await?;
    let (next, previous) = (listed.next.as_ref().map(place), listed.previous.as_ref().map(place));
    let neighbours = Neighbours::sealed(&api.app, &list, next, previous)?;
    let bodies = listed.objections.into_iter().map(|view| ObjectionBody::new(&api.app, &api.links, view));
    Ok(Page::new(bodies.collect(), &api.links, &uri, &neighbours))
}

/// Object to a circulated protocol
///
/// For organisations that took part, until the day that was named when it was circulated.
#[utoipa::path(
    post,
    path = "/meetings/{meeting}/objections",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id.")),
    request_body = ObjectionCreate,
    responses((status = CREATED, body = ObjectionBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::ObjectionsClosed],
    ]))))
)]
pub(crate) async fn object_to_protocol(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(MeetingKey(key)): ApiPath<MeetingKey>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    body: ApiBody,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let meeting = meetings::get(&api.app, &viewer, key.clone()).await?.meeting;
    query.checked()?;
    let body = body.json().await?;
    let retry = retry(&api.app, &caller, &repeated, &body)?;
    let input = body.input::<ObjectionCreate>().and_then(ObjectionCreate::checked);
    let input = input.map_err(AppError::Invalid);
    let work = meetings::object(&api.app, &viewer, key.clone(), input, retry);
    let view = match once(&api.app, retry, work).await? {
        Once::Done(view) => view,
        Once::Repeated(replay) => {
            let id: ObjectionId = replayed_part(&replay)?;
            meetings::find_objection(&api.app, &viewer, key, id).await?
        }
    };
    let location = api.links.to(&["meetings", &meeting.code, "objections"]);
    Ok(tagged(&api, view).created(&location))
}

fn tagged(api: &ApiState, view: ObjectionView) -> Tagged<ObjectionBody> {
    Tagged::new(view.etag.clone(), ObjectionBody::new(&api.app, &api.links, view))
}

/// Answer an objection
///
/// For the secretariat. An answer can be put better until the protocol is approved, which waits for all of them.
#[utoipa::path(
    patch,
    path = "/meetings/{meeting}/objections/{objection}",
    tag = "meetings",
    params(
        ("meeting" = String, Path, description = "Code or id."),
        ("objection" = String, Path, description = "Id of the objection.", format = Uuid)
    ),
    request_body(content = ObjectionAnswer, content_type = "application/merge-patch+json"),
    responses((status = OK, body = ObjectionBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::CONDITION,
        &[Code::RoleRequired, Code::ProtocolApproved],
    ]))))
)]
pub(crate) async fn answer_objection(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(MeetingKey(key), id): ApiPathPair<MeetingKey, ObjectionId>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    body: ApiBody,
) -> Result<Tagged<ObjectionBody>, Problem> {
    let viewer = caller.viewer();
    meetings::find_objection(&api.app, &viewer, key.clone(), id).await?;
    query.checked()?;
    let body = body.merge_patch().await?;
    let condition = condition.required()?;
    let input = body.input::<ObjectionAnswer>().and_then(ObjectionAnswer::checked);
    let input = input.map_err(AppError::Invalid);
    let view = meetings::answer_objection(&api.app, &viewer, key, id, condition, input).await?;
    Ok(tagged(&api, view))
}
