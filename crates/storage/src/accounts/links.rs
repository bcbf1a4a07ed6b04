//! One-time links. Only a digest of the token in the link is stored, so that the database admits nobody.

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::UserId;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};
use uuid::Uuid;

use crate::db::sealed::Connection;
use crate::entities::account_link::{ActiveModel, Column, Entity};
use crate::error::StorageError;
use crate::write::Tx;

/// Inserts a link for an account: the SHA-256 digest of its token, and when it ends.
pub async fn insert_link(
    tx: &Tx,
    digest: [u8; 32],
    account: UserId,
    expires_at: Timestamp,
) -> Result<(), StorageError> {
    let row = ActiveModel {
        token_digest: Set(digest.to_vec()),
        account_id: Set(account.0),
        expires_at: Set(expires_at.0),
        used_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Uses a link up and tells whose it was; `None` for one that is unknown, used or expired.
///
/// One statement both checks and marks, so that of two requests with the same link one gets in. Call it before
/// anything else is decided.
pub async fn consume_link(tx: &Tx, digest: [u8; 32], now: Timestamp) -> Result<Option<UserId>, StorageError> {
    let connection = tx.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "UPDATE account_link SET used_at = $1 \
         WHERE token_digest = $2 AND used_at IS NULL AND expires_at > $1 RETURNING account_id",
        [now.0.into(), digest.to_vec().into()],
    );
    let row = connection.query_one_raw(statement).await?;
    Ok(row.map(|row| row.try_get_by_index::<Uuid>(0)).transpose()?.map(UserId))
}

/// Removes every link of an account.
pub async fn revoke_links(tx: &Tx, account: UserId) -> Result<(), StorageError> {
    Entity::delete_many().filter(Column::AccountId.eq(account.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Removes links that have ended, at most 1,000, and tells how many.
pub async fn delete_expired_links(tx: &Tx, now: Timestamp) -> Result<u64, StorageError> {
    let connection = tx.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "DELETE FROM account_link WHERE token_digest IN \
         (SELECT token_digest FROM account_link WHERE expires_at <= $1 LIMIT 1000)",
        [now.0.into()],
    );
    Ok(connection.execute_raw(statement).await?.rows_affected())
}
