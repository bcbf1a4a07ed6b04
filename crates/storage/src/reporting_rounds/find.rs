//! Finding single rounds, and those on which something is to be done.

use chrono::{Days, NaiveDate};
use qadam_domain::ids::{ItemId, ReportingRoundId};
use qadam_domain::reporting_rounds::{Asked, REMINDED_BEFORE, ReportingRound, RoundState};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::row;
use crate::db::Db;
use crate::entities::reporting_round::{Column, Entity};
use crate::entities::reporting_row;
use crate::error::StorageError;

/// How many rounds are read at once at most where nobody pages through them.
const ROUNDS_MAX: u64 = 500;

/// The round with this identifier.
pub async fn find(db: &impl Db, id: ReportingRoundId) -> Result<Option<ReportingRound>, StorageError> {
    Entity::find_by_id(id.0).one(db.inner()).await?.map(row::round).transpose()
}

/// Those of the rounds that there are, in no order.
pub async fn find_many(db: &impl Db, ids: &[ReportingRoundId]) -> Result<Vec<ReportingRound>, StorageError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(db.inner()).await?;
    rows.into_iter().map(row::round).collect()
}

/// Rounds in order of their identifiers, `limit` at most: for whoever checks a database.
pub async fn every(
    db: &impl Db,
    after: Option<ReportingRoundId>,
    limit: u64,
) -> Result<Vec<ReportingRound>, StorageError> {
    let mut select = Entity::find();
    if let Some(after) = after {
        select = select.filter(Column::Id.gt(after.0));
    }
    let rows = select.order_by_asc(Column::Id).limit(limit).all(db.inner()).await?;
    rows.into_iter().map(row::round).collect()
}

/// The rounds that ask about an item, whoever may see it; the newest 500.
pub async fn pointing_to(db: &impl Db, item: ItemId) -> Result<Vec<ReportingRound>, StorageError> {
    let asking = Query::select()
        .column(reporting_row::Column::RoundId)
        .from(reporting_row::Entity)
        .and_where(reporting_row::Column::ItemId.eq(item.0))
        .to_owned();
    let rows = Entity::find()
        .filter(Column::Id.in_subquery(asking))
        .order_by_desc(Column::Opened)
        .limit(ROUNDS_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter().map(row::round).collect()
}

/// The open rounds of which bodies may have to be reminded on a local day; the earliest due first.
pub async fn to_remind(db: &impl Db, today: NaiveDate) -> Result<Vec<ReportingRound>, StorageError> {
    let last = today.checked_add_days(Days::new(REMINDED_BEFORE)).unwrap_or(today);
    let rows = Entity::find()
        .filter(Column::State.eq(RoundState::Open.code()))
        .filter(Column::DueOn.between(today.to_string(), last.to_string()))
        .filter(Column::RemindedOn.is_null())
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Id)
        .limit(ROUNDS_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter().map(row::round).collect()
}

/// The state of a round that asks for this report; nothing where none does.
pub async fn state_where_asked(
    db: &impl Db,
    id: ReportingRoundId,
    asked: Asked,
) -> Result<Option<RoundState>, StorageError> {
    let key = (id.0, asked.item.0, asked.organisation.0);
    if reporting_row::Entity::find_by_id(key).one(db.inner()).await?.is_none() {
        return Ok(None);
    }
    Ok(find(db, id).await?.map(|round| round.state))
}
