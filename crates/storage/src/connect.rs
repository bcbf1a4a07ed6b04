//! Opening a database.
//!
//! SQLite: one file, write-ahead log, one writing connection that begins IMMEDIATE, a few query-only readers, no
//! memory mapping. PostgreSQL: one writing connection a node and a pool of readers. The schema is brought up to
//! date on opening when asked to.

use std::sync::Arc;
use std::time::Duration;

use qadam_migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection};

use crate::db::Reader;
use crate::error::StorageError;
use crate::write::Writer;

/// Whether an acknowledged write must survive a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// It must: every commit is synced to disk.
    Synced,
    /// It need not: the database is thrown away at the end.
    ThrowAway,
}

/// Where the database is and how it is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// `sqlite:///path/to/file` or `postgres://…`.
    pub url: String,
    /// Whether commits are synced.
    pub durability: Durability,
    /// How many connections read at the same time.
    pub readers: u32,
    /// Whether to bring the schema up to date.
    pub migrate: bool,
}

/// An open database.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) readers: DatabaseConnection,
    pub(crate) writer: Arc<Writer>,
}

impl Store {
    /// Opens a database, and brings its schema up to date where the options say so.
    pub async fn open(options: &Options) -> Result<Self, StorageError> {
        let writer = Database::connect(writer_options(options)).await?;
        if options.migrate {
            migrate(&writer).await?;
        }
        let readers = Database::connect(reader_options(options)).await?;
        let writer = Arc::new(Writer::new(writer));
        Ok(Self { readers, writer })
    }

    /// A reader.
    pub fn read(&self) -> Reader {
        Reader(self.readers.clone())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StorageError> {
        Ok(self.readers.ping().await?)
    }

    /// How many migrations the database lacks. One without a table lacks all of them.
    pub async fn pending_migrations(&self) -> Result<usize, StorageError> {
        // Readers write nothing, not even the table in which migrations are noted.
        Ok(Migrator::get_pending_migrations_read_only(&self.readers).await?.len())
    }

    /// Closes all connections after the last write.
    pub async fn close(self) -> Result<(), StorageError> {
        self.readers.close().await?;
        self.writer.close().await
    }
}

/// Runs all migrations. On PostgreSQL a lock makes sure that two nodes do not migrate at once.
async fn migrate(connection: &DatabaseConnection) -> Result<(), StorageError> {
    let postgres = connection.get_database_backend() == DatabaseBackend::Postgres;
    if postgres {
        connection.execute_unprepared("SELECT pg_advisory_lock(7305001)").await?;
    }
    let outcome = Migrator::up(connection, None).await;
    if postgres {
        connection.execute_unprepared("SELECT pg_advisory_unlock(7305001)").await?;
    }
    Ok(outcome?)
}

fn writer_options(options: &Options) -> ConnectOptions {
    let mut connect = base_options(options);
    connect.max_connections(1).min_connections(1);
    let durability = options.durability;
    let synced = durability == Durability::Synced;
    connect.map_sqlx_postgres_opts(move |postgres| {
        postgres.options([
            ("synchronous_commit", if synced { "on" } else { "off" }),
            // A write finds rows by their keys, whatever the values are: planning anew each time tells nothing.
            ("plan_cache_mode", "force_generic_plan"),
        ])
    });
    connect.map_sqlx_sqlite_opts(move |sqlite| sqlite_options(sqlite, durability).create_if_missing(true));
    connect
}

fn reader_options(options: &Options) -> ConnectOptions {
    let mut connect = base_options(options);
    connect.max_connections(options.readers).min_connections(1);
    let durability = options.durability;
    connect.map_sqlx_sqlite_opts(move |sqlite| sqlite_options(sqlite, durability).pragma("query_only", "on"));
    connect
}

fn base_options(options: &Options) -> ConnectOptions {
    let mut connect = ConnectOptions::new(&options.url);
    connect
        .sqlx_logging(false)
        .test_before_acquire(false)
        .connect_timeout(Duration::from_secs(10))
        .acquire_timeout(Duration::from_secs(10));
    connect
}

fn sqlite_options(sqlite: SqliteConnectOptions, durability: Durability) -> SqliteConnectOptions {
    let synchronous = match durability {
        Durability::Synced => SqliteSynchronous::Full,
        Durability::ThrowAway => SqliteSynchronous::Off,
    };
    sqlite
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .statement_cache_capacity(200)
        // KiB a connection: the system's own cache holds the rest.
        .pragma("cache_size", "-2048")
        .pragma("mmap_size", "0")
        .pragma("temp_store", "memory")
        .pragma("trusted_schema", "off")
        .pragma("secure_delete", "on")
        // Makes REPLACE fire the triggers that keep the ledger append-only.
        .pragma("recursive_triggers", "on")
}

impl Store {
    /// Whether other programs may write to the database beside this one.
    pub fn is_shared(&self) -> bool {
        self.readers.get_database_backend() == DatabaseBackend::Postgres
    }
}
