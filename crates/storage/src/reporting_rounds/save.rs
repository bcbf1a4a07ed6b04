//! Saving rounds, what they ask for, and that a report was received.

use chrono::NaiveDate;
use qadam_domain::ids::{ContributionId, ReportingRoundId};
use qadam_domain::reporting_rounds::{Asked, ReportingRound};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::row;
use crate::db::sealed::Connection;
use crate::entities::{reporting_round, reporting_row};
use crate::error::StorageError;
use crate::write::Tx;

/// How many rows one statement writes: a row has six parameters, and SQLite takes 32,766.
const ROWS_PER_STATEMENT: usize = 1_000;

/// Inserts a new round without rows. `position` is its entry in the ledger.
pub async fn insert(tx: &Tx, round: &ReportingRound, position: i64) -> Result<(), StorageError> {
    reporting_round::Entity::insert(row::active(round, position)?).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Saves a round that was read as `before`, if its row still has that version. The caller raises the version of `after`.
pub async fn update(
    tx: &Tx,
    before: &ReportingRound,
    after: &ReportingRound,
    position: i64,
) -> Result<(), StorageError> {
    let outcome = reporting_round::Entity::update_many()
        .set(row::active(after, position)?)
        .filter(reporting_round::Column::Id.eq(before.id.0))
        .filter(reporting_round::Column::Version.eq(before.version))
        .exec(tx.inner())
        .await?;
    if outcome.rows_affected == 1 { Ok(()) } else { Err(StorageError::VersionConflict) }
}

/// Adds what a round asks for; none of it may be asked for already.
pub async fn add_rows(tx: &Tx, round: &ReportingRound, asked: &[Asked]) -> Result<(), StorageError> {
    let new = |one: &Asked| reporting_row::ActiveModel {
        round_id: Set(round.id.0),
        item_id: Set(one.item.0),
        organisation_id: Set(one.organisation.0),
        opened: Set(round.opened),
        received_on: Set(None),
        report_id: Set(None),
    };
    for chunk in asked.chunks(ROWS_PER_STATEMENT) {
        let rows = reporting_row::Entity::insert_many(chunk.iter().map(new));
        rows.exec_without_returning(tx.inner()).await?;
    }
    Ok(())
}

/// Notes that a report was published that a round asked for: the newest is kept, and the day of the first.
pub async fn receive(
    tx: &Tx,
    round: ReportingRoundId,
    asked: Asked,
    report: ContributionId,
    on: NaiveDate,
) -> Result<(), StorageError> {
    let first = Func::coalesce([Expr::col(reporting_row::Column::ReceivedOn), Expr::value(on.to_string())]);
    reporting_row::Entity::update_many()
        .col_expr(reporting_row::Column::ReceivedOn, first.into())
        .col_expr(reporting_row::Column::ReportId, Expr::value(report.0))
        .filter(reporting_row::Column::RoundId.eq(round.0))
        .filter(reporting_row::Column::ItemId.eq(asked.item.0))
        .filter(reporting_row::Column::OrganisationId.eq(asked.organisation.0))
        .exec(tx.inner())
        .await?;
    Ok(())
}
