//! Saving meetings: the row and what changed in its parts.

use qadam_domain::meetings::Meeting;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::difference::Difference;
use super::{agenda, attendance, decisions, row};
use crate::changes::keep_changes;
use crate::db::sealed::Connection;
use crate::entities::meeting::{Column, Entity};
use crate::error::StorageError;
use crate::write::Tx;

/// Inserts a new meeting with its parts; `Taken` where its code is. `position` is its entry in the ledger.
pub async fn insert(tx: &Tx, meeting: &Meeting, position: i64) -> Result<(), StorageError> {
    Entity::insert(row::active(meeting, position)?).exec_without_returning(tx.inner()).await?;
    agenda::save(tx, meeting.id, &Difference::between(&[], &meeting.agenda)).await?;
    decisions::save(tx, meeting.id, &Difference::between(&[], &meeting.decisions)).await?;
    attendance::replace(tx, meeting).await
}

/// Saves a meeting that was read as `before`, if its row still has that version. The caller raises the version of
/// `after`; a part keeps its identifier, whatever becomes of its number and its text.
pub async fn update(tx: &Tx, before: &Meeting, after: &Meeting, position: i64) -> Result<(), StorageError> {
    let mut changes = keep_changes(row::active(after, position)?, &row::active(before, position)?);
    changes.position = Set(position);
    let outcome = Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(before.id.0))
        .filter(Column::Version.eq(before.version))
        .exec(tx.inner())
        .await?;
    if outcome.rows_affected != 1 {
        return Err(StorageError::VersionConflict);
    }
    // Decisions point to agenda lines: new lines come before them, and lines go after them.
    let lines = Difference::between(&before.agenda, &after.agenda);
    agenda::save(tx, before.id, &lines).await?;
    decisions::save(tx, before.id, &Difference::between(&before.decisions, &after.decisions)).await?;
    agenda::delete_gone(tx, &lines).await?;
    if before.attendance != after.attendance {
        attendance::replace(tx, after).await?;
    }
    Ok(())
}
