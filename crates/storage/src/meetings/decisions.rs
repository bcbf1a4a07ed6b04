//! Decisions and the items they implement.

use std::collections::HashMap;

use qadam_domain::calendar::{Deadline, Precision};
use qadam_domain::ids::{AgendaItemId, DecisionId, ItemId, MeetingId, OrganisationId};
use qadam_domain::meetings::Decision;
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::content::DecisionContent;
use super::difference::Difference;
use super::numbered::{PartTable, PointerTable};
use crate::db::Db;
use crate::entities::decision::{ActiveModel, Column, Entity, Model};
use crate::entities::decision_implements as implemented;
use crate::error::StorageError;
use crate::write::Tx;

const DECISIONS: PartTable<Entity> = PartTable {
    id: Column::Id,
    meeting: Column::MeetingId,
    number: Column::Number,
    changing: &[
        Column::Number,
        Column::AgendaItemId,
        Column::Content,
        Column::LeadId,
        Column::DueOn,
        Column::DuePrecision,
        Column::CommitmentId,
    ],
};

const ITEMS: PointerTable<implemented::Entity> = PointerTable {
    part: implemented::Column::DecisionId,
    item: implemented::Column::ItemId,
    place: implemented::Column::Place,
};

/// The decisions of meetings, each by number.
pub(super) async fn load(
    db: &impl Db,
    meetings: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Decision>>, StorageError> {
    let rows = DECISIONS.of(db, meetings).await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let mut items = ITEMS.of(db, &DECISIONS, meetings).await?;
    let mut decisions: HashMap<Uuid, Vec<Decision>> = HashMap::new();
    for row in rows {
        let (meeting, id) = (row.meeting_id, row.id);
        let decision = read(row, items.remove(&id).unwrap_or_default())
            .map_err(|column| unreadable(column, DecisionId(id)))?;
        decisions.entry(meeting).or_default().push(decision);
    }
    Ok(decisions)
}

/// Writes what changed. The agenda lines that decisions point to are there already.
pub(super) async fn save(
    tx: &Tx,
    meeting: MeetingId,
    difference: &Difference<'_, Decision>,
) -> Result<(), StorageError> {
    ITEMS.unlink(tx, difference).await?;
    DECISIONS.delete_gone(tx, difference).await?;
    DECISIONS.save(tx, difference, |decision| active(meeting, decision)).await?;
    ITEMS.link(tx, difference, item).await
}

const fn item(decision: Uuid, item: Uuid, place: i64) -> implemented::ActiveModel {
    implemented::ActiveModel { decision_id: Set(decision), item_id: Set(item), place: Set(place) }
}

fn read(row: Model, implements: Vec<ItemId>) -> Result<Decision, &'static str> {
    let content: DecisionContent = serde_json::from_str(&row.content).map_err(|_| "content")?;
    let due = match (row.due_on, row.due_precision) {
        (Some(on), Some(precision)) => Some(Deadline {
            on: on.parse().map_err(|_| "due_on")?,
            precision: Precision::from_code(&precision).ok_or("due_precision")?,
        }),
        _ => None,
    };
    Ok(Decision {
        id: DecisionId(row.id),
        number: row.number.try_into().map_err(|_| "number")?,
        agenda_item: row.agenda_item_id.map(AgendaItemId),
        text: content.text.into(),
        lead: OrganisationId(row.lead_id),
        due,
        implements,
        commitment: row.commitment_id.map(ItemId),
    })
}

fn active(meeting: MeetingId, decision: &Decision) -> Result<ActiveModel, StorageError> {
    let content = serde_json::to_string(&DecisionContent::of(decision))
        .map_err(|_| unreadable("content", decision.id))?;
    Ok(ActiveModel {
        id: Set(decision.id.0),
        meeting_id: Set(meeting.0),
        number: Set(decision.number.into()),
        agenda_item_id: Set(decision.agenda_item.map(|id| id.0)),
        content: Set(content),
        lead_id: Set(decision.lead.0),
        due_on: Set(decision.due.map(|due| due.on.to_string())),
        due_precision: Set(decision.due.map(|due| due.precision.code().to_owned())),
        commitment_id: Set(decision.commitment.map(|id| id.0)),
    })
}

fn unreadable(column: &'static str, id: DecisionId) -> StorageError {
    StorageError::Inconsistent { table: "decision", column, row: id.to_string() }
}
