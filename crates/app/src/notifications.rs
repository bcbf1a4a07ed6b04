//! What accounts are told: made from the ledger by a consumer that keeps its place, read and marked in the account.

mod recipients;
mod rounds;
mod telling;

use std::collections::HashMap;
use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{ItemId, NotificationId};
use qadam_domain::items::Item;
use qadam_domain::reporting_rounds::ReportingRound;
use qadam_storage::items::{self as stored_items, Scope};
use qadam_storage::{notifications as stored, reporting_rounds};

use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::paging::{Cut, Read};

pub use qadam_storage::notifications::{About, Notification, Page, Place};
pub use telling::{begin_here, run, tell_due};

/// How many notifications are marked at once by their identifiers at most.
pub const MARKS_MAX: usize = 200;

/// A notification with what it is about.
#[derive(Debug, Clone)]
pub struct NotificationView {
    /// The notification.
    pub notification: Notification,
    /// What it is about, as it is now.
    pub subject: NotificationSubject,
}

/// What a notification is about.
#[derive(Debug, Clone)]
pub enum NotificationSubject {
    /// An item.
    Item(Box<Item>),
    /// A reporting round.
    Round(Box<ReportingRound>),
}

/// A part of an account's notifications.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Newest first.
    pub notifications: Vec<NotificationView>,
    /// Where the next part begins, if there is one.
    pub next: Option<Place>,
    /// Where the previous part ends, if there is one.
    pub previous: Option<Place>,
    /// How many there are in all, where that was asked for.
    pub total: Option<u64>,
}

/// What the viewer was told about items that it sees now, newest first.
pub async fn list(app: &App, viewer: &Viewer, page: &Page, counted: bool) -> Result<Listed, AppError> {
    let actor = viewer.actor().ok_or(Code::Unauthenticated)?;
    let reader = app.store.read();
    let scope = Scope::visible_to(*viewer);
    let rows = stored::list(&reader, scope, actor.user, page).await?;
    let total =
        if counted { Some(stored::count(&reader, scope, actor.user, page.unseen).await?) } else { None };
    let cut = Cut::new(rows, page.limit, Read::of(page.after.as_ref(), page.before.as_ref()));
    let ids: Vec<ItemId> = cut.rows.iter().filter_map(|notification| notification.about.item()).collect();
    let items = stored_items::find_many(&reader, scope, &ids).await?;
    let items: HashMap<ItemId, Item> = items.into_iter().map(|item| (item.id, item)).collect();
    let ids: Vec<_> = cut.rows.iter().filter_map(|notification| notification.about.round()).collect();
    let rounds = reporting_rounds::find_many(&reader, &ids).await?;
    let rounds: HashMap<_, _> = rounds.into_iter().map(|round| (round.id, round)).collect();
    // What went meanwhile is left out.
    let with_subject = |notification: Notification| {
        let subject = match notification.about {
            About::Item(id) => NotificationSubject::Item(Box::new(items.get(&id)?.clone())),
            About::Round(id) => NotificationSubject::Round(Box::new(rounds.get(&id)?.clone())),
        };
        Some(NotificationView { notification, subject })
    };
    let notifications = cut.rows.into_iter().filter_map(with_subject).collect();
    Ok(Listed { notifications, next: cut.next, previous: cut.previous, total })
}

/// How many notifications about what it sees now the viewer has not seen.
pub async fn unseen(app: &App, viewer: &Viewer) -> Result<u64, AppError> {
    let actor = viewer.actor().ok_or(Code::Unauthenticated)?;
    Ok(stored::count(&app.store.read(), Scope::visible_to(*viewer), actor.user, true).await?)
}

/// Which notifications somebody saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// These.
    These(Vec<NotificationId>),
    /// This one and all before it.
    UpTo(NotificationId),
}

/// Marks notifications of the viewer as seen. Those that are not the viewer's are left alone.
pub async fn mark_seen(app: &Arc<App>, viewer: &Viewer, seen: Seen) -> Result<(), AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let which = match seen {
        Seen::These(ids) if ids.len() > MARKS_MAX => {
            return Err(AppError::field("/ids", FieldCode::TooMany));
        }
        Seen::These(ids) => stored::Which::These(ids),
        Seen::UpTo(id) => {
            let position = stored::position_of(&app.store.read(), actor.user, id).await?;
            let unknown = || AppError::field("/up_to", FieldCode::UnknownReference);
            stored::Which::UpTo(position.ok_or_else(unknown)?)
        }
    };
    app.store
        .write(move |tx| {
            Box::pin(async move { Ok::<_, AppError>(stored::mark_seen(tx, actor.user, &which).await?) })
        })
        .await
}
