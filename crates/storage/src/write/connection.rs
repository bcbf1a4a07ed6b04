//! The connection of one write.
//!
//! It keeps back statements that may wait ([`WriteConnection::later`]) until something is asked or done that could
//! depend on them, or the write ends. And it sets the savepoint to which the write can be undone no sooner than it
//! writes: what only reads leaves nothing to undo.

use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, ExecResult, QueryResult, Statement,
};

use super::later::{Joined, Later};
use crate::pool::Lease;

/// A connection within a transaction that writes may share.
#[derive(Debug)]
pub struct WriteConnection {
    transaction: DatabaseTransaction,
    /// Says how long one waits.
    lease: Lease,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    waiting: Vec<Later>,
    undo: Undo,
    failed: bool,
}

/// How what the write did is undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undo {
    /// With the transaction: there is nothing else in it.
    Transaction,
    /// It did nothing yet. Before it does, its savepoint is set, in place of that of an earlier write.
    Nothing {
        /// Whether there is one.
        earlier: bool,
    },
    /// By going back to the savepoint.
    Savepoint,
}

const SET: &str = "SAVEPOINT one_write";
const SET_ANEW: &str = "RELEASE SAVEPOINT one_write; SAVEPOINT one_write";
const GO_BACK: &str = "ROLLBACK TO SAVEPOINT one_write";

impl WriteConnection {
    pub(super) const fn new(transaction: DatabaseTransaction, lease: Lease, undo: Undo) -> Self {
        Self { transaction, lease, state: Mutex::new(State { waiting: Vec::new(), undo, failed: false }) }
    }

    /// Does this some time before the next statement or the end of the write.
    pub(crate) async fn later(&self, statement: Later) -> Result<(), DbErr> {
        let has_to_follow = statement.has_to_follow(&self.state().waiting);
        if has_to_follow {
            self.flush().await?;
        }
        self.state().waiting.push(statement);
        Ok(())
    }

    /// Does what waits. No row where one has to be is [`DbErr::RecordNotUpdated`].
    pub(super) async fn flush(&self) -> Result<(), DbErr> {
        let waiting = std::mem::take(&mut self.state().waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let backend = self.transaction.get_database_backend();
        let first = if backend == DatabaseBackend::Postgres {
            self.set_savepoint().await?;
            None
        } else {
            self.savepoint_to_set()
        };
        let Joined { statement, rows } = Joined::new(backend, first, waiting);
        if rows == 0 {
            self.noting(self.transaction.execute_raw(statement)).await?;
            return Ok(());
        }
        let found = self.noting(self.transaction.query_all_raw(statement)).await?;
        if found.len() == rows { Ok(()) } else { Err(DbErr::RecordNotUpdated) }
    }

    /// The transaction with its lease, and how to undo what was done in it since.
    pub(super) fn into_parts(self) -> (DatabaseTransaction, Lease, Undo) {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        (self.transaction, self.lease, state.undo)
    }

    /// Whether a statement failed. On PostgreSQL nothing but undoing works from then on, and it is no write that
    /// may be acknowledged on either database.
    pub(super) fn has_failed(&self) -> bool {
        self.state().failed
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What sets the savepoint, where it has to be set before the next statement.
    fn savepoint_to_set(&self) -> Option<&'static str> {
        let mut state = self.state();
        let Undo::Nothing { earlier } = state.undo else { return None };
        state.undo = Undo::Savepoint;
        Some(if earlier { SET_ANEW } else { SET })
    }

    async fn set_savepoint(&self) -> Result<(), DbErr> {
        let Some(sql) = self.savepoint_to_set() else { return Ok(()) };
        self.noting(self.transaction.execute_unprepared(sql)).await?;
        Ok(())
    }

    /// Gets ready for a statement that writes.
    async fn before_writing(&self) -> Result<(), DbErr> {
        self.flush().await?;
        self.set_savepoint().await
    }

    /// Gets ready for a statement that reads, or writes and gives back what.
    async fn before_asking(&self, question: &Statement) -> Result<(), DbErr> {
        self.flush().await?;
        if question.sql.starts_with("SELECT") { Ok(()) } else { self.set_savepoint().await }
    }

    /// Waits for a statement as long as one may, and notes when it failed.
    async fn noting<'a, T: Send + 'a>(
        &'a self,
        statement: BoxFuture<'a, Result<T, DbErr>>,
    ) -> Result<T, DbErr> {
        let outcome = self.lease.patiently(statement).await;
        if outcome.is_err() {
            self.state().failed = true;
        }
        outcome
    }
}

/// Goes back to where a write began. An error where there is no way back, as when the database undid the whole
/// transaction by itself.
pub(super) async fn go_back(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    transaction.execute_unprepared(GO_BACK).await.map(drop)
}

#[async_trait::async_trait]
impl ConnectionTrait for WriteConnection {
    fn get_database_backend(&self) -> DatabaseBackend {
        self.transaction.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.before_writing().await?;
        self.noting(self.transaction.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.before_writing().await?;
        self.noting(self.transaction.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.before_asking(&statement).await?;
        self.noting(self.transaction.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.before_asking(&statement).await?;
        self.noting(self.transaction.query_all_raw(statement)).await
    }
}
