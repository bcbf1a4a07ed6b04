//! Writing a whole database that was empty: in one transaction, so that all of it is there or nothing.

use std::collections::BTreeMap;

use qadam_archive::Table;
use qadam_migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction,
    DbErr, Statement, TransactionTrait as _,
};

use super::insertion::{self, same_columns};
use super::schema::unknown_migration;
use super::tables::{StoredTable, tables};
use crate::db::sealed::Connection;
use crate::error::StorageError;
use crate::search;

/// Why a database was not written.
#[derive(Debug, thiserror::Error)]
pub enum RestorationError {
    /// There is something in it.
    #[error("the database is not empty: it has the table {0}")]
    NotEmpty(String),
    /// The rows have a schema that this program does not know.
    #[error("a newer program made it: this one does not know {0}")]
    Newer(String),
    /// The rows do not fit the schema that they say they have.
    #[error("its table {0} is not that of its schema")]
    OtherTable(String),
    /// The schema has a table that the rows say nothing of.
    #[error("it does not have the table {0} of its schema")]
    NoTable(String),
    /// Somebody asked for the end.
    #[error("it was interrupted")]
    Interrupted,
    /// The database was asked to keep what was written, and its answer was lost: it may have kept it.
    #[error("the database did not say whether it kept what was written: {0}")]
    Uncertain(StorageError),
    /// The database did not take all rows.
    #[error("of {rows} rows of {table} the database took {taken}")]
    Lost {
        /// The table.
        table: String,
        /// How many rows there were.
        rows: u64,
        /// How many there are.
        taken: u64,
    },
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<DbErr> for RestorationError {
    fn from(error: DbErr) -> Self {
        Self::Storage(error.into())
    }
}

/// A database that is being written. Nothing of it is there before [`Restoration::finish`] has come to its end.
#[derive(Debug)]
pub struct Restoration {
    connection: DatabaseConnection,
    transaction: DatabaseTransaction,
    tables: BTreeMap<String, StoredTable>,
    /// References within one table, compared at the end: table and name.
    deferred: Vec<(String, String)>,
}

/// What is asked of it is what was written so far.
impl Connection for Restoration {
    type Inner = DatabaseTransaction;

    fn inner(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

impl Restoration {
    /// Begins, with the schema that these migrations make: these tables and no other. On SQLite the file is not safe from
    /// a power cut before it is whole and closed.
    pub async fn begin(
        url: &str,
        migrations: &[String],
        expected: &[Table],
    ) -> Result<Self, RestorationError> {
        if let Some(unknown) = unknown_migration(migrations) {
            return Err(RestorationError::Newer(unknown.to_owned()));
        }
        let connection = Database::connect(options(url)).await?;
        let transaction = connection.begin().await?;
        if transaction.get_database_backend() == DatabaseBackend::Postgres {
            // A node that starts meanwhile waits with its migrations.
            transaction.execute_unprepared("SELECT pg_advisory_xact_lock(7305001)").await?;
        }
        if let Some(table) = any_table(&transaction).await? {
            return Err(RestorationError::NotEmpty(table));
        }
        let steps = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
        Migrator::up(&transaction, Some(steps)).await?;
        let stored = tables(&transaction).await?;
        let tables = stored.into_iter().map(|stored| (stored.table.name.clone(), stored)).collect();
        compare(&tables, expected)?;
        let deferred = defer(&transaction).await?;
        Ok(Self { connection, transaction, tables, deferred })
    }

    /// Writes rows of a table: lines, as many as are said.
    pub async fn insert(&self, table: &Table, lines: &[u8], rows: u64) -> Result<(), RestorationError> {
        let other = || RestorationError::OtherTable(table.name.clone());
        let backend = self.transaction.get_database_backend();
        let stored = self.tables.get(&table.name).ok_or_else(other)?;
        let sqlite = backend == DatabaseBackend::Sqlite;
        let sql = insertion::statement(table, stored, sqlite).ok_or_else(other)?;
        let array = insertion::array(lines).ok_or_else(other)?;
        let statement = Statement::from_sql_and_values(backend, sql, [array.into()]);
        let taken = self.transaction.execute_raw(statement).await?.rows_affected();
        if taken == rows {
            Ok(())
        } else {
            Err(RestorationError::Lost { table: table.name.clone(), rows, taken })
        }
    }

    /// Ends it: compares references, brings the schema up to date, makes the search index, commits. Until it commits it
    /// asks whether to go on. Nothing that happens afterwards makes it a failure.
    pub async fn finish(self, go_on: &mut dyn FnMut() -> bool) -> Result<(), RestorationError> {
        if let Err(error) = self.complete(go_on).await {
            // What failed is told; a transaction that cannot be given up ends with its connection.
            let _abandoned = self.abandon().await;
            return Err(error);
        }
        let Self { connection, transaction, .. } = self;
        let backend = transaction.get_database_backend();
        let committed = transaction.commit().await;
        if backend == DatabaseBackend::Postgres {
            // All that could be refused was compared before: what fails here is the way to the database or back.
            committed.map_err(|error| RestorationError::Uncertain(error.into()))?;
            // It knows nothing of what it was given, and would plan as if there were nothing.
            if let Err(error) = connection.execute_unprepared("ANALYZE").await {
                tracing::warn!(%error, "the restored database was not analysed: it does that by itself after a while");
            }
        } else {
            // The file has no name yet.
            committed?;
        }
        if let Err(error) = connection.close().await {
            tracing::warn!(%error, "the connection to the restored database did not end well");
        }
        Ok(())
    }

    async fn complete(&self, go_on: &mut dyn FnMut() -> bool) -> Result<(), RestorationError> {
        settle(&self.transaction, &self.deferred).await?;
        Migrator::up(&self.transaction, None).await?;
        if search::index_all(self, go_on).await? { Ok(()) } else { Err(RestorationError::Interrupted) }
    }

    /// Gives it up.
    pub async fn abandon(self) -> Result<(), RestorationError> {
        self.transaction.rollback().await?;
        Ok(self.connection.close().await?)
    }
}

/// That the archive has the tables of its schema, each with its columns.
fn compare(stored: &BTreeMap<String, StoredTable>, expected: &[Table]) -> Result<(), RestorationError> {
    let mut missing: BTreeMap<&str, &Table> =
        stored.iter().map(|(name, stored)| (name.as_str(), &stored.table)).collect();
    for table in expected {
        if !missing.remove(table.name.as_str()).is_some_and(|known| same_columns(table, known)) {
            return Err(RestorationError::OtherTable(table.name.clone()));
        }
    }
    match missing.into_keys().next() {
        Some(table) => Err(RestorationError::NoTable(table.to_owned())),
        None => Ok(()),
    }
}

/// A table of a database that should be empty; none where it is.
pub async fn occupied(url: &str) -> Result<Option<String>, StorageError> {
    let connection = Database::connect(options(url)).await?;
    let found = any_table(&connection).await;
    connection.close().await?;
    Ok(found?)
}

fn options(url: &str) -> ConnectOptions {
    let mut connect = ConnectOptions::new(url);
    connect.max_connections(1).min_connections(1).sqlx_logging(false);
    connect.map_sqlx_sqlite_opts(|sqlite: SqliteConnectOptions| {
        sqlite
            .create_if_missing(true)
            .foreign_keys(true)
            // The file is thrown away unless it becomes whole: what guards a file against a power cut would only take time.
            .journal_mode(SqliteJournalMode::Memory)
            .synchronous(SqliteSynchronous::Off)
            .pragma("cache_size", "-65536")
            .pragma("temp_store", "memory")
            .pragma("trusted_schema", "off")
            .pragma("secure_delete", "on")
            .pragma("recursive_triggers", "on")
    });
    connect
}

async fn any_table(connection: &impl ConnectionTrait) -> Result<Option<String>, DbErr> {
    let sql = match connection.get_database_backend() {
        DatabaseBackend::Sqlite => "SELECT name FROM sqlite_schema LIMIT 1",
        _ => {
            "SELECT CAST(relname AS text) FROM pg_class WHERE relnamespace = CAST(current_schema() AS regnamespace) AND \
             relkind IN ('r', 'p', 'v', 'm', 'f', 'S') ORDER BY relname LIMIT 1"
        }
    };
    let row =
        connection.query_one_raw(Statement::from_string(connection.get_database_backend(), sql)).await?;
    row.map(|row| row.try_get_by_index(0)).transpose()
}

/// Lets rows point to rows of their own table that come later.
async fn defer(connection: &impl ConnectionTrait) -> Result<Vec<(String, String)>, DbErr> {
    if connection.get_database_backend() == DatabaseBackend::Sqlite {
        // Until the transaction ends.
        connection.execute_unprepared("PRAGMA defer_foreign_keys = on").await?;
        return Ok(Vec::new());
    }
    let sql = "SELECT CAST(t.relname AS text), CAST(c.conname AS text) FROM pg_constraint AS c JOIN pg_class AS t ON \
               t.oid = c.conrelid WHERE c.contype = 'f' AND c.conrelid = c.confrelid AND t.relnamespace = \
               CAST(current_schema() AS regnamespace)";
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let mut deferred = Vec::new();
    for row in connection.query_all_raw(statement).await? {
        let (table, name): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let sql =
            format!("ALTER TABLE \"{table}\" ALTER CONSTRAINT \"{name}\" DEFERRABLE INITIALLY DEFERRED");
        connection.execute_unprepared(&sql).await?;
        deferred.push((table, name));
    }
    Ok(deferred)
}

/// Compares what was put off, and puts nothing off any more.
async fn settle(
    connection: &impl ConnectionTrait,
    deferred: &[(String, String)],
) -> Result<(), RestorationError> {
    if connection.get_database_backend() == DatabaseBackend::Sqlite {
        let statement = Statement::from_string(
            DatabaseBackend::Sqlite,
            "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1",
        );
        return match connection.query_one_raw(statement).await? {
            Some(_) => Err(StorageError::ReferenceBroken.into()),
            None => Ok(()),
        };
    }
    connection.execute_unprepared("SET CONSTRAINTS ALL IMMEDIATE").await?;
    for (table, name) in deferred {
        let sql = format!("ALTER TABLE \"{table}\" ALTER CONSTRAINT \"{name}\" NOT DEFERRABLE");
        connection.execute_unprepared(&sql).await?;
    }
    Ok(())
}
