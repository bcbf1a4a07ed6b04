//! Finding single meetings, and the agenda lines under which an item was discussed.

use qadam_domain::ids::{AgendaItemId, ItemId, MeetingId};
use qadam_domain::meetings::Meeting;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};

use super::parts::assemble;
use crate::db::Db;
use crate::entities::meeting::{Column, Entity};
use crate::error::StorageError;

/// By what a meeting is asked for: its identifier or its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// Its identifier.
    Id(MeetingId),
    /// Its code, exactly as written.
    Code(String),
}

/// The meeting with its agenda, decisions and attendance, each in order.
pub async fn find(db: &impl Db, key: &Key) -> Result<Option<Meeting>, StorageError> {
    let condition = match key {
        Key::Id(id) => Column::Id.eq(id.0),
        Key::Code(code) => Column::Code.eq(code),
    };
    let row = Entity::find().filter(condition).one(db.inner()).await?;
    Ok(assemble(db, row.into_iter().collect()).await?.pop())
}

/// Those of the meetings that there are, in no order.
pub async fn find_many(db: &impl Db, ids: &[MeetingId]) -> Result<Vec<Meeting>, StorageError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(db.inner()).await?;
    assemble(db, rows).await
}

/// The agenda lines under which an item was discussed, by the day of the meeting and the number of the line; the
/// first 500.
pub async fn agenda_of_item(
    db: &impl Db,
    item: ItemId,
) -> Result<Vec<(MeetingId, AgendaItemId)>, StorageError> {
    let connection = db.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "SELECT a.meeting_id, a.id FROM agenda_item_item l JOIN agenda_item a ON a.id = l.agenda_item_id \
         JOIN meeting m ON m.id = a.meeting_id WHERE l.item_id = $1 \
         ORDER BY m.held_sort, m.id, a.number LIMIT 500",
        [item.0.into()],
    );
    connection
        .query_all_raw(statement)
        .await?
        .iter()
        .map(|row| Ok((MeetingId(row.try_get_by_index(0)?), AgendaItemId(row.try_get_by_index(1)?))))
        .collect()
}

/// The meetings that point to an item: on their agenda, or in a decision that implements or created it; the first
/// 500.
pub async fn pointing_to(db: &impl Db, item: ItemId) -> Result<Vec<MeetingId>, StorageError> {
    let connection = db.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "SELECT a.meeting_id FROM agenda_item_item l JOIN agenda_item a ON a.id = l.agenda_item_id \
         WHERE l.item_id = $1 UNION \
         SELECT d.meeting_id FROM decision_implements i JOIN decision d ON d.id = i.decision_id \
         WHERE i.item_id = $1 UNION \
         SELECT d.meeting_id FROM decision d WHERE d.commitment_id = $1 LIMIT 500",
        [item.0.into()],
    );
    let rows = connection.query_all_raw(statement).await?;
    rows.iter().map(|row| Ok(MeetingId(row.try_get_by_index(0)?))).collect()
}
