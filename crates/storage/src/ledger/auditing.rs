//! The ledger as it lies in the tables, whoever may read it: for whoever checks a database, and for nobody who asks
//! by the network.

use std::collections::{HashMap, HashSet};

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::ItemId;
use qadam_domain::levels::{Axis, Level};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entries::unreadable;
use super::redacted::kept_from_wider;
use crate::db::Db;
use crate::entities::{ledger_checkpoint, ledger_entry, ledger_leaf, ledger_payload, ledger_queue};
use crate::error::StorageError;

/// An entry with everything that is stored about it, but for the salt of its actor.
#[derive(Clone, PartialEq, Eq)]
pub struct AuditedEntry {
    /// Its place.
    pub position: i64,
    /// What was done.
    pub action: String,
    /// The kind of record.
    pub subject_type: String,
    /// The record's identifier.
    pub subject_id: String,
    /// The record's ref, where the entry's readers may know it.
    pub subject_ref: Option<String>,
    /// The item in whose history it is.
    pub item: Option<ItemId>,
    /// The role that acted.
    pub actor_role: String,
    /// Code of the organisation that acted; never one of civil society.
    pub actor_organisation: Option<String>,
    /// What it is about.
    pub axis: Axis,
    /// Who may read the payload.
    pub level: Level,
    /// Whether its leaf stays closed for ever.
    pub sealed: bool,
    /// When it was made, as its readers are told.
    pub at: Timestamp,
    /// SHA-256(salt ‖ canonical payload), as the entry has it.
    pub digest: Vec<u8>,
    /// Its leaf, canonical, once admitted.
    pub leaf: Option<String>,
    /// Whether it waits for admission.
    pub queued: bool,
    /// Salt and payload, unless they were deleted.
    pub opened: Option<(Vec<u8>, String)>,
    /// Whether passages were taken out of what it tells, and it is kept from those who read less than the secretariat.
    pub redacted: bool,
}

/// Leaves the payload out.
impl std::fmt::Debug for AuditedEntry {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AuditedEntry").field("position", &self.position).finish_non_exhaustive()
    }
}

/// Entries after a place, in order of their places, `limit` at most.
pub async fn audited_entries(
    db: &impl Db,
    after: i64,
    limit: u64,
) -> Result<Vec<AuditedEntry>, StorageError> {
    let rows = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::Position.gt(after))
        .order_by_asc(ledger_entry::Column::Position)
        .limit(limit)
        .all(db.inner())
        .await?;
    with_parts(db, rows).await
}

/// Entries in the tree after a leaf (from the first without one), in order of their leaves, `limit` at most.
pub async fn audited_leaves(
    db: &impl Db,
    after: Option<u64>,
    limit: u64,
) -> Result<Vec<AuditedEntry>, StorageError> {
    let after = after.map_or(-1, |seq| i64::try_from(seq).unwrap_or(i64::MAX));
    let positions: Vec<i64> = ledger_leaf::Entity::find()
        .select_only()
        .column(ledger_leaf::Column::Position)
        .filter(ledger_leaf::Column::Seq.gt(after))
        .order_by_asc(ledger_leaf::Column::Seq)
        .limit(limit)
        .into_tuple()
        .all(db.inner())
        .await?;
    let rows = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::Position.is_in(positions.iter().copied()))
        .all(db.inner())
        .await?;
    let mut entries: HashMap<i64, AuditedEntry> =
        with_parts(db, rows).await?.into_iter().map(|entry| (entry.position, entry)).collect();
    positions
        .into_iter()
        .map(|position| entries.remove(&position).ok_or_else(|| unreadable("position", position)))
        .collect()
}

/// The notes of checkpoints as they were signed, of sizes after one, by size.
pub async fn audited_checkpoints(
    db: &impl Db,
    after: Option<u64>,
    limit: u64,
) -> Result<Vec<(u64, String)>, StorageError> {
    let after = after.map_or(-1, |size| i64::try_from(size).unwrap_or(i64::MAX));
    let rows = ledger_checkpoint::Entity::find()
        .filter(ledger_checkpoint::Column::Size.gt(after))
        .order_by_asc(ledger_checkpoint::Column::Size)
        .limit(limit)
        .all(db.inner())
        .await?;
    Ok(rows.into_iter().map(|row| (u64::try_from(row.size).unwrap_or_default(), row.note)).collect())
}

async fn with_parts(db: &impl Db, rows: Vec<ledger_entry::Model>) -> Result<Vec<AuditedEntry>, StorageError> {
    let positions: Vec<i64> = rows.iter().map(|row| row.position).collect();
    let among = || positions.iter().copied();
    let leaves = ledger_leaf::Entity::find().filter(ledger_leaf::Column::Position.is_in(among()));
    let mut leaves: HashMap<i64, String> =
        leaves.all(db.inner()).await?.into_iter().map(|row| (row.position, row.leaf)).collect();
    let payloads = ledger_payload::Entity::find().filter(ledger_payload::Column::Position.is_in(among()));
    let mut payloads: HashMap<i64, (Vec<u8>, String)> = payloads
        .all(db.inner())
        .await?
        .into_iter()
        .map(|row| (row.position, (row.salt, row.payload)))
        .collect();
    let queued = ledger_queue::Entity::find().filter(ledger_queue::Column::Position.is_in(among()));
    let queued: HashSet<i64> = queued.all(db.inner()).await?.into_iter().map(|row| row.position).collect();
    let redacted: HashSet<i64> = kept_from_wider(db, &positions).await?.into_iter().collect();
    rows.into_iter()
        .map(|row| {
            let position = row.position;
            Ok(AuditedEntry {
                position,
                action: row.action,
                axis: Axis::from_code(&row.axis).ok_or_else(|| unreadable("axis", position))?,
                level: Level::from_rank(row.level).ok_or_else(|| unreadable("level", position))?,
                sealed: row.sealed,
                at: Timestamp(row.at),
                subject_type: row.subject_type,
                subject_id: row.subject_id,
                subject_ref: row.subject_ref,
                item: row.item_id.map(ItemId),
                actor_role: row.actor_role,
                actor_organisation: row.actor_organisation,
                digest: row.digest,
                leaf: leaves.remove(&position),
                queued: queued.contains(&position),
                opened: payloads.remove(&position),
                redacted: redacted.contains(&position),
            })
        })
        .collect()
}
