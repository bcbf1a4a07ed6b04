//! Items and what belongs to them as they lie in the tables, for whoever checks a database.
//!
//! Much of an item is stored twice: in its row, and in columns and rows by which it is filtered and by which is decided
//! who reads it. Only the first is compared with the ledger; here it is held against the rest.

use std::collections::HashMap;

use qadam_domain::ids::{ContributionId, ItemId};
use qadam_domain::items::contributions::Contribution;
use qadam_domain::items::{Item, Status};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, Iterable, QueryFilter, QueryOrder,
    QuerySelect, Value,
};
use uuid::Uuid;

use super::events::{self, StatusChange};
use super::{contributions, row, save};
use crate::db::Db;
use crate::entities::{contribution, item, item_drafter, item_party, item_tag};
use crate::error::StorageError;

/// Something that is stored, and the first of what is stored with it that is not as it should be.
#[derive(Debug, Clone)]
pub struct Audited<T> {
    /// What it is.
    pub record: T,
    /// The column or the table that says something else.
    pub differs: Option<&'static str>,
}

/// All items after an item, by identifier.
pub async fn audited_items(
    db: &impl Db,
    after: Option<ItemId>,
    limit: u64,
) -> Result<Vec<Audited<Item>>, StorageError> {
    let mut select = item::Entity::find();
    if let Some(after) = after {
        select = select.filter(item::Column::Id.gt(after.0));
    }
    let rows = select.order_by_asc(item::Column::Id).limit(limit).all(db.inner()).await?;
    let beside = Beside::read(db, &rows.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    rows.into_iter()
        .map(|row| {
            let stored = row.clone().into_active_model();
            let item = row::item(row)?;
            let differs = differing_column(&row::active(&item)?, &stored, &[item::Column::Content])
                .map_or_else(|| beside.differing_table(&item), |column| Some(column_name(column)));
            Ok(Audited { record: item, differs })
        })
        .collect()
}

/// All contributions after a contribution, by identifier.
pub async fn audited_contributions(
    db: &impl Db,
    after: Option<ContributionId>,
    limit: u64,
) -> Result<Vec<Audited<Contribution>>, StorageError> {
    let mut select = contribution::Entity::find();
    if let Some(after) = after {
        select = select.filter(contribution::Column::Id.gt(after.0));
    }
    let rows = select.order_by_asc(contribution::Column::Id).limit(limit).all(db.inner()).await?;
    rows.into_iter()
        .map(|row| {
            let stored = row.clone().into_active_model();
            let contribution = contributions::decoded(row)?;
            let expected = contributions::encoded(&contribution)?;
            let differs = differing_column(&expected, &stored, &[contribution::Column::Content]);
            Ok(Audited { record: contribution, differs: differs.map(column_name) })
        })
        .collect()
}

/// The status changes behind entries after one place and up to another.
pub async fn status_changes_at(
    db: &impl Db,
    after: i64,
    until: i64,
) -> Result<Vec<StatusChange>, StorageError> {
    events::status_changes_at(db, after, until).await
}

/// What is stored beside the rows of items.
struct Beside {
    parties: HashMap<Uuid, Vec<Vec<Option<Value>>>>,
    drafters: HashMap<Uuid, Vec<Vec<Option<Value>>>>,
    tags: HashMap<Uuid, Vec<Vec<Option<Value>>>>,
}

impl Beside {
    async fn read(db: &impl Db, items: &[Uuid]) -> Result<Self, StorageError> {
        let among = || items.iter().copied();
        let parties = item_party::Entity::find().filter(item_party::Column::ItemId.is_in(among()));
        let drafters = item_drafter::Entity::find().filter(item_drafter::Column::ItemId.is_in(among()));
        let tags = item_tag::Entity::find().filter(item_tag::Column::ItemId.is_in(among()));
        Ok(Self {
            parties: by_item(parties.all(db.inner()).await?, |row| row.item_id),
            drafters: by_item(drafters.all(db.inner()).await?, |row| row.item_id),
            tags: by_item(tags.all(db.inner()).await?, |row| row.item_id),
        })
    }

    /// A draft is in no ledger: nothing of it is looked at.
    fn differing_table(&self, item: &Item) -> Option<&'static str> {
        if item.status == Status::Draft {
            return None;
        }
        let id = item.id.0;
        let differs = |found: &HashMap<Uuid, Vec<Vec<Option<Value>>>>, expected: Vec<Vec<Option<Value>>>| {
            let found = found.get(&id).map_or(&[][..], Vec::as_slice);
            found.len() != expected.len() || expected.iter().any(|row| !found.contains(row))
        };
        if differs(&self.parties, save::parties(item).iter().map(values).collect()) {
            Some("item_party")
        } else if differs(&self.drafters, save::drafters(item).iter().map(values).collect()) {
            Some("item_drafter")
        } else if differs(&self.tags, save::tags(item).iter().map(values).collect()) {
            Some("item_tag")
        } else {
            None
        }
    }
}

fn by_item<M>(rows: Vec<M>, item: impl Fn(&M) -> Uuid) -> HashMap<Uuid, Vec<Vec<Option<Value>>>>
where
    M: IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + sea_orm::ModelTrait,
{
    let mut found: HashMap<Uuid, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(item(&row)).or_default().push(values(&row.into_active_model()));
    }
    found
}

/// The values of a row in the order of its columns.
fn values<A: ActiveModelTrait>(row: &A) -> Vec<Option<Value>> {
    <A::Entity as EntityTrait>::Column::iter().map(|column| row.get(column).into_value()).collect()
}

/// The first column, of those that are expected to have a value, that has another.
fn differing_column<A>(
    expected: &A,
    stored: &A,
    without: &[<A::Entity as EntityTrait>::Column],
) -> Option<<A::Entity as EntityTrait>::Column>
where
    A: ActiveModelTrait,
{
    <A::Entity as EntityTrait>::Column::iter().find(|column| {
        let left_out = without.iter().any(|other| column_name(*other) == column_name(*column));
        let value = expected.get(*column).into_value();
        !left_out && value.is_some() && value != stored.get(*column).into_value()
    })
}

fn column_name(column: impl sea_orm::IdenStatic) -> &'static str {
    column.as_str()
}
