//! Meetings: agendas, attendance, decisions and protocols.
//!
//! A meeting is changed as one: its etag is the one to name in `If-Match` whatever part is changed, and every
//! change answers with the meeting as it then stands.

mod agenda;
mod agenda_page;
mod attendance;
mod carry_over;
mod create;
mod decisions;
mod edit;
mod get;
mod inputs;
mod list;
mod objections;
mod protocol;
#[cfg(test)]
mod tests;
mod view;

use std::str::FromStr;

use axum::response::Response;
use qadam_app::idempotency::Retry;
use qadam_app::meetings::{self, Key, MeetingChange, MeetingView};
use qadam_app::precondition::IfMatch;
use qadam_app::{AppError, Code};
use qadam_domain::organisations::is_code;
use qadam_domain::policy::{Action, Subject, may};
use serde::de::DeserializeOwned;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::Tagged;
use crate::extract::{IdempotencyKey, IfMatchHeader, Input, JsonBody, SignedIn};
use crate::items::{Once, once, retry};
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::unless_changed;

pub(crate) use view::MeetingBody;

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_meetings, create::create_meeting))
        .routes(routes!(get::get_meeting, edit::edit_meeting))
        .routes(routes!(agenda::list_agenda_items, agenda::add_agenda_item, agenda::replace_agenda))
        .routes(routes!(agenda::edit_agenda_item, agenda::remove_agenda_item))
        .routes(routes!(attendance::list_attendance, attendance::replace_attendance))
        .routes(routes!(decisions::list_decisions, decisions::add_decision))
        .routes(routes!(decisions::edit_decision, decisions::remove_decision))
        .routes(routes!(protocol::get_protocol, protocol::change_protocol))
        .routes(routes!(objections::list_objections, objections::object_to_protocol))
        .routes(routes!(objections::answer_objection))
        .routes(routes!(carry_over::get_carry_over))
}

/// A meeting as a path names it: by code or by id.
#[derive(Debug, Clone)]
pub(crate) struct MeetingKey(pub(crate) Key);

impl FromStr for MeetingKey {
    type Err = Code;

    fn from_str(name: &str) -> Result<Self, Code> {
        if let Ok(id) = name.parse() {
            return Ok(Self(Key::Id(id)));
        }
        if is_code(name) { Ok(Self(Key::Code(name.to_owned()))) } else { Err(Code::NotFound) }
    }
}

/// A meeting that a caller named in order to change it, as the caller sees it.
struct NamedMeeting<'a> {
    api: &'a ApiState,
    caller: &'a SignedIn,
    key: Key,
    view: MeetingView,
}

impl<'a> NamedMeeting<'a> {
    /// Finds it: 404 comes before everything that may be wrong with the request.
    async fn find(api: &'a ApiState, caller: &'a SignedIn, key: Key) -> Result<Self, Problem> {
        let view = meetings::get(&api.app, &caller.viewer(), key.clone()).await?;
        Ok(Self { api, caller, key, view })
    }

    /// Changes it where it is still what was read; 428 where the request does not say what that was.
    async fn change(
        self,
        condition: &IfMatchHeader,
        input: Input<MeetingChange>,
    ) -> Result<Tagged<MeetingBody>, Problem> {
        let (api, condition) = (self.api, condition.required()?);
        Ok(answer(api, self.changed(Some(condition), None, input).await?))
    }

    /// Changes it once, however often the request comes.
    async fn change_once<B: DeserializeOwned>(
        self,
        condition: &IfMatchHeader,
        repeated: &IdempotencyKey,
        body: JsonBody,
        checked: fn(B) -> Input<MeetingChange>,
    ) -> Result<MeetingView, Problem> {
        let retry = retry(&self.api.app, self.caller, repeated, &body)?;
        let condition = condition.optional()?;
        self.changed(condition, retry, body.input().and_then(checked)).await
    }

    /// The meeting after a change, now or before. Fields that are wrong are told last: after a meeting that changed
    /// meanwhile, and after a role that changes none.
    async fn changed(
        self,
        condition: Option<IfMatch>,
        retry: Option<Retry>,
        input: Input<MeetingChange>,
    ) -> Result<MeetingView, Problem> {
        let change = match input {
            Ok(change) => change,
            Err(errors) => {
                condition.map_or(Ok(()), |condition| unless_changed(&condition, &self.view.etag))?;
                let subject = Subject::Meeting(self.view.meeting.protocol);
                may(&self.caller.viewer(), Action::ManageMeetings, subject).map_err(AppError::from)?;
                return Err(AppError::Invalid(errors).into());
            }
        };
        let (app, viewer, key) = (&self.api.app, self.caller.viewer(), self.key);
        let work = meetings::change(app, &viewer, key.clone(), condition, change, retry);
        match once(app, retry, work).await? {
            Once::Done(view) => Ok(view),
            Once::Repeated(_) => Ok(meetings::get(app, &viewer, key).await?),
        }
    }
}

/// The meeting with its etag.
fn answer(api: &ApiState, view: MeetingView) -> Tagged<MeetingBody> {
    Tagged::new(view.etag.clone(), MeetingBody::new(&api.app, &api.links, view))
}

/// The meeting to which a part was added: 201 with the address of the parts.
fn added(api: &ApiState, view: MeetingView, parts: &str) -> Response {
    let location = api.links.to(&["meetings", &view.meeting.code, parts]);
    answer(api, view).created(&location)
}
