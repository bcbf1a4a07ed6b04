//! Drafts that nobody touched for long, and whether those who write them were told that they will be deleted.

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::ItemId;
use sea_orm::{ConnectionTrait, Statement};

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::error::StorageError;
use crate::write::Tx;

/// How many drafts are read at once.
pub const STALE_DRAFTS_MAX: usize = 100;

/// A draft that nobody touched for long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaleDraft {
    /// The draft.
    pub id: ItemId,
    /// When it was last touched.
    pub touched_at: Timestamp,
    /// When its end was last told.
    pub told_at: Option<Timestamp>,
}

/// Drafts that were last touched by then, and whose end was not told since or was told by another instant; those that wait
/// longest first, [`STALE_DRAFTS_MAX`] at most.
pub async fn stale_drafts(
    db: &impl Db,
    touched_by: Timestamp,
    told_by: Timestamp,
) -> Result<Vec<StaleDraft>, StorageError> {
    let connection = db.inner();
    let text = format!(
        "SELECT i.id, i.changed_own, n.told_at FROM item i LEFT JOIN draft_notice n ON n.item_id = i.id \
         WHERE i.status = 'draft' AND i.changed_own <= $1 \
         AND (n.told_at IS NULL OR n.told_at < i.changed_own OR n.told_at <= $2) \
         ORDER BY i.changed_own, i.id LIMIT {STALE_DRAFTS_MAX}"
    );
    let values = [touched_by.0.into(), told_by.0.into()];
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), text, values);
    let rows = connection.query_all_raw(statement).await?;
    let draft = |row: &sea_orm::QueryResult| {
        Ok(StaleDraft {
            id: ItemId(row.try_get_by_index(0)?),
            touched_at: Timestamp(row.try_get_by_index(1)?),
            told_at: row.try_get_by_index::<Option<i64>>(2)?.map(Timestamp),
        })
    };
    rows.iter().map(draft).collect()
}

/// When the end of a draft was last told.
pub async fn draft_told_at(db: &impl Db, id: ItemId) -> Result<Option<Timestamp>, StorageError> {
    let connection = db.inner();
    let text = "SELECT told_at FROM draft_notice WHERE item_id = $1";
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), text, [id.0.into()]);
    let row = connection.query_one_raw(statement).await?;
    row.map(|row| Ok(Timestamp(row.try_get_by_index(0)?))).transpose()
}

/// Notes that the end of a draft was told.
pub async fn note_draft_told(tx: &Tx, id: ItemId, at: Timestamp) -> Result<(), StorageError> {
    let text = "INSERT INTO draft_notice (item_id, told_at) VALUES ($1, $2) \
                ON CONFLICT (item_id) DO UPDATE SET told_at = excluded.told_at";
    execute(tx, text, [id.0.into(), at.0.into()]).await
}

/// Forgets that the end of a draft was told.
pub(super) async fn delete_draft_notice(tx: &Tx, id: ItemId) -> Result<(), StorageError> {
    execute(tx, "DELETE FROM draft_notice WHERE item_id = $1", [id.0.into()]).await
}

async fn execute<const N: usize>(
    tx: &Tx,
    text: &str,
    values: [sea_orm::Value; N],
) -> Result<(), StorageError> {
    let connection = tx.inner();
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), text, values);
    connection.execute_raw(statement).await?;
    Ok(())
}
