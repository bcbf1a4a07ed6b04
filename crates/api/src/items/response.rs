//! `GET /items/{item}/response-stages`, `GET /items/{item}/response-letter` and `POST …/response-letter/sent`.

pub(crate) mod letter;

use axum::extract::State;
use axum::response::Response;
use qadam_app::items::{self, ResponseStep, Waiting};
use qadam_app::{App, Code};
use qadam_domain::policy::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::ItemBody;
use super::{Asked, ItemKey, in_turn, made, once, retry, seen_first};
use crate::extract::{
    ApiBody, ApiPath, ApiQuery, Caller, IdempotencyKey, IfMatchHeader, NoParameters, SignedIn,
};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{
    Day, OrganisationReference, ResponseClockWord, ResponseStageWord, ResponseStepWord, RoleWord,
};

/// Whose word an item waits for, and since when.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Response)]
pub(crate) struct WaitingBody {
    /// For what.
    clock: ResponseClockWord,
    /// The local day on which the wait began.
    started_on: Day,
    /// How far silence has escalated; null while nothing is due yet.
    stage: Option<ResponseStageWord>,
    /// The last day on which the word is in time.
    due_on: Day,
    /// Whole local days since the wait began.
    days: u32,
}

impl From<Waiting> for WaitingBody {
    fn from(waiting: Waiting) -> Self {
        Self {
            clock: waiting.kind.into(),
            started_on: Day(waiting.started_on),
            stage: waiting.stage.map(Into::into),
            due_on: Day(waiting.due_on),
            days: waiting.days,
        }
    }
}

/// What was reached of a wait: a stage, which the program records, or the letter that a person sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResponseStep)]
pub(crate) struct ResponseStepBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The wait: the same for all that was reached of it.
    #[schema(format = Uuid)]
    wait: String,
    /// For what.
    clock: ResponseClockWord,
    /// The day on which the wait began.
    started_on: Day,
    /// What was reached or done.
    stage: ResponseStepWord,
    /// The day on which the stage was to be reached; of a letter, the day it was sent.
    due_on: Day,
    /// The day it was recorded.
    recorded_on: Day,
    /// The role that did it; null for a stage.
    role: Option<RoleWord>,
    /// The organisation that did it; null for a stage.
    organisation: Option<OrganisationReference>,
}

impl ResponseStepBody {
    pub(super) fn new(app: &App, links: &Links, step: &ResponseStep) -> Self {
        let directory = app.directory();
        Self {
            id: step.id.to_string(),
            wait: step.clock.to_string(),
            clock: step.kind.into(),
            started_on: Day(step.started_on),
            stage: step.step.into(),
            due_on: Day(step.due_on),
            recorded_on: Day(step.recorded_on),
            role: step.role.map(Into::into),
            organisation: step
                .organisation
                .and_then(|organisation| OrganisationReference::find(organisation, &directory, links)),
        }
    }
}

/// List the stages of an item's waits
///
/// How silence escalated on each wait for somebody's word, and which letters were sent: all that the caller may see,
/// oldest first; at most 1,000.
#[utoipa::path(
    get,
    path = "/items/{item}/response-stages",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<ResponseStepBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn list_response_stages(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<ResponseStepBody>, Problem> {
    let steps = items::response_steps(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    let body = |step| ResponseStepBody::new(&api.app, &api.links, step);
    Ok(Page::whole(steps.iter().map(body).collect(), &api.links, query.uri()))
}

/// That the letter was sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResponseLetterSent {
    /// The day on which a person sent it; without it, today.
    #[serde(default)]
    sent_on: Option<Day>,
}

/// Note that the letter on an item was sent
///
/// By the secretariat, once for each wait.
#[utoipa::path(
    post,
    path = "/items/{item}/response-letter/sent",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = ResponseLetterSent,
    responses((status = CREATED, body = ItemBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::PreconditionFailed, Code::RoleRequired, Code::StatusConflict],
    ]))))
)]
pub(crate) async fn note_response_letter_sent(
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
        Ok(Asked { condition, retry, input: body.input::<ResponseLetterSent>() })
    };
    let Asked { condition, retry, input } = seen_first(&api, &viewer, key, read.await).await?;
    let input = in_turn(&api, &viewer, key, condition.as_ref(), Action::ResponseLetter, input).await?;
    let sent_on = input.sent_on.map(|day| day.0);
    let work = items::response_letter_sent(&api.app, &viewer, key, condition, sent_on, retry);
    let outcome = once(&api.app, retry, work).await?;
    made(&api, &viewer, outcome).await
}
