//! What a receipt is made of.

use sea_orm::EntityTrait;

use super::entries::unreadable;
use crate::db::Db;
use crate::entities::{ledger_entry, ledger_payload};
use crate::error::StorageError;

/// What an entry commits to, and with which salt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment {
    /// SHA-256(salt ‖ canonical payload).
    pub digest: [u8; 32],
    /// The salt.
    pub salt: [u8; 32],
}

/// What the entry at a place commits to; `None` once its payload was deleted, and the salt with it.
pub async fn commitment(db: &impl Db, position: i64) -> Result<Option<Commitment>, StorageError> {
    let entry = ledger_entry::Entity::find_by_id(position).one(db.inner()).await?;
    let payload = ledger_payload::Entity::find_by_id(position).one(db.inner()).await?;
    let (Some(entry), Some(payload)) = (entry, payload) else { return Ok(None) };
    let bytes = |bytes: Vec<u8>, column| bytes.try_into().map_err(|_| unreadable(column, position));
    Ok(Some(Commitment { digest: bytes(entry.digest, "digest")?, salt: bytes(payload.salt, "salt")? }))
}
