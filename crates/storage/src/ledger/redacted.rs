//! Entries from which passages were taken out: what they said is kept for the secretariat and for whoever reads more than
//! it does, and served to nobody wider.

use std::collections::HashMap;

use qadam_domain::ids::{ContributionId, ItemId};
use qadam_domain::levels::{Axis, Level};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

use super::entries::{NARROWED, unreadable};
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::{ledger_entry, ledger_payload, ledger_redacted};
use crate::error::StorageError;
use crate::write::Tx;

/// How many identifiers or places a statement names at most.
const CHUNK: usize = 1_000;

/// An entry that tells something about an item, with what it tells.
#[derive(Clone, PartialEq, Eq)]
pub struct ToldOfItem {
    /// Its place.
    pub position: i64,
    /// The kind of record.
    pub kind: String,
    /// The record's identifier.
    pub id: String,
    /// Who may read it.
    pub level: Level,
    /// Whether its leaf stays closed for ever.
    pub sealed: bool,
    /// Its leaf's number, once admitted.
    pub seq: Option<u64>,
    /// The payload.
    pub payload: String,
}

/// Leaves the payload out.
impl std::fmt::Debug for ToldOfItem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ToldOfItem").field("position", &self.position).finish_non_exhaustive()
    }
}

/// The entries that tell what an item and these additions to it say, at a level or wider, with payloads that are there; in
/// the order they were made.
pub async fn told_of_item(
    tx: &Tx,
    item: ItemId,
    added: &[ContributionId],
    floor: Level,
) -> Result<Vec<ToldOfItem>, StorageError> {
    let mut rows = entries(tx, Condition::all().add(ledger_entry::Column::ItemId.eq(item.0)), floor).await?;
    for chunk in added.chunks(CHUNK) {
        let ids = chunk.iter().map(ToString::to_string);
        // Those about the item itself are there already.
        let narrow = Condition::all()
            .add(ledger_entry::Column::ItemId.is_null())
            .add(ledger_entry::Column::SubjectId.is_in(ids));
        rows.extend(entries(tx, narrow, floor).await?);
    }
    rows.sort_by_key(|row| row.position);
    let mut told = Vec::with_capacity(rows.len());
    for chunk in rows.chunks(CHUNK) {
        told.extend(with_payloads(tx, chunk).await?);
    }
    Ok(told)
}

async fn entries(tx: &Tx, about: Condition, floor: Level) -> Result<Vec<ledger_entry::Model>, StorageError> {
    let rows = ledger_entry::Entity::find()
        .filter(about)
        .filter(ledger_entry::Column::Axis.eq(Axis::Text.code()))
        .filter(ledger_entry::Column::Level.gte(floor.rank()))
        .filter(ledger_entry::Column::Action.ne(NARROWED))
        .order_by_asc(ledger_entry::Column::Position);
    Ok(rows.all(tx.inner()).await?)
}

async fn with_payloads(tx: &Tx, rows: &[ledger_entry::Model]) -> Result<Vec<ToldOfItem>, StorageError> {
    let positions: Vec<i64> = rows.iter().map(|row| row.position).collect();
    let seqs = super::tree::seqs(tx, &positions).await?;
    let payloads = ledger_payload::Entity::find().filter(ledger_payload::Column::Position.is_in(positions));
    let mut payloads: HashMap<i64, String> =
        payloads.all(tx.inner()).await?.into_iter().map(|row| (row.position, row.payload)).collect();
    let told = rows.iter().filter_map(|row| payloads.remove(&row.position).map(|payload| (row, payload)));
    told.map(|(row, payload)| {
        Ok(ToldOfItem {
            position: row.position,
            kind: row.subject_type.clone(),
            id: row.subject_id.clone(),
            level: Level::from_rank(row.level).ok_or_else(|| unreadable("level", row.position))?,
            sealed: row.sealed,
            seq: seqs.get(&row.position).copied(),
            payload,
        })
    })
    .collect()
}

/// Marks entries, for good: nobody wider than the secretariat is served what they said.
pub async fn keep_from_wider(tx: &Tx, positions: &[i64]) -> Result<(), StorageError> {
    for chunk in positions.chunks(CHUNK) {
        let rows = chunk.iter().map(|position| ledger_redacted::ActiveModel { position: Set(*position) });
        ledger_redacted::Entity::insert_many(rows)
            .on_conflict(OnConflict::column(ledger_redacted::Column::Position).do_nothing().to_owned())
            .exec_without_returning(tx.inner())
            .await?;
    }
    Ok(())
}

/// Which of the entries at these places are marked.
pub(super) async fn kept_from_wider(db: &impl Db, positions: &[i64]) -> Result<Vec<i64>, StorageError> {
    let marked = ledger_redacted::Entity::find()
        .filter(ledger_redacted::Column::Position.is_in(positions.iter().copied()))
        .all(db.inner())
        .await?;
    Ok(marked.into_iter().map(|row| row.position).collect())
}

/// Entries that somebody with this floor is served as they were told.
pub(super) fn served_whole(floor: Level) -> Condition {
    if floor <= Level::Secretariat {
        return Condition::all();
    }
    let marked = Query::select()
        .expr(Expr::val(1))
        .from(ledger_redacted::Entity)
        .and_where(
            Expr::col((ledger_redacted::Entity, ledger_redacted::Column::Position))
                .equals((ledger_entry::Entity, ledger_entry::Column::Position)),
        )
        .to_owned();
    Condition::all().add(Expr::exists(marked).not())
}
