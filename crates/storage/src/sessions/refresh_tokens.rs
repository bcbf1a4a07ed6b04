//! Refresh tokens: each is good for one use. A used one that comes back is a copy in other hands.

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::SessionId;
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, EntityTrait, Statement};
use uuid::Uuid;

use crate::db::sealed::Connection;
use crate::entities::refresh_token::{ActiveModel, Entity};
use crate::error::StorageError;
use crate::write::Tx;

/// What came of spending a refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spent {
    /// It was good and is used up now.
    Fresh {
        /// The session it continues, which may have been revoked meanwhile.
        session: SessionId,
    },
    /// It had been used before: the session is to be revoked.
    Reused {
        /// The session it belonged to.
        session: SessionId,
    },
    /// There is no such token.
    Unknown,
    /// It was never used and is too old.
    Expired,
}

/// Inserts a token of a session: the SHA-256 digest of it, and when it ends.
pub async fn insert_refresh_token(
    tx: &Tx,
    digest: [u8; 32],
    session: SessionId,
    expires_at: Timestamp,
) -> Result<(), StorageError> {
    let row = ActiveModel {
        token_digest: Set(digest.to_vec()),
        session_id: Set(session.0),
        expires_at: Set(expires_at.0),
        used_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Uses a token up, or says why it cannot be used.
///
/// One statement both checks and marks, so that of two requests with the same token one gets on and the other
/// is told that the token was used.
pub async fn spend_refresh_token(tx: &Tx, digest: [u8; 32], now: Timestamp) -> Result<Spent, StorageError> {
    let connection = tx.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "UPDATE refresh_token SET used_at = $1 \
         WHERE token_digest = $2 AND used_at IS NULL AND expires_at > $1 RETURNING session_id",
        [now.0.into(), digest.to_vec().into()],
    );
    if let Some(row) = connection.query_one_raw(statement).await? {
        return Ok(Spent::Fresh { session: SessionId(row.try_get_by_index::<Uuid>(0)?) });
    }
    Ok(match Entity::find_by_id(digest.to_vec()).one(connection).await? {
        None => Spent::Unknown,
        Some(token) if token.used_at.is_some() => Spent::Reused { session: SessionId(token.session_id) },
        Some(_) => Spent::Expired,
    })
}
