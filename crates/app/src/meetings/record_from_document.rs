//! Recording a past meeting from a document, by the secretariat.
//!
//! What is recorded was published, so that everything of it is shown; it creates no commitments. The secretariat
//! completes and corrects its transcription at any time.

use std::sync::Arc;

use qadam_domain::accounts::{Actor, Viewer};
use qadam_domain::items::RecordedFrom;
use qadam_domain::meetings::{Meeting, ProtocolState};
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::Tx;
use qadam_storage::meetings as stored;
use serde_json::Value;

use super::agenda::{self, AgendaItemInput};
use super::attendance::{AttendanceInput, attendance};
use super::changing::Changing;
use super::details::{NewMeeting, check_recorded, meeting_from};
use super::entering::{MeetingAct, enter};
use super::inputs::below;
use super::view::{MeetingView, view};
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::ledger::Act;

/// A meeting as a document gives it.
#[derive(Debug, Clone)]
pub struct RecordedMeeting {
    /// What the meeting says of itself.
    pub new: NewMeeting,
    /// The document.
    pub recorded_from: RecordedFrom,
    /// Its agenda.
    pub agenda: Vec<AgendaItemInput>,
    /// Who took part.
    pub attendance: Vec<AttendanceInput>,
}

/// Records a meeting from a document, its protocol approved.
pub async fn record_from_document(
    app: &Arc<App>,
    viewer: &Viewer,
    recorded: RecordedMeeting,
    retry: Option<Retry>,
) -> Result<MeetingView, AppError> {
    may(viewer, Action::RecordFromDocument, Subject::Register)?;
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let meeting = prepare(app, &recorded)?;
    let shared = Arc::clone(app);
    let meeting = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                if let Some(retry) = retry {
                    retry.remember(&shared, tx, 201, &format!("/api/v1/meetings/{}", meeting.id)).await?;
                }
                let meeting = write(&shared, tx, actor, meeting, recorded.agenda).await?;
                Ok::<_, AppError>(meeting)
            })
        })
        .await?;
    app.committed();
    view(app, &app.store.read(), viewer, &meeting).await
}

fn prepare(app: &App, recorded: &RecordedMeeting) -> Result<Meeting, AppError> {
    let mut meeting = meeting_from(app, recorded.new.clone())?;
    if meeting.held_on.is_some_and(|day| day > app.today()) {
        return Err(AppError::field("/held_on", FieldCode::InFuture));
    }
    check_recorded(app, &recorded.recorded_from).map_err(|mistake| AppError::Invalid(vec![mistake]))?;
    meeting.attendance =
        attendance(app, &recorded.attendance).map_err(|error| below("/recorded/attendance", error))?;
    meeting.recorded_from = Some(recorded.recorded_from.clone());
    meeting.protocol = ProtocolState::Approved;
    Ok(meeting)
}

async fn write(
    app: &Arc<App>,
    tx: &Tx,
    actor: Actor,
    meeting: Meeting,
    lines: Vec<AgendaItemInput>,
) -> Result<Meeting, AppError> {
    let act = Act::of(app, Some(&actor));
    let empty = Changing { app, tx, act, actor, before: meeting };
    let meeting = agenda::replaced(&empty, lines).await.map_err(|error| below("/recorded/agenda", error))?;
    let what = MeetingAct { action: "meeting.recorded", reason: Value::Null };
    let position = enter(app, tx, &act, None, &meeting, what).await?;
    stored::insert(tx, &meeting, position).await?;
    Ok(meeting)
}
