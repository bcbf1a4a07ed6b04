//! One-time links. Only a digest of the token in the link is stored, so that the database admits nobody.

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::UserId;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Statement};
use uuid::Uuid;

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::account_link::{ActiveModel, Column, Entity};
use crate::error::StorageError;
use crate::write::Tx;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkPurpose {
    /// To come in for the first time.
    Invitation,
    /// To come in again with a new password.
    Recovery,
}

impl LinkPurpose {
    const fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Recovery => "recovery",
        }
    }
}

/// A link that is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLink {
    /// The SHA-256 digest of its token.
    pub digest: [u8; 32],
    /// Whom it lets in.
    pub account: UserId,
    /// What for.
    pub purpose: LinkPurpose,
    /// Who asked for it in the person's stead: such a link holds nothing until a colleague vouches.
    pub asked_by: Option<UserId>,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A link that was used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpentLink {
    /// Whom it lets in.
    pub account: UserId,
    /// What for.
    pub purpose: LinkPurpose,
    /// Whether two people made it: who asked, and a colleague.
    pub vouched: bool,
}

/// Inserts a link.
pub async fn insert_link(tx: &Tx, link: NewLink) -> Result<(), StorageError> {
    let row = ActiveModel {
        token_digest: Set(link.digest.to_vec()),
        account_id: Set(link.account.0),
        expires_at: Set(link.expires_at.0),
        used_at: Set(None),
        purpose: Set(link.purpose.code().to_owned()),
        asked_by: Set(link.asked_by.map(|by| by.0)),
        vouched_by: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Uses a link up and tells whose it was; `None` for one that is unknown, used, expired or not yet vouched for.
///
/// One statement both checks and marks, so that of two requests with the same link one gets in. Call it before
/// anything else is decided.
pub async fn consume_link(
    tx: &Tx,
    digest: [u8; 32],
    now: Timestamp,
) -> Result<Option<SpentLink>, StorageError> {
    let connection = tx.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "UPDATE account_link SET used_at = $1 \
         WHERE token_digest = $2 AND used_at IS NULL AND expires_at > $1 \
         AND (asked_by IS NULL OR vouched_by IS NOT NULL) RETURNING account_id, purpose = 'recovery', vouched_by",
        [now.0.into(), digest.to_vec().into()],
    );
    let Some(row) = connection.query_one_raw(statement).await? else { return Ok(None) };
    let recovers: bool = row.try_get_by_index(1)?;
    Ok(Some(SpentLink {
        account: UserId(row.try_get_by_index::<Uuid>(0)?),
        purpose: if recovers { LinkPurpose::Recovery } else { LinkPurpose::Invitation },
        vouched: row.try_get_by_index::<Option<Uuid>>(2)?.is_some(),
    }))
}

/// Vouches for whoever lost the password and had a link asked for; `false` where none is waiting for a word.
pub async fn vouch_for(tx: &Tx, account: UserId, by: UserId, now: Timestamp) -> Result<bool, StorageError> {
    let vouched = Entity::update_many()
        .col_expr(Column::VouchedBy, Expr::value(by.0))
        .filter(waiting(now))
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::AskedBy.ne(by.0))
        .exec(tx.inner())
        .await?;
    Ok(vouched.rows_affected > 0)
}

/// Those of the accounts for which a link waits for a colleague's word.
pub async fn waiting_for_a_word(
    db: &impl Db,
    accounts: &[UserId],
    now: Timestamp,
) -> Result<Vec<UserId>, StorageError> {
    let rows: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::AccountId)
        .filter(waiting(now))
        .filter(Column::AccountId.is_in(accounts.iter().map(|id| id.0)))
        .into_tuple()
        .all(db.inner())
        .await?;
    Ok(rows.into_iter().map(UserId).collect())
}

/// Links that somebody asked for in a person's stead and no colleague vouched for yet.
fn waiting(now: Timestamp) -> Condition {
    Condition::all()
        .add(Column::AskedBy.is_not_null())
        .add(Column::VouchedBy.is_null())
        .add(Column::UsedAt.is_null())
        .add(Column::ExpiresAt.gt(now.0))
}

/// Removes every link of an account.
pub async fn revoke_links(tx: &Tx, account: UserId) -> Result<(), StorageError> {
    Entity::delete_many().filter(Column::AccountId.eq(account.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Removes the links that the holder of an account asked for to come in again; those of two people stay.
pub async fn revoke_own_links(tx: &Tx, account: UserId) -> Result<(), StorageError> {
    Entity::delete_many()
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::Purpose.eq(LinkPurpose::Recovery.code()))
        .filter(Column::AskedBy.is_null())
        .exec(tx.inner())
        .await?;
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
