//! Changes of an item's status.

use chrono::NaiveDate;
use qadam_domain::accounts::Role;
use qadam_domain::calendar::AsOf;
use qadam_domain::ids::{EventId, ItemId, OrganisationId};
use qadam_domain::items::redaction::writing::{Piece, Written};
use qadam_domain::items::{Answer, Evidence, RecordedFrom, Status};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::{EventTable, newest, of_item, unreadable};
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::status_change::{ActiveModel, Column, Entity, Model};
use crate::error::StorageError;
use crate::items::content::{StoredAnswer, StoredRecordedFrom};
use crate::items::evidence::{self, StoredEvidence};
use crate::items::row::as_of;
use crate::json::StoredText;
use crate::write::{Later, Tx};

/// A change of an item's status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusChange {
    /// Its identifier.
    pub id: EventId,
    /// The item.
    pub item: ItemId,
    /// Its place in the ledger.
    pub position: i64,
    /// Where the item stood; `None` for a recorded status.
    pub from: Option<Status>,
    /// Where it stands since.
    pub to: Status,
    /// Since when.
    pub as_of: AsOf,
    /// The local day it was recorded.
    pub recorded_on: NaiveDate,
    /// Why.
    pub reason: LanguageMap,
    /// The lead's answer that came with it.
    pub answer: Option<Answer>,
    /// Evidence that came with it.
    pub evidence: Vec<Evidence>,
    /// The document it was recorded from.
    pub recorded_from: Option<RecordedFrom>,
    /// The role that made it.
    pub role: Role,
    /// The organisation that made it; `None` for a submitter.
    pub organisation: Option<OrganisationId>,
    /// Who may read it.
    pub level: Level,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct ChangeContent {
    #[serde(skip_serializing_if = "StoredText::is_empty")]
    reason: StoredText,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<StoredAnswer>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<StoredEvidence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recorded_from: Option<StoredRecordedFrom>,
}

/// Inserts a status change.
pub async fn insert_status_change(tx: &Tx, change: &StatusChange) -> Result<(), StorageError> {
    let content = content(change)?;
    let row = ActiveModel {
        id: Set(change.id.0),
        item_id: Set(change.item.0),
        position: Set(change.position),
        from_status: Set(change.from.map(|status| status.code().to_owned())),
        to_status: Set(change.to.code().to_owned()),
        as_of: Set(change.as_of.on.to_string()),
        as_of_precision: Set(change.as_of.precision.code().to_owned()),
        recorded_on: Set(change.recorded_on.to_string()),
        content: Set(content),
        role: Set(change.role.code().to_owned()),
        organisation_id: Set(change.organisation.map(|id| id.0)),
        level: Set(change.level.rank()),
    };
    tx.later(Later::insert(row)).await
}

/// Writes what was written about a status change anew, once passages were taken out of it.
pub async fn redact_status_change(tx: &Tx, change: &StatusChange) -> Result<(), StorageError> {
    let update = Entity::update_many()
        .col_expr(Column::Content, Expr::value(content(change)?))
        .filter(Column::Id.eq(change.id.0));
    update.exec(tx.inner()).await?;
    Ok(())
}

/// What people wrote about a status change, as it is stored.
fn content(change: &StatusChange) -> Result<String, StorageError> {
    let content = ChangeContent {
        reason: (&change.reason).into(),
        answer: change.answer.as_ref().map(Into::into),
        evidence: change.evidence.iter().map(Into::into).collect(),
        recorded_from: change.recorded_from.as_ref().map(Into::into),
    };
    serde_json::to_string(&content).map_err(|_| unreadable("status_change", "content", change.id))
}

impl Written for StatusChange {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        self.reason.each_piece(visit);
        self.answer.each_piece(visit);
        self.evidence.each_piece(visit);
        self.recorded_from.each_piece(visit);
    }
}

impl EventTable for Entity {
    type Event = StatusChange;

    const ID: Column = Column::Id;
    const ITEM: Column = Column::ItemId;
    const POSITION: Column = Column::Position;
    const LEVEL: Column = Column::Level;

    fn event(row: Model) -> Result<StatusChange, StorageError> {
        let id = EventId(row.id);
        read_change(row).ok_or_else(|| unreadable("status_change", "content", id))
    }
}

/// The status changes of an item at `floor` or wider, oldest first. At most 1,000.
pub async fn status_changes(
    db: &impl Db,
    item: ItemId,
    floor: Level,
) -> Result<Vec<StatusChange>, StorageError> {
    of_item::<Entity>(db, item, floor).await
}

/// The newest status changes of each of several items, at the floor of each or wider, oldest first; `each` of one
/// item at most.
pub async fn newest_status_changes(
    db: &impl Db,
    floors: &[(ItemId, Level)],
    each: u64,
) -> Result<Vec<StatusChange>, StorageError> {
    newest::<Entity>(db, floors, each).await
}

fn read_change(row: Model) -> Option<StatusChange> {
    let content: ChangeContent = serde_json::from_str(&row.content).ok()?;
    Some(StatusChange {
        id: EventId(row.id),
        item: ItemId(row.item_id),
        position: row.position,
        from: match row.from_status {
            None => None,
            Some(code) => Some(Status::from_code(&code)?),
        },
        to: Status::from_code(&row.to_status)?,
        as_of: as_of(&row.as_of, &row.as_of_precision)?,
        recorded_on: row.recorded_on.parse().ok()?,
        reason: content.reason.into(),
        answer: match content.answer {
            None => None,
            Some(answer) => Some(answer.into_answer()?),
        },
        evidence: evidence::all(content.evidence)?,
        recorded_from: content.recorded_from.map(Into::into),
        role: Role::from_code(&row.role)?,
        organisation: row.organisation_id.map(OrganisationId),
        level: Level::from_rank(row.level)?,
    })
}
