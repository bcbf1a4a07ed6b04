//! Writes that share a commit.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::FutureExt;
use qadam_failpoints as failpoints;
use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions,
};
use tokio::sync::{Mutex, MutexGuard, oneshot};

use super::connection::{Undo, go_back};
use super::{Newest, Tx, Work};
use crate::error::StorageError;
use crate::pool::{Lease, Pool, is_refusal};

/// How many writes share a commit at most, so that the first does not wait for ever.
const BATCH_MAX: usize = 64;

/// How long a write waits for its turn.
const TURN: Duration = Duration::from_secs(10);

/// The writing side of a database.
#[derive(Debug)]
pub(crate) struct Writer {
    pool: Arc<Pool>,
    batch: Mutex<Option<Batch>>,
    waiting: AtomicUsize,
    pub(super) newest: Newest,
    /// Whether it is unknown where SQLite's connection stands: a transaction did not end as it should have.
    suspect: AtomicBool,
}

/// A transaction that several writes share.
#[derive(Debug)]
struct Batch {
    transaction: DatabaseTransaction,
    lease: Lease,
    next_position: i64,
    newest: Newest,
    /// Whether an earlier write left its savepoint.
    savepoint: bool,
    writes: usize,
    acknowledge: Vec<oneshot::Sender<Result<(), String>>>,
}

impl Writer {
    pub(crate) const fn new(pool: Arc<Pool>) -> Self {
        Self {
            pool,
            batch: Mutex::const_new(None),
            waiting: AtomicUsize::new(0),
            newest: Newest::none(),
            suspect: AtomicBool::new(false),
        }
    }

    pub(crate) async fn close(&self) -> Result<(), StorageError> {
        let _last = self.batch.lock().await;
        Ok(self.pool.close().await?)
    }

    /// The connection that writes.
    pub(crate) fn lease(&self) -> Lease {
        self.pool.lease()
    }

    /// Waits for the turn to write. Whoever wrote before may have left the commit to this write: where its turn does
    /// not come in time, somebody else makes it.
    async fn turn(self: &Arc<Self>) -> Result<MutexGuard<'_, Option<Batch>>, StorageError> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let turn = tokio::time::timeout(TURN, self.batch.lock()).await;
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        turn.map_err(|_elapsed| {
            let writer = Arc::clone(self);
            tokio::spawn(async move { writer.commit_what_was_left().await });
            StorageError::Unavailable(format!("no turn to write within {} seconds", TURN.as_secs()))
        })
    }

    /// Commits what was left to a write that did not come. Waits at the end of the line, and is not counted there.
    async fn commit_what_was_left(&self) {
        let mut guard = self.batch.lock().await;
        if self.waiting.load(Ordering::SeqCst) == 0
            && let Some(batch) = guard.take()
        {
            self.commit(batch).await;
        }
    }

    /// Runs one write in the shared transaction, and commits when nobody waits behind it.
    pub(super) async fn run<T, E, F>(self: &Arc<Self>, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a Tx) -> Work<'a, T, E> + Send,
        T: Send,
        E: From<StorageError> + Send,
    {
        let mut guard = self.turn().await?;
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
        if self.suspect.load(Ordering::Acquire) {
            self.renew().await?;
            self.suspect.store(false, Ordering::Release);
        }
        let lease = self.pool.lease();
        match begin_on(&lease).await {
            Ok((transaction, next_position)) => Ok(Batch {
                transaction,
                lease,
                next_position,
                newest: Newest::none(),
                savepoint: false,
                writes: 0,
                acknowledge: Vec::new(),
            }),
            Err(error) => {
                // Where the server refused, as when another node keeps the turn to write for too long, the connection
                // is as good as before.
                if !is_refusal(&error) {
                    self.distrust(&lease).await;
                }
                Err(error.into())
            }
        }
    }

    /// Notes that it is unknown where the connection stands: the next transaction begins on another one.
    async fn distrust(&self, lease: &Lease) {
        if lease.get_database_backend() == DatabaseBackend::Postgres {
            lease.give_up().await;
        } else {
            self.suspect.store(true, Ordering::Release);
        }
    }

    /// Closes SQLite's connection, so that the next transaction begins on a new one. SQLite undoes a transaction by itself
    /// when the disk is full, and what keeps count of the connection's transactions would be wrong from then on.
    async fn renew(&self) -> Result<(), StorageError> {
        let lease = self.pool.lease();
        let connection = lease.connection().get_sqlite_connection_pool().acquire().await;
        connection.map_err(unavailable)?.close().await.map_err(unavailable)
    }

    /// Runs one write. A failure or a panic undoes what it did and nothing else; where that cannot be, everything in
    /// the batch is undone and refused. There is no batch afterwards where nothing is left in it.
    async fn run_in<T, E, F>(&self, batch: Batch, work: F) -> (Result<T, E>, Option<Batch>)
    where
        F: for<'a> FnOnce(&'a Tx) -> Work<'a, T, E> + Send,
        E: From<StorageError>,
    {
        let Batch { transaction, lease, next_position, newest, savepoint, writes, acknowledge } = batch;
        let undo =
            if acknowledge.is_empty() { Undo::Transaction } else { Undo::Nothing { earlier: savepoint } };
        let tx = Tx::new(transaction, lease, undo, next_position);
        let outcome = to_its_end(&tx, work).await;
        let failed = tx.connection.has_failed();
        let (transaction, lease, undo) = tx.connection.into_parts();
        let next_position = tx.next_position.into_inner();
        let savepoint = savepoint || undo == Undo::Savepoint;
        let writes = writes + 1;
        let batch = Batch { transaction, lease, next_position, newest, savepoint, writes, acknowledge };
        match (&outcome, undo) {
            (Ok(_), _) => {
                batch.newest.take_in(&tx.newest);
                (outcome, Some(batch))
            }
            (Err(_), Undo::Nothing { .. }) if !failed => (outcome, Some(batch)),
            (Err(_), Undo::Savepoint) if !batch.lease.is_given_up() => {
                match batch.lease.patiently(Box::pin(go_back(&batch.transaction))).await {
                    Ok(()) => (outcome, Some(batch)),
                    Err(error) => {
                        self.abandon(batch, &error.to_string()).await;
                        (outcome, None)
                    }
                }
            }
            (Err(_), _) => {
                self.abandon(batch, "another write in the same transaction failed").await;
                (outcome, None)
            }
        }
    }

    /// Undoes all writes of a batch and tells each.
    async fn abandon(&self, batch: Batch, why: &str) {
        let Batch { transaction, lease, acknowledge, .. } = batch;
        if lease.is_given_up() {
            // Nobody listens on that connection: the server undoes what it held when it is closed.
            drop(transaction);
        } else if let Err(error) = lease.patiently(Box::pin(transaction.rollback())).await {
            self.distrust(&lease).await;
            tracing::error!(%error, "a transaction could not be undone; its connection is given up");
        }
        tell(acknowledge, &Err(why.to_owned()));
    }

    /// Commits a batch and tells every write in it.
    async fn commit(&self, batch: Batch) {
        let Batch { transaction, lease, acknowledge, newest, .. } = batch;
        failpoints::reach("commit.before");
        let outcome =
            lease.patiently(Box::pin(transaction.commit())).await.map_err(|error| error.to_string());
        failpoints::reach("commit.after");
        match &outcome {
            Ok(()) => self.newest.take_in(&newest),
            Err(error) => {
                // Before anything else: a connection that is trusted wrongly loses what is acknowledged.
                self.distrust(&lease).await;
                tracing::error!(error, writes = acknowledge.len(), "commit failed");
            }
        }
        tell(acknowledge, &outcome);
    }
}

/// Begins a transaction in which this node alone writes, and tells the next position in the ledger.
async fn begin_on(lease: &Lease) -> Result<(DatabaseTransaction, i64), DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = lease.begin(options).await?;
    let backend = transaction.get_database_backend();
    if backend == DatabaseBackend::Postgres {
        lease.patiently(transaction.execute_unprepared("SELECT pg_advisory_xact_lock(7305002)")).await?;
    }
    let statement =
        Statement::from_string(backend, "SELECT COALESCE(MAX(position), 0) + 1 FROM ledger_entry");
    let next_position = match lease.patiently(transaction.query_one_raw(statement)).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => 1,
    };
    Ok((transaction, next_position))
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
