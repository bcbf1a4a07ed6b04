//! A round as a row, and back.

use chrono::NaiveDate;
use qadam_domain::ids::ReportingRoundId;
use qadam_domain::reporting_rounds::{Outcome, ReportingRound, RoundState};
use sea_orm::ActiveValue::Set;

use crate::entities::reporting_round::{ActiveModel, Model};
use crate::error::StorageError;
use crate::json::StoredText;

/// The round in a row.
#[expect(clippy::needless_pass_by_value, reason = "rows are handed on one after the other")]
pub(super) fn round(row: Model) -> Result<ReportingRound, StorageError> {
    let id = ReportingRoundId(row.id);
    read(&row).map_err(|column| unreadable(column, id))
}

fn read(row: &Model) -> Result<ReportingRound, &'static str> {
    let name: StoredText = serde_json::from_str(&row.name).map_err(|_| "name")?;
    Ok(ReportingRound {
        id: ReportingRoundId(row.id),
        name: name.into(),
        period_from: day(&row.period_from).ok_or("period_from")?,
        period_to: day(&row.period_to).ok_or("period_to")?,
        due_on: day(&row.due_on).ok_or("due_on")?,
        state: RoundState::from_code(&row.state).ok_or("state")?,
        opened_on: day(&row.opened_on).ok_or("opened_on")?,
        closed_on: optional_day(row.closed_on.as_deref()).map_err(|()| "closed_on")?,
        reminded_on: optional_day(row.reminded_on.as_deref()).map_err(|()| "reminded_on")?,
        opened: row.opened,
        version: row.version,
    })
}

/// The row of a round.
pub(super) fn active(round: &ReportingRound) -> Result<ActiveModel, StorageError> {
    let name = serde_json::to_string(&StoredText::from(&round.name));
    Ok(ActiveModel {
        id: Set(round.id.0),
        name: Set(name.map_err(|_| unreadable("name", round.id))?),
        period_from: Set(round.period_from.to_string()),
        period_to: Set(round.period_to.to_string()),
        due_on: Set(round.due_on.to_string()),
        state: Set(round.state.code().to_owned()),
        opened_on: Set(round.opened_on.to_string()),
        closed_on: Set(round.closed_on.map(|day| day.to_string())),
        reminded_on: Set(round.reminded_on.map(|day| day.to_string())),
        opened: Set(round.opened),
        version: Set(round.version),
    })
}

/// The day in a column.
pub(super) fn day(stored: &str) -> Option<NaiveDate> {
    stored.parse().ok()
}

/// The day in a column that may have none; fails where there is one that cannot be read.
fn optional_day(stored: Option<&str>) -> Result<Option<NaiveDate>, ()> {
    stored.map(|stored| day(stored).ok_or(())).transpose()
}

fn unreadable(column: &'static str, id: ReportingRoundId) -> StorageError {
    StorageError::Inconsistent { table: "reporting_round", column, row: id.to_string() }
}

/// That a column of a row that is asked for cannot be read.
pub(super) fn unreadable_row(column: &'static str, round: uuid::Uuid, item: uuid::Uuid) -> StorageError {
    StorageError::Inconsistent { table: "reporting_row", column, row: format!("{round} {item}") }
}

/// What became of a report, from the columns of its row.
pub(super) fn outcome(
    received_on: Option<&str>,
    released_on: Option<&str>,
    round: uuid::Uuid,
    item: uuid::Uuid,
) -> Result<Outcome, StorageError> {
    let unreadable = |column| move |()| unreadable_row(column, round, item);
    Ok(Outcome {
        received_on: optional_day(received_on).map_err(unreadable("received_on"))?,
        released_on: optional_day(released_on).map_err(unreadable("released_on"))?,
    })
}
