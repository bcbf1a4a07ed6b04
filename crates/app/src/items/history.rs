//! An item's history: its ledger entries that the viewer may read.

use qadam_domain::accounts::Viewer;
use qadam_domain::items::Item;
use qadam_domain::items::contributions::relation_as_other;
use qadam_domain::levels::{Level, Relation};
use qadam_storage::items::Key;
use qadam_storage::ledger::{self as stored, HistoryEntry, ItemHistory, Readable};

use super::editing::find_visible;
use crate::application::App;
use crate::cursors::Edge;
use crate::error::AppError;
use crate::paging::{Cut, Read};
use crate::readings::hear_earlier;

/// Which part of a history.
#[derive(Debug, Clone, Copy)]
pub struct HistoryPage {
    /// Beside the entry at this place: after it come older ones, before it newer ones.
    pub edge: Option<Edge<i64>>,
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
    /// Where the previous part ends, if there is one.
    pub previous: Option<i64>,
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
    let (before, after) = match page.edge {
        None => (None, None),
        Some(Edge::After(place)) => (Some(place), None),
        Some(Edge::Before(place)) => (None, Some(place)),
    };
    let of = readable(viewer, &item, item.relation(viewer));
    let wanted = ItemHistory { of, before, after, limit: page.limit };
    let found = stored::history(&reader, wanted).await?;
    if found.iter().any(is_earlier) {
        hear_earlier(app, viewer, &item)?;
    }
    let rows = found.into_iter().map(|entry| {
        let place = entry.position;
        (entry, place)
    });
    let cut = Cut::new(rows.collect(), page.limit, Read::of(before.as_ref(), after.as_ref()));
    Ok(HistoryView { entries: cut.rows, next: cut.next, previous: cut.previous })
}

/// Whether an entry says what was not told to the public.
pub(super) fn is_earlier(entry: &HistoryEntry) -> bool {
    entry.level < Level::Public && entry.payload.is_some()
}

/// What somebody reads of an item's history: earlier entries about the name stay with those who may know it now,
/// too.
pub(super) fn readable(viewer: &Viewer, item: &Item, relation: Relation) -> Readable {
    Readable {
        item: item.id,
        floor: relation.floor(),
        added: relation_as_other(viewer, item).floor(),
        names: relation.reads(item.identity_level),
    }
}
