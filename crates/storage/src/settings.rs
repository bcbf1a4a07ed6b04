//! Settings that the database itself holds: what is fixed at first start, by key.

use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use sea_orm::sea_query::OnConflict;

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::setting::{ActiveModel, Column, Entity};
use crate::error::StorageError;
use crate::write::Tx;

/// The value of a setting, if it was ever set.
pub async fn get(db: &impl Db, key: &str) -> Result<Option<String>, StorageError> {
    let row = Entity::find_by_id(key.to_owned()).one(db.inner()).await?;
    Ok(row.map(|row| row.value))
}

/// Sets a setting, whether or not it was set before.
pub async fn set(tx: &Tx, key: &str, value: &str) -> Result<(), StorageError> {
    let row = ActiveModel { key: Set(key.to_owned()), value: Set(value.to_owned()) };
    Entity::insert(row)
        .on_conflict(OnConflict::column(Column::Key).update_column(Column::Value).to_owned())
        .exec_without_returning(tx.inner())
        .await?;
    Ok(())
}
