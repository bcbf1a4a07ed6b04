//! What a receipt is made of.

use qadam_domain::ids::ItemId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::entries::unreadable;
use crate::db::Db;
use crate::entities::{ledger_entry, ledger_leaf, ledger_payload};
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

/// Whether an entry about an item commits to this digest, and whether it is in the tree: its number there.
pub async fn promised(
    db: &impl Db,
    item: ItemId,
    digest: &[u8; 32],
) -> Result<Option<Option<u64>>, StorageError> {
    let entry = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::ItemId.eq(item.0))
        .filter(ledger_entry::Column::Digest.eq(digest.to_vec()))
        .one(db.inner())
        .await?;
    let Some(entry) = entry else { return Ok(None) };
    let leaf = ledger_leaf::Entity::find()
        .filter(ledger_leaf::Column::Position.eq(entry.position))
        .one(db.inner())
        .await?;
    Ok(Some(leaf.and_then(|leaf| u64::try_from(leaf.seq).ok())))
}
