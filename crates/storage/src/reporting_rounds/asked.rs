//! What rounds ask for.

use qadam_domain::ids::{ItemId, OrganisationId, ReportingRoundId};
use qadam_domain::reporting_rounds::{Asked, Outcome};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Select};

use super::row::outcome;
use crate::db::Db;
use crate::entities::item;
use crate::entities::reporting_row::{Column, Entity, Model};
use crate::error::StorageError;
use crate::items::Scope;

/// A report that a round asks for, and when it was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedRow {
    /// Of whom, on what.
    pub asked: Asked,
    /// What became of it.
    pub outcome: Outcome,
}

/// What a round asks for about items that the scope contains, in order of bodies and items.
pub async fn asked(
    db: &impl Db,
    scope: Scope,
    round: ReportingRoundId,
) -> Result<Vec<AskedRow>, StorageError> {
    let rows = with_items(Entity::find()).filter(scope.text()).filter(Column::RoundId.eq(round.0));
    let rows = rows.order_by_asc(Column::OrganisationId).order_by_asc(Column::ItemId).all(db.inner()).await?;
    rows.into_iter().map(of_row).collect()
}

/// Everything that a round asks for, whoever may see it, in order of bodies and items: for the program itself.
pub async fn asked_in(db: &impl Db, round: ReportingRoundId) -> Result<Vec<AskedRow>, StorageError> {
    let rows = Entity::find()
        .filter(Column::RoundId.eq(round.0))
        .order_by_asc(Column::OrganisationId)
        .order_by_asc(Column::ItemId)
        .all(db.inner())
        .await?;
    rows.into_iter().map(of_row).collect()
}

/// The bodies that a round asks, all of them or those that owe a report still: for the program itself.
pub async fn organisations_asked(
    db: &impl Db,
    round: ReportingRoundId,
    owing: bool,
) -> Result<Vec<OrganisationId>, StorageError> {
    let mut select = Entity::find().filter(Column::RoundId.eq(round.0));
    if owing {
        select = select.filter(Column::ReceivedOn.is_null()).filter(Column::ReleasedOn.is_null());
    }
    let found: Vec<uuid::Uuid> = select
        .select_only()
        .column(Column::OrganisationId)
        .distinct()
        .order_by_asc(Column::OrganisationId)
        .into_tuple()
        .all(db.inner())
        .await?;
    Ok(found.into_iter().map(OrganisationId).collect())
}

/// The same rows with the items that they are about.
pub(super) fn with_items(mut select: Select<Entity>) -> Select<Entity> {
    QuerySelect::query(&mut select).join(
        JoinType::InnerJoin,
        item::Entity,
        Expr::col((item::Entity, item::Column::Id)).equals((Entity, Column::ItemId)),
    );
    select
}

#[expect(clippy::needless_pass_by_value, reason = "rows are handed on one after the other")]
fn of_row(row: Model) -> Result<AskedRow, StorageError> {
    let (received_on, released_on) = (row.received_on.as_deref(), row.released_on.as_deref());
    let outcome = outcome(received_on, released_on, row.round_id, row.item_id)?;
    let asked = Asked { organisation: OrganisationId(row.organisation_id), item: ItemId(row.item_id) };
    Ok(AskedRow { asked, outcome })
}
