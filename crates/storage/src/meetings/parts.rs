//! The parts of meetings, read together: one query a table, however many meetings there are.

use qadam_domain::meetings::{AgendaItem, Attendance, Decision, Meeting};

use super::{agenda, attendance, decisions, row};
use crate::db::Db;
use crate::entities::meeting::Model;
use crate::error::StorageError;

/// How many rows one statement writes: a row has nine parameters at most, and SQLite takes 32,766.
pub(super) const ROWS_PER_STATEMENT: usize = 1_000;

/// The parts of one meeting.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) agenda: Vec<AgendaItem>,
    pub(super) decisions: Vec<Decision>,
    pub(super) attendance: Vec<Attendance>,
}

/// The meetings of these rows, in their order.
pub(super) async fn assemble(db: &impl Db, rows: Vec<Model>) -> Result<Vec<Meeting>, StorageError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut agendas = agenda::load(db, &ids).await?;
    let mut decisions = decisions::load(db, &ids).await?;
    let mut attendance = attendance::load(db, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let parts = Parts {
                agenda: agendas.remove(&row.id).unwrap_or_default(),
                decisions: decisions.remove(&row.id).unwrap_or_default(),
                attendance: attendance.remove(&row.id).unwrap_or_default(),
            };
            row::meeting(row, parts)
        })
        .collect()
}

/// A place in a list as stored.
pub(super) fn place_number(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}
