//! Typed links between items. A link is seen by those who see both its ends.

use std::collections::HashSet;

use qadam_domain::ids::{ItemId, LinkId};
use qadam_domain::items::links::LinkKind;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::scope::Scope;
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::{item, item_link};
use crate::error::StorageError;
use crate::write::Tx;

/// How many links of an item are read at most.
const LINKS_MAX: u64 = 500;

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

/// The links at both ends of an item whose other end the scope contains. At most 500.
pub async fn links(db: &impl Db, scope: Scope, of: ItemId) -> Result<Vec<ItemLink>, StorageError> {
    let ends = Condition::any().add(item_link::Column::FromId.eq(of.0)).add(item_link::Column::ToId.eq(of.0));
    let rows = item_link::Entity::find()
        .filter(ends)
        .order_by_asc(item_link::Column::Kind)
        .order_by_asc(item_link::Column::Id)
        .limit(LINKS_MAX)
        .all(db.inner())
        .await?;
    let others: Vec<_> =
        rows.iter().map(|row| if row.from_id == of.0 { row.to_id } else { row.from_id }).collect();
    let visible: HashSet<uuid::Uuid> = item::Entity::find()
        .select_only()
        .column(item::Column::Id)
        .filter(item::Column::Id.is_in(others))
        .filter(scope.text())
        .into_tuple()
        .all(db.inner())
        .await?
        .into_iter()
        .collect();
    rows.iter()
        .filter(|row| visible.contains(if row.from_id == of.0 { &row.to_id } else { &row.from_id }))
        .map(link)
        .collect()
}

/// The link with this identifier.
pub async fn find_link(db: &impl Db, id: LinkId) -> Result<Option<ItemLink>, StorageError> {
    item_link::Entity::find_by_id(id.0).one(db.inner()).await?.as_ref().map(link).transpose()
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
