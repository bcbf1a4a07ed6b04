//! Write transactions.
//!
//! Writes of a node run one after another on one connection. Those that wait while another runs share its commit:
//! each gets a savepoint of its own in one transaction, the last in the queue commits, and each is acknowledged
//! only after that commit. A sync to disk thus serves as many writes as came in meanwhile, and no write ever finds
//! the database locked. The first write of a transaction needs no savepoint: when it fails, there is nothing else to
//! keep. Neither does one that only read when it was refused.
//!
//! A statement is a journey to the database and back. Those whose outcome nobody waits for go together.
//!
//! A write in which a statement failed is refused, and never acknowledged. Where it cannot be undone by itself, all
//! writes of its transaction are refused with it, each as [`StorageError::Unavailable`].
//!
//! Nobody waits for ever: a write whose turn does not come is refused, and what the database does not answer has failed
//! ([`crate::pool`]). Where the answer to a commit does not come, nobody knows what became of its writes but that it is
//! the same for all of each: they are refused as [`StorageError::Unavailable`], and who asks again finds out.
//!
//! On PostgreSQL the transaction begins by taking one advisory lock, so that nodes take turns: ledger positions
//! are commit-ordered by construction.

mod batch;
mod connection;
mod later;
#[cfg(test)]
mod tests;

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering};

use sea_orm::DatabaseTransaction;

pub(crate) use batch::Writer;
use connection::{Undo, WriteConnection};
pub(crate) use later::Later;

use crate::connect::Store;
use crate::db::sealed::Connection;
use crate::error::StorageError;
use crate::pool::Lease;

/// The work of one write: borrows the transaction and gives a result.
pub type Work<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// An open write transaction, as one write sees it. What it did is undone when it fails.
#[derive(Debug)]
pub struct Tx {
    connection: WriteConnection,
    next_position: AtomicI64,
    newest: Newest,
}

/// The newest ledger positions that somebody has to know of; 0 where there is none.
#[derive(Debug)]
struct Newest {
    /// Of any entry.
    any: AtomicI64,
    /// Of an entry that the public can see.
    public: AtomicI64,
    /// Of an entry about a record that nodes keep in memory.
    kept: AtomicI64,
}

impl Newest {
    const fn none() -> Self {
        Self { any: AtomicI64::new(0), public: AtomicI64::new(0), kept: AtomicI64::new(0) }
    }

    /// Takes in what was noted elsewhere. Who sees the public's position sees the other, too.
    fn take_in(&self, other: &Self) {
        self.any.fetch_max(other.any.load(Ordering::Relaxed), Ordering::AcqRel);
        self.kept.fetch_max(other.kept.load(Ordering::Relaxed), Ordering::AcqRel);
        self.public.fetch_max(other.public.load(Ordering::Relaxed), Ordering::AcqRel);
    }
}

impl Connection for Tx {
    type Inner = WriteConnection;

    fn inner(&self) -> &WriteConnection {
        &self.connection
    }
}

impl Tx {
    const fn new(transaction: DatabaseTransaction, lease: Lease, undo: Undo, next_position: i64) -> Self {
        Self {
            connection: WriteConnection::new(transaction, lease, undo),
            next_position: AtomicI64::new(next_position),
            newest: Newest::none(),
        }
    }

    /// Does this some time before the next statement or the end of the write.
    pub(crate) async fn later(&self, statement: Later) -> Result<(), StorageError> {
        Ok(self.connection.later(statement).await?)
    }

    /// Takes the next position in the ledger. Positions grow in commit order; a write that fails leaves a gap.
    pub(crate) fn take_position(&self) -> i64 {
        self.next_position.fetch_add(1, Ordering::Relaxed)
    }

    /// Notes the position of an entry, once this is committed.
    pub(crate) fn note(&self, position: i64) {
        self.newest.any.fetch_max(position, Ordering::Relaxed);
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

    /// The newest ledger position among what this node wrote; 0 when it wrote nothing.
    pub fn newest_written(&self) -> i64 {
        self.writer.newest.any.load(Ordering::Acquire)
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
