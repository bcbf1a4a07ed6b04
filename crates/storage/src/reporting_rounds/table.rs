//! The table of a round: row by row what it asks for, in pages by key.

use chrono::NaiveDate;
use qadam_domain::ids::{ContributionId, ItemId, OrganisationId, ReportingRoundId};
use qadam_domain::reporting_rounds::{Asked, Outcome};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::asked::with_items;
use super::row::outcome;
use crate::db::Db;
use crate::entities::item;
use crate::entities::reporting_row::{Column, Entity};
use crate::error::StorageError;
use crate::items::Scope;

/// What a table is narrowed to. Values in one field are alternatives; fields must all hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowFilter {
    /// Bodies.
    pub organisations: Vec<OrganisationId>,
    /// What became of reports; where there is nothing to choose from, no row is wanted.
    pub came: Option<Vec<Came>>,
    /// Received after this day, or, with `false`, by it.
    pub late: Option<(NaiveDate, bool)>,
}

/// What became of a report, whatever the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// It was received.
    Received,
    /// It is not asked for any more.
    Released,
    /// Neither.
    Owed,
}

/// Where a page begins: the sort values of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowCursor {
    /// The item's due day as lists sort it.
    pub due: String,
    /// Of whom, on what.
    pub asked: Asked,
}

/// Which rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPage {
    /// How many at most.
    pub limit: u64,
    /// After this row.
    pub after: Option<RowCursor>,
    /// Before this row; rows still come in the table's order.
    pub before: Option<RowCursor>,
}

/// A row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableRow {
    /// Of whom, on what.
    pub asked: Asked,
    /// What became of the report.
    pub outcome: Outcome,
    /// The newest published report.
    pub report: Option<ContributionId>,
}

/// The rows of a page about items that the scope contains, with their cursors: what is due first comes first. One more
/// than the limit where there are more; and, where that was asked for, how many there are in all.
pub async fn rows(
    db: &impl Db,
    scope: Scope,
    round: ReportingRoundId,
    filter: &RowFilter,
    page: &RowPage,
    counted: bool,
) -> Result<(Vec<(TableRow, RowCursor)>, Option<u64>), StorageError> {
    let select = with_items(Entity::find())
        .filter(scope.text())
        .filter(Column::RoundId.eq(round.0))
        .filter(condition(filter));
    let total = if counted { Some(select.clone().count(db.inner()).await?) } else { None };
    let backwards = page.before.is_some();
    let mut found: Vec<Found> = at(select, page).into_model().all(db.inner()).await?;
    if backwards {
        found.reverse();
    }
    Ok((found.into_iter().map(of_row).collect::<Result<_, _>>()?, total))
}

fn at(mut select: Select<Entity>, page: &RowPage) -> Select<Entity> {
    let keys = || {
        [
            Expr::col((item::Entity, item::Column::DueSort)),
            Expr::col((Entity, Column::ItemId)),
            Expr::col((Entity, Column::OrganisationId)),
        ]
    };
    let backwards = page.before.is_some();
    if let Some(edge) = page.before.as_ref().or(page.after.as_ref()) {
        let here = Expr::tuple(keys());
        let asked = edge.asked;
        let there = Expr::tuple([
            Expr::value(edge.due.clone()),
            Expr::value(asked.item.0),
            Expr::value(asked.organisation.0),
        ]);
        select = select.filter(if backwards { here.lt(there) } else { here.gt(there) });
    }
    let order = if backwards { Order::Desc } else { Order::Asc };
    for key in keys() {
        select = select.order_by(key, order.clone());
    }
    select
        .expr_as(Expr::col((item::Entity, item::Column::DueSort)), "due_sort")
        .limit(page.limit.saturating_add(1))
}

fn condition(filter: &RowFilter) -> Condition {
    let mut all = Condition::all();
    if !filter.organisations.is_empty() {
        all = all.add(Column::OrganisationId.is_in(filter.organisations.iter().map(|id| id.0)));
    }
    if let Some(came) = &filter.came {
        let any = came.iter().fold(Condition::any().add(Expr::value(false)), |any, came| {
            let (received, released) = (Column::ReceivedOn.is_not_null(), Column::ReleasedOn.is_not_null());
            any.add(match came {
                Came::Received => Condition::all().add(received),
                Came::Released => Condition::all().add(released).add(received.not()),
                Came::Owed => Condition::all().add(received.not()).add(released.not()),
            })
        });
        all = all.add(any);
    }
    if let Some((due_on, late)) = filter.late {
        let due_on = due_on.to_string();
        all = all.add(if late { Column::ReceivedOn.gt(due_on) } else { Column::ReceivedOn.lte(due_on) });
    }
    all
}

#[derive(FromQueryResult)]
struct Found {
    round_id: uuid::Uuid,
    item_id: uuid::Uuid,
    organisation_id: uuid::Uuid,
    received_on: Option<String>,
    released_on: Option<String>,
    report_id: Option<uuid::Uuid>,
    due_sort: String,
}

fn of_row(row: Found) -> Result<(TableRow, RowCursor), StorageError> {
    let (received_on, released_on) = (row.received_on.as_deref(), row.released_on.as_deref());
    let outcome = outcome(received_on, released_on, row.round_id, row.item_id)?;
    let asked = Asked { organisation: OrganisationId(row.organisation_id), item: ItemId(row.item_id) };
    let of_table = TableRow { asked, outcome, report: row.report_id.map(ContributionId) };
    Ok((of_table, RowCursor { due: row.due_sort, asked }))
}
