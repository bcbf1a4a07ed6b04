//! Entries whose payloads fewer read than when they were written, because what they are about was narrowed since.
//!
//! For items that follows from the item. What was added to one has levels of its own, and its entries are marked.

use qadam_domain::levels::Level;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use super::entries::NARROWED;
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::{ledger_entry, ledger_payload, ledger_withheld};
use crate::error::StorageError;
use crate::write::Tx;

/// A record by its kind and identifier, and who reads it now.
#[derive(Debug, Clone, Copy)]
pub struct NowRead<'a> {
    /// Its kind.
    pub kind: &'a str,
    /// Its identifier.
    pub id: &'a str,
    /// The level whose readers it has.
    pub level: Level,
}

/// Marks the entries about a record that were told wider than it is read now; others are read as they were told.
pub async fn withhold(tx: &Tx, record: NowRead<'_>) -> Result<(), StorageError> {
    let told: Vec<(i64, i16)> = about(record.kind, record.id)
        .select_only()
        .column(ledger_entry::Column::Position)
        .column(ledger_entry::Column::Level)
        .into_tuple()
        .all(tx.inner())
        .await?;
    let positions = told.iter().map(|(position, _)| *position);
    ledger_withheld::Entity::delete_many()
        .filter(ledger_withheld::Column::Position.is_in(positions))
        .exec(tx.inner())
        .await?;
    let wider = told.into_iter().filter(|(_, level)| *level > record.level.rank());
    let rows: Vec<_> = wider
        .map(|(position, _)| ledger_withheld::ActiveModel {
            position: Set(position),
            level: Set(record.level.rank()),
        })
        .collect();
    if !rows.is_empty() {
        ledger_withheld::Entity::insert_many(rows).exec_without_returning(tx.inner()).await?;
    }
    Ok(())
}

/// The leaf numbers of entries about a record that are open to the public, ascending.
pub async fn public_leaves_of(db: &impl Db, kind: &str, id: &str) -> Result<Vec<u64>, StorageError> {
    let positions: Vec<i64> = about(kind, id)
        .select_only()
        .column(ledger_entry::Column::Position)
        .filter(ledger_entry::Column::Level.eq(Level::Public.rank()))
        .filter(ledger_entry::Column::Sealed.eq(false))
        .into_tuple()
        .all(db.inner())
        .await?;
    leaves_at(db, &positions).await
}

/// The leaf numbers of entries about a record whose payloads are there, without those of an action, ascending.
pub async fn readable_leaves_of(
    db: &impl Db,
    kind: &str,
    id: &str,
    without: &str,
) -> Result<Vec<u64>, StorageError> {
    let stored =
        Query::select().column(ledger_payload::Column::Position).from(ledger_payload::Entity).to_owned();
    let positions: Vec<i64> = about(kind, id)
        .select_only()
        .column(ledger_entry::Column::Position)
        .filter(ledger_entry::Column::Action.ne(without))
        .filter(ledger_entry::Column::Position.in_subquery(stored))
        .into_tuple()
        .all(db.inner())
        .await?;
    leaves_at(db, &positions).await
}

async fn leaves_at(db: &impl Db, positions: &[i64]) -> Result<Vec<u64>, StorageError> {
    let mut seqs: Vec<u64> = super::tree::seqs(db, positions).await?.into_values().collect();
    seqs.sort_unstable();
    Ok(seqs)
}

/// Entries about a record that say what it is.
fn about(kind: &str, id: &str) -> sea_orm::Select<ledger_entry::Entity> {
    ledger_entry::Entity::find()
        .filter(ledger_entry::Column::SubjectType.eq(kind))
        .filter(ledger_entry::Column::SubjectId.eq(id))
        .filter(ledger_entry::Column::Action.ne(NARROWED))
}

/// Entries whose payloads somebody with this floor may still read.
pub(super) fn still_read(floor: Level) -> Condition {
    let marked = Query::select()
        .expr(Expr::val(1))
        .from(ledger_withheld::Entity)
        .and_where(
            Expr::col((ledger_withheld::Entity, ledger_withheld::Column::Position))
                .equals((ledger_entry::Entity, ledger_entry::Column::Position)),
        )
        .and_where(ledger_withheld::Column::Level.lt(floor.rank()))
        .to_owned();
    Condition::all().add(Expr::exists(marked).not())
}
