//! Second factors: the secret of an authenticator app, sealed by whoever calls, and digests of recovery codes.

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::UserId;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::{account_totp, recovery_code};
use crate::error::StorageError;
use crate::write::Tx;

/// What is kept of an authenticator app.
#[derive(Clone, PartialEq, Eq)]
pub struct Totp {
    /// Whose it is.
    pub account: UserId,
    /// Its secret, sealed.
    pub secret: String,
    /// Whether a code of it was given.
    pub confirmed: bool,
    /// The last step whose code was used.
    pub last_step: i64,
}

/// Leaves out the secret.
impl std::fmt::Debug for Totp {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Totp").field("confirmed", &self.confirmed).finish_non_exhaustive()
    }
}

/// The authenticator app of an account.
pub async fn find_totp(db: &impl Db, account: UserId) -> Result<Option<Totp>, StorageError> {
    let row = account_totp::Entity::find_by_id(account.0).one(db.inner()).await?;
    Ok(row.map(Totp::from))
}

impl From<account_totp::Model> for Totp {
    fn from(row: account_totp::Model) -> Self {
        Self {
            account: UserId(row.account_id),
            secret: row.secret,
            confirmed: row.confirmed,
            last_step: row.last_step,
        }
    }
}

/// How many authenticator apps [`totps`] gives at most.
pub const TOTPS_AT_ONCE: usize = 500;

/// The authenticator apps of all accounts behind one, in the order of their accounts.
pub async fn totps(db: &impl Db, after: Option<UserId>) -> Result<Vec<Totp>, StorageError> {
    let rows = account_totp::Entity::find()
        .apply_if(after, |query, after| query.filter(account_totp::Column::AccountId.gt(after.0)))
        .order_by_asc(account_totp::Column::AccountId)
        .limit(TOTPS_AT_ONCE as u64)
        .all(db.inner())
        .await?;
    Ok(rows.into_iter().map(Totp::from).collect())
}

/// Keeps an authenticator app in place of what the account had.
pub async fn put_totp(tx: &Tx, totp: &Totp) -> Result<(), StorageError> {
    account_totp::Entity::delete_by_id(totp.account.0).exec(tx.inner()).await?;
    let row = account_totp::ActiveModel {
        account_id: Set(totp.account.0),
        secret: Set(totp.secret.clone()),
        confirmed: Set(totp.confirmed),
        last_step: Set(totp.last_step),
    };
    account_totp::Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Uses the code of a step up; `false` where that step or a later one was used before. One statement checks and marks,
/// so that of two sign-ins with one code one gets in.
pub async fn spend_step(tx: &Tx, account: UserId, step: i64) -> Result<bool, StorageError> {
    let spent = account_totp::Entity::update_many()
        .col_expr(account_totp::Column::LastStep, Expr::value(step))
        .filter(account_totp::Column::AccountId.eq(account.0))
        .filter(account_totp::Column::LastStep.lt(step))
        .exec(tx.inner())
        .await?;
    Ok(spent.rows_affected == 1)
}

/// Removes the authenticator app of an account and its recovery codes.
pub async fn remove_second_factor(tx: &Tx, account: UserId) -> Result<(), StorageError> {
    account_totp::Entity::delete_by_id(account.0).exec(tx.inner()).await?;
    remove_recovery_codes(tx, account).await
}

async fn remove_recovery_codes(tx: &Tx, account: UserId) -> Result<(), StorageError> {
    let own = recovery_code::Column::AccountId.eq(account.0);
    recovery_code::Entity::delete_many().filter(own).exec(tx.inner()).await?;
    Ok(())
}

/// Keeps the digests of recovery codes in place of those that the account had.
pub async fn replace_recovery_codes(
    tx: &Tx,
    account: UserId,
    digests: &[[u8; 32]],
) -> Result<(), StorageError> {
    remove_recovery_codes(tx, account).await?;
    let row = |digest: &[u8; 32]| recovery_code::ActiveModel {
        code_digest: Set(digest.to_vec()),
        account_id: Set(account.0),
        used_at: Set(None),
    };
    let rows = recovery_code::Entity::insert_many(digests.iter().map(row));
    rows.exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Uses a recovery code of an account up; `false` for one that is unknown or was used before.
pub async fn spend_recovery_code(
    tx: &Tx,
    account: UserId,
    digest: [u8; 32],
    now: Timestamp,
) -> Result<bool, StorageError> {
    let spent = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(now.0))
        .filter(recovery_code::Column::CodeDigest.eq(digest.to_vec()))
        .filter(recovery_code::Column::AccountId.eq(account.0))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(tx.inner())
        .await?;
    Ok(spent.rows_affected == 1)
}

/// How many recovery codes of an account were not used yet.
pub async fn count_recovery_codes(db: &impl Db, account: UserId) -> Result<u64, StorageError> {
    let unused = recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.eq(account.0))
        .filter(recovery_code::Column::UsedAt.is_null());
    Ok(unused.count(db.inner()).await?)
}
