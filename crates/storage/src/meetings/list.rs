//! Lists of meetings in the order of their days, in pages by key.

use qadam_domain::ids::MeetingId;
use qadam_domain::meetings::{Meeting, MeetingKind};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

use super::parts::assemble;
use super::row::NO_DAY;
use crate::db::Db;
use crate::entities::meeting::{Column, Entity};
use crate::error::StorageError;

/// What a list is narrowed to. Kinds are alternatives; fields must all hold. A meeting of an unknown day is in no
/// year; one of several days, or known by its period, is in every year that it touches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kinds.
    pub kinds: Vec<MeetingKind>,
    /// Held in this year or later.
    pub from_year: Option<i32>,
    /// Held in this year or earlier.
    pub to_year: Option<i32>,
    /// The earliest first, as a plan is read; else the newest. Those of unknown day stand at the far end of the past.
    pub earliest_first: bool,
}

/// Where a page begins: the sort values of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The first day of the meeting as the list sorts it.
    pub held: String,
    /// The identifier.
    pub id: MeetingId,
}

/// Which rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// How many at most.
    pub limit: u64,
    /// After this row.
    pub after: Option<Cursor>,
    /// Before this row; rows still come in the list's order.
    pub before: Option<Cursor>,
}

/// The meetings of a page with their cursors, in the filter's order; one more than the limit where there are more
/// (with `before`, the surplus one is the first).
pub async fn list(
    db: &impl Db,
    filter: &Filter,
    page: &Page,
) -> Result<Vec<(Meeting, Cursor)>, StorageError> {
    let backwards = page.before.is_some();
    let ascending = backwards != filter.earliest_first;
    let mut select = Entity::find().filter(condition(filter));
    if let Some(edge) = page.before.as_ref().or(page.after.as_ref()) {
        let here = Expr::tuple([Expr::col(Column::HeldSort), Expr::col(Column::Id)]);
        let there = Expr::tuple([Expr::value(edge.held.clone()), Expr::value(edge.id.0)]);
        select = select.filter(if ascending { here.gt(there) } else { here.lt(there) });
    }
    let order = if ascending { Order::Asc } else { Order::Desc };
    let mut rows = select
        .order_by(Column::HeldSort, order.clone())
        .order_by(Column::Id, order)
        .limit(page.limit.saturating_add(1))
        .all(db.inner())
        .await?;
    if backwards {
        rows.reverse();
    }
    let cursors: Vec<_> =
        rows.iter().map(|row| Cursor { held: row.held_sort.clone(), id: MeetingId(row.id) }).collect();
    Ok(assemble(db, rows).await?.into_iter().zip(cursors).collect())
}

fn condition(filter: &Filter) -> Condition {
    let mut all = Condition::all();
    if !filter.kinds.is_empty() {
        all = all.add(Column::Kind.is_in(filter.kinds.iter().map(|kind| kind.code())));
    }
    if filter.from_year.is_some() || filter.to_year.is_some() {
        all = all.add(Column::HeldSort.ne(NO_DAY));
    }
    all.add_option(filter.from_year.map(|year| Column::EndsSort.gte(format!("{year:04}-01-01"))))
        .add_option(filter.to_year.map(|year| Column::HeldSort.lte(format!("{year:04}-12-31"))))
}
