//! Changing a meeting: one use case for everything that can be changed of it.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{AgendaItemId, DecisionId, Uuid};
use qadam_domain::meetings::Meeting;
use qadam_storage::meetings::Key;
use serde_json::Value;

use super::agenda::{self, AgendaItemEdit, AgendaItemInput};
use super::attendance::{self, AttendanceInput};
use super::changing::Changing;
use super::decisions::{self, DecisionEdit, DecisionInput};
use super::details::{self, MeetingEdit};
use super::entering::MeetingAct;
use super::inputs::below;
use super::protocol::{self, ProtocolChange};
use super::view::{MeetingView, view};
use crate::application::App;
use crate::error::{AppError, Code};
use crate::idempotency::Retry;
use crate::precondition::IfMatch;
use crate::random::uuid;

/// What is changed of a meeting.
#[derive(Debug, Clone)]
pub enum MeetingChange {
    /// What it says of itself.
    Details(MeetingEdit),
    /// The whole agenda.
    Agenda(Vec<AgendaItemInput>),
    /// A new line of the agenda.
    AddAgendaItem(AgendaItemInput),
    /// A line of the agenda.
    EditAgendaItem(AgendaItemId, AgendaItemEdit),
    /// A line of the agenda goes.
    RemoveAgendaItem(AgendaItemId),
    /// The whole attendance.
    Attendance(Vec<AttendanceInput>),
    /// A new decision.
    AddDecision(DecisionInput),
    /// A decision.
    EditDecision(DecisionId, DecisionEdit),
    /// A decision goes.
    RemoveDecision(DecisionId),
    /// The state of the protocol.
    Protocol(ProtocolChange),
}

impl MeetingChange {
    /// What the ledger calls it. Moves of the protocol name themselves.
    const fn action(&self) -> &'static str {
        match self {
            Self::Details(_) | Self::Protocol(_) => "meeting.changed",
            Self::Agenda(_)
            | Self::AddAgendaItem(_)
            | Self::EditAgendaItem(..)
            | Self::RemoveAgendaItem(_) => "meeting.agenda_changed",
            Self::Attendance(_) => "meeting.attendance_changed",
            Self::AddDecision(_) | Self::EditDecision(..) | Self::RemoveDecision(_) => {
                "meeting.decisions_changed"
            }
        }
    }

    /// The HTTP status of a first answer, and where what it made lies below the meeting.
    fn result(&self, part: Uuid) -> (u16, String) {
        match self {
            Self::AddAgendaItem(_) => (201, format!("/agenda/{part}")),
            Self::AddDecision(_) => (201, format!("/decisions/{part}")),
            Self::Protocol(_) => (200, "/protocol".to_owned()),
            _ => (200, String::new()),
        }
    }
}

/// Changes a meeting.
pub async fn change(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    condition: Option<IfMatch>,
    change: MeetingChange,
    retry: Option<Retry>,
) -> Result<MeetingView, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let part = uuid(app.random.as_ref());
    let shared = Arc::clone(app);
    let meeting = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let changing = Changing::open(&shared, tx, actor, &key, condition.as_ref()).await?;
                if let Some(retry) = retry {
                    let (status, below) = change.result(part);
                    let location = format!("/api/v1/meetings/{}{below}", changing.before.id);
                    retry.remember(&shared, tx, status, &location).await?;
                }
                changing.may()?;
                let meeting = apply(&changing, part, change).await?;
                Ok::<_, AppError>(meeting)
            })
        })
        .await?;
    app.committed();
    view(app, &app.store.read(), viewer, &meeting).await
}

async fn apply(changing: &Changing<'_>, part: Uuid, change: MeetingChange) -> Result<Meeting, AppError> {
    let what = MeetingAct { action: change.action(), reason: Value::Null };
    let after = match change {
        MeetingChange::Details(edit) => details::edited(changing, edit)?,
        MeetingChange::Agenda(lines) => {
            agenda::replaced(changing, lines).await.map_err(|error| below("/items", error))?
        }
        MeetingChange::AddAgendaItem(input) => agenda::added(changing, part, input).await?,
        MeetingChange::EditAgendaItem(id, edit) => agenda::edited(changing, id, edit).await?,
        MeetingChange::RemoveAgendaItem(id) => agenda::removed(changing, id)?,
        MeetingChange::Attendance(named) => {
            attendance::replaced(changing, &named).map_err(|error| below("/items", error))?
        }
        MeetingChange::AddDecision(input) => decisions::added(changing, part, input).await?,
        MeetingChange::EditDecision(id, edit) => decisions::edited(changing, id, edit).await?,
        MeetingChange::RemoveDecision(id) => decisions::removed(changing, id)?,
        MeetingChange::Protocol(change) => return protocol::moved(changing, change).await,
    };
    changing.save(after, what).await
}
