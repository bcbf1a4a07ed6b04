//! Reading meetings: one, and lists.

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::MeetingId;
use qadam_domain::meetings::Meeting;
use qadam_storage::Db;
use qadam_storage::meetings::{self as stored, Cursor, Filter, Key, Page};

use super::view::{MeetingView, view, views};
use crate::application::App;
use crate::error::AppError;
use crate::paging::{Cut, Read};

/// One meeting. Everybody sees every meeting; what it shows depends on who looks.
pub async fn get(app: &App, viewer: &Viewer, key: Key) -> Result<MeetingView, AppError> {
    let reader = app.store.read();
    let meeting = find(&reader, &key).await?;
    view(app, &reader, viewer, &meeting).await
}

/// Those of the meetings that there are, in no order.
pub(crate) async fn find_many(
    app: &App,
    db: &impl Db,
    viewer: &Viewer,
    ids: &[MeetingId],
) -> Result<Vec<MeetingView>, AppError> {
    let meetings = stored::find_many(db, ids).await?;
    views(app, db, viewer, &meetings).await
}

pub(super) async fn find(db: &impl Db, key: &Key) -> Result<Meeting, AppError> {
    stored::find(db, key).await?.ok_or(AppError::NotFound)
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
    let rows = stored::list(&reader, filter, page).await?;
    let cut = Cut::new(rows, page.limit, Read::of(page.after.as_ref(), page.before.as_ref()));
    Ok(Listed {
        meetings: views(app, &reader, viewer, &cut.rows).await?,
        next: cut.next,
        previous: cut.previous,
    })
}
