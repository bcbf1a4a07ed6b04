//! Agenda lines and the items discussed under them.

use std::collections::HashMap;

use qadam_domain::ids::{AgendaItemId, ItemId, MeetingId};
use qadam_domain::levels::Level;
use qadam_domain::meetings::AgendaItem;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::content::{AgendaContent, office_holders};
use super::difference::Difference;
use super::parts::{ROWS_PER_STATEMENT, place_number};
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::agenda_item::{ActiveModel, Column, Entity, Model};
use crate::entities::agenda_item_item;
use crate::error::StorageError;
use crate::write::Tx;

/// The agendas of meetings, each by number.
pub(super) async fn load(
    db: &impl Db,
    meetings: &[Uuid],
) -> Result<HashMap<Uuid, Vec<AgendaItem>>, StorageError> {
    let rows = Entity::find()
        .filter(Column::MeetingId.is_in(meetings.iter().copied()))
        .order_by_asc(Column::MeetingId)
        .order_by_asc(Column::Number)
        .all(db.inner())
        .await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let mut items = load_items(db, meetings).await?;
    let mut agendas: HashMap<Uuid, Vec<AgendaItem>> = HashMap::new();
    for row in rows {
        let (meeting, id) = (row.meeting_id, row.id);
        let line = read(&row, items.remove(&id).unwrap_or_default())
            .map_err(|column| unreadable(column, AgendaItemId(id)))?;
        agendas.entry(meeting).or_default().push(line);
    }
    Ok(agendas)
}

async fn load_items(db: &impl Db, meetings: &[Uuid]) -> Result<HashMap<Uuid, Vec<ItemId>>, StorageError> {
    let lines = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::MeetingId.is_in(meetings.iter().copied()))
        .to_owned();
    let rows = agenda_item_item::Entity::find()
        .filter(Expr::col(agenda_item_item::Column::AgendaItemId).in_subquery(lines))
        .order_by_asc(agenda_item_item::Column::AgendaItemId)
        .order_by_asc(agenda_item_item::Column::Place)
        .all(db.inner())
        .await?;
    let mut items: HashMap<Uuid, Vec<ItemId>> = HashMap::new();
    for row in rows {
        items.entry(row.agenda_item_id).or_default().push(ItemId(row.item_id));
    }
    Ok(items)
}

/// Writes what changed, all but the removal of lines: decisions may still point to them.
pub(super) async fn save(
    tx: &Tx,
    meeting: MeetingId,
    difference: &Difference<'_, AgendaItem>,
) -> Result<(), StorageError> {
    let connection = tx.inner();
    if !difference.renumbered.is_empty() {
        // Out of the way, so that numbers can be swapped: they are unique in a meeting at every moment.
        Entity::update_many()
            .col_expr(Column::Number, Expr::value(-1_i64).sub(Expr::col(Column::Number)))
            .filter(Column::Id.is_in(difference.renumbered.iter().copied()))
            .exec(connection)
            .await?;
    }
    for lines in difference.changed.chunks(ROWS_PER_STATEMENT) {
        let rows = lines.iter().map(|line| active(meeting, line)).collect::<Result<Vec<_>, _>>()?;
        Entity::insert_many(rows)
            .on_conflict(
                OnConflict::column(Column::Id)
                    .update_columns([Column::Number, Column::Content, Column::Level])
                    .to_owned(),
            )
            .exec_without_returning(connection)
            .await?;
    }
    for lines in difference.new.chunks(ROWS_PER_STATEMENT) {
        let rows = lines.iter().map(|line| active(meeting, line)).collect::<Result<Vec<_>, _>>()?;
        Entity::insert_many(rows).exec_without_returning(connection).await?;
    }
    save_items(tx, difference).await
}

async fn save_items(tx: &Tx, difference: &Difference<'_, AgendaItem>) -> Result<(), StorageError> {
    let connection = tx.inner();
    if !difference.unlinked.is_empty() {
        agenda_item_item::Entity::delete_many()
            .filter(agenda_item_item::Column::AgendaItemId.is_in(difference.unlinked.iter().copied()))
            .exec(connection)
            .await?;
    }
    let rows: Vec<_> = difference
        .linked
        .iter()
        .flat_map(|line| {
            line.items.iter().enumerate().map(|(place, item)| agenda_item_item::ActiveModel {
                agenda_item_id: Set(line.id.0),
                item_id: Set(item.0),
                place: Set(place_number(place)),
            })
        })
        .collect();
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        agenda_item_item::Entity::insert_many(rows.to_vec()).exec_without_returning(connection).await?;
    }
    Ok(())
}

/// Removes the lines that are no more; `ReferenceBroken` where a decision still points to one.
pub(super) async fn delete_gone(
    tx: &Tx,
    difference: &Difference<'_, AgendaItem>,
) -> Result<(), StorageError> {
    if !difference.gone.is_empty() {
        Entity::delete_many()
            .filter(Column::Id.is_in(difference.gone.iter().copied()))
            .exec(tx.inner())
            .await?;
    }
    Ok(())
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
