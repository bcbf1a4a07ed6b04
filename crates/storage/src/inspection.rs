//! How a database is set up, for whoever looks after it.

use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

use crate::connect::Store;
use crate::error::StorageError;

impl Store {
    /// Whether an acknowledged write survives a power cut, as the database itself says.
    pub async fn is_synced(&self) -> Result<bool, StorageError> {
        let backend = self.readers.get_database_backend();
        let sqlite = backend == DatabaseBackend::Sqlite;
        let question = if sqlite { "PRAGMA synchronous" } else { "SHOW synchronous_commit" };
        let row = self.readers.query_one_raw(Statement::from_string(backend, question)).await?;
        let Some(row) = row else { return Ok(false) };
        if sqlite {
            // 2 is FULL, 3 EXTRA: https://www.sqlite.org/pragma.html#pragma_synchronous
            return Ok(row.try_get_by_index::<i64>(0)? >= 2);
        }
        Ok(row.try_get_by_index::<String>(0)? != "off")
    }
}
