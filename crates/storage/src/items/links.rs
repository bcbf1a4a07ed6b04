//! Typed links between items. A link is seen by those who see both its ends.

use std::collections::HashSet;

use qadam_domain::ids::{ItemId, LinkId};
use qadam_domain::items::Item;
use qadam_domain::items::links::LinkKind;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QueryResult, QuerySelect,
};

use super::row;
use super::scope::Scope;
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::{item, item_link};
use crate::error::StorageError;
use crate::write::Tx;

/// How many items a chain of links is followed over at most.
const CHAIN_MAX: usize = 10_000;

/// A link: `from` is `kind` to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemLink {
    /// Its identifier.
    pub id: LinkId,
    /// The item it is read from.
    pub from: ItemId,
    /// The item it is read to.
    pub to: ItemId,
    /// What the first is to the second.
    pub kind: LinkKind,
}

fn link(row: &item_link::Model) -> Result<ItemLink, StorageError> {
    let kind = LinkKind::from_code(&row.kind).ok_or_else(|| StorageError::Inconsistent {
        table: "item_link",
        column: "kind",
        row: row.id.to_string(),
    })?;
    Ok(ItemLink { id: LinkId(row.id), from: ItemId(row.from_id), to: ItemId(row.to_id), kind })
}

/// A link as one of its ends has it.
#[derive(Debug, Clone)]
pub struct LinkedItem {
    /// The link.
    pub link: ItemLink,
    /// The end that was asked for.
    pub of: ItemId,
    /// The item at the other end.
    pub other: Item,
}

/// The links at both ends of several items whose other end the scope contains, with the item there; `each` of one
/// item at most.
pub async fn links_of_each(
    db: &impl Db,
    scope: Scope,
    of: &[ItemId],
    each: u64,
) -> Result<Vec<LinkedItem>, StorageError> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let column = |name: &'static str| Expr::col(("ends", name));
    let place =
        "ROW_NUMBER() OVER (PARTITION BY \"ends\".\"of_id\" ORDER BY \"ends\".\"kind\", \"ends\".\"id\")";
    let mut ends = end(of, item_link::Column::FromId, item_link::Column::ToId);
    ends.union(UnionType::All, end(of, item_link::Column::ToId, item_link::Column::FromId));
    let visible = Query::select()
        .columns(["id", "of_id", "other_id", "from_id", "kind"].map(|name| ("ends", name)))
        .expr_as(Expr::cust(place), "place")
        .from_subquery(ends, "ends")
        .inner_join(item::Entity, column("other_id").equals((item::Entity, item::Column::Id)))
        .cond_where(scope.text())
        .to_owned();
    let mut select = item::Entity::find();
    let linked = |name: &'static str| Expr::col(("linked", name));
    QuerySelect::query(&mut select).join_subquery(
        JoinType::InnerJoin,
        visible,
        "linked",
        linked("other_id").equals((item::Entity, item::Column::Id)),
    );
    let rows = select
        .filter(linked("place").lte(each))
        .expr_as(linked("id"), "link_id")
        .expr_as(linked("of_id"), "link_of")
        .expr_as(linked("from_id"), "link_from")
        .expr_as(linked("kind"), "link_kind")
        .order_by_asc(linked("kind"))
        .order_by_asc(linked("id"))
        .into_model::<Linked>()
        .all(db.inner())
        .await?;
    rows.into_iter().map(Linked::read).collect()
}

/// The links of items at one of their ends.
fn end(of: &[ItemId], here: item_link::Column, there: item_link::Column) -> SelectStatement {
    Query::select()
        .columns([item_link::Column::Id, item_link::Column::Kind, item_link::Column::FromId])
        .expr_as(Expr::col(here), "of_id")
        .expr_as(Expr::col(there), "other_id")
        .from(item_link::Entity)
        .and_where(here.is_in(of.iter().map(|id| id.0)))
        .to_owned()
}

/// A row of [`links_of_each`].
struct Linked {
    item: item::Model,
    id: uuid::Uuid,
    of: uuid::Uuid,
    from: uuid::Uuid,
    kind: String,
}

impl FromQueryResult for Linked {
    fn from_query_result(result: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            item: item::Model::from_query_result(result, prefix)?,
            id: result.try_get(prefix, "link_id")?,
            of: result.try_get(prefix, "link_of")?,
            from: result.try_get(prefix, "link_from")?,
            kind: result.try_get(prefix, "link_kind")?,
        })
    }
}

impl Linked {
    fn read(self) -> Result<LinkedItem, StorageError> {
        let to_id = if self.from == self.of { self.item.id } else { self.of };
        let row = item_link::Model { id: self.id, from_id: self.from, to_id, kind: self.kind };
        Ok(LinkedItem { link: link(&row)?, of: ItemId(self.of), other: row::item(self.item)? })
    }
}

/// The link with this identifier.
pub async fn find_link(db: &impl Db, id: LinkId) -> Result<Option<ItemLink>, StorageError> {
    item_link::Entity::find_by_id(id.0).one(db.inner()).await?.as_ref().map(link).transpose()
}

/// Whether an item is linked to another as this kind already; whichever way round where the kind has no direction.
pub async fn is_linked(db: &impl Db, link: &ItemLink) -> Result<bool, StorageError> {
    use item_link::Column;
    let ends = |from: ItemId, to: ItemId| Column::FromId.eq(from.0).and(Column::ToId.eq(to.0));
    let mut either = Condition::any().add(ends(link.from, link.to));
    if link.kind.is_symmetric() {
        either = either.add(ends(link.to, link.from));
    }
    let same = item_link::Entity::find().filter(Column::Kind.eq(link.kind.code())).filter(either);
    Ok(same.one(db.inner()).await?.is_some())
}

/// Inserts a link; `Taken` where the same one stands already.
pub async fn insert_link(tx: &Tx, link: &ItemLink) -> Result<(), StorageError> {
    let row = item_link::ActiveModel {
        id: Set(link.id.0),
        from_id: Set(link.from.0),
        to_id: Set(link.to.0),
        kind: Set(link.kind.code().to_owned()),
    };
    item_link::Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Deletes a link.
pub async fn delete_link(tx: &Tx, id: LinkId) -> Result<(), StorageError> {
    item_link::Entity::delete_by_id(id.0).exec(tx.inner()).await?;
    Ok(())
}

/// Whether following links of a kind from `from` leads to `to`. Follows 10,000 items at most and then says yes,
/// so that nothing is linked that could not be checked.
pub async fn leads_back(tx: &Tx, kind: LinkKind, from: ItemId, to: ItemId) -> Result<bool, StorageError> {
    let mut seen = HashSet::from([from.0]);
    let mut edge = vec![from.0];
    while !edge.is_empty() {
        if seen.contains(&to.0) || seen.len() > CHAIN_MAX {
            return Ok(true);
        }
        let next: Vec<uuid::Uuid> = item_link::Entity::find()
            .select_only()
            .column(item_link::Column::ToId)
            .filter(item_link::Column::Kind.eq(kind.code()))
            .filter(item_link::Column::FromId.is_in(edge))
            .into_tuple()
            .all(tx.inner())
            .await?;
        edge = next.into_iter().filter(|id| seen.insert(*id)).collect();
    }
    Ok(seen.contains(&to.0))
}
