//! What a request with an `Idempotency-Key` did, so that its repetition does it no second time.
//!
//! The answer itself is not kept: a repetition is authorised again and rendered anew.

use qadam_domain::calendar::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, EntityTrait, Statement};

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::idempotency_record::{ActiveModel, Entity, Model};
use crate::error::StorageError;
use crate::write::Tx;

/// What a request did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Keyed hash of its body: the same key with another body is refused.
    pub body_digest: [u8; 32],
    /// The HTTP status it was answered with.
    pub status: u16,
    /// The path of what it made or changed.
    pub location: String,
    /// When it was answered.
    pub created_at: Timestamp,
}

/// What the request with this key did. The digest is a keyed hash of key, account and route.
pub async fn find(db: &impl Db, key_digest: [u8; 32]) -> Result<Option<Record>, StorageError> {
    Entity::find_by_id(key_digest.to_vec()).one(db.inner()).await?.map(read).transpose()
}

/// Notes what a request did; `Taken` where its key is noted already.
pub async fn insert(tx: &Tx, key_digest: [u8; 32], record: &Record) -> Result<(), StorageError> {
    let row = ActiveModel {
        key_digest: Set(key_digest.to_vec()),
        body_digest: Set(record.body_digest.to_vec()),
        status: Set(record.status.into()),
        location: Set(record.location.clone()),
        created_at: Set(record.created_at.0),
    };
    Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Forgets what the request with this key did.
pub async fn delete(tx: &Tx, key_digest: [u8; 32]) -> Result<(), StorageError> {
    Entity::delete_by_id(key_digest.to_vec()).exec(tx.inner()).await?;
    Ok(())
}

/// Forgets what was done before an instant, 1,000 records at most, and tells how many that were.
pub async fn delete_older_than(tx: &Tx, at: Timestamp) -> Result<u64, StorageError> {
    let connection = tx.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "DELETE FROM idempotency_record WHERE key_digest IN \
         (SELECT key_digest FROM idempotency_record WHERE created_at < $1 LIMIT 1000)",
        [at.0.into()],
    );
    Ok(connection.execute_raw(statement).await?.rows_affected())
}

fn read(row: Model) -> Result<Record, StorageError> {
    // The key's digest would say nothing to a reader; the location does.
    let location = row.location.clone();
    decode(row).map_err(|column| StorageError::Inconsistent {
        table: "idempotency_record",
        column,
        row: location,
    })
}

fn decode(row: Model) -> Result<Record, &'static str> {
    Ok(Record {
        body_digest: row.body_digest.try_into().map_err(|_| "body_digest")?,
        status: row.status.try_into().map_err(|_| "status")?,
        location: row.location,
        created_at: Timestamp(row.created_at),
    })
}
