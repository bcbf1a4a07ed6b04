//! An item's history: its ledger entries that the viewer may read.

use qadam_domain::accounts::Viewer;
use qadam_domain::levels::Axis;
use qadam_storage::items::Key;
use qadam_storage::ledger::{self as stored, HistoryEntry, ItemHistory};

use super::editing::find_visible;
use crate::application::App;
use crate::error::AppError;

/// Which part of a history.
#[derive(Debug, Clone, Copy)]
pub struct HistoryPage {
    /// Before the entry at this place.
    pub before: Option<i64>,
    /// How many at most.
    pub limit: u64,
}

/// A part of a history.
#[derive(Debug, Clone)]
pub struct HistoryView {
    /// Entries, newest first.
    pub entries: Vec<HistoryEntry>,
    /// Where the next part begins, if there is one.
    pub next: Option<i64>,
}

/// An item's history as far as the viewer may read it, newest first.
pub async fn history(
    app: &App,
    viewer: &Viewer,
    key: Key,
    page: HistoryPage,
) -> Result<HistoryView, AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    let relation = item.relation(viewer);
    let wanted =
        ItemHistory { item: item.id, floor: relation.floor(), before: page.before, limit: page.limit + 1 };
    let mut entries = stored::history(&reader, wanted).await?;
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let more = entries.len() > limit;
    entries.truncate(limit);
    let next = entries.last().map(|entry| entry.position).filter(|_| more);
    // Earlier entries about the name stay with those who may know it now, too.
    entries.retain(|entry| entry.axis == Axis::Text || relation.reads(item.identity_level));
    Ok(HistoryView { entries, next })
}
