//! Items about which whoever filed them is asked something.

use qadam_domain::ids::{ItemId, OrganisationId};
use qadam_domain::items::contributions::ContributionKind;
use qadam_domain::items::questions::Passing;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::db::Db;
use crate::entities::contribution::{Column, Entity};
use crate::entities::{item, item_party};
use crate::error::StorageError;
use crate::items::Scope;

/// Items that an organisation filed and the scope contains, about which a question was passed on: those last asked about
/// first, `limit` at most.
pub async fn asked_about(
    db: &impl Db,
    scope: Scope,
    organisation: OrganisationId,
    limit: u64,
) -> Result<Vec<ItemId>, StorageError> {
    let filed = Query::select()
        .column(item_party::Column::ItemId)
        .from(item_party::Entity)
        .and_where(item_party::Column::OrganisationId.eq(organisation.0))
        .and_where(item_party::Column::Part.eq("filer"))
        .to_owned();
    let seen = Query::select()
        .column((item::Entity, item::Column::Id))
        .from(item::Entity)
        .cond_where(scope.text())
        .to_owned();
    let ids: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::ItemId)
        .filter(Column::Kind.eq(ContributionKind::Question.code()))
        .filter(Column::State.eq(Passing::PassedOn.code()))
        .filter(Column::ItemId.in_subquery(filed))
        .filter(Column::ItemId.in_subquery(seen))
        .group_by(Column::ItemId)
        .order_by(Column::Position.max(), Order::Desc)
        .limit(limit)
        .into_tuple()
        .all(db.inner())
        .await?;
    Ok(ids.into_iter().map(ItemId).collect())
}
