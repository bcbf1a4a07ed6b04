//! Saving rounds, what they ask for, and that a report was received.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use qadam_domain::ids::{ContributionId, ItemId, OrganisationId, ReportingRoundId};
use qadam_domain::reporting_rounds::{Asked, ReportingRound};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Value};

use super::row;
use crate::db::sealed::Connection;
use crate::entities::{reporting_round, reporting_row};
use crate::error::StorageError;
use crate::write::{Later, Tx};

/// How many rows one statement writes: a row has seven parameters, and SQLite takes 32,766.
const ROWS_PER_STATEMENT: usize = 1_000;

/// Inserts a new round without rows.
pub async fn insert(tx: &Tx, round: &ReportingRound) -> Result<(), StorageError> {
    reporting_round::Entity::insert(row::active(round)?).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Saves a round that was read as `before`, if its row still has that version. The caller raises the version of `after`.
pub async fn update(tx: &Tx, before: &ReportingRound, after: &ReportingRound) -> Result<(), StorageError> {
    let outcome = reporting_round::Entity::update_many()
        .set(row::active(after)?)
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
        released_on: Set(None),
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
        .col_expr(reporting_row::Column::ReleasedOn, Expr::value(None::<String>))
        .filter(reporting_row::Column::RoundId.eq(round.0))
        .filter(reporting_row::Column::ItemId.eq(asked.item.0))
        .filter(reporting_row::Column::OrganisationId.eq(asked.organisation.0))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Notes since when bodies are released of some of what a round asks for, or that they are asked again.
pub async fn set_released(
    tx: &Tx,
    round: ReportingRoundId,
    rows: &[Asked],
    on: Option<NaiveDate>,
) -> Result<(), StorageError> {
    let mut of_bodies: BTreeMap<OrganisationId, Vec<ItemId>> = BTreeMap::new();
    for row in rows {
        of_bodies.entry(row.organisation).or_default().push(row.item);
    }
    for (body, items) in of_bodies {
        reporting_row::Entity::update_many()
            .col_expr(reporting_row::Column::ReleasedOn, Expr::value(on.map(|day| day.to_string())))
            .filter(reporting_row::Column::RoundId.eq(round.0))
            .filter(reporting_row::Column::OrganisationId.eq(body.0))
            .filter(reporting_row::Column::ItemId.is_in(items.iter().map(|item| item.0)))
            .exec(tx.inner())
            .await?;
    }
    Ok(())
}

/// Notes in rounds that are under way which bodies still have to report on an item, whose owners, status or level
/// changed today: the others are released, and those that own it again are asked again. What `Outcome::followed` says,
/// in one statement, because every change of an item asks for it.
pub async fn release(
    tx: &Tx,
    item: ItemId,
    still_asked: &[OrganisationId],
    today: NaiveDate,
) -> Result<(), StorageError> {
    let bodies = vec!["?"; still_asked.len()].join(", ");
    let released = "COALESCE(released_on, ?)";
    let day = if still_asked.is_empty() {
        released.to_owned()
    } else {
        format!("CASE WHEN organisation_id IN ({bodies}) THEN NULL ELSE {released} END")
    };
    let sql = format!(
        "UPDATE reporting_row SET released_on = {day} WHERE item_id = ? AND received_on IS NULL AND round_id IN \
         (SELECT id FROM reporting_round WHERE state = 'open' AND due_on >= ?)"
    );
    let today = Value::from(today.to_string());
    let values = still_asked.iter().map(|body| Value::from(body.0));
    let values = values.chain([today.clone(), Value::from(item.0), today]);
    tx.later(Later::raw("reporting_row", &sql, values)).await
}
