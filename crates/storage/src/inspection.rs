//! How a database is set up, for whoever looks after it.

use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

use crate::connect::Store;
use crate::db::sealed::Connection as _;
use crate::error::StorageError;

/// What has to be on in PostgreSQL for a commit to survive a power cut. The first stands for the writer's own
/// connection, the other for the whole server:
/// <https://www.postgresql.org/docs/current/runtime-config-wal.html>
const SWITCHES: [&str; 2] = ["synchronous_commit", "fsync"];

/// What has to be on where the file system may write half a page, and may be off where it copies on write: which of
/// both it is, the register cannot know.
const PAGES_WHOLE: &str = "full_page_writes";

impl Store {
    /// The settings of the database for which an acknowledged write would not survive a power cut, as `fsync = off`.
    /// None where all is well. On PostgreSQL asked on the connection that writes.
    pub async fn unsynced_settings(&self) -> Result<Vec<String>, StorageError> {
        if self.read().inner().get_database_backend() == DatabaseBackend::Sqlite {
            return self.unsynced_pragma().await;
        }
        let mut found = Vec::new();
        for name in SWITCHES {
            found.extend(self.switched_off(name).await?);
        }
        Ok(found)
    }

    /// The setting of PostgreSQL for which a power cut may leave half a page, unless the file system never writes half
    /// of one, as `full_page_writes = off`.
    pub async fn torn_pages_setting(&self) -> Result<Option<String>, StorageError> {
        if self.read().inner().get_database_backend() == DatabaseBackend::Sqlite {
            return Ok(None);
        }
        self.switched_off(PAGES_WHOLE).await
    }

    async fn switched_off(&self, name: &str) -> Result<Option<String>, StorageError> {
        let question = Statement::from_string(DatabaseBackend::Postgres, format!("SHOW {name}"));
        let row = self.writer.lease().query_one_raw(question).await?;
        let value: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?;
        let off = value.as_deref().is_none_or(|value| value == "off");
        Ok(off.then(|| format!("{name} = off")))
    }

    async fn unsynced_pragma(&self) -> Result<Vec<String>, StorageError> {
        let question = Statement::from_string(DatabaseBackend::Sqlite, "PRAGMA synchronous");
        let row = self.read().inner().query_one_raw(question).await?;
        let level: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?;
        // 2 is FULL, 3 EXTRA: https://www.sqlite.org/pragma.html#pragma_synchronous
        let synced = level.is_some_and(|level| level >= 2);
        Ok(if synced { Vec::new() } else { vec!["synchronous below FULL".to_owned()] })
    }
}
