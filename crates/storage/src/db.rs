//! What a query runs on: a pool of readers or an open transaction.

use sea_orm::{ConnectionTrait, DatabaseBackend};

use crate::pool::Lease;

pub(crate) mod sealed {
    //! Keeps sea-orm out of other crates: they name [`super::Db`] but cannot look inside.

    use sea_orm::ConnectionTrait;

    /// Gives the connection.
    pub trait Connection {
        /// The kind of connection.
        type Inner: ConnectionTrait;

        /// The connection.
        fn inner(&self) -> &Self::Inner;
    }
}

/// Something a query can run on.
pub trait Db: sealed::Connection + Sync {}

impl<T: sealed::Connection + Sync> Db for T {}

/// A pool of connections for reading. On SQLite they refuse to write.
#[derive(Debug, Clone)]
pub struct Reader(pub(crate) Lease);

impl sealed::Connection for Reader {
    type Inner = Lease;

    fn inner(&self) -> &Lease {
        &self.0
    }
}

/// Whether a connection goes to SQLite.
pub(crate) fn is_sqlite(db: &impl Db) -> bool {
    db.inner().get_database_backend() == DatabaseBackend::Sqlite
}
