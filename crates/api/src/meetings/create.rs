//! `POST /meetings`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::meetings::{self, Key, NewMeeting, RecordedMeeting};
use qadam_domain::policy::Action;
use serde::Deserialize;
use utoipa::ToSchema;

use super::answer;
use super::inputs::{AgendaItemCreate, AttendanceCreate, MeetingCreate};
use super::view::MeetingBody;
use crate::extract::{Input, SignedIn};
use crate::items::{Once, RecordedFromInput, once, replayed_id};
use crate::openapi::codes;
use crate::order::CreatingRequest;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::Checks;

/// A meeting as a document gives it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordedMeetingInput {
    /// The document.
    from: RecordedFromInput,
    /// Its agenda.
    #[serde(default)]
    #[schema(max_items = 100)]
    agenda: Vec<AgendaItemCreate>,
    /// Who took part.
    #[serde(default)]
    #[schema(max_items = 300)]
    attendance: Vec<AttendanceCreate>,
}

/// What is created.
enum Creation {
    Draft(Box<NewMeeting>),
    Recorded(Box<RecordedMeeting>),
}

fn checked(mut body: MeetingCreate) -> Input<Creation> {
    let mut checks = Checks::new();
    let recorded = body.recorded.take();
    let new = body.read(&mut checks);
    let creation = match recorded {
        None => Creation::Draft(Box::new(new)),
        Some(recorded) => Creation::Recorded(Box::new(recorded.read(new, &mut checks))),
    };
    checks.finish(creation)
}

impl RecordedMeetingInput {
    fn read(self, new: NewMeeting, checks: &mut Checks) -> RecordedMeeting {
        let lines = self.agenda.into_iter().enumerate();
        RecordedMeeting {
            new,
            recorded_from: self.from.read("/recorded/from", checks),
            agenda: lines
                .map(|(index, line)| line.new_line(&format!("/recorded/agenda/{index}"), checks))
                .collect(),
            attendance: self.attendance.into_iter().map(AttendanceCreate::into_input).collect(),
        }
    }
}

/// Create a meeting
///
/// For the secretariat. The draft of its protocol begins with it; with `recorded`, a past meeting is recorded as a
/// document gives it.
#[utoipa::path(
    post,
    path = "/meetings",
    tag = "meetings",
    request_body = MeetingCreate,
    responses((status = CREATED, body = MeetingBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::QUERY, codes::BODY, codes::KEY, &[Code::RoleRequired, Code::Taken],
    ]))))
)]
pub(crate) async fn create_meeting(
    State(api): State<ApiState>,
    caller: SignedIn,
    request: CreatingRequest,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let (creation, retry) = request.read_for(Action::ManageMeetings, &api.app, &caller, checked).await?;
    let work = async {
        match creation {
            Creation::Draft(new) => meetings::create(&api.app, &viewer, *new, retry).await,
            Creation::Recorded(recorded) => {
                meetings::record_from_document(&api.app, &viewer, *recorded, retry).await
            }
        }
    };
    let view = match once(&api.app, retry, work).await? {
        Once::Done(view) => view,
        Once::Repeated(replay) => meetings::get(&api.app, &viewer, Key::Id(replayed_id(&replay)?)).await?,
    };
    let location = api.links.to(&["meetings", &view.meeting.code]);
    Ok(answer(&api, view).created(&location))
}
