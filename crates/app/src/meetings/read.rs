//! Reading meetings: one, and lists.

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::MeetingId;
use qadam_domain::meetings::Meeting;
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::Db;
use qadam_storage::meetings::{self as stored, Cursor, Filter, Key, Page};

use super::view::{MeetingView, view, views};
use crate::application::App;
use crate::error::AppError;

/// One meeting. Everybody sees every meeting; what it shows depends on who looks.
pub async fn get(app: &App, viewer: &Viewer, key: Key) -> Result<MeetingView, AppError> {
    let reader = app.store.read();
    let meeting = find(&reader, &key).await?;
    view(app, &reader, viewer, &meeting).await
}

pub(super) async fn find(db: &impl Db, key: &Key) -> Result<Meeting, AppError> {
    stored::find(db, key).await?.ok_or(AppError::NotFound)
}

/// Whether the meeting is there and the viewer may do this to it: asked before a body is read, so that 404 and 403
/// come first.
pub async fn allowed(app: &App, viewer: &Viewer, key: Key, action: Action) -> Result<MeetingId, AppError> {
    let meeting = find(&app.store.read(), &key).await?;
    may(viewer, action, Subject::Meeting(meeting.protocol))?;
    Ok(meeting.id)
}

/// A part of a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The meetings, newest first; those of unknown day last.
    pub meetings: Vec<MeetingView>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// Where the previous page ends, if there is one.
    pub previous: Option<Cursor>,
}

/// A list of meetings.
pub async fn list(app: &App, viewer: &Viewer, filter: &Filter, page: &Page) -> Result<Listed, AppError> {
    let reader = app.store.read();
    let mut rows = stored::list(&reader, filter, page).await?;
    let backwards = page.before.is_some();
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    // One row more than asked for tells that there are more, at the end that was read towards.
    let more = rows.len() > limit;
    if more && backwards {
        rows.remove(0);
    } else if more {
        rows.truncate(limit);
    }
    let first = rows.first().map(|(_, cursor)| cursor.clone());
    let last = rows.last().map(|(_, cursor)| cursor.clone());
    let (has_previous, has_next) = if backwards { (more, true) } else { (page.after.is_some(), more) };
    let meetings: Vec<_> = rows.into_iter().map(|(meeting, _)| meeting).collect();
    Ok(Listed {
        meetings: views(app, &reader, viewer, &meetings).await?,
        next: last.filter(|_| has_next),
        previous: first.filter(|_| has_previous),
    })
}
