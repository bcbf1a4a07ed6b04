//! Invitations to file a proposal together.

use chrono::NaiveDate;
use qadam_domain::ids::{EventId, ItemId, OrganisationId};
use qadam_domain::items::Status;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _};

use super::events::unreadable;
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::co_filing_invitation::{ActiveModel, Column, Entity, Model};
use crate::entities::item;
use crate::error::StorageError;
use crate::write::Tx;

/// How many invitations are read at once at most.
const INVITATIONS_MAX: u64 = 100;

/// An invitation to file a proposal together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoFilingInvitation {
    /// Its identifier.
    pub id: EventId,
    /// The proposal.
    pub item: ItemId,
    /// The organisation that is invited.
    pub organisation: OrganisationId,
    /// The filing organisation that invites it.
    pub invited_by: OrganisationId,
    /// The local day.
    pub invited_on: NaiveDate,
}

/// Inserts an invitation.
pub async fn insert_invitation(tx: &Tx, invitation: &CoFilingInvitation) -> Result<(), StorageError> {
    let row = ActiveModel {
        id: Set(invitation.id.0),
        item_id: Set(invitation.item.0),
        organisation_id: Set(invitation.organisation.0),
        invited_by_id: Set(invitation.invited_by.0),
        invited_on: Set(invitation.invited_on.to_string()),
    };
    Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// The invitations to file a proposal, oldest first; at most 100.
pub async fn invitations_to(db: &impl Db, item: ItemId) -> Result<Vec<CoFilingInvitation>, StorageError> {
    let rows = Entity::find()
        .filter(Column::ItemId.eq(item.0))
        .order_by_asc(Column::InvitedOn)
        .order_by_asc(Column::Id)
        .limit(INVITATIONS_MAX)
        .all(db.inner())
        .await?;
    rows.iter().map(read).collect()
}

/// The invitations of an organisation to proposals that stand in one of these statuses, newest first; at most 100.
pub async fn invitations_of(
    db: &impl Db,
    organisation: OrganisationId,
    statuses: &[Status],
) -> Result<Vec<CoFilingInvitation>, StorageError> {
    let open = item::Entity::find()
        .select_only()
        .column(item::Column::Id)
        .filter(item::Column::Status.is_in(statuses.iter().map(|status| status.code())));
    let rows = Entity::find()
        .filter(Column::OrganisationId.eq(organisation.0))
        .filter(Column::ItemId.in_subquery(open.into_query()))
        .order_by_desc(Column::InvitedOn)
        .order_by_desc(Column::Id)
        .limit(INVITATIONS_MAX)
        .all(db.inner())
        .await?;
    rows.iter().map(read).collect()
}

/// One invitation.
pub async fn find_invitation(db: &impl Db, id: EventId) -> Result<Option<CoFilingInvitation>, StorageError> {
    Entity::find_by_id(id.0).one(db.inner()).await?.as_ref().map(read).transpose()
}

/// Deletes an invitation. Whether it was there.
pub async fn delete_invitation(tx: &Tx, id: EventId) -> Result<bool, StorageError> {
    Ok(Entity::delete_by_id(id.0).exec(tx.inner()).await?.rows_affected == 1)
}

/// Deletes all invitations to a proposal: nobody joins what is gone.
pub(super) async fn delete_invitations_to(tx: &Tx, item: ItemId) -> Result<(), StorageError> {
    Entity::delete_many().filter(Column::ItemId.eq(item.0)).exec(tx.inner()).await?;
    Ok(())
}

fn read(row: &Model) -> Result<CoFilingInvitation, StorageError> {
    let id = EventId(row.id);
    let invited_on = row.invited_on.parse();
    Ok(CoFilingInvitation {
        id,
        item: ItemId(row.item_id),
        organisation: OrganisationId(row.organisation_id),
        invited_by: OrganisationId(row.invited_by_id),
        invited_on: invited_on.map_err(|_| unreadable("co_filing_invitation", "invited_on", id))?,
    })
}
