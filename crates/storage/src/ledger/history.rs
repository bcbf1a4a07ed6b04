//! The history of items: the ledger's entries about them.

use std::collections::{BTreeMap, HashMap};

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::ItemId;
use qadam_domain::levels::{Axis, Level};
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

use super::entries::{ITEM, ITEM_FILING, unreadable};
use super::redacted::served_whole;
use super::withheld::still_read;
use crate::db::Db;
use crate::entities::{ledger_entry, ledger_payload};
use crate::error::StorageError;
use crate::parents::first_of_each;

/// What somebody may read of the entries about an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readable {
    /// The item.
    pub item: ItemId,
    /// The narrowest level they read on it.
    pub floor: Level,
    /// The narrowest level they read of what others added to it: who filed it is no closer to that.
    pub added: Level,
    /// Whether they may know now who filed it. Otherwise earlier entries about the name are not theirs, either.
    pub names: bool,
}

/// What of an item's history is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemHistory {
    /// The item, and what of it the viewer may read.
    pub of: Readable,
    /// Entries before this place: older ones.
    pub before: Option<i64>,
    /// Entries after this place: newer ones, still newest first.
    pub after: Option<i64>,
    /// How many at most.
    pub limit: u64,
}

/// An entry with its payload, unless that was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Its place.
    pub position: i64,
    /// What was done.
    pub action: String,
    /// What it is about.
    pub axis: Axis,
    /// Who may read it.
    pub level: Level,
    /// The role that acted.
    pub actor_role: String,
    /// Code of the organisation that acted.
    pub actor_organisation: Option<String>,
    /// When.
    pub at: Timestamp,
    /// SHA-256(salt ‖ canonical payload), in hexadecimal.
    pub digest: String,
    /// Its leaf's number, once admitted.
    pub seq: Option<u64>,
    /// The payload.
    pub payload: Option<String>,
}

/// An item's entries that may be read, newest first, one more than the limit where there are more (with `after`,
/// the surplus one is the first).
pub async fn history(db: &impl Db, wanted: ItemHistory) -> Result<Vec<HistoryEntry>, StorageError> {
    let place = ledger_entry::Column::Position;
    let order = if wanted.after.is_some() { Order::Asc } else { Order::Desc };
    let mut rows = ledger_entry::Entity::find()
        .filter(readable(ledger_entry::Column::ItemId.eq(wanted.of.item.0), wanted.of))
        .filter(Condition::all().add_option(wanted.before.map(|before| place.lt(before))))
        .filter(Condition::all().add_option(wanted.after.map(|after| place.gt(after))))
        .order_by(place, order)
        .limit(wanted.limit.saturating_add(1))
        .all(db.inner())
        .await?;
    if wanted.after.is_some() {
        rows.reverse();
    }
    entries(db, rows).await
}

/// The newest entries about each of several items that may be read, newest first; `each` of one item at most.
pub async fn newest_of_each(
    db: &impl Db,
    of: &[Readable],
    each: u64,
) -> Result<Vec<(ItemId, HistoryEntry)>, StorageError> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let place = ledger_entry::Column::Position;
    let mut any = Condition::any();
    let mut alike: BTreeMap<(Level, Level, bool), Vec<Readable>> = BTreeMap::new();
    for one in of {
        alike.entry((one.floor, one.added, one.names)).or_default().push(*one);
    }
    for items in alike.values() {
        let about = ledger_entry::Column::ItemId.is_in(items.iter().map(|one| one.item.0));
        any = any.add_option(items.first().map(|first| readable(about, *first)));
    }
    let parts = "\"item_id\" ORDER BY \"position\" DESC";
    let rows = ledger_entry::Entity::find()
        .filter(place.in_subquery(first_of_each(ledger_entry::Entity, place, parts, any, each)))
        .order_by_desc(place)
        .all(db.inner())
        .await?;
    let items: Vec<_> = rows.iter().filter_map(|row| row.item_id.map(ItemId)).collect();
    Ok(items.into_iter().zip(entries(db, rows).await?).collect())
}

/// Entries about items that somebody may read who reads all of them alike.
fn readable(about: SimpleExpr, of: Readable) -> Condition {
    let floor = of.floor;
    let mut readable = Condition::all().add(about).add(ledger_entry::Column::Level.gte(floor.rank()));
    readable = readable.add(still_read(of.added)).add(whole(of));
    if !of.names {
        readable = readable.add(ledger_entry::Column::SubjectType.ne(ITEM_FILING));
    }
    if floor == Level::Public {
        // Sealed entries are never opened to the public: it learns of them by the day's batch.
        return readable.add(ledger_entry::Column::Sealed.eq(false));
    }
    readable
}

/// What somebody is served as it was told: who filed an item reads what passages were taken out of, and what others added
/// as a stranger does.
fn whole(of: Readable) -> Condition {
    let own = [ITEM, ITEM_FILING];
    let of_item =
        Condition::all().add(ledger_entry::Column::SubjectType.is_in(own)).add(served_whole(of.floor));
    let added =
        Condition::all().add(ledger_entry::Column::SubjectType.is_not_in(own)).add(served_whole(of.added));
    Condition::any().add(of_item).add(added)
}

/// The entries of these rows with their payloads and leaves.
async fn entries(db: &impl Db, rows: Vec<ledger_entry::Model>) -> Result<Vec<HistoryEntry>, StorageError> {
    let positions: Vec<_> = rows.iter().map(|row| row.position).collect();
    let mut payloads: HashMap<_, _> = ledger_payload::Entity::find()
        .filter(ledger_payload::Column::Position.is_in(positions.clone()))
        .all(db.inner())
        .await?
        .into_iter()
        .map(|row| (row.position, row.payload))
        .collect();
    let seqs = super::tree::seqs(db, &positions).await?;
    rows.into_iter()
        .map(|row| {
            let position = row.position;
            let payload = payloads.remove(&position);
            entry(row, payload, seqs.get(&position).copied()).ok_or_else(|| unreadable("level", position))
        })
        .collect()
}

fn entry(row: ledger_entry::Model, payload: Option<String>, seq: Option<u64>) -> Option<HistoryEntry> {
    Some(HistoryEntry {
        position: row.position,
        action: row.action,
        axis: Axis::from_code(&row.axis)?,
        level: Level::from_rank(row.level)?,
        actor_role: row.actor_role,
        actor_organisation: row.actor_organisation,
        at: Timestamp(row.at),
        digest: qadam_ledger::Digest::from_bytes(row.digest.try_into().ok()?).to_string(),
        seq,
        payload,
    })
}
