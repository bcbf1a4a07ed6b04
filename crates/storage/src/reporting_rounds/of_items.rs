//! The newest round that asks about each of several items.

use chrono::NaiveDate;
use qadam_domain::ids::{ContributionId, ItemId, OrganisationId, ReportingRoundId};
use qadam_domain::language::LanguageMap;
use qadam_domain::reporting_rounds::{Outcome, RoundState};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect};

use super::row::{day, outcome, unreadable_row};
use super::standings::is_newest;
use crate::db::Db;
use crate::entities::reporting_round;
use crate::entities::reporting_row::{Column, Entity};
use crate::error::StorageError;
use crate::json::StoredText;

/// A report that the newest round about an item asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRow {
    /// The item.
    pub item: ItemId,
    /// The body that is asked.
    pub organisation: OrganisationId,
    /// The round.
    pub round: ReportingRoundId,
    /// What it is called.
    pub name: LanguageMap,
    /// The first day that reports are about.
    pub period_from: NaiveDate,
    /// The last day that reports are about.
    pub period_to: NaiveDate,
    /// The last local day on which a report is in time.
    pub due_on: NaiveDate,
    /// Whether it takes reports.
    pub state: RoundState,
    /// What became of the report.
    pub outcome: Outcome,
    /// The newest report.
    pub report: Option<ContributionId>,
}

/// What the newest round about each of some items asks for, item by item, in order of bodies. The items are some that
/// the viewer sees.
pub async fn newest_of(db: &impl Db, items: &[ItemId]) -> Result<Vec<ItemRow>, StorageError> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let round = |column: reporting_round::Column| Expr::col((reporting_round::Entity, column));
    let mut select = Entity::find();
    QuerySelect::query(&mut select).join(
        JoinType::InnerJoin,
        reporting_round::Entity,
        round(reporting_round::Column::Id).equals((Entity, Column::RoundId)),
    );
    let rows = select
        .expr_as(round(reporting_round::Column::Name), "name")
        .expr_as(round(reporting_round::Column::PeriodFrom), "period_from")
        .expr_as(round(reporting_round::Column::PeriodTo), "period_to")
        .expr_as(round(reporting_round::Column::DueOn), "due_on")
        .expr_as(round(reporting_round::Column::State), "state")
        .filter(Column::ItemId.is_in(items.iter().map(|id| id.0)))
        .filter(is_newest())
        .order_by_asc(Column::ItemId)
        .order_by_asc(Column::OrganisationId)
        .into_model::<Found>()
        .all(db.inner())
        .await?;
    rows.into_iter().map(of_row).collect()
}

#[derive(FromQueryResult)]
struct Found {
    round_id: uuid::Uuid,
    item_id: uuid::Uuid,
    organisation_id: uuid::Uuid,
    received_on: Option<String>,
    released_on: Option<String>,
    report_id: Option<uuid::Uuid>,
    name: String,
    period_from: String,
    period_to: String,
    due_on: String,
    state: String,
}

#[expect(clippy::needless_pass_by_value, reason = "rows are handed on one after the other")]
fn of_row(row: Found) -> Result<ItemRow, StorageError> {
    let unreadable = |column| unreadable_row(column, row.round_id, row.item_id);
    let name: StoredText = serde_json::from_str(&row.name).map_err(|_| unreadable("name"))?;
    Ok(ItemRow {
        item: ItemId(row.item_id),
        organisation: OrganisationId(row.organisation_id),
        round: ReportingRoundId(row.round_id),
        name: name.into(),
        period_from: day(&row.period_from).ok_or_else(|| unreadable("period_from"))?,
        period_to: day(&row.period_to).ok_or_else(|| unreadable("period_to"))?,
        due_on: day(&row.due_on).ok_or_else(|| unreadable("due_on"))?,
        state: RoundState::from_code(&row.state).ok_or_else(|| unreadable("state"))?,
        outcome: outcome(row.received_on.as_deref(), row.released_on.as_deref(), row.round_id, row.item_id)?,
        report: row.report_id.map(ContributionId),
    })
}
