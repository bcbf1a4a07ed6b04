//! The consents of submitters.

use chrono::NaiveDate;
use qadam_domain::ids::{EventId, ItemId, OrganisationId, UserId};
use qadam_domain::levels::{Axis, Level};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::events::{EVENTS_MAX, unreadable};
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::{consent, merge_consent};
use crate::error::StorageError;
use crate::parents::first_of_each;
use crate::write::{Later, Tx};

/// A submitter's consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consent {
    /// Its identifier.
    pub id: EventId,
    /// The item.
    pub item: ItemId,
    /// Which axis.
    pub axis: Axis,
    /// To which level.
    pub level: Level,
    /// The filing organisation that gave it.
    pub organisation: OrganisationId,
    /// The account that gave it.
    pub user: UserId,
    /// The local day.
    pub given_on: NaiveDate,
}

/// Inserts a consent.
pub async fn insert_consent(tx: &Tx, consent: &Consent) -> Result<(), StorageError> {
    let row = consent::ActiveModel {
        id: Set(consent.id.0),
        item_id: Set(consent.item.0),
        axis: Set(consent.axis.code().to_owned()),
        level: Set(consent.level.rank()),
        organisation_id: Set(consent.organisation.0),
        account_id: Set(consent.user.0),
        given_on: Set(consent.given_on.to_string()),
    };
    tx.later(Later::insert(row)).await
}

/// The consents given for an item. At most 1,000.
pub async fn consents(db: &impl Db, item: ItemId) -> Result<Vec<Consent>, StorageError> {
    let rows = consent::Entity::find()
        .filter(consent::Column::ItemId.eq(item.0))
        .order_by_asc(consent::Column::GivenOn)
        .order_by_asc(consent::Column::Id)
        .limit(EVENTS_MAX)
        .all(db.inner())
        .await?;
    rows.iter().map(read).collect()
}

/// The newest consents given for each of several items, in the order of [`consents`]; `each` of one item at most.
/// Those on the identity axis are among them where the item's flag says so.
pub async fn newest_consents(
    db: &impl Db,
    of: &[(ItemId, bool)],
    each: u64,
) -> Result<Vec<Consent>, StorageError> {
    use consent::{Column, Entity};
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let named = |names: bool| of.iter().filter(move |(_, flag)| *flag == names).map(|(item, _)| item.0);
    let about = Condition::any()
        .add(Column::ItemId.is_in(named(true)))
        .add(Column::ItemId.is_in(named(false)).and(Column::Axis.eq(Axis::Text.code())));
    let parts = "\"item_id\" ORDER BY \"given_on\" DESC, \"id\" DESC";
    let rows = Entity::find()
        .filter(Column::Id.in_subquery(first_of_each(Entity, Column::Id, parts, about, each)))
        .order_by_asc(Column::GivenOn)
        .order_by_asc(Column::Id)
        .all(db.inner())
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &consent::Model) -> Result<Consent, StorageError> {
    let id = EventId(row.id);
    let read = || {
        Some(Consent {
            id,
            item: ItemId(row.item_id),
            axis: Axis::from_code(&row.axis)?,
            level: Level::from_rank(row.level)?,
            organisation: OrganisationId(row.organisation_id),
            user: UserId(row.account_id),
            given_on: row.given_on.parse().ok()?,
        })
    };
    read().ok_or_else(|| unreadable("consent", "level", id))
}

/// Takes back all that an organisation consented to for an item, to levels and to merges.
pub async fn withdraw_consents_of(
    tx: &Tx,
    item: ItemId,
    organisation: OrganisationId,
) -> Result<(), StorageError> {
    consent::Entity::delete_many()
        .filter(consent::Column::ItemId.eq(item.0))
        .filter(consent::Column::OrganisationId.eq(organisation.0))
        .exec(tx.inner())
        .await?;
    merge_consent::Entity::delete_many()
        .filter(merge_consent::Column::ItemId.eq(item.0))
        .filter(merge_consent::Column::OrganisationId.eq(organisation.0))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Takes back the consents on an axis to levels wider than one.
pub async fn withdraw_consents(
    tx: &Tx,
    item: ItemId,
    axis: Axis,
    wider_than: Level,
) -> Result<(), StorageError> {
    consent::Entity::delete_many()
        .filter(consent::Column::ItemId.eq(item.0))
        .filter(consent::Column::Axis.eq(axis.code()))
        .filter(consent::Column::Level.gt(wider_than.rank()))
        .exec(tx.inner())
        .await?;
    Ok(())
}
