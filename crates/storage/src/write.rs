//! Write transactions.
//!
//! Writes of a node run one after another on one connection. Those that wait while another runs share its commit:
//! each gets a savepoint of its own in one transaction, the last in the queue commits, and each is acknowledged
//! only after that commit. A sync to disk thus serves as many writes as came in meanwhile, and no write ever finds
//! the database locked. The first write of a transaction needs no savepoint: when it fails, there is nothing else to
//! keep.
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
    /// The savepoint, or for the first write the transaction itself.
    transaction: DatabaseTransaction,
    next_position: AtomicI64,
    newest: Newest,
}

/// The newest ledger positions that somebody has to know of; 0 where there is none.
#[derive(Debug, Default)]
struct Newest {
    /// Of an entry that the public can see.
    public: AtomicI64,
    /// Of an entry about a record that nodes keep in memory.
    kept: AtomicI64,
}

impl Newest {
    /// Takes in what was noted elsewhere. Who sees the public's position sees the other, too.
    fn take_in(&self, other: &Self) {
        self.kept.fetch_max(other.kept.load(Ordering::Relaxed), Ordering::AcqRel);
        self.public.fetch_max(other.public.load(Ordering::Relaxed), Ordering::AcqRel);
    }
}

impl Connection for Tx {
    type Inner = DatabaseTransaction;

    fn inner(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

impl Tx {
    /// Takes the next position in the ledger. Positions grow in commit order; a write that fails leaves a gap.
    pub(crate) fn take_position(&self) -> i64 {
        self.next_position.fetch_add(1, Ordering::Relaxed)
    }

    /// Notes that the public can see the entry at a position, once this is committed.
    pub(crate) fn note_public(&self, position: i64) {
        self.newest.public.fetch_max(position, Ordering::Relaxed);
    }

    /// Notes that the entry at a position is about a record that nodes keep in memory, once this is committed.
    pub(crate) fn note_kept(&self, position: i64) {
        self.newest.kept.fetch_max(position, Ordering::Relaxed);
    }
}

/// The writing side of a database.
#[derive(Debug)]
pub(crate) struct Writer {
    connection: DatabaseConnection,
    batch: Mutex<Option<Batch>>,
    waiting: AtomicUsize,
    newest: Newest,
}

/// A transaction that several writes share.
#[derive(Debug)]
struct Batch {
    transaction: DatabaseTransaction,
    next_position: i64,
    newest: Newest,
    writes: usize,
    acknowledge: Vec<oneshot::Sender<Result<(), String>>>,
}

impl Writer {
    pub(crate) fn new(connection: DatabaseConnection) -> Self {
        Self { connection, batch: Mutex::new(None), waiting: AtomicUsize::new(0), newest: Newest::default() }
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
        Ok(Batch {
            transaction,
            next_position,
            newest: Newest::default(),
            writes: 0,
            acknowledge: Vec::new(),
        })
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
        let batch = match guard.take() {
            Some(batch) => batch,
            None => self.begin().await?,
        };
        let (outcome, batch) = run_in(batch, work).await;
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
        let value = outcome?;
        match committed {
            Some(receiver) => await_commit(receiver).await?,
            None => return Ok(value),
        }
        Ok(value)
    }

    /// Commits a batch and tells every write in it.
    async fn commit(&self, batch: Batch) {
        let Batch { transaction, acknowledge, newest, .. } = batch;
        let outcome = transaction.commit().await.map_err(|error| error.to_string());
        match &outcome {
            Ok(()) => self.newest.take_in(&newest),
            Err(error) => tracing::error!(error, writes = acknowledge.len(), "commit failed"),
        }
        for sender in acknowledge {
            // A write whose caller is gone needs no word.
            let _gone = sender.send(outcome.clone());
        }
    }
}

/// Runs one write. A failure or a panic undoes what it did and nothing else: there is no batch afterwards where it
/// was alone in it.
async fn run_in<T, E, F>(mut batch: Batch, work: F) -> (Result<T, E>, Option<Batch>)
where
    F: for<'a> FnOnce(&'a Tx) -> Work<'a, T, E> + Send,
    E: From<StorageError>,
{
    if batch.acknowledge.is_empty() {
        let Batch { transaction, next_position, writes, acknowledge, .. } = batch;
        let (tx, outcome) = run(transaction, next_position, work).await;
        return match outcome {
            Ok(value) => {
                let Tx { transaction, next_position, newest } = tx;
                let next_position = next_position.into_inner();
                let writes = writes + 1;
                (Ok(value), Some(Batch { transaction, next_position, newest, writes, acknowledge }))
            }
            Err(error) => (undone(tx, error).await, None),
        };
    }
    let savepoint = match batch.transaction.begin().await {
        Ok(savepoint) => savepoint,
        Err(error) => return (Err(StorageError::from(error).into()), Some(batch)),
    };
    batch.writes += 1;
    let (tx, outcome) = run(savepoint, batch.next_position, work).await;
    batch.next_position = tx.next_position.load(Ordering::Relaxed);
    let outcome = match outcome {
        Ok(value) => match tx.transaction.commit().await {
            Ok(()) => {
                batch.newest.take_in(&tx.newest);
                Ok(value)
            }
            Err(error) => Err(StorageError::from(error).into()),
        },
        Err(error) => undone(tx, error).await,
    };
    (outcome, Some(batch))
}

/// Runs the work of a write to its end, or to its panic.
async fn run<T, E, F>(transaction: DatabaseTransaction, next_position: i64, work: F) -> (Tx, Result<T, E>)
where
    F: for<'a> FnOnce(&'a Tx) -> Work<'a, T, E> + Send,
    E: From<StorageError>,
{
    let next_position = AtomicI64::new(next_position);
    let tx = Tx { transaction, next_position, newest: Newest::default() };
    let outcome = AssertUnwindSafe(work(&tx)).catch_unwind().await;
    let outcome =
        outcome.unwrap_or_else(|_panic| Err(StorageError::Refused("the write panicked".to_owned()).into()));
    (tx, outcome)
}

/// Undoes what a failed write did.
async fn undone<T, E: From<StorageError>>(tx: Tx, error: E) -> Result<T, E> {
    tx.transaction.rollback().await.map_err(StorageError::from)?;
    Err(error)
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

    /// The newest ledger position the public can see among what this node wrote; 0 when it wrote nothing.
    pub fn newest_public_written(&self) -> i64 {
        self.writer.newest.public.load(Ordering::Acquire)
    }

    /// The newest ledger position among what this node wrote about records that nodes keep in memory; 0 when it
    /// wrote nothing about them.
    pub fn newest_kept_written(&self) -> i64 {
        self.writer.newest.kept.load(Ordering::Acquire)
    }
}
