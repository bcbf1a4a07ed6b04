//! What was entered into the ledger since somebody last looked: how a node learns what was changed of the records
//! it keeps in memory.

use qadam_domain::ids::ItemId;
use sea_orm::{ConnectionTrait, Statement};

use crate::db::Db;
use crate::error::StorageError;

/// Types of records that nodes keep in memory, as their entries name them.
const KEPT: [&str; 2] = ["organisation", "vocabulary_term"];

/// Whether records of a type are kept in memory.
pub(crate) fn is_kept(subject_type: &str) -> bool {
    KEPT.contains(&subject_type)
}

/// Whether an entry after the first place and up to the second is about a record that is kept in memory. The wider
/// the range, the more is read: it is for what was entered since somebody last looked.
pub async fn concern_memory(db: &impl Db, (after, up_to): (i64, i64)) -> Result<bool, StorageError> {
    let connection = db.inner();
    let [first, second] = KEPT;
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "SELECT 1 FROM ledger_entry WHERE position > $1 AND position <= $2 AND subject_type IN ($3, $4) LIMIT 1",
        [after.into(), up_to.into(), first.into(), second.into()],
    );
    Ok(connection.query_one_raw(statement).await?.is_some())
}

/// The items that entries after the first place and up to the second are about, each once.
pub async fn items_between(db: &impl Db, (after, up_to): (i64, i64)) -> Result<Vec<ItemId>, StorageError> {
    let connection = db.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "SELECT DISTINCT item_id FROM ledger_entry WHERE position > $1 AND position <= $2 AND item_id IS NOT NULL",
        [after.into(), up_to.into()],
    );
    let rows = connection.query_all_raw(statement).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0).map(ItemId)).collect::<Result<_, _>>()?)
}
