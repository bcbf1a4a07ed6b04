//! What was reached of an item's response clocks, and which letters were sent.

use chrono::NaiveDate;
use qadam_domain::accounts::Role;
use qadam_domain::ids::{ClockId, EventId, ItemId, OrganisationId};
use qadam_domain::items::response::{ClockKind, Step};
use qadam_domain::levels::Level;
use sea_orm::ActiveValue::Set;

use super::{EventTable, newest, of_item, unreadable};
use crate::db::Db;
use crate::entities::response_step::{ActiveModel, Column, Entity, Model};
use crate::error::StorageError;
use crate::write::{Later, Tx};

/// A step of a response clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseStep {
    /// Its identifier.
    pub id: EventId,
    /// The item.
    pub item: ItemId,
    /// Its place in the ledger.
    pub position: i64,
    /// The clock, which takes each step once.
    pub clock: ClockId,
    /// For what the item waited.
    pub kind: ClockKind,
    /// When the wait began.
    pub started_on: NaiveDate,
    /// What was reached or done.
    pub step: Step,
    /// The local day on which the stage was to be reached; of a letter, the day it was sent.
    pub due_on: NaiveDate,
    /// The local day it was recorded.
    pub recorded_on: NaiveDate,
    /// The role that did it; `None` for a stage, which the program records.
    pub role: Option<Role>,
    /// The organisation that did it.
    pub organisation: Option<OrganisationId>,
    /// Who may read it.
    pub level: Level,
}

/// Inserts a step. The same step of the same clock for a second time is refused.
pub async fn insert_response_step(tx: &Tx, step: &ResponseStep) -> Result<(), StorageError> {
    let row = ActiveModel {
        id: Set(step.id.0),
        item_id: Set(step.item.0),
        position: Set(step.position),
        clock_id: Set(step.clock.0),
        clock: Set(step.kind.code().to_owned()),
        started_on: Set(step.started_on.to_string()),
        step: Set(step.step.code().to_owned()),
        due_on: Set(step.due_on.to_string()),
        recorded_on: Set(step.recorded_on.to_string()),
        role: Set(step.role.map(|role| role.code().to_owned())),
        organisation_id: Set(step.organisation.map(|id| id.0)),
        level: Set(step.level.rank()),
    };
    tx.later(Later::insert(row)).await
}

impl EventTable for Entity {
    type Event = ResponseStep;

    const ID: Column = Column::Id;
    const ITEM: Column = Column::ItemId;
    const POSITION: Column = Column::Position;
    const LEVEL: Column = Column::Level;

    fn event(row: Model) -> Result<ResponseStep, StorageError> {
        let id = EventId(row.id);
        read_step(row).ok_or_else(|| unreadable("response_step", "step", id))
    }
}

/// The steps of an item's response clocks at `floor` or wider, oldest first. At most 1,000.
pub async fn response_steps(
    db: &impl Db,
    item: ItemId,
    floor: Level,
) -> Result<Vec<ResponseStep>, StorageError> {
    of_item::<Entity>(db, item, floor).await
}

/// The newest steps of each of several items, at the floor of each or wider, oldest first; `each` of one item at most.
pub async fn newest_response_steps(
    db: &impl Db,
    floors: &[(ItemId, Level)],
    each: u64,
) -> Result<Vec<ResponseStep>, StorageError> {
    newest::<Entity>(db, floors, each).await
}

fn read_step(row: Model) -> Option<ResponseStep> {
    Some(ResponseStep {
        id: EventId(row.id),
        item: ItemId(row.item_id),
        position: row.position,
        clock: ClockId(row.clock_id),
        kind: ClockKind::from_code(&row.clock)?,
        started_on: row.started_on.parse().ok()?,
        step: Step::from_code(&row.step)?,
        due_on: row.due_on.parse().ok()?,
        recorded_on: row.recorded_on.parse().ok()?,
        role: match row.role {
            None => None,
            Some(code) => Some(Role::from_code(&code)?),
        },
        organisation: row.organisation_id.map(OrganisationId),
        level: Level::from_rank(row.level)?,
    })
}
