//! Changes of an item's deadline.

use chrono::NaiveDate;
use qadam_domain::accounts::Role;
use qadam_domain::calendar::{Deadline, Precision};
use qadam_domain::ids::{EventId, ItemId, OrganisationId};
use qadam_domain::items::redaction::writing::{Piece, Written};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{EventTable, newest, of_item, unreadable};
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::deadline_revision::{ActiveModel, Column, Entity, Model};
use crate::error::StorageError;
use crate::json::StoredText;
use crate::write::{Later, Tx};

/// A change of an item's deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineRevision {
    /// Its identifier.
    pub id: EventId,
    /// The item.
    pub item: ItemId,
    /// Its place in the ledger.
    pub position: i64,
    /// The deadline before.
    pub old: Option<Deadline>,
    /// The deadline since.
    pub new: Option<Deadline>,
    /// Why.
    pub reason: LanguageMap,
    /// The local day it was recorded.
    pub recorded_on: NaiveDate,
    /// The role that made it.
    pub role: Role,
    /// The organisation that made it.
    pub organisation: Option<OrganisationId>,
    /// Who may read it.
    pub level: Level,
}

/// Inserts a deadline revision.
pub async fn insert_deadline_revision(tx: &Tx, revision: &DeadlineRevision) -> Result<(), StorageError> {
    let reason = reason(revision)?;
    let on = |deadline: Option<Deadline>| deadline.map(|deadline| deadline.on.to_string());
    let precision =
        |deadline: Option<Deadline>| deadline.map(|deadline| deadline.precision.code().to_owned());
    let row = ActiveModel {
        id: Set(revision.id.0),
        item_id: Set(revision.item.0),
        position: Set(revision.position),
        old_on: Set(on(revision.old)),
        old_precision: Set(precision(revision.old)),
        new_on: Set(on(revision.new)),
        new_precision: Set(precision(revision.new)),
        reason: Set(reason),
        recorded_on: Set(revision.recorded_on.to_string()),
        role: Set(revision.role.code().to_owned()),
        organisation_id: Set(revision.organisation.map(|id| id.0)),
        level: Set(revision.level.rank()),
    };
    tx.later(Later::insert(row)).await
}

/// Writes why a deadline was changed anew, once passages were taken out of it.
pub async fn redact_deadline_revision(tx: &Tx, revision: &DeadlineRevision) -> Result<(), StorageError> {
    let update = Entity::update_many()
        .col_expr(Column::Reason, Expr::value(reason(revision)?))
        .filter(Column::Id.eq(revision.id.0));
    update.exec(tx.inner()).await?;
    Ok(())
}

/// Why it was changed, as it is stored.
fn reason(revision: &DeadlineRevision) -> Result<String, StorageError> {
    serde_json::to_string(&StoredText::from(&revision.reason))
        .map_err(|_| unreadable("deadline_revision", "reason", revision.id))
}

impl Written for DeadlineRevision {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        self.reason.each_piece(visit);
    }
}

impl EventTable for Entity {
    type Event = DeadlineRevision;

    const ID: Column = Column::Id;
    const ITEM: Column = Column::ItemId;
    const POSITION: Column = Column::Position;
    const LEVEL: Column = Column::Level;

    fn event(row: Model) -> Result<DeadlineRevision, StorageError> {
        let id = EventId(row.id);
        read_revision(row).ok_or_else(|| unreadable("deadline_revision", "new_on", id))
    }
}

/// The deadline revisions of an item at `floor` or wider, oldest first. At most 1,000.
pub async fn deadline_revisions(
    db: &impl Db,
    item: ItemId,
    floor: Level,
) -> Result<Vec<DeadlineRevision>, StorageError> {
    of_item::<Entity>(db, item, floor).await
}

/// The newest deadline revisions of each of several items, at the floor of each or wider, oldest first; `each` of
/// one item at most.
pub async fn newest_deadline_revisions(
    db: &impl Db,
    floors: &[(ItemId, Level)],
    each: u64,
) -> Result<Vec<DeadlineRevision>, StorageError> {
    newest::<Entity>(db, floors, each).await
}

fn read_revision(row: Model) -> Option<DeadlineRevision> {
    let reason: StoredText = serde_json::from_str(&row.reason).ok()?;
    Some(DeadlineRevision {
        id: EventId(row.id),
        item: ItemId(row.item_id),
        position: row.position,
        old: deadline(row.old_on, row.old_precision)?,
        new: deadline(row.new_on, row.new_precision)?,
        reason: reason.into(),
        recorded_on: row.recorded_on.parse().ok()?,
        role: Role::from_code(&row.role)?,
        organisation: row.organisation_id.map(OrganisationId),
        level: Level::from_rank(row.level)?,
    })
}

#[expect(clippy::option_option, reason = "the outer option is unreadable, the inner one is no deadline")]
fn deadline(on: Option<String>, precision: Option<String>) -> Option<Option<Deadline>> {
    match (on, precision) {
        (None, None) => Some(None),
        (Some(on), Some(precision)) => {
            Some(Some(Deadline { on: on.parse().ok()?, precision: Precision::from_code(&precision)? }))
        }
        _ => None,
    }
}
