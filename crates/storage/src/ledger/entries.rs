//! Entries and their payloads.

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::ItemId;
use qadam_domain::levels::{Axis, Level};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Statement};

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::{ledger_entry, ledger_payload, ledger_queue};
use crate::error::StorageError;
use crate::news;
use crate::write::{Later, Tx};

/// An entry about to be written.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Its place, from [`next_position`].
    pub position: i64,
    /// What was done, `item.status_changed`.
    pub action: String,
    /// The kind of record, `item`.
    pub subject_type: String,
    /// The record's identifier.
    pub subject_id: String,
    /// The record's ref, where the entry's readers may know it.
    pub subject_ref: Option<String>,
    /// The item, where the record is one or belongs to one and its readers read the entry.
    pub item: Option<ItemId>,
    /// The role that acted.
    pub actor_role: String,
    /// Code of the organisation that acted; never one of civil society.
    pub actor_organisation: Option<String>,
    /// What it is about.
    pub axis: Axis,
    /// Who may read it.
    pub level: Level,
    /// Whether its leaf stays closed for ever.
    pub sealed: bool,
    /// Whether it is admitted with the day's batch and not at once.
    pub daily: bool,
    /// The local day it was made.
    pub entered_on: chrono::NaiveDate,
    /// When.
    pub at: Timestamp,
    /// SHA-256(salt ‖ canonical payload).
    pub digest: [u8; 32],
    /// 32 random bytes.
    pub salt: [u8; 32],
    /// 32 other random bytes, never served.
    pub actor_salt: [u8; 32],
    /// The payload, canonical.
    pub payload: String,
}

/// Takes the next place in the ledger.
pub fn next_position(tx: &Tx) -> i64 {
    tx.take_position()
}

/// Writes an entry, its payload, and its place in the queue for admission.
pub async fn append(tx: &Tx, entry: NewEntry) -> Result<(), StorageError> {
    tx.note(entry.position);
    if entry.level == Level::Public {
        tx.note_public(entry.position);
    }
    if news::is_kept(&entry.subject_type) {
        tx.note_kept(entry.position);
    }
    let position = Set(entry.position);
    let payload = ledger_payload::ActiveModel {
        position: position.clone(),
        salt: Set(entry.salt.to_vec()),
        actor_salt: Set(entry.actor_salt.to_vec()),
        payload: Set(entry.payload),
    };
    let queue = ledger_queue::ActiveModel {
        position: position.clone(),
        daily: Set(entry.daily),
        entered_on: Set(entry.entered_on.to_string()),
    };
    let entry = ledger_entry::ActiveModel {
        position,
        action: Set(entry.action),
        subject_type: Set(entry.subject_type),
        subject_id: Set(entry.subject_id),
        subject_ref: Set(entry.subject_ref),
        item_id: Set(entry.item.map(|id| id.0)),
        actor_role: Set(entry.actor_role),
        actor_organisation: Set(entry.actor_organisation),
        axis: Set(entry.axis.code().to_owned()),
        level: Set(entry.level.rank()),
        sealed: Set(entry.sealed),
        at: Set(entry.at.0),
        digest: Set(entry.digest.to_vec()),
    };
    tx.later(Later::insert(entry)).await?;
    tx.later(Later::insert(payload)).await?;
    tx.later(Later::insert(queue)).await
}

/// Deletes a payload and its salts. What it said, if there was one.
pub async fn delete_payload(tx: &Tx, position: i64) -> Result<Option<String>, StorageError> {
    let connection = tx.inner();
    let Some(found) = ledger_payload::Entity::find_by_id(position).one(connection).await? else {
        return Ok(None);
    };
    ledger_payload::Entity::delete_by_id(position).exec(connection).await?;
    Ok(Some(found.payload))
}

/// The newest place in the ledger; 0 when it is empty.
pub async fn last_position(db: &impl Db) -> Result<i64, StorageError> {
    let connection = db.inner();
    let backend = connection.get_database_backend();
    let statement = Statement::from_string(backend, "SELECT COALESCE(MAX(position), 0) FROM ledger_entry");
    let row = connection.query_one_raw(statement).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0))
}

/// The newest place among entries that readers of a level may see: those at the level or wider; 0 when none.
pub async fn newest_position(db: &impl Db, floor: Level) -> Result<i64, StorageError> {
    let connection = db.inner();
    let mut newest = 0;
    // One index look-up a level, each at the end of its range.
    for level in Level::ALL.into_iter().filter(|level| *level >= floor) {
        let statement = Statement::from_sql_and_values(
            connection.get_database_backend(),
            "SELECT MAX(position) FROM ledger_entry WHERE level = $1",
            [level.rank().into()],
        );
        if let Some(row) = connection.query_one_raw(statement).await? {
            newest = newest.max(row.try_get_by_index::<Option<i64>>(0)?.unwrap_or(0));
        }
    }
    Ok(newest)
}

/// The place of the leaf `seq`.
pub async fn position_of(db: &impl Db, seq: u64) -> Result<Option<i64>, StorageError> {
    let Ok(seq) = i64::try_from(seq) else { return Ok(None) };
    let leaf = crate::entities::ledger_leaf::Entity::find_by_id(seq).one(db.inner()).await?;
    Ok(leaf.map(|leaf| leaf.position))
}

/// What an entry is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntrySubject {
    /// What was done.
    pub action: String,
    /// The kind of record.
    pub kind: String,
    /// Its identifier.
    pub id: String,
    /// The item, where the record is one or belongs to one.
    pub item: Option<ItemId>,
    /// The axis.
    pub axis: Axis,
    /// Who may read it.
    pub level: Level,
    /// Whether its leaf stays closed for ever.
    pub sealed: bool,
}

/// What the entry at a place is about.
pub async fn entry_at(db: &impl Db, position: i64) -> Result<Option<EntrySubject>, StorageError> {
    let found = ledger_entry::Entity::find_by_id(position).one(db.inner()).await?;
    let Some(row) = found else { return Ok(None) };
    Ok(Some(EntrySubject {
        action: row.action,
        kind: row.subject_type,
        id: row.subject_id,
        item: row.item_id.map(ItemId),
        axis: Axis::from_code(&row.axis).ok_or_else(|| unreadable("axis", position))?,
        level: Level::from_rank(row.level).ok_or_else(|| unreadable("level", position))?,
        sealed: row.sealed,
    }))
}

pub(super) fn unreadable(column: &'static str, position: i64) -> StorageError {
    StorageError::Inconsistent { table: "ledger_entry", column, row: position.to_string() }
}

/// The action of entries that tell that something was narrowed. They hold no text and stay readable by those who
/// read the record before.
pub const NARROWED: &str = "item.narrowed";

/// The kind of record of what an item says.
pub const ITEM: &str = "item";

/// The kind of record under which is kept who filed an item. Who may know that reads such entries; every other entry
/// about an item is read by those who read its text.
pub const ITEM_FILING: &str = "item_filing";

/// The leaf numbers of entries about an item that are open to the public, ascending: of those about who filed it, or
/// of all others.
pub async fn public_leaves(db: &impl Db, item: ItemId, axis: Axis) -> Result<Vec<u64>, StorageError> {
    let filing = match axis {
        Axis::Identity => ledger_entry::Column::SubjectType.eq(ITEM_FILING),
        Axis::Text => ledger_entry::Column::SubjectType.ne(ITEM_FILING),
    };
    let positions: Vec<i64> = ledger_entry::Entity::find()
        .select_only()
        .column(ledger_entry::Column::Position)
        .filter(ledger_entry::Column::ItemId.eq(item.0))
        .filter(filing)
        .filter(ledger_entry::Column::Action.ne(NARROWED))
        .filter(ledger_entry::Column::Level.eq(Level::Public.rank()))
        .filter(ledger_entry::Column::Sealed.eq(false))
        .into_tuple()
        .all(db.inner())
        .await?;
    let mut seqs: Vec<u64> = super::tree::seqs(db, &positions).await?.into_values().collect();
    seqs.sort_unstable();
    Ok(seqs)
}
