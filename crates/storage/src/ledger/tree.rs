//! Leaves, nodes and checkpoints, and the queue of entries that wait for admission.

use std::collections::HashMap;

use chrono::NaiveDate;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{ContributionId, ItemId};
use qadam_domain::items::contributions::ContributionKind;
use qadam_domain::levels::{Axis, Level};
use qadam_ledger::{Digest, Node, NodeAddress};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    Statement,
};

use super::entries::{ITEM_FILING, NARROWED, unreadable};
use super::redacted::served_whole;
use super::withheld::still_read;
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::{
    item, ledger_checkpoint, ledger_entry, ledger_leaf, ledger_node, ledger_payload, ledger_queue,
};
use crate::error::StorageError;
use crate::items::Scope;
use crate::write::Tx;

/// An entry that waits for its leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its place.
    pub position: i64,
    /// Whether it waits for the day's batch.
    pub daily: bool,
    /// The local day it was made.
    pub entered_on: NaiveDate,
    /// Whether its leaf stays closed.
    pub sealed: bool,
    /// Who may read the payload.
    pub level: Level,
    /// The item, where the record is one and the entry is about its text.
    pub text_of: Option<ItemId>,
    /// What was done.
    pub action: String,
    /// The kind of record.
    pub subject_type: String,
    /// The record's identifier.
    pub subject_id: String,
    /// The record's ref.
    pub subject_ref: Option<String>,
    /// The role that acted.
    pub actor_role: String,
    /// The organisation that acted.
    pub actor_organisation: Option<String>,
    /// SHA-256(salt ‖ canonical payload).
    pub digest: Digest,
}

/// Entries that wait: those for immediate admission, and those of the daily batch made before `daily_before`.
/// In the order they were made, `limit` at most.
pub async fn waiting(
    db: &impl Db,
    daily_before: NaiveDate,
    limit: u64,
) -> Result<Vec<Waiting>, StorageError> {
    let due = ledger_queue::Column::Daily
        .eq(false)
        .or(ledger_queue::Column::EnteredOn.lt(daily_before.to_string()));
    let queued = ledger_queue::Entity::find()
        .filter(due)
        .order_by_asc(ledger_queue::Column::Position)
        .limit(limit)
        .all(db.inner())
        .await?;
    let mut entries: HashMap<_, _> = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::Position.is_in(queued.iter().map(|row| row.position)))
        .all(db.inner())
        .await?
        .into_iter()
        .map(|row| (row.position, row))
        .collect();
    queued
        .into_iter()
        .map(|row| {
            let position = row.position;
            let entry = entries.remove(&position).ok_or_else(|| unreadable("position", position))?;
            Ok(Waiting {
                position,
                daily: row.daily,
                entered_on: row.entered_on.parse().map_err(|_| unreadable("entered_on", position))?,
                sealed: entry.sealed,
                level: Level::from_rank(entry.level).ok_or_else(|| unreadable("level", position))?,
                text_of: entry.item_id.filter(|_| entry.axis == Axis::Text.code()).map(ItemId),
                action: entry.action,
                subject_type: entry.subject_type,
                subject_id: entry.subject_id,
                subject_ref: entry.subject_ref,
                actor_role: entry.actor_role,
                actor_organisation: entry.actor_organisation,
                digest: digest(&entry.digest).ok_or_else(|| unreadable("digest", position))?,
            })
        })
        .collect()
}

/// A leaf to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    /// Its number.
    pub seq: u64,
    /// The entry's place.
    pub position: i64,
    /// The leaf, canonical.
    pub leaf: String,
}

/// Writes leaves and the nodes they complete, and takes their entries from the queue.
pub async fn admit(tx: &Tx, leaves: &[Admitted], nodes: &[Node]) -> Result<(), StorageError> {
    let connection = tx.inner();
    // Chunks stay below the databases' limits on parameters.
    for chunk in leaves.chunks(1_000) {
        let rows = chunk.iter().map(|leaf| ledger_leaf::ActiveModel {
            seq: Set(number(leaf.seq)),
            position: Set(leaf.position),
            leaf: Set(leaf.leaf.clone()),
        });
        ledger_leaf::Entity::insert_many(rows).exec_without_returning(connection).await?;
        ledger_queue::Entity::delete_many()
            .filter(ledger_queue::Column::Position.is_in(chunk.iter().map(|leaf| leaf.position)))
            .exec(connection)
            .await?;
    }
    for chunk in nodes.chunks(1_000) {
        let rows = chunk.iter().map(|node| ledger_node::ActiveModel {
            level: Set(i64::from(node.address.level)),
            place: Set(number(node.address.index)),
            hash: Set(node.hash.as_bytes().to_vec()),
        });
        ledger_node::Entity::insert_many(rows).exec_without_returning(connection).await?;
    }
    Ok(())
}

/// How many leaves the tree has.
pub async fn size(db: &impl Db) -> Result<u64, StorageError> {
    let connection = db.inner();
    let statement =
        Statement::from_string(connection.get_database_backend(), "SELECT MAX(seq) FROM ledger_leaf");
    let last: Option<i64> = match connection.query_one_raw(statement).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => None,
    };
    Ok(last.and_then(|last| u64::try_from(last).ok()).map_or(0, |last| last + 1))
}

/// Whether every entry for immediate admission is in the tree.
pub async fn is_admitted(db: &impl Db) -> Result<bool, StorageError> {
    let waiting = ledger_queue::Entity::find()
        .filter(ledger_queue::Column::Daily.eq(false))
        .limit(1)
        .all(db.inner())
        .await?;
    Ok(waiting.is_empty())
}

/// The stored hashes at these addresses; those that are not stored are left out.
pub async fn nodes(
    db: &impl Db,
    addresses: &[NodeAddress],
) -> Result<HashMap<NodeAddress, Digest>, StorageError> {
    if addresses.is_empty() {
        return Ok(HashMap::new());
    }
    let tuple = Expr::tuple([Expr::col(ledger_node::Column::Level), Expr::col(ledger_node::Column::Place)]);
    let wanted = addresses
        .iter()
        .map(|address| Expr::tuple([Expr::val(i64::from(address.level)), Expr::val(number(address.index))]));
    let any = wanted.fold(sea_orm::Condition::any(), |any, pair| any.add(tuple.clone().eq(pair)));
    let rows = ledger_node::Entity::find().filter(any).all(db.inner()).await?;
    rows.into_iter()
        .map(|row| {
            let hash = digest(&row.hash);
            let address = u32::try_from(row.level)
                .ok()
                .zip(u64::try_from(row.place).ok())
                .map(|(level, index)| NodeAddress { level, index });
            address.zip(hash).ok_or_else(|| StorageError::Inconsistent {
                table: "ledger_node",
                column: "hash",
                row: format!("{}/{}", row.level, row.place),
            })
        })
        .collect()
}

/// A leaf as served: with salt and payload where the viewer may see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicEntry {
    /// The leaf, canonical.
    pub leaf: String,
    /// Salt and payload.
    pub opened: Option<(Vec<u8>, String)>,
    /// What it tells of, where it is opened to this viewer and not to the public.
    pub told_to_few: Option<ToldOf>,
}

/// What an entry tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToldOf {
    /// An item, or something that whoever reads the item reads with it.
    Item(ItemId),
    /// Something that was added to an item, and that fewer read.
    Added(ContributionId),
}

/// Leaves after a number (from the start without one), `limit` at most, opened where the viewer may see both the
/// subject now and the entry's level.
pub async fn entries_after(
    db: &impl Db,
    scope: Scope,
    after: Option<u64>,
    limit: u64,
) -> Result<Vec<PublicEntry>, StorageError> {
    let leaves = ledger_leaf::Entity::find()
        .filter(ledger_leaf::Column::Seq.gt(after.map_or(-1, number)))
        .order_by_asc(ledger_leaf::Column::Seq)
        .limit(limit)
        .all(db.inner())
        .await?;
    let positions: Vec<_> = leaves.iter().map(|leaf| leaf.position).collect();
    let mut opened = opened(db, scope, &positions).await?;
    Ok(leaves
        .into_iter()
        .map(|leaf| match opened.remove(&leaf.position) {
            Some(opened) => PublicEntry {
                opened: Some((opened.salt, opened.payload)),
                told_to_few: opened.told_to_few,
                leaf: leaf.leaf,
            },
            None => PublicEntry { opened: None, told_to_few: None, leaf: leaf.leaf },
        })
        .collect())
}

/// What a viewer is given of an entry.
struct Opened {
    salt: Vec<u8>,
    payload: String,
    told_to_few: Option<ToldOf>,
}

/// An entry that may be one that is opened.
#[derive(FromQueryResult)]
struct Candidate {
    position: i64,
    item_id: Option<uuid::Uuid>,
    subject_type: String,
    subject_id: String,
    action: String,
    level: i16,
}

impl Candidate {
    fn told_to_few(&self) -> Option<ToldOf> {
        if self.level >= Level::Public.rank() {
            return None;
        }
        let item = self.item_id.map(|id| ToldOf::Item(ItemId(id)));
        let added =
            ContributionKind::from_code(&self.subject_type).and_then(|_| self.subject_id.parse().ok());
        item.or(added.map(ToldOf::Added))
    }
}

/// What the viewer may read on any item or record: at the viewer's floor or wider, and the item, where it is one, visible
/// now.
async fn opened(db: &impl Db, scope: Scope, positions: &[i64]) -> Result<HashMap<i64, Opened>, StorageError> {
    let readable: Vec<Candidate> = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::Position.is_in(positions.iter().copied()))
        .filter(ledger_entry::Column::Level.gte(scope.floor().rank()))
        .filter(never_sealed_for(scope))
        .filter(still_read(scope.floor()))
        .filter(served_whole(scope.floor()))
        .into_model()
        .all(db.inner())
        .await?;
    let items: Vec<_> = readable.iter().filter_map(|entry| entry.item_id).collect();
    let texts = visible(db, scope.text(), &items).await?;
    let names = visible(db, scope.identity(), &items).await?;
    let open = readable.into_iter().filter(|entry| {
        let seen = if entry.subject_type == ITEM_FILING { &names } else { &texts };
        let is_seen = |item: uuid::Uuid| seen.contains(&item) && texts.contains(&item);
        entry.action == NARROWED || entry.item_id.is_none_or(is_seen)
    });
    let open: HashMap<i64, Option<ToldOf>> =
        open.map(|entry| (entry.position, entry.told_to_few())).collect();
    let payloads = ledger_payload::Entity::find()
        .filter(ledger_payload::Column::Position.is_in(open.keys().copied()))
        .all(db.inner())
        .await?;
    let opened = |row: ledger_payload::Model| {
        let told_to_few = open.get(&row.position).copied().flatten();
        (row.position, Opened { salt: row.salt, payload: row.payload, told_to_few })
    };
    Ok(payloads.into_iter().map(opened).collect())
}

/// Those of the items that meet a condition.
async fn visible(
    db: &impl Db,
    condition: sea_orm::Condition,
    items: &[uuid::Uuid],
) -> Result<std::collections::HashSet<uuid::Uuid>, StorageError> {
    let found: Vec<uuid::Uuid> = item::Entity::find()
        .select_only()
        .column(item::Column::Id)
        .filter(item::Column::Id.is_in(items.iter().copied()))
        .filter(condition)
        .into_tuple()
        .all(db.inner())
        .await?;
    Ok(found.into_iter().collect())
}

/// Sealed entries are never opened to the public, whatever their level: it learns of them by the day's batch.
fn never_sealed_for(scope: Scope) -> sea_orm::Condition {
    let any = sea_orm::Condition::all();
    if scope.floor() == Level::Public { any.add(ledger_entry::Column::Sealed.eq(false)) } else { any }
}

/// The newest checkpoint.
pub async fn checkpoint(db: &impl Db) -> Result<Option<(u64, String)>, StorageError> {
    let newest = ledger_checkpoint::Entity::find()
        .order_by_desc(ledger_checkpoint::Column::Size)
        .one(db.inner())
        .await?;
    Ok(newest.map(|row| (u64::try_from(row.size).unwrap_or_default(), row.note)))
}

/// The newest checkpoint that was signed before an instant: its note, and when.
pub async fn checkpoint_before(
    db: &impl Db,
    at: Timestamp,
) -> Result<Option<(String, Timestamp)>, StorageError> {
    let newest = ledger_checkpoint::Entity::find()
        .filter(ledger_checkpoint::Column::SignedAt.lt(at.0))
        .order_by_desc(ledger_checkpoint::Column::Size)
        .one(db.inner())
        .await?;
    Ok(newest.map(|row| (row.note, Timestamp(row.signed_at))))
}

/// Keeps a signed checkpoint. One is kept for each size: a log never signs two for one.
pub async fn insert_checkpoint(tx: &Tx, size: u64, note: &str, at: Timestamp) -> Result<(), StorageError> {
    let row = ledger_checkpoint::ActiveModel {
        size: Set(number(size)),
        note: Set(note.to_owned()),
        signed_at: Set(at.0),
    };
    ledger_checkpoint::Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Replaces the note of a checkpoint by one that says the same under more signatures.
pub async fn replace_checkpoint(tx: &Tx, size: u64, note: &str) -> Result<(), StorageError> {
    ledger_checkpoint::Entity::update_many()
        .col_expr(ledger_checkpoint::Column::Note, Expr::value(note))
        .filter(ledger_checkpoint::Column::Size.eq(number(size)))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// The leaf numbers of entries, for those admitted.
pub(super) async fn seqs(db: &impl Db, positions: &[i64]) -> Result<HashMap<i64, u64>, StorageError> {
    let leaves: Vec<(i64, i64)> = ledger_leaf::Entity::find()
        .select_only()
        .column(ledger_leaf::Column::Position)
        .column(ledger_leaf::Column::Seq)
        .filter(ledger_leaf::Column::Position.is_in(positions.iter().copied()))
        .into_tuple()
        .all(db.inner())
        .await?;
    Ok(leaves
        .into_iter()
        .filter_map(|(position, seq)| u64::try_from(seq).ok().map(|seq| (position, seq)))
        .collect())
}

fn digest(bytes: &[u8]) -> Option<Digest> {
    <[u8; 32]>::try_from(bytes).ok().map(Digest::from_bytes)
}

/// A count as stored; sizes beyond 2^63 do not arise.
fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
