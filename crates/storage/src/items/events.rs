//! The dated events of an item: status changes and deadline revisions.

use chrono::NaiveDate;
use qadam_domain::accounts::Role;
use qadam_domain::calendar::{AsOf, Deadline, Precision};
use qadam_domain::ids::{EventId, ItemId, OrganisationId};
use qadam_domain::items::{Answer, Evidence, EvidenceKind, EvidenceRelation, RecordedFrom, Status};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use super::content::{StoredAnswer, StoredRecordedFrom};
use super::row::as_of;
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::{deadline_revision, status_change};
use crate::error::StorageError;
use crate::json::StoredText;
use crate::parents::{at_floors, first_of_each};
use crate::write::Tx;

/// The events of each item, the newest first.
const NEWEST: &str = "\"item_id\" ORDER BY \"position\" DESC";

/// How many events of one kind are read of an item at most.
pub(super) const EVENTS_MAX: u64 = 1_000;

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

#[derive(Debug, Serialize, Deserialize)]
struct StoredEvidence {
    kind: String,
    relation: String,
    title: StoredText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issued_on: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
}

impl From<&Evidence> for StoredEvidence {
    fn from(evidence: &Evidence) -> Self {
        Self {
            kind: evidence.kind.code().to_owned(),
            relation: evidence.relation.code().to_owned(),
            title: (&evidence.title).into(),
            url: evidence.url.clone(),
            number: evidence.number.clone(),
            issued_on: evidence.issued_on.map(|day| day.to_string()),
            issuer: evidence.issuer.clone(),
        }
    }
}

impl StoredEvidence {
    fn into_evidence(self) -> Option<Evidence> {
        Some(Evidence {
            kind: EvidenceKind::from_code(&self.kind)?,
            relation: EvidenceRelation::from_code(&self.relation)?,
            title: self.title.into(),
            url: self.url,
            number: self.number,
            issued_on: self.issued_on.map(|day| day.parse()).transpose().ok()?,
            issuer: self.issuer,
        })
    }
}

/// Inserts a status change.
pub async fn insert_status_change(tx: &Tx, change: &StatusChange) -> Result<(), StorageError> {
    let content = ChangeContent {
        reason: (&change.reason).into(),
        answer: change.answer.as_ref().map(Into::into),
        evidence: change.evidence.iter().map(Into::into).collect(),
        recorded_from: change.recorded_from.as_ref().map(Into::into),
    };
    let content =
        serde_json::to_string(&content).map_err(|_| unreadable("status_change", "content", change.id))?;
    let row = status_change::ActiveModel {
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
    status_change::Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// The status changes of an item at `floor` or wider, oldest first. At most 1,000.
pub async fn status_changes(
    db: &impl Db,
    item: ItemId,
    floor: Level,
) -> Result<Vec<StatusChange>, StorageError> {
    let rows = status_change::Entity::find()
        .filter(status_change::Column::ItemId.eq(item.0))
        .filter(status_change::Column::Level.gte(floor.rank()))
        .order_by_asc(status_change::Column::Position)
        .limit(EVENTS_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter().map(change).collect()
}

/// The newest status changes of each of several items, at the floor of each or wider, oldest first; `each` of one
/// item at most.
pub async fn newest_status_changes(
    db: &impl Db,
    floors: &[(ItemId, Level)],
    each: u64,
) -> Result<Vec<StatusChange>, StorageError> {
    use status_change::{Column, Entity};
    let readable = at_floors(Column::ItemId, Column::Level, floors);
    let rows = Entity::find()
        .filter(Column::Id.in_subquery(first_of_each(Entity, Column::Id, NEWEST, readable, each)))
        .order_by_asc(Column::Position)
        .all(db.inner())
        .await?;
    rows.into_iter().map(change).collect()
}

fn change(row: status_change::Model) -> Result<StatusChange, StorageError> {
    let id = EventId(row.id);
    read_change(row).ok_or_else(|| unreadable("status_change", "content", id))
}

fn read_change(row: status_change::Model) -> Option<StatusChange> {
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
        evidence: content.evidence.into_iter().map(StoredEvidence::into_evidence).collect::<Option<_>>()?,
        recorded_from: content.recorded_from.map(Into::into),
        role: Role::from_code(&row.role)?,
        organisation: row.organisation_id.map(OrganisationId),
        level: Level::from_rank(row.level)?,
    })
}

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
    let reason = serde_json::to_string(&StoredText::from(&revision.reason))
        .map_err(|_| unreadable("deadline_revision", "reason", revision.id))?;
    let on = |deadline: Option<Deadline>| deadline.map(|deadline| deadline.on.to_string());
    let precision =
        |deadline: Option<Deadline>| deadline.map(|deadline| deadline.precision.code().to_owned());
    let row = deadline_revision::ActiveModel {
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
    deadline_revision::Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// The deadline revisions of an item at `floor` or wider, oldest first. At most 1,000.
pub async fn deadline_revisions(
    db: &impl Db,
    item: ItemId,
    floor: Level,
) -> Result<Vec<DeadlineRevision>, StorageError> {
    let rows = deadline_revision::Entity::find()
        .filter(deadline_revision::Column::ItemId.eq(item.0))
        .filter(deadline_revision::Column::Level.gte(floor.rank()))
        .order_by_asc(deadline_revision::Column::Position)
        .limit(EVENTS_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter().map(revision).collect()
}

/// The newest deadline revisions of each of several items, at the floor of each or wider, oldest first; `each` of
/// one item at most.
pub async fn newest_deadline_revisions(
    db: &impl Db,
    floors: &[(ItemId, Level)],
    each: u64,
) -> Result<Vec<DeadlineRevision>, StorageError> {
    use deadline_revision::{Column, Entity};
    let readable = at_floors(Column::ItemId, Column::Level, floors);
    let rows = Entity::find()
        .filter(Column::Id.in_subquery(first_of_each(Entity, Column::Id, NEWEST, readable, each)))
        .order_by_asc(Column::Position)
        .all(db.inner())
        .await?;
    rows.into_iter().map(revision).collect()
}

fn revision(row: deadline_revision::Model) -> Result<DeadlineRevision, StorageError> {
    let id = EventId(row.id);
    read_revision(row).ok_or_else(|| unreadable("deadline_revision", "new_on", id))
}

fn read_revision(row: deadline_revision::Model) -> Option<DeadlineRevision> {
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

pub(super) fn unreadable(table: &'static str, column: &'static str, id: EventId) -> StorageError {
    StorageError::Inconsistent { table, column, row: id.to_string() }
}
