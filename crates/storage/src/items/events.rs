//! The dated events of an item: status changes, deadline revisions, steps of response clocks. What they have in
//! common is here.

mod deadline_revisions;
mod response_steps;
mod status_changes;

use qadam_domain::ids::{EventId, ItemId};
use qadam_domain::levels::Level;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Db;
use crate::error::StorageError;
use crate::parents::{at_floors, first_of_each};

pub use deadline_revisions::{
    DeadlineRevision, deadline_revisions, insert_deadline_revision, newest_deadline_revisions,
    redact_deadline_revision,
};
pub use response_steps::{ResponseStep, insert_response_step, newest_response_steps, response_steps};
pub use status_changes::{
    StatusChange, insert_status_change, newest_status_changes, redact_status_change, status_changes,
};

/// The events of each item, the newest first.
const NEWEST: &str = "\"item_id\" ORDER BY \"position\" DESC";

/// How many events of one kind are read of an item at most.
pub(super) const EVENTS_MAX: u64 = 1_000;

/// A table of events of one kind.
trait EventTable: EntityTrait {
    /// What a row says.
    type Event;

    /// The event's identifier.
    const ID: Self::Column;
    /// The item.
    const ITEM: Self::Column;
    /// The place in the ledger, by which the events of an item are ordered.
    const POSITION: Self::Column;
    /// Who may read it.
    const LEVEL: Self::Column;

    /// Reads a row; `Inconsistent` where it is none that was written here.
    fn event(row: Self::Model) -> Result<Self::Event, StorageError>;
}

/// The events of an item at `floor` or wider, oldest first; at most [`EVENTS_MAX`].
async fn of_item<E: EventTable>(
    db: &impl Db,
    item: ItemId,
    floor: Level,
) -> Result<Vec<E::Event>, StorageError> {
    let rows = E::find()
        .filter(E::ITEM.eq(item.0))
        .filter(E::LEVEL.gte(floor.rank()))
        .order_by_asc(E::POSITION)
        .limit(EVENTS_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter().map(E::event).collect()
}

/// The status changes whose places are after one and up to another, by place.
pub(super) async fn status_changes_at(
    db: &impl Db,
    after: i64,
    until: i64,
) -> Result<Vec<StatusChange>, StorageError> {
    type Changes = crate::entities::status_change::Entity;
    let rows = Changes::find()
        .filter(Changes::POSITION.gt(after))
        .filter(Changes::POSITION.lte(until))
        .order_by_asc(Changes::POSITION)
        .all(db.inner())
        .await?;
    rows.into_iter().map(Changes::event).collect()
}

/// The newest events of each of several items, at the floor of each or wider, oldest first; `each` of one item at
/// most.
async fn newest<E: EventTable>(
    db: &impl Db,
    floors: &[(ItemId, Level)],
    each: u64,
) -> Result<Vec<E::Event>, StorageError> {
    let readable = at_floors(E::ITEM, E::LEVEL, floors);
    let rows = E::find()
        .filter(E::ID.in_subquery(first_of_each(E::default(), E::ID, NEWEST, readable, each)))
        .order_by_asc(E::POSITION)
        .all(db.inner())
        .await?;
    rows.into_iter().map(E::event).collect()
}

pub(super) fn unreadable(table: &'static str, column: &'static str, id: EventId) -> StorageError {
    StorageError::Inconsistent { table, column, row: id.to_string() }
}
