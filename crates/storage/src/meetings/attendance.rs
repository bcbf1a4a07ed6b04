//! Which organisations took part.

use std::collections::HashMap;

use qadam_domain::ids::OrganisationId;
use qadam_domain::levels::Level;
use qadam_domain::meetings::{Attendance, Meeting};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::parts::{ROWS_PER_STATEMENT, place_number};
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::attendance::{ActiveModel, Column, Entity};
use crate::error::StorageError;
use crate::write::Tx;

/// The attendance of meetings, each in the order it was written in.
pub(super) async fn load(
    db: &impl Db,
    meetings: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Attendance>>, StorageError> {
    let rows = Entity::find()
        .filter(Column::MeetingId.is_in(meetings.iter().copied()))
        .order_by_asc(Column::MeetingId)
        .order_by_asc(Column::Place)
        .all(db.inner())
        .await?;
    let mut attendance: HashMap<Uuid, Vec<Attendance>> = HashMap::new();
    for row in rows {
        let level = Level::from_rank(row.level).ok_or_else(|| StorageError::Inconsistent {
            table: "attendance",
            column: "level",
            row: format!("{} {}", row.meeting_id, row.organisation_id),
        })?;
        let one = Attendance { organisation: OrganisationId(row.organisation_id), level };
        attendance.entry(row.meeting_id).or_default().push(one);
    }
    Ok(attendance)
}

/// Writes the attendance of a meeting in place of what is stored.
pub(super) async fn replace(tx: &Tx, meeting: &Meeting) -> Result<(), StorageError> {
    Entity::delete_many().filter(Column::MeetingId.eq(meeting.id.0)).exec(tx.inner()).await?;
    let rows: Vec<_> = meeting
        .attendance
        .iter()
        .enumerate()
        .map(|(place, one)| ActiveModel {
            meeting_id: Set(meeting.id.0),
            organisation_id: Set(one.organisation.0),
            level: Set(one.level.rank()),
            place: Set(place_number(place)),
        })
        .collect();
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        Entity::insert_many(rows.to_vec()).exec_without_returning(tx.inner()).await?;
    }
    Ok(())
}
