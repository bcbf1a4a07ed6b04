//! A meeting as a row, and back. Its parts are rows of other tables.

use chrono::NaiveDate;
use qadam_domain::calendar::{Precision, Timestamp};
use qadam_domain::ids::MeetingId;
use qadam_domain::meetings::{Meeting, MeetingKind, ProtocolState};
use sea_orm::ActiveValue::Set;

use super::content::{MeetingContent, office_holders};
use super::parts::Parts;
use crate::entities::meeting::{ActiveModel, Model};
use crate::error::StorageError;

/// Sorts before every real day: in a list that begins with the newest, meetings without a day come last.
pub(super) const NO_DAY: &str = "0000-00-00";

/// The meeting in a row and in the rows of its parts.
pub(super) fn meeting(row: Model, parts: Parts) -> Result<Meeting, StorageError> {
    let id = row.id;
    read(row, parts).map_err(|column| unreadable(column, MeetingId(id)))
}

fn read(row: Model, parts: Parts) -> Result<Meeting, &'static str> {
    let content: MeetingContent = serde_json::from_str(&row.content).map_err(|_| "content")?;
    Ok(Meeting {
        id: MeetingId(row.id),
        code: row.code,
        kind: MeetingKind::from_code(&row.kind).ok_or("kind")?,
        title: content.title.into(),
        topics: content.topics.into(),
        held_on: day(row.held_on.as_deref()).map_err(|_| "held_on")?,
        held_on_precision: Precision::from_code(&row.held_on_precision).ok_or("held_on_precision")?,
        held_until: day(row.held_until.as_deref()).map_err(|_| "held_until")?,
        published_on: day(row.published_on.as_deref()).map_err(|_| "published_on")?,
        place: content.place.into(),
        chairs: office_holders(content.chairs),
        protocol: ProtocolState::from_code(&row.protocol).ok_or("protocol")?,
        objections_until: day(row.objections_until.as_deref()).map_err(|_| "objections_until")?,
        recorded_from: content.recorded_from.map(Into::into),
        agenda: parts.agenda,
        decisions: parts.decisions,
        attendance: parts.attendance,
        version: row.version,
        updated_at: Timestamp(row.updated_at),
    })
}

/// The row of a meeting. `position` is its newest entry in the ledger.
pub(super) fn active(meeting: &Meeting, position: i64) -> Result<ActiveModel, StorageError> {
    let content =
        serde_json::to_string(&MeetingContent::of(meeting)).map_err(|_| unreadable("content", meeting.id))?;
    let text = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    Ok(ActiveModel {
        id: Set(meeting.id.0),
        code: Set(meeting.code.clone()),
        kind: Set(meeting.kind.code().to_owned()),
        held_on: Set(text(meeting.held_on)),
        held_on_precision: Set(meeting.held_on_precision.code().to_owned()),
        held_until: Set(text(meeting.held_until)),
        held_sort: Set(text(meeting.held_on).unwrap_or_else(|| NO_DAY.to_owned())),
        published_on: Set(text(meeting.published_on)),
        protocol: Set(meeting.protocol.code().to_owned()),
        objections_until: Set(text(meeting.objections_until)),
        content: Set(content),
        version: Set(meeting.version),
        position: Set(position),
        updated_at: Set(meeting.updated_at.0),
        ends_sort: Set(text(meeting.ends_on()).unwrap_or_else(|| NO_DAY.to_owned())),
    })
}

/// The day in a column; fails where there is one that cannot be read.
fn day(stored: Option<&str>) -> Result<Option<NaiveDate>, chrono::ParseError> {
    stored.map(str::parse).transpose()
}

fn unreadable(column: &'static str, id: MeetingId) -> StorageError {
    StorageError::Inconsistent { table: "meeting", column, row: id.to_string() }
}
