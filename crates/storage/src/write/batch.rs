//! Writes that share a commit.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures_util::FutureExt;
use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait,
};
use tokio::sync::{Mutex, oneshot};

use super::connection::{Undo, go_back};
use super::{Newest, Tx, Work};
use crate::error::StorageError;

/// How many writes share a commit at most, so that the first does not wait for ever.
const BATCH_MAX: usize = 64;

/// The writing side of a database.
#[derive(Debug)]
pub(crate) struct Writer {
    connection: DatabaseConnection,
    batch: Mutex<Option<Batch>>,
    waiting: AtomicUsize,
    pub(super) newest: Newest,
    /// Whether it is unknown where the connection stands: a transaction did not end as it should have.
    suspect: AtomicBool,
}

/// A transaction that several writes share.
#[derive(Debug)]
struct Batch {
    transaction: DatabaseTransaction,
    next_position: i64,
    newest: Newest,
    /// Whether an earlier write left its savepoint.
    savepoint: bool,
    writes: usize,
    acknowledge: Vec<oneshot::Sender<Result<(), String>>>,
}

impl Writer {
    pub(crate) fn new(connection: DatabaseConnection) -> Self {
        Self {
            connection,
            batch: Mutex::new(None),
            waiting: AtomicUsize::new(0),
            newest: Newest::none(),
            suspect: AtomicBool::new(false),
        }
    }

    pub(crate) async fn close(&self) -> Result<(), StorageError> {
        let _last = self.batch.lock().await;
        Ok(self.connection.clone().close().await?)
    }

    /// Runs one write in the shared transaction, and commits when nobody waits behind it.
    pub(super) async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a Tx) -> Work<'a, T, E> + Send,
        T: Send,
        E: From<StorageError> + Send,
    {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let mut guard = self.batch.lock().await;
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        let batch = match guard.take() {
            Some(batch) => batch,
            None => self.begin().await?,
        };
        let (outcome, batch) = self.run_in(batch, work).await;
        let Some(mut batch) = batch else { return outcome };
        let committed = outcome.is_ok().then(|| {
            let (sender, receiver) = oneshot::channel();
            batch.acknowledge.push(sender);
            receiver
        });
        if self.waiting.load(Ordering::SeqCst) == 0 || batch.writes >= BATCH_MAX {
            self.commit(batch).await;
        } else {
            *guard = Some(batch);
        }
        drop(guard);
        if let Some(receiver) = committed {
            await_commit(receiver).await?;
        }
        outcome
    }

    async fn begin(&self) -> Result<Batch, StorageError> {
        if self.suspect.swap(false, Ordering::AcqRel) {
            self.renew().await?;
        }
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let begun = self.connection.begin_with_options(options).await;
        let transaction = begun.inspect_err(|_| self.suspect.store(true, Ordering::Release))?;
        if transaction.get_database_backend() == DatabaseBackend::Postgres {
            transaction.execute_unprepared("SELECT pg_advisory_xact_lock(7305002)").await?;
        }
        let statement = Statement::from_string(
            transaction.get_database_backend(),
            "SELECT COALESCE(MAX(position), 0) + 1 FROM ledger_entry",
        );
        let row = transaction.query_one_raw(statement).await?;
        let next_position = match row {
            Some(row) => row.try_get_by_index(0)?,
            None => 1,
        };
        Ok(Batch {
            transaction,
            next_position,
            newest: Newest::none(),
            savepoint: false,
            writes: 0,
            acknowledge: Vec::new(),
        })
    }

    /// Closes the connection, so that the next transaction begins on a new one. SQLite undoes a transaction by itself
    /// when the disk is full, and what keeps count of the connection's transactions would be wrong from then on.
    async fn renew(&self) -> Result<(), StorageError> {
        let closed = if self.connection.get_database_backend() == DatabaseBackend::Postgres {
            let connection = self.connection.get_postgres_connection_pool().acquire().await;
            connection.map_err(unavailable)?.close().await
        } else {
            let connection = self.connection.get_sqlite_connection_pool().acquire().await;
            connection.map_err(unavailable)?.close().await
        };
        closed.map_err(unavailable)
    }

    /// Runs one write. A failure or a panic undoes what it did and nothing else; where that cannot be, everything in
    /// the batch is undone and refused. There is no batch afterwards where nothing is left in it.
    async fn run_in<T, E, F>(&self, batch: Batch, work: F) -> (Result<T, E>, Option<Batch>)
    where
        F: for<'a> FnOnce(&'a Tx) -> Work<'a, T, E> + Send,
        E: From<StorageError>,
    {
        let Batch { transaction, next_position, newest, savepoint, writes, acknowledge } = batch;
        let undo =
            if acknowledge.is_empty() { Undo::Transaction } else { Undo::Nothing { earlier: savepoint } };
        let tx = Tx::new(transaction, undo, next_position);
        let outcome = to_its_end(&tx, work).await;
        let failed = tx.connection.has_failed();
        let (transaction, undo) = tx.connection.into_parts();
        let next_position = tx.next_position.into_inner();
        let savepoint = savepoint || undo == Undo::Savepoint;
        let batch = Batch { transaction, next_position, newest, savepoint, writes: writes + 1, acknowledge };
        match (&outcome, undo) {
            (Ok(_), _) => {
                batch.newest.take_in(&tx.newest);
                (outcome, Some(batch))
            }
            (Err(_), Undo::Nothing { .. }) if !failed => (outcome, Some(batch)),
            (Err(_), Undo::Savepoint) => match go_back(&batch.transaction).await {
                Ok(()) => (outcome, Some(batch)),
                Err(error) => {
                    self.abandon(batch, &error.to_string()).await;
                    (outcome, None)
                }
            },
            (Err(_), Undo::Transaction | Undo::Nothing { .. }) => {
                self.abandon(batch, "another write in the same transaction failed").await;
                (outcome, None)
            }
        }
    }

    /// Undoes all writes of a batch and tells each.
    async fn abandon(&self, batch: Batch, why: &str) {
        if let Err(error) = batch.transaction.rollback().await {
            tracing::error!(%error, "a transaction could not be undone; its connection is given up");
            self.suspect.store(true, Ordering::Release);
        }
        tell(batch.acknowledge, &Err(why.to_owned()));
    }

    /// Commits a batch and tells every write in it.
    async fn commit(&self, batch: Batch) {
        let Batch { transaction, acknowledge, newest, .. } = batch;
        let outcome = transaction.commit().await.map_err(|error| error.to_string());
        match &outcome {
            Ok(()) => self.newest.take_in(&newest),
            Err(error) => {
                tracing::error!(error, writes = acknowledge.len(), "commit failed");
                self.suspect.store(true, Ordering::Release);
            }
        }
        tell(acknowledge, &outcome);
    }
}

/// Runs the work of a write to its end, or to its panic, with all that it left for later.
async fn to_its_end<T, E, F>(tx: &Tx, work: F) -> Result<T, E>
where
    F: for<'a> FnOnce(&'a Tx) -> Work<'a, T, E> + Send,
    E: From<StorageError>,
{
    let outcome = AssertUnwindSafe(work(tx)).catch_unwind().await;
    let value = outcome
        .unwrap_or_else(|_panic| Err(StorageError::Refused("the write panicked".to_owned()).into()))?;
    tx.connection.flush().await.map_err(StorageError::from)?;
    if tx.connection.has_failed() {
        // PostgreSQL would undo it on commit without a word.
        return Err(StorageError::Refused("the write passed over a failed statement".to_owned()).into());
    }
    Ok(value)
}

fn tell(acknowledge: Vec<oneshot::Sender<Result<(), String>>>, outcome: &Result<(), String>) {
    for sender in acknowledge {
        // A write whose caller is gone needs no word.
        let _gone = sender.send(outcome.clone());
    }
}

async fn await_commit(receiver: oneshot::Receiver<Result<(), String>>) -> Result<(), StorageError> {
    match receiver.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(StorageError::Unavailable(error)),
        Err(_closed) => Err(StorageError::Unavailable("the commit was lost".to_owned())),
    }
}

fn unavailable(error: sea_orm::SqlxError) -> StorageError {
    DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error.into())).into()
}
