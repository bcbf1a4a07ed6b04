//! What accounts follow.

use chrono::NaiveDate;
use qadam_domain::ids::{ItemId, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::follow::{ActiveModel, Column, Entity};
use crate::entities::item;
use crate::error::StorageError;
use crate::items::Scope;
use crate::write::Tx;

/// Follows an item; following twice changes nothing.
pub async fn follow(tx: &Tx, account: UserId, item: ItemId, on: NaiveDate) -> Result<(), StorageError> {
    let row =
        ActiveModel { account_id: Set(account.0), item_id: Set(item.0), followed_on: Set(on.to_string()) };
    let once = OnConflict::columns([Column::AccountId, Column::ItemId]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(once).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Follows an item no more.
pub async fn unfollow(tx: &Tx, account: UserId, item: ItemId) -> Result<(), StorageError> {
    Entity::delete_by_id((account.0, item.0)).exec(tx.inner()).await?;
    Ok(())
}

/// The items that an account follows and its scope contains, in order of their identifiers: `limit` after one of them.
pub async fn followed(
    db: &impl Db,
    scope: Scope,
    account: UserId,
    after: Option<ItemId>,
    limit: u64,
) -> Result<Vec<ItemId>, StorageError> {
    let seen = item::Entity::find().select_only().column(item::Column::Id).filter(scope.text());
    let mut select = Entity::find()
        .select_only()
        .column(Column::ItemId)
        .filter(Column::AccountId.eq(account.0))
        .filter(Expr::col((Entity, Column::ItemId)).in_subquery(sea_orm::QueryTrait::into_query(seen)));
    if let Some(after) = after {
        select = select.filter(Column::ItemId.gt(after.0));
    }
    let ids: Vec<uuid::Uuid> =
        select.order_by_asc(Column::ItemId).limit(limit).into_tuple().all(db.inner()).await?;
    Ok(ids.into_iter().map(ItemId).collect())
}

/// The accounts that follow an item; at most 5,000.
pub async fn followers(db: &impl Db, item: ItemId) -> Result<Vec<UserId>, StorageError> {
    let ids: Vec<uuid::Uuid> = Entity::find()
        .select_only()
        .column(Column::AccountId)
        .filter(Column::ItemId.eq(item.0))
        .order_by_asc(Column::AccountId)
        .limit(5_000)
        .into_tuple()
        .all(db.inner())
        .await?;
    Ok(ids.into_iter().map(UserId).collect())
}

/// Whether an account follows an item.
pub async fn is_followed(db: &impl Db, account: UserId, item: ItemId) -> Result<bool, StorageError> {
    Ok(Entity::find_by_id((account.0, item.0)).one(db.inner()).await?.is_some())
}
