//! Reports of a body that are not published, over all items.

use qadam_domain::ids::OrganisationId;
use qadam_domain::items::contributions::{Contribution, ContributionKind};
use qadam_domain::items::updates::UpdateState;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::row;
use crate::db::Db;
use crate::entities::contribution::{Column, Entity};
use crate::entities::item;
use crate::error::StorageError;
use crate::items::Scope;

/// The reports of a body that stand in one of these states, on items that the scope contains: those that have waited
/// longest first, `limit` at most. What is in no ledger comes first.
pub async fn reports_of(
    db: &impl Db,
    scope: Scope,
    organisation: OrganisationId,
    states: &[UpdateState],
    limit: u64,
) -> Result<Vec<Contribution>, StorageError> {
    let items = Query::select()
        .column((item::Entity, item::Column::Id))
        .from(item::Entity)
        .cond_where(scope.text())
        .to_owned();
    let rows = Entity::find()
        .filter(Column::OrganisationId.eq(organisation.0))
        .filter(Column::State.is_in(states.iter().map(|state| state.code())))
        .filter(Column::Kind.eq(ContributionKind::Update.code()))
        .filter(Column::ItemId.in_subquery(items))
        .order_by_asc(Column::Changed)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db.inner())
        .await?;
    rows.into_iter().map(row::contribution).collect()
}
