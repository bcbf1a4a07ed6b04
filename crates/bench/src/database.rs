//! The database under test, reached without the program's storage.

use std::str::FromStr as _;

use anyhow::{Result, bail};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};

/// Connections for reading, as many as the program has by default.
const READERS: u32 = 4;

/// An open database.
#[derive(Debug, Clone)]
pub(crate) enum Database {
    /// A file.
    Sqlite(SqlitePool),
    /// A server.
    Postgres(PgPool),
}

impl Database {
    /// Opens a database by its address, with the program's own settings.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        if url.starts_with("sqlite:") {
            let pool = SqlitePoolOptions::new().max_connections(READERS);
            return Ok(Self::Sqlite(pool.connect_with(sqlite(url)?).await?));
        }
        if url.starts_with("postgres") {
            let options = PgConnectOptions::from_str(url)?.options([("synchronous_commit", "on")]);
            return Ok(Self::Postgres(
                PgPoolOptions::new().max_connections(READERS).connect_with(options).await?,
            ));
        }
        bail!("{url} is no database that the program knows")
    }
}

/// How a SQLite file is opened: durable, as the program does.
pub(crate) fn sqlite(url: &str) -> Result<SqliteConnectOptions> {
    Ok(SqliteConnectOptions::from_str(url)?
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("cache_size", "-4096")
        .pragma("mmap_size", "0")
        .pragma("temp_store", "memory")
        .pragma("secure_delete", "on")
        .pragma("recursive_triggers", "on"))
}
