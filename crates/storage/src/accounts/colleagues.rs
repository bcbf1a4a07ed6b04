//! Accounts beside each other: who else is of an organisation, and whether there ever was a secretariat.

use qadam_domain::ids::{OrganisationId, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement};

use super::{Account, read};
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::account::{Column, Entity};
use crate::error::StorageError;
use crate::write::Tx;

/// How many accounts of an organisation are listed.
const LISTED_MAX: u64 = 500;

/// The accounts of an organisation by address; at most 500.
pub async fn list_of(db: &impl Db, organisation: OrganisationId) -> Result<Vec<Account>, StorageError> {
    let rows = Entity::find()
        .filter(Column::OrganisationId.eq(organisation.0))
        .order_by_asc(Column::Email)
        .limit(LISTED_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Whether an account beside this one ever acted as the secretariat, whatever its role and state are now.
pub async fn has_been_secretariat(db: &impl Db, beside: UserId) -> Result<bool, StorageError> {
    let connection = db.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "SELECT 1 FROM account WHERE has_been_secretariat AND id <> $1 LIMIT 1",
        [beside.0.into()],
    );
    Ok(connection.query_one_raw(statement).await?.is_some())
}

/// Notes for good that an account acts as the secretariat.
pub async fn note_secretariat(tx: &Tx, account: UserId) -> Result<(), StorageError> {
    let noted = Expr::value(true);
    let column = sea_orm::sea_query::Alias::new("has_been_secretariat");
    Entity::update_many().col_expr(column, noted).filter(Column::Id.eq(account.0)).exec(tx.inner()).await?;
    Ok(())
}
