//! Meetings: agendas, attendance, decisions and protocols.
//!
//! A meeting is changed as one: its etag is the one to name in `If-Match` whatever part is changed, and every
//! change answers with the meeting as it then stands.

mod agenda;
mod attendance;
mod create;
mod decisions;
mod edit;
mod get;
mod inputs;
mod list;
mod protocol;
#[cfg(test)]
mod tests;
mod view;

use std::str::FromStr;

use axum::response::Response;
use qadam_app::idempotency::Retry;
use qadam_app::meetings::{self, Key, MeetingChange, MeetingView};
use qadam_app::precondition::IfMatch;
use qadam_app::{AppError, Code, FieldError};
use qadam_domain::accounts::Viewer;
use qadam_domain::organisations::is_code;
use qadam_domain::policy::Action;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::Tagged;
use crate::extract::Input;
use crate::items::{Once, once};
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
        .routes(routes!(protocol::change_protocol))
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

/// What is asked of one meeting.
struct Asked<'a> {
    api: &'a ApiState,
    viewer: &'a Viewer,
    key: Key,
    condition: Option<IfMatch>,
    retry: Option<Retry>,
}

impl Asked<'_> {
    /// Changes the meeting. Fields that are wrong are told last: after a meeting that changed meanwhile, and after
    /// a role that changes none.
    async fn change(self, input: Input<MeetingChange>) -> Result<Once<MeetingView>, Problem> {
        let Self { api, viewer, key, condition, retry } = self;
        let change = match input {
            Ok(change) => change,
            Err(errors) => return Err(refusal(api, viewer, key, condition.as_ref(), errors).await),
        };
        once(&api.app, retry, meetings::change(&api.app, viewer, key, condition, change, retry)).await
    }
}

/// What comes before wrong fields, or else those.
async fn refusal(
    api: &ApiState,
    viewer: &Viewer,
    key: Key,
    condition: Option<&IfMatch>,
    errors: Vec<FieldError>,
) -> Problem {
    let earlier = async {
        let view = meetings::get(&api.app, viewer, key.clone()).await?;
        if let Some(condition) = condition {
            unless_changed(condition, &view.etag)?;
        }
        meetings::allowed(&api.app, viewer, key, Action::ManageMeetings).await?;
        Ok::<_, Problem>(())
    };
    earlier.await.err().unwrap_or_else(|| AppError::Invalid(errors).into())
}

/// The meeting after a change, now or before.
async fn after(
    api: &ApiState,
    viewer: &Viewer,
    key: Key,
    outcome: Once<MeetingView>,
) -> Result<MeetingView, Problem> {
    match outcome {
        Once::Done(view) => Ok(view),
        Once::Repeated(_) => Ok(meetings::get(&api.app, viewer, key).await?),
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
