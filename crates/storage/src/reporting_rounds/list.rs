//! Lists of rounds, the newest first, in pages by key.

use qadam_domain::ids::{OrganisationId, ReportingRoundId};
use qadam_domain::reporting_rounds::{ReportingRound, RoundState};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

use super::row;
use crate::db::Db;
use crate::entities::reporting_round::{Column, Entity};
use crate::entities::{item, reporting_row};
use crate::error::StorageError;
use crate::items::Scope;

/// What a list is narrowed to. Values in one field are alternatives; fields must all hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// States.
    pub states: Vec<RoundState>,
    /// Bodies that are asked about something that the viewer sees.
    pub organisations: Vec<OrganisationId>,
}

/// Where a page begins: the sort values of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The round's first place in the ledger.
    pub opened: i64,
    /// The identifier.
    pub id: ReportingRoundId,
}

/// Which rows of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many at most.
    pub limit: u64,
    /// After this row.
    pub after: Option<Cursor>,
    /// Before this row; rows still come in the list's order.
    pub before: Option<Cursor>,
}

/// The rounds of a page with their cursors, the newest first; one more than the limit where there are more (with
/// `before`, the surplus one is the first).
pub async fn list(
    db: &impl Db,
    scope: Scope,
    filter: &Filter,
    page: &Page,
) -> Result<Vec<(ReportingRound, Cursor)>, StorageError> {
    let backwards = page.before.is_some();
    let mut select = Entity::find().filter(condition(scope, filter));
    if let Some(edge) = page.before.or(page.after) {
        let here = Expr::tuple([Expr::col(Column::Opened), Expr::col(Column::Id)]);
        let there = Expr::tuple([Expr::value(edge.opened), Expr::value(edge.id.0)]);
        select = select.filter(if backwards { here.gt(there) } else { here.lt(there) });
    }
    let order = if backwards { Order::Asc } else { Order::Desc };
    let mut rows = select
        .order_by(Column::Opened, order.clone())
        .order_by(Column::Id, order)
        .limit(page.limit.saturating_add(1))
        .all(db.inner())
        .await?;
    if backwards {
        rows.reverse();
    }
    let with_cursor = |model| {
        let round = row::round(model)?;
        let cursor = Cursor { opened: round.opened, id: round.id };
        Ok((round, cursor))
    };
    rows.into_iter().map(with_cursor).collect()
}

fn condition(scope: Scope, filter: &Filter) -> Condition {
    let mut all = Condition::all();
    if !filter.states.is_empty() {
        all = all.add(Column::State.is_in(filter.states.iter().map(|state| state.code())));
    }
    if !filter.organisations.is_empty() {
        all = all.add(asks(scope, &filter.organisations));
    }
    all
}

/// Rounds that ask one of the bodies about something that the scope contains.
fn asks(scope: Scope, organisations: &[OrganisationId]) -> SimpleExpr {
    let row = |column: reporting_row::Column| Expr::col((reporting_row::Entity, column));
    let asked = Query::select()
        .expr(row(reporting_row::Column::RoundId))
        .from(reporting_row::Entity)
        .inner_join(
            item::Entity,
            Expr::col((item::Entity, item::Column::Id))
                .equals((reporting_row::Entity, reporting_row::Column::ItemId)),
        )
        .and_where(row(reporting_row::Column::OrganisationId).is_in(organisations.iter().map(|id| id.0)))
        .cond_where(scope.text())
        .to_owned();
    Expr::col((Entity, Column::Id)).in_subquery(asked)
}
