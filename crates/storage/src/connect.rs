//! Opening a database.
//!
//! SQLite: one file, write-ahead log, one writing connection that begins IMMEDIATE, a few query-only readers, no
//! memory mapping. PostgreSQL: one writing connection a node and a pool of readers. The schema is brought up to
//! date on opening when asked to.

use std::sync::Arc;
use std::time::Duration;

use qadam_migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection};

use crate::db::Reader;
use crate::error::StorageError;
use crate::pool::{ACQUIRE, Pool};
use crate::write::Writer;

/// How much sooner than the one who waits the server ends a statement by itself, which costs no connection.
const AHEAD: Duration = Duration::from_secs(1);
/// After what silence a connection is looked at before it is used: the server may have closed it.
const IDLE: Duration = Duration::from_secs(2);

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
    /// How long a statement is waited for on PostgreSQL before it has failed; without it, as long as it takes. For who
    /// answers requests; more than [`AHEAD`].
    pub patience: Option<Duration>,
}

/// An open database.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) readers: Arc<Pool>,
    pub(crate) writer: Arc<Writer>,
}

impl Store {
    /// Opens a database, and brings its schema up to date where the options say so.
    pub async fn open(options: &Options) -> Result<Self, StorageError> {
        if options.migrate {
            Self::migrate(options).await?;
        }
        let writer = Pool::open(writer_options(options), options.patience).await?;
        let readers = Pool::open(reader_options(options), options.patience).await?;
        Ok(Self { readers, writer: Arc::new(Writer::new(writer)) })
    }

    /// Brings the schema of a database up to date, on a connection of its own that waits as long as that takes.
    pub async fn migrate(options: &Options) -> Result<(), StorageError> {
        let connection =
            Database::connect(writer_options(&Options { patience: None, ..options.clone() })).await?;
        let outcome = migrate_on(&connection).await;
        connection.close().await?;
        outcome
    }

    /// A reader.
    pub fn read(&self) -> Reader {
        Reader(self.readers.lease())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StorageError> {
        self.readers.lease().execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// How many migrations the database lacks. One without a table lacks all of them.
    pub async fn pending_migrations(&self) -> Result<usize, StorageError> {
        // Readers write nothing, not even the table in which migrations are noted.
        Ok(Migrator::get_pending_migrations_read_only(&self.readers.lease()).await?.len())
    }

    /// Closes all connections after the last write.
    pub async fn close(self) -> Result<(), StorageError> {
        self.readers.close().await?;
        self.writer.close().await
    }
}

/// Runs all migrations. On PostgreSQL a lock makes sure that two nodes do not migrate at once.
async fn migrate_on(connection: &DatabaseConnection) -> Result<(), StorageError> {
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
    let patience = options.patience;
    connect.map_sqlx_postgres_opts(move |postgres| {
        let postgres = postgres.options([
            ("synchronous_commit", if synced { "on" } else { "off" }),
            // A write finds rows by their keys, whatever the values are: planning anew each time tells nothing.
            ("plan_cache_mode", "force_generic_plan"),
        ]);
        let Some(patience) = patience else { return limited(postgres, None) };
        // A node that the network cut off must not keep its turn to write: the server ends what it began.
        let idle = (patience + AHEAD).as_millis().to_string();
        limited(postgres, Some(patience)).options([("idle_in_transaction_session_timeout", idle)])
    });
    connect.map_sqlx_sqlite_opts(move |sqlite| sqlite_options(sqlite, durability).create_if_missing(true));
    connect
}

fn reader_options(options: &Options) -> ConnectOptions {
    let mut connect = base_options(options);
    connect.max_connections(options.readers).min_connections(1);
    let durability = options.durability;
    let patience = options.patience;
    connect.map_sqlx_postgres_opts(move |postgres| limited(postgres, patience));
    connect.map_sqlx_sqlite_opts(move |sqlite| sqlite_options(sqlite, durability).pragma("query_only", "on"));
    connect
}

fn base_options(options: &Options) -> ConnectOptions {
    let mut connect = ConnectOptions::new(&options.url);
    connect.sqlx_logging(false).connect_timeout(ACQUIRE).acquire_timeout(ACQUIRE);
    // What is in use all the time tells by itself when it is gone.
    connect.test_before_acquire_if_idle_for(IDLE);
    connect
}

/// The server ends statements that nobody waits for any more.
fn limited(postgres: PgConnectOptions, patience: Option<Duration>) -> PgConnectOptions {
    let Some(patience) = patience else { return postgres };
    postgres.options([("statement_timeout", patience.saturating_sub(AHEAD).as_millis().to_string())])
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
        self.readers.lease().get_database_backend() == DatabaseBackend::Postgres
    }
}
