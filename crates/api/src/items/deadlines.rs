//! `GET` and `POST /items/{item}/deadline-revisions`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::items::{self, DeadlineRevision, DeadlineRevisionInput};
use qadam_app::{App, Code};
use qadam_domain::policy::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::inputs::due;
use super::view::ItemBody;
use super::{Asked, ItemKey, in_turn, made, once, retry, seen_first};
use crate::extract::{
    ApiBody, ApiPath, ApiQuery, Caller, IdempotencyKey, IfMatchHeader, Input, NoParameters, SignedIn,
};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{
    Checks, Day, LanguageMapInput, LanguageMapView, OrganisationReference, PrecisionWord, RoleWord, TextLimit,
};

/// A new deadline.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeadlineRevisionCreate {
    /// The new due date: a day of the period; null where there is none any more.
    #[serde(default)]
    due_on: Option<Day>,
    /// How exact it is; without it, to the day.
    #[serde(default)]
    due_precision: Option<PrecisionWord>,
    /// Why.
    reason: LanguageMapInput,
}

/// A change of a deadline.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeadlineRevision)]
pub(crate) struct DeadlineRevisionBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The due date before.
    old_due_on: Option<Day>,
    /// How exact it was.
    old_due_precision: Option<PrecisionWord>,
    /// The due date since.
    new_due_on: Option<Day>,
    /// How exact it is.
    new_due_precision: Option<PrecisionWord>,
    /// Why.
    reason: LanguageMapView,
    /// The day it was recorded.
    recorded_on: Day,
    /// The role that made it.
    role: RoleWord,
    /// The organisation that made it.
    organisation: Option<OrganisationReference>,
}

impl DeadlineRevisionCreate {
    fn checked(self) -> Input<DeadlineRevisionInput> {
        let mut checks = Checks::new();
        let due = due(self.due_on, self.due_precision, &mut checks);
        let reason = self.reason.required("/reason", TextLimit::BODY, &mut checks);
        checks.finish(DeadlineRevisionInput { due, reason })
    }
}

impl DeadlineRevisionBody {
    pub(super) fn new(app: &App, links: &Links, revision: DeadlineRevision) -> Self {
        let directory = app.directory();
        Self {
            id: revision.id.to_string(),
            old_due_on: revision.old.map(|due| Day(due.on)),
            old_due_precision: revision.old.map(|due| due.precision.into()),
            new_due_on: revision.new.map(|due| Day(due.on)),
            new_due_precision: revision.new.map(|due| due.precision.into()),
            reason: revision.reason.into(),
            recorded_on: Day(revision.recorded_on),
            role: revision.role.into(),
            organisation: revision
                .organisation
                .and_then(|organisation| OrganisationReference::find(organisation, &directory, links)),
        }
    }
}

/// List an item's deadline revisions
///
/// All that the caller may see, oldest first; at most 1,000.
#[utoipa::path(
    get,
    path = "/items/{item}/deadline-revisions",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<DeadlineRevisionBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn list_deadline_revisions(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<DeadlineRevisionBody>, Problem> {
    let revisions = items::deadline_revisions(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    let body = |revision| DeadlineRevisionBody::new(&api.app, &api.links, revision);
    Ok(Page::whole(revisions.into_iter().map(body).collect(), &api.links, query.uri()))
}

/// Move an item's deadline
///
/// The original date stays, and the move is remembered with its reason.
#[utoipa::path(
    post,
    path = "/items/{item}/deadline-revisions",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = DeadlineRevisionCreate,
    responses((status = CREATED, body = ItemBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::PreconditionFailed, Code::RoleRequired, Code::StatusConflict],
    ]))))
)]
pub(crate) async fn revise_item_deadline(
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
        let input = body.input::<DeadlineRevisionCreate>().and_then(DeadlineRevisionCreate::checked);
        Ok(Asked { condition, retry, input })
    };
    let Asked { condition, retry, input } = seen_first(&api, &viewer, key, read.await).await?;
    let input = in_turn(&api, &viewer, key, condition.as_ref(), Action::ReviseDeadline, input).await?;
    let work = async { Ok(items::revise_deadline(&api.app, &viewer, key, condition, input, retry).await?.0) };
    let outcome = once(&api.app, retry, work).await?;
    made(&api, &viewer, outcome).await
}
