//! How much of what rounds ask for was received, and how items stand in the newest round that asks about them.

use std::collections::HashMap;

use chrono::NaiveDate;
use qadam_domain::ids::ReportingRoundId;
use qadam_domain::reporting_rounds::{ReportStanding, RoundState};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QuerySelect};

use super::asked::with_items;
use crate::db::Db;
use crate::entities::reporting_row::{Column, Entity};
use crate::entities::{item, reporting_round};
use crate::error::StorageError;
use crate::items::Scope;

/// How many reports a round asks for, and how many of them were received.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Asked for.
    pub asked: u64,
    /// Received.
    pub received: u64,
    /// Received after the due day.
    pub late: u64,
    /// Not asked for any more.
    pub released: u64,
}

/// The counts of each of these rounds over items that the scope contains; a round that has none there is left out.
pub async fn counts(
    db: &impl Db,
    scope: Scope,
    rounds: &[ReportingRoundId],
) -> Result<HashMap<ReportingRoundId, Counts>, StorageError> {
    if rounds.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = with_items(Entity::find()).select_only();
    QuerySelect::query(&mut select).join(
        JoinType::InnerJoin,
        reporting_round::Entity,
        round(reporting_round::Column::Id).equals((Entity, Column::RoundId)),
    );
    let one_if = |condition: SimpleExpr| -> SimpleExpr {
        CaseStatement::new().case(condition, Expr::value(1)).finally(Expr::value(0)).into()
    };
    let late = row(Column::ReceivedOn).gt(round(reporting_round::Column::DueOn));
    let rows: Vec<(uuid::Uuid, i64, i64, i64, i64)> = select
        .column(Column::RoundId)
        .expr_as(row(Column::ItemId).count(), "asked")
        .expr_as(row(Column::ReceivedOn).count(), "received")
        .expr_as(one_if(late).sum(), "late")
        .expr_as(row(Column::ReleasedOn).count(), "released")
        .filter(scope.text())
        .filter(Column::RoundId.is_in(rounds.iter().map(|id| id.0)))
        .group_by(Column::RoundId)
        .into_tuple()
        .all(db.inner())
        .await?;
    let number = |counted: i64| u64::try_from(counted).unwrap_or(0);
    let of = |(id, asked, received, late, released): (uuid::Uuid, i64, i64, i64, i64)| {
        let counts = Counts {
            asked: number(asked),
            received: number(received),
            late: number(late),
            released: number(released),
        };
        (ReportingRoundId(id), counts)
    };
    Ok(rows.into_iter().map(of).collect())
}

/// Items that stand so on a local day in the newest round that asks about them: what `ReportingRound::standing` says
/// of their reports. Where several bodies are asked, the one that lags most behind counts.
pub(crate) fn items_standing(standings: &[ReportStanding], today: NaiveDate) -> Option<SimpleExpr> {
    if standings.is_empty() {
        return None;
    }
    let any = standings.iter().fold(Condition::any(), |any, standing| {
        any.add(match standing {
            ReportStanding::Received => Condition::all()
                .add(in_newest(Condition::all()))
                .add(in_newest(owed()).not())
                .add(in_newest(released()).not()),
            ReportStanding::Released => {
                Condition::all().add(in_newest(released())).add(in_newest(owed()).not())
            }
            ReportStanding::Awaited => Condition::all().add(in_newest(owed().add(over(today).not()))),
            ReportStanding::NotReceived => Condition::all().add(in_newest(owed().add(over(today)))),
        })
    });
    Some(any.into())
}

fn owed() -> Condition {
    Condition::all().add(row(Column::ReceivedOn).is_null()).add(row(Column::ReleasedOn).is_null())
}

fn released() -> Condition {
    Condition::all().add(row(Column::ReleasedOn).is_not_null())
}

/// What `is_over` says, for rows.
fn over(today: NaiveDate) -> Condition {
    Condition::any()
        .add(round(reporting_round::Column::State).eq(RoundState::Closed.code()))
        .add(round(reporting_round::Column::DueOn).lt(today.to_string()))
}

/// Items with a row that meets a condition in the newest round that asks about them.
fn in_newest(condition: Condition) -> SimpleExpr {
    let id = || Expr::col((item::Entity, item::Column::Id));
    let rows = Query::select()
        .expr(row(Column::ItemId))
        .from(Entity)
        .inner_join(
            reporting_round::Entity,
            round(reporting_round::Column::Id).equals((Entity, Column::RoundId)),
        )
        .cond_where(condition.add(is_newest()))
        .to_owned();
    id().in_subquery(rows)
}

/// That a row belongs to the newest round that asks about its item.
pub(super) fn is_newest() -> SimpleExpr {
    row(Column::Opened).eq(Expr::SubQuery(None, Box::new(newest_of_same_item().into())))
}

fn newest_of_same_item() -> SelectStatement {
    let other = |column: Column| Expr::col(("other", column));
    Query::select()
        .expr(other(Column::Opened).max())
        .from_as(Entity, "other")
        .and_where(other(Column::ItemId).eq(row(Column::ItemId)))
        .to_owned()
}

fn row(column: Column) -> Expr {
    Expr::col((Entity, column))
}

fn round(column: reporting_round::Column) -> Expr {
    Expr::col((reporting_round::Entity, column))
}
