//! What was entered into the ledger since somebody last looked: how a node learns what others changed.

use sea_orm::{ConnectionTrait, Statement};

use crate::db::Db;
use crate::error::StorageError;

/// Whether an entry after the first place and up to the second is about a record of one of two types. The wider
/// the range, the more is read: it is for what was entered since somebody last looked.
pub async fn concern(
    db: &impl Db,
    (after, up_to): (i64, i64),
    types: [&str; 2],
) -> Result<bool, StorageError> {
    let connection = db.inner();
    let [first, second] = types;
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "SELECT 1 FROM ledger_entry WHERE position > $1 AND position <= $2 AND subject_type IN ($3, $4) LIMIT 1",
        [after.into(), up_to.into(), first.into(), second.into()],
    );
    Ok(connection.query_one_raw(statement).await?.is_some())
}
