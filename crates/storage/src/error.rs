//! What can go wrong in the database, told apart by what the caller can do about it.

use sea_orm::sqlx::postgres::PgDatabaseError;
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
    /// The database cannot be reached, did not answer in time, or has no more room; trying again may help.
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

/// Whether the connection failed, or the database for a reason that may pass, rather than the statement.
fn is_connection_failure(cause: &sea_orm::SqlxError) -> bool {
    use sea_orm::sqlx::Error;
    match cause {
        Error::Io(_)
        | Error::Tls(_)
        | Error::PoolTimedOut
        | Error::PoolClosed
        | Error::WorkerCrashed
        | Error::BeginFailed
        | Error::Protocol(_) => true,
        Error::Database(error) => {
            let passes = if error.try_downcast_ref::<PgDatabaseError>().is_some() {
                passes_on_postgres
            } else {
                passes_on_sqlite
            };
            error.code().is_some_and(|code| passes(&code))
        }
        _ => false,
    }
}

/// 08…: connections that failed. 25006: a server that only reads, as one that is about to take over. 25P03: a
/// transaction that stood still for too long, which the server ended with its connection. 40…: undone for the sake of
/// another transaction. 53…: out of resources, disk full among them. 57…: stopped by somebody, by a time limit, or
/// because the server is starting up or shutting down. 58030: the disk fails.
fn passes_on_postgres(code: &str) -> bool {
    ["08", "40", "53", "57"].iter().any(|class| code.starts_with(class))
        || ["25006", "25P03", "58030"].contains(&code)
}

/// 5: busy. 6: locked. 10: the disk fails. 13: the disk is full. 14: a file of the database cannot be opened, as where
/// there are no more file descriptors. The rest of a code says where that happened.
fn passes_on_sqlite(code: &str) -> bool {
    const PRIMARY: u32 = 0xff;
    code.parse::<u32>().is_ok_and(|code| [5, 6, 10, 13, 14].contains(&(code & PRIMARY)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_is_full_or_fails_passes_and_a_damaged_database_does_not() {
        for (code, passes) in
            [("13", true), ("10", true), ("778", true), ("5", true), ("261", true), ("14", true)]
        {
            assert_eq!(passes_on_sqlite(code), passes, "{code}");
        }
        for code in ["1", "11", "19", "26", "787", "x"] {
            assert!(!passes_on_sqlite(code), "{code}");
        }
    }

    #[test]
    fn a_server_that_stops_or_hurries_passes_and_a_wrong_statement_does_not() {
        for code in ["57P01", "57P03", "57014", "53100", "08006", "40001", "40P01", "25006", "25P03", "58030"]
        {
            assert!(passes_on_postgres(code), "{code}");
        }
        for code in ["42601", "23505", "22001", "25P02", "XX000"] {
            assert!(!passes_on_postgres(code), "{code}");
        }
    }
}
