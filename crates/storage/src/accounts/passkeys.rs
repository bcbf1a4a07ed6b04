//! Passkeys: public keys by which people sign in, what devices know an account by, and challenges that were answered.

use chrono::NaiveDate;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{PasskeyId, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::passkey::{ActiveModel, Column, Entity, Model};
use crate::entities::passkey_user;
use crate::error::StorageError;
use crate::write::Tx;

/// How many passkeys of an account are read at most.
const LISTED_MAX: u64 = 200;

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Its identifier here.
    pub id: PasskeyId,
    /// Whose it is.
    pub account: UserId,
    /// The identifier that the device gave it, of one account alone.
    pub credential_id: Vec<u8>,
    /// With what it signs: a number of the registry of COSE.
    pub algorithm: i16,
    /// Its public key.
    pub public_key: Vec<u8>,
    /// How often it signed, by its own count; 0 where it does not count.
    pub sign_count: u32,
    /// Whether the private key may be copied to other devices.
    pub backup_eligible: bool,
    /// Whether it was.
    pub backed_up: bool,
    /// What the person knows it by.
    pub label: String,
    /// The local day it was made.
    pub made_on: NaiveDate,
    /// The local day it was last used.
    pub used_on: Option<NaiveDate>,
    /// The local day on which its count went back.
    pub doubted_on: Option<NaiveDate>,
}

/// What devices know an account by: what was made for it first, which `fresh` becomes where there was nothing.
pub async fn user_handle(tx: &Tx, account: UserId, fresh: &[u8]) -> Result<Vec<u8>, StorageError> {
    if let Some(known) = find_user_handle(tx, account).await? {
        return Ok(known);
    }
    let row = passkey_user::ActiveModel { account_id: Set(account.0), user_handle: Set(fresh.to_vec()) };
    passkey_user::Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(fresh.to_vec())
}

/// What devices know an account by, if it ever was about to have a passkey.
pub async fn find_user_handle(db: &impl Db, account: UserId) -> Result<Option<Vec<u8>>, StorageError> {
    let row = passkey_user::Entity::find_by_id(account.0).one(db.inner()).await?;
    Ok(row.map(|row| row.user_handle))
}

/// The passkeys of an account, oldest first; at most 200.
pub async fn list_passkeys(db: &impl Db, account: UserId) -> Result<Vec<Passkey>, StorageError> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(account.0))
        .order_by_asc(Column::MadeOn)
        .order_by_asc(Column::Id)
        .limit(LISTED_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter().map(read).collect()
}

/// The passkey with the identifier that a device gave it.
pub async fn find_passkey(db: &impl Db, credential_id: &[u8]) -> Result<Option<Passkey>, StorageError> {
    let named = Entity::find().filter(Column::CredentialId.eq(credential_id.to_vec()));
    named.one(db.inner()).await?.map(read).transpose()
}

/// Keeps a new passkey; `Taken` where any account has one with its identifier.
pub async fn insert_passkey(tx: &Tx, passkey: &Passkey) -> Result<(), StorageError> {
    let day = |day: NaiveDate| day.to_string();
    let row = ActiveModel {
        id: Set(passkey.id.0),
        account_id: Set(passkey.account.0),
        credential_id: Set(passkey.credential_id.clone()),
        algorithm: Set(passkey.algorithm),
        public_key: Set(passkey.public_key.clone()),
        sign_count: Set(passkey.sign_count.into()),
        backup_eligible: Set(passkey.backup_eligible),
        backed_up: Set(passkey.backed_up),
        label: Set(passkey.label.clone()),
        made_on: Set(day(passkey.made_on)),
        used_on: Set(passkey.used_on.map(day)),
        doubted_on: Set(passkey.doubted_on.map(day)),
    };
    Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Notes that a passkey was used; `false` where its count did not go forward, unless it never counts (Web Authentication
/// Level 3, section 7.2, on `signCount`), or it is gone. One statement checks and notes, so that of two copies of a key
/// with one count one gets in.
pub async fn note_passkey_use(
    tx: &Tx,
    id: PasskeyId,
    sign_count: u32,
    backed_up: bool,
    on: NaiveDate,
) -> Result<bool, StorageError> {
    let told = i64::from(sign_count);
    let forward = Column::SignCount.lt(told);
    let never = Column::SignCount.eq(0).and(Expr::val(told).eq(0));
    let noted = Entity::update_many()
        .col_expr(Column::SignCount, Expr::value(told))
        .col_expr(Column::BackedUp, Expr::value(backed_up))
        .col_expr(Column::UsedOn, Expr::value(on.to_string()))
        .filter(Column::Id.eq(id.0))
        .filter(Condition::any().add(forward).add(never))
        .exec(tx.inner())
        .await?;
    Ok(noted.rows_affected == 1)
}

/// Notes that the count of a passkey went back.
pub async fn note_passkey_doubt(tx: &Tx, id: PasskeyId, on: NaiveDate) -> Result<(), StorageError> {
    Entity::update_many()
        .col_expr(Column::DoubtedOn, Expr::value(on.to_string()))
        .filter(Column::Id.eq(id.0))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Removes a passkey of an account; `false` where there is none.
pub async fn remove_passkey(tx: &Tx, account: UserId, id: PasskeyId) -> Result<bool, StorageError> {
    let own = Entity::delete_by_id(id.0).filter(Column::AccountId.eq(account.0));
    Ok(own.exec(tx.inner()).await?.rows_affected == 1)
}

/// Removes all passkeys of an account.
pub async fn remove_passkeys(tx: &Tx, account: UserId) -> Result<(), StorageError> {
    Entity::delete_many().filter(Column::AccountId.eq(account.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Marks a challenge as answered; `false` where it was before. One statement looks and marks, so that of any number of
/// answers, on any number of nodes, one is looked at.
pub async fn spend_challenge(tx: &Tx, digest: [u8; 32], expires_at: Timestamp) -> Result<bool, StorageError> {
    let connection = tx.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "INSERT INTO spent_challenge (challenge_digest, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        [digest.to_vec().into(), expires_at.0.into()],
    );
    Ok(connection.execute_raw(statement).await?.rows_affected() == 1)
}

/// Forgets challenges that would have expired, 1,000 at most, and tells how many.
pub async fn delete_expired_challenges(tx: &Tx, now: Timestamp) -> Result<u64, StorageError> {
    let connection = tx.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "DELETE FROM spent_challenge WHERE challenge_digest IN \
         (SELECT challenge_digest FROM spent_challenge WHERE expires_at <= $1 LIMIT 1000)",
        [now.0.into()],
    );
    Ok(connection.execute_raw(statement).await?.rows_affected())
}

fn read(row: Model) -> Result<Passkey, StorageError> {
    let id = row.id;
    decode(row).map_err(|column| StorageError::Inconsistent { table: "passkey", column, row: id.to_string() })
}

fn decode(row: Model) -> Result<Passkey, &'static str> {
    let day = |text: Option<String>, column| text.map(|text| text.parse().map_err(|_| column)).transpose();
    Ok(Passkey {
        id: PasskeyId(row.id),
        account: UserId(row.account_id),
        credential_id: row.credential_id,
        algorithm: row.algorithm,
        public_key: row.public_key,
        sign_count: row.sign_count.try_into().map_err(|_| "sign_count")?,
        backup_eligible: row.backup_eligible,
        backed_up: row.backed_up,
        label: row.label,
        made_on: row.made_on.parse().map_err(|_| "made_on")?,
        used_on: day(row.used_on, "used_on")?,
        doubted_on: day(row.doubted_on, "doubted_on")?,
    })
}
