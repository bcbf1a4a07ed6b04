//! Agenda lines and the items discussed under them.

use std::collections::HashMap;

use qadam_domain::ids::{AgendaItemId, ItemId, MeetingId};
use qadam_domain::levels::Level;
use qadam_domain::meetings::AgendaItem;
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::content::{AgendaContent, office_holders};
use super::difference::Difference;
use super::numbered::{PartTable, PointerTable};
use crate::db::Db;
use crate::entities::agenda_item::{ActiveModel, Column, Entity, Model};
use crate::entities::agenda_item_item as discussed;
use crate::error::StorageError;
use crate::write::Tx;

const LINES: PartTable<Entity> = PartTable {
    id: Column::Id,
    meeting: Column::MeetingId,
    number: Column::Number,
    changing: &[Column::Number, Column::Content, Column::Level],
};

const ITEMS: PointerTable<discussed::Entity> = PointerTable {
    part: discussed::Column::AgendaItemId,
    item: discussed::Column::ItemId,
    place: discussed::Column::Place,
};

/// The agendas of meetings, each by number.
pub(super) async fn load(
    db: &impl Db,
    meetings: &[Uuid],
) -> Result<HashMap<Uuid, Vec<AgendaItem>>, StorageError> {
    let rows = LINES.of(db, meetings).await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let mut items = ITEMS.of(db, &LINES, meetings).await?;
    let mut agendas: HashMap<Uuid, Vec<AgendaItem>> = HashMap::new();
    for row in rows {
        let (meeting, id) = (row.meeting_id, row.id);
        let line = read(&row, items.remove(&id).unwrap_or_default())
            .map_err(|column| unreadable(column, AgendaItemId(id)))?;
        agendas.entry(meeting).or_default().push(line);
    }
    Ok(agendas)
}

/// Writes what changed, all but the removal of lines: decisions may still point to them.
pub(super) async fn save(
    tx: &Tx,
    meeting: MeetingId,
    difference: &Difference<'_, AgendaItem>,
) -> Result<(), StorageError> {
    LINES.save(tx, difference, |line| active(meeting, line)).await?;
    ITEMS.unlink(tx, difference).await?;
    ITEMS.link(tx, difference, item).await
}

/// Removes the lines that are no more; `ReferenceBroken` where a decision still points to one.
pub(super) async fn delete_gone(
    tx: &Tx,
    difference: &Difference<'_, AgendaItem>,
) -> Result<(), StorageError> {
    LINES.delete_gone(tx, difference).await
}

const fn item(line: Uuid, item: Uuid, place: i64) -> discussed::ActiveModel {
    discussed::ActiveModel { agenda_item_id: Set(line), item_id: Set(item), place: Set(place) }
}

fn read(row: &Model, items: Vec<ItemId>) -> Result<AgendaItem, &'static str> {
    let content: AgendaContent = serde_json::from_str(&row.content).map_err(|_| "content")?;
    Ok(AgendaItem {
        id: AgendaItemId(row.id),
        number: row.number.try_into().map_err(|_| "number")?,
        title: content.title.into(),
        speakers: office_holders(content.speakers),
        items,
        protocol_text: content.protocol_text.into(),
        level: Level::from_rank(row.level).ok_or("level")?,
    })
}

fn active(meeting: MeetingId, line: &AgendaItem) -> Result<ActiveModel, StorageError> {
    let content =
        serde_json::to_string(&AgendaContent::of(line)).map_err(|_| unreadable("content", line.id))?;
    Ok(ActiveModel {
        id: Set(line.id.0),
        meeting_id: Set(meeting.0),
        number: Set(line.number.into()),
        content: Set(content),
        level: Set(line.level.rank()),
    })
}

fn unreadable(column: &'static str, id: AgendaItemId) -> StorageError {
    StorageError::Inconsistent { table: "agenda_item", column, row: id.to_string() }
}
