//! What can go wrong in the database, told apart by what the caller can do about it.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// A failure of the database.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A unique value was taken already. Names the constraint or its columns as the database does.
    #[error("a unique value is taken: {0}")]
    Taken(String),
    /// A row that something else points to, or a pointer to no row.
    #[error("a reference does not hold")]
    ReferenceBroken,
    /// The row changed since it was read.
    #[error("the row changed since it was read")]
    VersionConflict,
    /// The database cannot be reached or did not answer in time; trying again may help.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// A stored value that the rules do not know: a damaged or newer database.
    #[error("table {table}, column {column}: unreadable value in row {row}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's identifier.
        row: String,
    },
    /// Anything else the database said.
    #[error("the database refused: {0}")]
    Refused(String),
}

impl From<DbErr> for StorageError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(what)) => return Self::Taken(what),
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => return Self::ReferenceBroken,
            _ => {}
        }
        match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error.to_string()),
            DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))
                if is_connection_failure(cause) =>
            {
                Self::Unavailable(error.to_string())
            }
            DbErr::RecordNotUpdated => Self::VersionConflict,
            _ => Self::Refused(error.to_string()),
        }
    }
}

/// Whether the connection failed rather than the statement.
fn is_connection_failure(cause: &sea_orm::SqlxError) -> bool {
    use sea_orm::sqlx::Error;
    match cause {
        Error::Io(_)
        | Error::PoolTimedOut
        | Error::PoolClosed
        | Error::WorkerCrashed
        | Error::Protocol(_) => true,
        // 57P01–57P03: the server is shutting down or starting up; 08…: connection exceptions; 53…: out of
        // resources, disk full among them.
        Error::Database(error) => error.code().is_some_and(|code| {
            code.starts_with("57P") || code.starts_with("08") || code.starts_with("53") || code == "13"
        }),
        _ => false,
    }
}
