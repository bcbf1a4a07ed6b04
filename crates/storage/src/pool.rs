//! Connections that are waited for no longer than a request may take, and given up for new ones.
//!
//! A server that is gone says so, and the pool opens a new connection when it is there again. A network that swallows
//! what it is given says nothing: a statement is then waited for in vain, and what the library does to clean up after
//! it would be, too. So whoever waited long enough gives up all connections of the pool at once, and the next statement
//! begins on a new pool. On SQLite, where there is no network, a statement takes as long as it takes.
//!
//! Who waits for a connection because all are at work has met no dead network but many others who ask: as long as
//! anybody is answered, nothing is given up.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use sea_orm::sqlx::Connection as _;
use sea_orm::sqlx::postgres::{PgDatabaseError, PgSeverity};
use sea_orm::{
    ConnAcquireErr, ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection,
    DatabaseTransaction, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, TransactionOptions,
    TransactionTrait,
};

/// How long one waits for a connection, new or in use. A server that comes back is met within a fifth of it.
pub(crate) const ACQUIRE: Duration = Duration::from_secs(5);

/// A pool that can be given up.
pub(crate) struct Pool {
    options: ConnectOptions,
    patience: Option<Duration>,
    current: RwLock<Current>,
}

/// The connections that are used now.
#[derive(Debug, Clone)]
struct Current {
    connection: DatabaseConnection,
    health: Arc<Health>,
}

/// What is known of the connections that are used now.
#[derive(Debug)]
struct Health {
    /// From then on whatever comes back is closed.
    given_up: AtomicBool,
    /// When the server last said anything on one of them.
    answered: Mutex<Instant>,
}

impl Health {
    fn new() -> Self {
        Self { given_up: AtomicBool::new(false), answered: Mutex::new(Instant::now()) }
    }

    /// Notes what came of a statement: that the server spoke, also where it refused.
    fn note<T>(&self, outcome: &Result<T, DbErr>) {
        if outcome.as_ref().err().is_none_or(is_refusal) {
            *self.answered.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        }
    }

    /// Whether nobody was answered for as long as one waits for a connection.
    fn is_silent(&self) -> bool {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner).elapsed() >= ACQUIRE
    }
}

/// Whether the server refused a statement and keeps the connection: it is known where it stands.
pub(crate) fn is_refusal(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    let said = cause.as_database_error().and_then(|said| said.try_downcast_ref::<PgDatabaseError>());
    said.is_some_and(|said| !matches!(said.severity(), PgSeverity::Fatal | PgSeverity::Panic))
}

/// The use of a pool as it was when it was asked for.
#[derive(Clone)]
pub struct Lease {
    pool: Arc<Pool>,
    current: Current,
}

impl fmt::Debug for Pool {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the options: the address in them may hold a password.
        formatter.debug_struct("Pool").field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pool.fmt(formatter)
    }
}

impl Current {
    async fn connect(options: &ConnectOptions) -> Result<Self, DbErr> {
        let health = Arc::new(Health::new());
        let known = Arc::clone(&health);
        let mut options = options.clone();
        // What is written within a transaction that was left open would be acknowledged and never committed.
        options.map_sqlx_sqlite_before_acquire(|connection, _| {
            let left_open = connection.is_in_transaction();
            if left_open {
                tracing::warn!("a connection that was left within a transaction is not used again");
            }
            Box::pin(async move { Ok(!left_open) })
        });
        options.map_sqlx_postgres_pool_opts(move |pool| {
            let known = Arc::clone(&known);
            // Asked before the library finds out, by waiting, whether the connection can be used on.
            pool.after_release(move |_, _| {
                let keeps = !known.given_up.load(Ordering::Acquire);
                Box::pin(async move { Ok(keeps) })
            })
        });
        Ok(Self { connection: Database::connect(options).await?, health })
    }
}

impl Pool {
    /// Opens a pool, whose first connection is made at once.
    pub(crate) async fn open(
        options: ConnectOptions,
        patience: Option<Duration>,
    ) -> Result<Arc<Self>, DbErr> {
        let current = Current::connect(&options).await?;
        let networked = current.connection.get_database_backend() == DatabaseBackend::Postgres;
        let patience = patience.filter(|_| networked);
        Ok(Arc::new(Self { options, patience, current: RwLock::new(current) }))
    }

    /// The pool as it is now.
    pub(crate) fn lease(self: &Arc<Self>) -> Lease {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner).clone();
        Lease { pool: Arc::clone(self), current }
    }

    /// Closes all connections.
    pub(crate) async fn close(self: &Arc<Self>) -> Result<(), DbErr> {
        self.lease().current.connection.close().await
    }

    async fn replace(&self) {
        let mut options = self.options.clone();
        options.connect_lazy(true);
        match Current::connect(&options).await {
            Ok(current) => *self.current.write().unwrap_or_else(PoisonError::into_inner) = current,
            // The same options opened the first.
            Err(error) => tracing::error!(%error, "no new connections to the database can be made"),
        }
    }
}

impl Lease {
    /// Gives up the connections of this lease, if nobody did: what comes back is closed, and others begin on new ones.
    pub(crate) async fn give_up(&self) {
        if !self.current.health.given_up.swap(true, Ordering::AcqRel) {
            tracing::warn!("the connections to the database are given up for new ones");
            self.pool.replace().await;
        }
    }

    /// Whether the connections of this lease were given up.
    pub(crate) fn is_given_up(&self) -> bool {
        self.current.health.given_up.load(Ordering::Acquire)
    }

    /// The connections themselves.
    pub(crate) const fn connection(&self) -> &DatabaseConnection {
        &self.current.connection
    }

    /// Begins a transaction.
    pub(crate) async fn begin(&self, options: TransactionOptions) -> Result<DatabaseTransaction, DbErr> {
        self.acquiring(Box::pin(self.current.connection.begin_with_options(options))).await
    }

    /// Waits for work that has its connection as long as one may.
    ///
    /// Boxed on both sides: every write is made of these.
    pub(crate) fn patiently<'a, T: Send + 'a>(
        &'a self,
        work: BoxFuture<'a, Result<T, DbErr>>,
    ) -> BoxFuture<'a, Result<T, DbErr>> {
        self.waiting(self.pool.patience, work)
    }

    /// Waits for work that needs a connection first, for which it waits no longer than [`ACQUIRE`]: that is not taken
    /// from the time that the server has for its answer.
    fn acquiring<'a, T: Send + 'a>(
        &'a self,
        work: BoxFuture<'a, Result<T, DbErr>>,
    ) -> BoxFuture<'a, Result<T, DbErr>> {
        self.waiting(self.pool.patience.map(|patience| patience + ACQUIRE), work)
    }

    /// Waits so long. Who waited in vain gives the connections up, while the work still holds its own: what is dropped
    /// with the work is then closed and not waited for again. The server would have ended the statement before.
    fn waiting<'a, T: Send + 'a>(
        &'a self,
        patience: Option<Duration>,
        mut work: BoxFuture<'a, Result<T, DbErr>>,
    ) -> BoxFuture<'a, Result<T, DbErr>> {
        let Some(patience) = patience else { return work };
        Box::pin(async move {
            match tokio::time::timeout(patience, work.as_mut()).await {
                Ok(Err(error @ DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))) => {
                    if self.current.health.is_silent() {
                        self.give_up().await;
                    }
                    Err(error)
                }
                Ok(outcome) => {
                    self.current.health.note(&outcome);
                    outcome
                }
                Err(_elapsed) => {
                    self.give_up().await;
                    let said = format!("no answer within {} seconds", patience.as_secs());
                    Err(DbErr::Conn(RuntimeErr::Internal(said)))
                }
            }
        })
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Lease {
    fn get_database_backend(&self) -> DatabaseBackend {
        self.connection().get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.acquiring(self.connection().execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.acquiring(self.connection().execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.acquiring(self.connection().query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.acquiring(self.connection().query_all_raw(statement)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long_ago() -> Health {
        let health = Health::new();
        *health.answered.lock().unwrap() = Instant::now().checked_sub(ACQUIRE).unwrap();
        health
    }

    #[test]
    fn connections_are_silent_only_where_nobody_was_answered_for_long() {
        assert!(!Health::new().is_silent());
        let health = long_ago();
        assert!(health.is_silent());
        health.note(&Ok(()));
        assert!(!health.is_silent());
    }

    #[test]
    fn an_error_that_the_server_did_not_say_is_no_answer() {
        for error in [
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
            DbErr::Conn(RuntimeErr::Internal("cut".to_owned())),
            DbErr::Exec(RuntimeErr::Internal("cut".to_owned())),
        ] {
            assert!(!is_refusal(&error), "{error}");
            let health = long_ago();
            health.note(&Err::<(), _>(error));
            assert!(health.is_silent());
        }
    }
}
