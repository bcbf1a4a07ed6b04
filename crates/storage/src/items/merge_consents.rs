//! That filing organisations let their item be merged into another one.

use chrono::NaiveDate;
use qadam_domain::ids::{EventId, ItemId, OrganisationId, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::events::{EVENTS_MAX, unreadable};
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::merge_consent::{ActiveModel, Column, Entity};
use crate::error::StorageError;
use crate::write::Tx;

/// A submitter's consent to a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergeConsent {
    /// Its identifier.
    pub id: EventId,
    /// The item that may be merged.
    pub item: ItemId,
    /// The item into which it may be.
    pub target: ItemId,
    /// The filing organisation that gave it.
    pub organisation: OrganisationId,
    /// The account that gave it.
    pub user: UserId,
    /// The local day.
    pub given_on: NaiveDate,
}

/// Inserts a consent, unless the organisation gave the same before.
pub async fn insert_merge_consent(tx: &Tx, consent: &MergeConsent) -> Result<(), StorageError> {
    let row = ActiveModel {
        id: Set(consent.id.0),
        item_id: Set(consent.item.0),
        target_id: Set(consent.target.0),
        organisation_id: Set(consent.organisation.0),
        account_id: Set(consent.user.0),
        given_on: Set(consent.given_on.to_string()),
    };
    let given = OnConflict::columns([Column::ItemId, Column::TargetId, Column::OrganisationId]);
    Entity::insert(row)
        .on_conflict(given.clone().do_nothing().to_owned())
        .exec_without_returning(tx.inner())
        .await?;
    Ok(())
}

/// The consents to merge items into others, oldest first. At most 1,000.
pub async fn merge_consents(db: &impl Db, of: &[ItemId]) -> Result<Vec<MergeConsent>, StorageError> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::ItemId.is_in(of.iter().map(|id| id.0)))
        .order_by_asc(Column::GivenOn)
        .order_by_asc(Column::Id)
        .limit(EVENTS_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter()
        .map(|row| {
            let id = EventId(row.id);
            Ok(MergeConsent {
                id,
                item: ItemId(row.item_id),
                target: ItemId(row.target_id),
                organisation: OrganisationId(row.organisation_id),
                user: UserId(row.account_id),
                given_on: row.given_on.parse().map_err(|_| unreadable("merge_consent", "given_on", id))?,
            })
        })
        .collect()
}
