//! Creating a meeting: the draft of its protocol begins with it.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::meetings as stored;
use serde_json::Value;

use super::details::{NewMeeting, meeting_from};
use super::entering::{MeetingAct, enter};
use super::view::{MeetingView, view};
use crate::application::App;
use crate::error::{AppError, Code};
use crate::idempotency::Retry;
use crate::ledger::Act;

/// Creates a meeting with an empty agenda and a draft protocol.
pub async fn create(
    app: &Arc<App>,
    viewer: &Viewer,
    new: NewMeeting,
    retry: Option<Retry>,
) -> Result<MeetingView, AppError> {
    may(viewer, Action::ManageMeetings, Subject::Register)?;
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let meeting = meeting_from(app, new)?;
    let shared = Arc::clone(app);
    let meeting = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                if let Some(retry) = retry {
                    retry.remember(&shared, tx, 201, &format!("/api/v1/meetings/{}", meeting.id)).await?;
                }
                let act = Act::of(&shared, Some(&actor));
                let what = MeetingAct { action: "meeting.created", reason: Value::Null };
                let position = enter(&shared, tx, &act, None, &meeting, what).await?;
                stored::insert(tx, &meeting, position).await?;
                Ok::<_, AppError>(meeting)
            })
        })
        .await?;
    app.committed();
    view(app, &app.store.read(), viewer, &meeting).await
}
