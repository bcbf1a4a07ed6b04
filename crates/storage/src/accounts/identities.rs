//! Who accounts are at providers of identities.

use std::fmt;

use chrono::NaiveDate;
use qadam_domain::ids::{IdentityId, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::account_identity::{ActiveModel, Column, Entity, Model};
use crate::error::StorageError;
use crate::write::Tx;

/// How many identities of an account are read at most: it has one at each provider that the register ever had.
const LISTED_MAX: u64 = 200;

/// Who an account is at a provider.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its identifier here.
    pub id: IdentityId,
    /// Whose it is.
    pub account: UserId,
    /// The provider.
    pub issuer: String,
    /// By what the provider knows the person.
    pub subject: String,
    /// What the provider called the person then: an address or a name.
    pub shown: String,
    /// The local day it was connected.
    pub made_on: NaiveDate,
    /// The local day it was last used.
    pub used_on: Option<NaiveDate>,
}

/// Leaves out the person.
impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Identity")
            .field("id", &self.id)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

/// The identities of an account, oldest first; at most 200.
pub async fn list_identities(db: &impl Db, account: UserId) -> Result<Vec<Identity>, StorageError> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(account.0))
        .order_by_asc(Column::MadeOn)
        .order_by_asc(Column::Id)
        .limit(LISTED_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter().map(read).collect()
}

/// The identity by which a provider knows somebody.
pub async fn find_identity(
    db: &impl Db,
    issuer: &str,
    subject: &str,
) -> Result<Option<Identity>, StorageError> {
    let named = Entity::find().filter(Column::Issuer.eq(issuer)).filter(Column::Subject.eq(subject));
    named.one(db.inner()).await?.map(read).transpose()
}

/// Keeps a new identity; `Taken` where an account has it, or the account has one at the provider.
pub async fn insert_identity(tx: &Tx, identity: &Identity) -> Result<(), StorageError> {
    let row = ActiveModel {
        id: Set(identity.id.0),
        account_id: Set(identity.account.0),
        issuer: Set(identity.issuer.clone()),
        subject: Set(identity.subject.clone()),
        shown: Set(identity.shown.clone()),
        made_on: Set(identity.made_on.to_string()),
        used_on: Set(identity.used_on.map(|day| day.to_string())),
    };
    Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Notes that an identity was used.
pub async fn note_identity_use(tx: &Tx, id: IdentityId, on: NaiveDate) -> Result<(), StorageError> {
    Entity::update_many()
        .col_expr(Column::UsedOn, Expr::value(on.to_string()))
        .filter(Column::Id.eq(id.0))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Removes an identity of an account; `false` where there is none.
pub async fn remove_identity(tx: &Tx, account: UserId, id: IdentityId) -> Result<bool, StorageError> {
    let own = Entity::delete_by_id(id.0).filter(Column::AccountId.eq(account.0));
    Ok(own.exec(tx.inner()).await?.rows_affected == 1)
}

/// Removes all identities of an account.
pub async fn remove_identities(tx: &Tx, account: UserId) -> Result<(), StorageError> {
    Entity::delete_many().filter(Column::AccountId.eq(account.0)).exec(tx.inner()).await?;
    Ok(())
}

/// The accounts that have an identity: each came in with it, or was in when it was connected.
pub(super) fn accounts_with_one() -> SelectStatement {
    Entity::find().select_only().column(Column::AccountId).into_query()
}

fn read(row: Model) -> Result<Identity, StorageError> {
    let id = row.id;
    let wrong =
        |column| StorageError::Inconsistent { table: "account_identity", column, row: id.to_string() };
    Ok(Identity {
        id: IdentityId(row.id),
        account: UserId(row.account_id),
        issuer: row.issuer,
        subject: row.subject,
        shown: row.shown,
        made_on: row.made_on.parse().map_err(|_| wrong("made_on"))?,
        used_on: row.used_on.map(|day| day.parse().map_err(|_| wrong("used_on"))).transpose()?,
    })
}
