//! Numbers of published items: per kind and local year, without gaps.

use qadam_domain::items::Kind;
use sea_orm::{ConnectionTrait, Statement};

use crate::db::sealed::Connection;
use crate::error::StorageError;
use crate::write::Tx;

/// Takes the next number of a kind in a year. Undone with the transaction, so that no gap arises.
pub async fn next_number(tx: &Tx, kind: Kind, year: i32) -> Result<u32, StorageError> {
    let connection = tx.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "INSERT INTO reference_counter (kind, year, last_number) VALUES ($1, $2, 1) \
         ON CONFLICT (kind, year) DO UPDATE SET last_number = reference_counter.last_number + 1 \
         RETURNING last_number",
        [kind.code().into(), i64::from(year).into()],
    );
    let unreadable = || StorageError::Inconsistent {
        table: "reference_counter",
        column: "last_number",
        row: format!("{} {year}", kind.code()),
    };
    let row = connection.query_one_raw(statement).await?.ok_or_else(unreadable)?;
    let number: i64 = row.try_get_by_index(0)?;
    u32::try_from(number).map_err(|_| unreadable())
}
