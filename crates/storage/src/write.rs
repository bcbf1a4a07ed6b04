//! Write transactions.
//!
//! Writes of a node run one after another on one connection. Those that wait while another runs share its commit:
//! each gets a savepoint of its own in one transaction, the last in the queue commits, and each is acknowledged
//! only after that commit. A sync to disk thus serves as many writes as came in meanwhile, and no write ever finds
//! the database locked.
//!
//! On PostgreSQL the transaction begins by taking one advisory lock, so that nodes take turns: ledger positions
//! are commit-ordered by construction.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use futures_util::FutureExt;
use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait,
};
use tokio::sync::{Mutex, oneshot};

use crate::connect::Store;
use crate::db::sealed::Connection;
use crate::error::StorageError;

/// How many writes share a commit at most, so that the first does not wait for ever.
const BATCH_MAX: usize = 64;

/// The work of one write: borrows the transaction and gives a result.
pub type Work<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// An open write transaction, as one write sees it. Rolled back when the write fails.
#[derive(Debug)]
pub struct Tx {
    savepoint: DatabaseTransaction,
    next_position: AtomicI64,
}

impl Connection for Tx {
    type Inner = DatabaseTransaction;

    fn inner(&self) -> &DatabaseTransaction {
        &self.savepoint
    }
}

impl Tx {
    /// Takes the next position in the ledger. Positions grow in commit order; a write that fails leaves a gap.
    pub(crate) fn take_position(&self) -> i64 {
        self.next_position.fetch_add(1, Ordering::Relaxed)
    }
}

/// The writing side of a database.
#[derive(Debug)]
pub(crate) struct Writer {
    connection: DatabaseConnection,
    batch: Mutex<Option<Batch>>,
    waiting: AtomicUsize,
}

/// A transaction that several writes share.
#[derive(Debug)]
struct Batch {
    transaction: DatabaseTransaction,
    next_position: i64,
    writes: usize,
    acknowledge: Vec<oneshot::Sender<Result<(), String>>>,
}

impl Writer {
    pub(crate) fn new(connection: DatabaseConnection) -> Self {
        Self { connection, batch: Mutex::new(None), waiting: AtomicUsize::new(0) }
    }

    pub(crate) async fn close(&self) -> Result<(), StorageError> {
        let _last = self.batch.lock().await;
        Ok(self.connection.clone().close().await?)
    }

    async fn begin(&self) -> Result<Batch, StorageError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.connection.begin_with_options(options).await?;
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
        Ok(Batch { transaction, next_position, writes: 0, acknowledge: Vec::new() })
    }

    /// Runs one write in the shared transaction, and commits when nobody waits behind it.
    async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a Tx) -> Work<'a, T, E> + Send,
        T: Send,
        E: From<StorageError> + Send,
    {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let mut guard = self.batch.lock().await;
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        let mut batch = match guard.take() {
            Some(batch) => batch,
            None => self.begin().await?,
        };
        let outcome = run_in(&mut batch, work).await;
        let committed = outcome.is_ok().then(|| {
            let (sender, receiver) = oneshot::channel();
            batch.acknowledge.push(sender);
            receiver
        });
        if self.waiting.load(Ordering::SeqCst) == 0 || batch.writes >= BATCH_MAX {
            commit(batch).await;
        } else {
            *guard = Some(batch);
        }
        drop(guard);
        let value = outcome?;
        match committed {
            Some(receiver) => await_commit(receiver).await?,
            None => return Ok(value),
        }
        Ok(value)
    }
}

/// Runs one write in a savepoint. A failure or a panic undoes what it did and nothing else.
async fn run_in<T, E, F>(batch: &mut Batch, work: F) -> Result<T, E>
where
    F: for<'a> FnOnce(&'a Tx) -> Work<'a, T, E> + Send,
    E: From<StorageError>,
{
    batch.writes += 1;
    let savepoint = batch.transaction.begin().await.map_err(StorageError::from)?;
    let tx = Tx { savepoint, next_position: AtomicI64::new(batch.next_position) };
    let outcome = AssertUnwindSafe(work(&tx)).catch_unwind().await;
    batch.next_position = tx.next_position.load(Ordering::Relaxed);
    match outcome {
        Ok(Ok(value)) => {
            tx.savepoint.commit().await.map_err(StorageError::from)?;
            Ok(value)
        }
        Ok(Err(error)) => {
            tx.savepoint.rollback().await.map_err(StorageError::from)?;
            Err(error)
        }
        Err(_panic) => {
            tx.savepoint.rollback().await.map_err(StorageError::from)?;
            Err(StorageError::Refused("the write panicked".to_owned()).into())
        }
    }
}

/// Commits a batch and tells every write in it. A batch in which every write failed is rolled back.
async fn commit(batch: Batch) {
    let Batch { transaction, acknowledge, .. } = batch;
    let outcome =
        if acknowledge.is_empty() { transaction.rollback().await } else { transaction.commit().await };
    let outcome = outcome.map_err(|error| error.to_string());
    if let Err(error) = &outcome {
        tracing::error!(error, writes = acknowledge.len(), "commit failed");
    }
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

impl Store {
    /// Runs a write in a transaction and returns once it is committed.
    ///
    /// The write runs to its end even when the caller stops waiting: a client that hangs up neither blocks the
    /// others nor leaves half a write.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a Tx) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let writer = std::sync::Arc::clone(&self.writer);
        match tokio::spawn(async move { writer.run(work).await }).await {
            Ok(outcome) => outcome,
            Err(lost) => Err(StorageError::Refused(format!("the write was lost: {lost}")).into()),
        }
    }
}
