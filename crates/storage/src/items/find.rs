//! Finding single items.

use std::collections::HashMap;

use qadam_domain::ids::ItemId;
use qadam_domain::items::Item;
use qadam_domain::items::reference::Reference;
use qadam_domain::levels::Level;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::decoding::ItemRow;
use super::row;
use super::save::Narrowing;
use super::scope::Scope;
use crate::db::Db;
use crate::entities::item;
use crate::error::StorageError;

/// How many items are asked for by their identifiers at once.
const IDS_AT_ONCE: usize = 1_000;

/// By what an item is asked for: its identifier or its ref.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Its identifier.
    Id(ItemId),
    /// Its ref.
    Reference(Reference),
}

impl Key {
    fn condition(self) -> sea_orm::sea_query::SimpleExpr {
        match self {
            Self::Id(id) => item::Column::Id.eq(id.0),
            Self::Reference(reference) => item::Column::Reference.eq(reference.to_string()),
        }
    }
}

/// The item, if the scope contains it.
pub async fn find(db: &impl Db, scope: Scope, key: Key) -> Result<Option<Item>, StorageError> {
    let found = item::Entity::find().filter(key.condition()).filter(scope.text());
    let found = found.into_model::<ItemRow>().one(db.inner()).await?;
    found.map(|ItemRow(found)| row::item(found)).transpose()
}

/// Those of the items that the scope contains, in no order. At most 200 are asked for at once.
pub async fn find_many(db: &impl Db, scope: Scope, ids: &[ItemId]) -> Result<Vec<Item>, StorageError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids = ids.iter().take(200).map(|id| id.0);
    let rows = item::Entity::find().filter(item::Column::Id.is_in(ids)).filter(scope.text());
    let rows = rows.into_model::<ItemRow>().all(db.inner()).await?;
    rows.into_iter().map(|ItemRow(found)| row::item(found)).collect()
}

/// The levels of the texts of those of the items that the scope contains, read past the texts.
pub async fn text_levels(
    db: &impl Db,
    scope: Scope,
    ids: &[ItemId],
) -> Result<HashMap<ItemId, Level>, StorageError> {
    let mut levels = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(IDS_AT_ONCE) {
        let found: Vec<(Uuid, i16)> = item::Entity::find()
            .select_only()
            .columns([item::Column::Id, item::Column::TextLevel])
            .filter(item::Column::Id.is_in(ids.iter().map(|id| id.0)))
            .filter(scope.text())
            .into_tuple()
            .all(db.inner())
            .await?;
        for (id, level) in found {
            let unreadable =
                || StorageError::Inconsistent { table: "item", column: "text_level", row: id.to_string() };
            levels.insert(ItemId(id), Level::from_rank(level).ok_or_else(unreadable)?);
        }
    }
    Ok(levels)
}

/// Items in order of their identifiers, whoever may see them, `limit` at most: for whoever checks a database, and
/// for nobody who asks by the network.
pub async fn every(db: &impl Db, after: Option<ItemId>, limit: u64) -> Result<Vec<Item>, StorageError> {
    let mut select = item::Entity::find();
    if let Some(after) = after {
        select = select.filter(item::Column::Id.gt(after.0));
    }
    let rows = select.order_by_asc(item::Column::Id).limit(limit).all(db.inner()).await?;
    rows.into_iter().map(row::item).collect()
}

/// How an item was narrowed, if it was and nobody widened it again: its ref, from which level, the day and the
/// class of reason. Asked for when [`find`] finds nothing, to tell those who could read it that it is gone.
pub async fn narrowing(db: &impl Db, key: Key) -> Result<Option<(Item, Narrowing)>, StorageError> {
    let found = item::Entity::find()
        .filter(key.condition())
        .filter(item::Column::NarrowedFrom.is_not_null())
        .one(db.inner())
        .await?;
    let Some(found) = found else { return Ok(None) };
    let narrowing = match (found.narrowed_from, &found.narrowed_on, &found.narrowed_reason) {
        (Some(from), Some(on), Some(reason)) => {
            let unreadable =
                |column| StorageError::Inconsistent { table: "item", column, row: found.id.to_string() };
            Narrowing {
                from: Level::from_rank(from).ok_or_else(|| unreadable("narrowed_from"))?,
                on: on.parse().map_err(|_| unreadable("narrowed_on"))?,
                reason: reason.clone(),
            }
        }
        _ => return Ok(None),
    };
    Ok(Some((row::item(found)?, narrowing)))
}
