//! The database as it was at one moment, read while others go on writing.

use std::fmt::Write as _;
use std::pin::Pin;

use futures_util::{Stream, StreamExt as _};
use qadam_archive::{Cell, ColumnKind, Table, write_row};
use sea_orm::{
    AccessMode, ConnectionTrait as _, DatabaseBackend, DatabaseTransaction, DbErr, IsolationLevel,
    QueryResult, Statement, TransactionOptions,
};

use super::schema::applied;
use super::tables::{StoredTable, tables};
use crate::connect::Store;
use crate::db::sealed::Connection;
use crate::error::StorageError;

/// After how many bytes of rows a part ends.
const PART: usize = 1024 * 1024;

/// A view of the database that does not change: a reading transaction. On SQLite the write-ahead log grows while it is
/// open; on PostgreSQL rows that were written over are kept for it.
#[derive(Debug)]
pub struct Snapshot {
    transaction: DatabaseTransaction,
    migrations: Vec<String>,
    tables: Vec<StoredTable>,
}

/// What is asked of it is of that moment, too.
impl Connection for Snapshot {
    type Inner = DatabaseTransaction;

    fn inner(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

/// A table is read for as long as it takes whoever takes its rows, other than what people wait for.
const UNHURRIED: &str = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";

/// Rows of a table, as lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The lines, each with its end.
    pub lines: Vec<u8>,
    /// How many they are.
    pub rows: u64,
}

/// The rows of a table, part by part.
pub struct Rows<'a> {
    stream: Pin<Box<dyn Stream<Item = Result<QueryResult, DbErr>> + Send + 'a>>,
    kinds: Vec<ColumnKind>,
}

impl std::fmt::Debug for Rows<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Rows").field("kinds", &self.kinds).finish_non_exhaustive()
    }
}

impl Snapshot {
    /// Takes the database as it is now. Its schema need not be the newest.
    pub async fn take(store: &Store) -> Result<Self, StorageError> {
        let lease = store.readers.lease();
        let is_postgres = lease.get_database_backend() == DatabaseBackend::Postgres;
        let options = TransactionOptions {
            isolation_level: is_postgres.then_some(IsolationLevel::RepeatableRead),
            // SQLite's readers refuse to write, and a transaction there sees what there was when it first read.
            access_mode: is_postgres.then_some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        };
        let transaction = lease.begin(options).await?;
        if is_postgres {
            transaction.execute_unprepared(UNHURRIED).await?;
        }
        let migrations = applied(&transaction).await?;
        let tables = tables(&transaction).await?;
        Ok(Self { transaction, migrations, tables })
    }

    /// What the database is: `sqlite` or `postgresql`.
    pub fn database(&self) -> &'static str {
        if self.is_sqlite() { "sqlite" } else { "postgresql" }
    }

    /// The migrations that were applied, oldest first.
    pub fn migrations(&self) -> &[String] {
        &self.migrations
    }

    /// The tables, in an order in which rows come after those that they point to.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.iter().map(|stored| &stored.table)
    }

    /// The rows of the table at a place.
    pub async fn rows(&self, place: usize) -> Result<Rows<'_>, StorageError> {
        let no_such = || StorageError::Refused("there is no such table".to_owned());
        let stored = self.tables.get(place).ok_or_else(no_such)?;
        let sql = question(stored, self.is_sqlite());
        let statement = Statement::from_string(self.transaction.get_database_backend(), sql);
        let stream = sea_orm::StreamTrait::stream_raw(&self.transaction, statement).await?;
        let kinds = stored.table.columns.iter().map(|column| column.kind).collect();
        Ok(Rows { stream: Box::pin(stream), kinds })
    }

    /// Lets it go.
    pub async fn end(self) -> Result<(), StorageError> {
        Ok(self.transaction.rollback().await?)
    }

    fn is_sqlite(&self) -> bool {
        self.transaction.get_database_backend() == DatabaseBackend::Sqlite
    }
}

impl Rows<'_> {
    /// The next part; none at the end.
    pub async fn next(&mut self) -> Result<Option<Part>, StorageError> {
        let mut part = Part { lines: Vec::new(), rows: 0 };
        let mut cells = Vec::with_capacity(self.kinds.len());
        while part.lines.len() < PART
            && let Some(row) = self.stream.next().await
        {
            let row = row?;
            cells.clear();
            for (place, kind) in self.kinds.iter().enumerate() {
                cells.push(cell(&row, place, *kind)?);
            }
            write_row(&mut part.lines, &cells);
            part.rows += 1;
        }
        Ok((part.rows > 0).then_some(part))
    }
}

fn cell(row: &QueryResult, place: usize, kind: ColumnKind) -> Result<Cell, DbErr> {
    Ok(match kind {
        ColumnKind::Integer => row.try_get_by_index::<Option<i64>>(place)?.map_or(Cell::Null, Cell::Integer),
        ColumnKind::Text => row.try_get_by_index::<Option<String>>(place)?.map_or(Cell::Null, Cell::Text),
        ColumnKind::Bytes => row.try_get_by_index::<Option<Vec<u8>>>(place)?.map_or(Cell::Null, Cell::Bytes),
    })
}

/// Asks for all rows, each value as one of the three kinds.
fn question(stored: &StoredTable, sqlite: bool) -> String {
    let mut sql = String::from("SELECT ");
    for (place, (column, native)) in stored.table.columns.iter().zip(&stored.types).enumerate() {
        let (comma, name) = (if place > 0 { ", " } else { "" }, &column.name);
        // Writing to a text does not fail.
        let _written = match native.as_str() {
            "uuid" if !sqlite => write!(sql, "{comma}uuid_send(\"{name}\")"),
            "boolean" if !sqlite => write!(sql, "{comma}CAST(CAST(\"{name}\" AS integer) AS bigint)"),
            "smallint" if !sqlite => write!(sql, "{comma}CAST(\"{name}\" AS bigint)"),
            _ => write!(sql, "{comma}\"{name}\""),
        };
    }
    let order: Vec<String> = stored.order.iter().map(|column| format!("\"{column}\"")).collect();
    let _written = write!(sql, " FROM \"{}\" ORDER BY {}", stored.table.name, order.join(", "));
    sql
}
