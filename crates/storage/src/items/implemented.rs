//! Which items carry out which others.

use qadam_domain::ids::ItemId;
use qadam_domain::items::Item;
use qadam_domain::items::links::LinkKind;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryResult, QuerySelect,
};

use super::row;
use super::scope::Scope;
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::{item, item_link};
use crate::error::StorageError;
use crate::write::Tx;

/// How many pairs are read at once at most.
const PAIRS_MAX: u64 = 5_000;

/// How many items that carry out one item are told of a finding on it.
const IMPLEMENTING_MAX: u64 = 1_000;

/// What each of the items implements, as far as the scope contains it: the one that implements, and what.
pub async fn implemented_by_each(
    db: &impl Db,
    scope: Scope,
    items: &[ItemId],
) -> Result<Vec<(ItemId, Item)>, StorageError> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = item::Entity::find();
    let link = |column: item_link::Column| Expr::col((item_link::Entity, column));
    QuerySelect::query(&mut select).join(
        JoinType::InnerJoin,
        item_link::Entity,
        link(item_link::Column::ToId).equals((item::Entity, item::Column::Id)),
    );
    let rows = select
        .filter(item_link::Column::Kind.eq(LinkKind::Implements.code()))
        .filter(item_link::Column::FromId.is_in(items.iter().map(|id| id.0)))
        .filter(scope.text())
        .expr_as(link(item_link::Column::FromId), "implementing")
        .limit(PAIRS_MAX)
        .into_model::<Pair>()
        .all(db.inner())
        .await?;
    rows.into_iter().map(|pair| Ok((ItemId(pair.implementing), row::item(pair.item)?))).collect()
}

/// The items that implement an item, whoever may see them: for noting a change in them.
pub async fn implementing(tx: &Tx, of: ItemId) -> Result<Vec<Item>, StorageError> {
    let mut select = item::Entity::find();
    let link = |column: item_link::Column| Expr::col((item_link::Entity, column));
    QuerySelect::query(&mut select).join(
        JoinType::InnerJoin,
        item_link::Entity,
        link(item_link::Column::FromId).equals((item::Entity, item::Column::Id)),
    );
    let rows = select
        .filter(item_link::Column::Kind.eq(LinkKind::Implements.code()))
        .filter(item_link::Column::ToId.eq(of.0))
        .limit(IMPLEMENTING_MAX)
        .all(tx.inner())
        .await?;
    rows.into_iter().map(row::item).collect()
}

struct Pair {
    item: item::Model,
    implementing: uuid::Uuid,
}

impl FromQueryResult for Pair {
    fn from_query_result(result: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            item: item::Model::from_query_result(result, prefix)?,
            implementing: result.try_get(prefix, "implementing")?,
        })
    }
}
