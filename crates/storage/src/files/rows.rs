//! Which files there are.

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{ItemId, OrganisationId, UserId, Uuid};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::evidence_file::{ActiveModel, Column, Entity};
use crate::error::StorageError;
use crate::write::{Later, Tx};

/// A file that is going to be put down.
#[derive(Debug, Clone, Copy)]
pub struct NewFile {
    /// Its name in the store.
    pub object: Uuid,
    /// The item it is brought to.
    pub item: ItemId,
    /// The organisation that brings it.
    pub organisation: OrganisationId,
    /// The account that brings it.
    pub account: UserId,
    /// When.
    pub at: Timestamp,
}

/// Notes a file that is going to be put down.
pub async fn announce(tx: &Tx, file: NewFile) -> Result<(), StorageError> {
    let row = ActiveModel {
        object: Set(file.object),
        item_id: Set(file.item.0),
        organisation_id: Set(file.organisation.0),
        contribution_id: Set(None),
        account_id: Set(Some(file.account.0)),
        stored_at: Set(Some(file.at.0)),
    };
    tx.later(Later::insert(row)).await
}

/// How many files an account brought since an instant.
pub async fn brought_since(db: &impl Db, account: UserId, since: Timestamp) -> Result<u64, StorageError> {
    let rows = Entity::find().filter(Column::AccountId.eq(account.0)).filter(Column::StoredAt.gt(since.0));
    Ok(rows.count(db.inner()).await?)
}

/// How many files of an organisation an item has, with those that are being brought.
pub async fn of_organisation(
    db: &impl Db,
    item: ItemId,
    organisation: OrganisationId,
) -> Result<u64, StorageError> {
    let rows =
        Entity::find().filter(Column::ItemId.eq(item.0)).filter(Column::OrganisationId.eq(organisation.0));
    Ok(rows.count(db.inner()).await?)
}

/// Files that were put down before an instant and belong to nothing, `limit` at most.
pub async fn left_behind(db: &impl Db, before: Timestamp, limit: u64) -> Result<Vec<Uuid>, StorageError> {
    let objects = Entity::find()
        .select_only()
        .column(Column::Object)
        .filter(Column::ContributionId.is_null())
        .filter(Column::StoredAt.lt(before.0))
        .order_by_asc(Column::StoredAt)
        .limit(limit)
        .into_tuple()
        .all(db.inner())
        .await?;
    Ok(objects)
}

/// Whether a file belongs to something.
pub async fn is_needed(db: &impl Db, object: Uuid) -> Result<bool, StorageError> {
    let rows = Entity::find_by_id(object).filter(Column::ContributionId.is_not_null());
    Ok(rows.count(db.inner()).await? > 0)
}

/// Which of some files belong to nothing.
pub async fn belonging_to_nothing(tx: &Tx, objects: &[Uuid]) -> Result<Vec<Uuid>, StorageError> {
    let objects = Entity::find()
        .select_only()
        .column(Column::Object)
        .filter(Column::Object.is_in(objects.iter().copied()))
        .filter(Column::ContributionId.is_null())
        .order_by_asc(Column::StoredAt)
        .into_tuple()
        .all(tx.inner())
        .await?;
    Ok(objects)
}

/// Lets files that belong to nothing count as put down at another instant, so that others are swept before them.
pub async fn postpone(tx: &Tx, objects: &[Uuid], to: Timestamp) -> Result<(), StorageError> {
    Entity::update_many()
        .col_expr(Column::StoredAt, Expr::value(Some(to.0)))
        .filter(Column::Object.is_in(objects.iter().copied()))
        .filter(Column::ContributionId.is_null())
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Forgets files that are gone from the store. Those that belong to something stay.
pub async fn forget(tx: &Tx, objects: &[Uuid]) -> Result<(), StorageError> {
    Entity::delete_many()
        .filter(Column::Object.is_in(objects.iter().copied()))
        .filter(Column::ContributionId.is_null())
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Forgets who brought files before an instant, and when: nobody counts them any more. How many that were.
pub async fn forget_bringers(tx: &Tx, before: Timestamp) -> Result<u64, StorageError> {
    let outcome = Entity::update_many()
        .col_expr(Column::AccountId, Expr::value(None::<Uuid>))
        .col_expr(Column::StoredAt, Expr::value(None::<i64>))
        .filter(Column::ContributionId.is_not_null())
        .filter(Column::StoredAt.lt(before.0))
        .exec(tx.inner())
        .await?;
    Ok(outcome.rows_affected)
}
