//! Decisions and the items they implement.

use std::collections::HashMap;

use qadam_domain::calendar::{Deadline, Precision};
use qadam_domain::ids::{AgendaItemId, DecisionId, ItemId, MeetingId, OrganisationId};
use qadam_domain::meetings::Decision;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::content::DecisionContent;
use super::difference::Difference;
use super::parts::{ROWS_PER_STATEMENT, place_number};
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::decision::{ActiveModel, Column, Entity, Model};
use crate::entities::decision_implements;
use crate::error::StorageError;
use crate::write::Tx;

/// The decisions of meetings, each by number.
pub(super) async fn load(
    db: &impl Db,
    meetings: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Decision>>, StorageError> {
    let rows = Entity::find()
        .filter(Column::MeetingId.is_in(meetings.iter().copied()))
        .order_by_asc(Column::MeetingId)
        .order_by_asc(Column::Number)
        .all(db.inner())
        .await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let mut implemented = load_implemented(db, meetings).await?;
    let mut decisions: HashMap<Uuid, Vec<Decision>> = HashMap::new();
    for row in rows {
        let (meeting, id) = (row.meeting_id, row.id);
        let decision = read(row, implemented.remove(&id).unwrap_or_default())
            .map_err(|column| unreadable(column, DecisionId(id)))?;
        decisions.entry(meeting).or_default().push(decision);
    }
    Ok(decisions)
}

async fn load_implemented(
    db: &impl Db,
    meetings: &[Uuid],
) -> Result<HashMap<Uuid, Vec<ItemId>>, StorageError> {
    let decisions = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::MeetingId.is_in(meetings.iter().copied()))
        .to_owned();
    let rows = decision_implements::Entity::find()
        .filter(Expr::col(decision_implements::Column::DecisionId).in_subquery(decisions))
        .order_by_asc(decision_implements::Column::DecisionId)
        .order_by_asc(decision_implements::Column::Place)
        .all(db.inner())
        .await?;
    let mut implemented: HashMap<Uuid, Vec<ItemId>> = HashMap::new();
    for row in rows {
        implemented.entry(row.decision_id).or_default().push(ItemId(row.item_id));
    }
    Ok(implemented)
}

/// Writes what changed. The agenda lines that decisions point to are there already.
pub(super) async fn save(
    tx: &Tx,
    meeting: MeetingId,
    difference: &Difference<'_, Decision>,
) -> Result<(), StorageError> {
    remove(tx, difference).await?;
    let connection = tx.inner();
    if !difference.renumbered.is_empty() {
        // Out of the way, so that numbers can be swapped: they are unique in a meeting at every moment.
        Entity::update_many()
            .col_expr(Column::Number, Expr::value(-1_i64).sub(Expr::col(Column::Number)))
            .filter(Column::Id.is_in(difference.renumbered.iter().copied()))
            .exec(connection)
            .await?;
    }
    for decisions in difference.changed.chunks(ROWS_PER_STATEMENT) {
        let rows =
            decisions.iter().map(|decision| active(meeting, decision)).collect::<Result<Vec<_>, _>>()?;
        Entity::insert_many(rows)
            .on_conflict(
                OnConflict::column(Column::Id)
                    .update_columns([
                        Column::Number,
                        Column::AgendaItemId,
                        Column::Content,
                        Column::LeadId,
                        Column::DueOn,
                        Column::DuePrecision,
                        Column::CommitmentId,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(connection)
            .await?;
    }
    for decisions in difference.new.chunks(ROWS_PER_STATEMENT) {
        let rows =
            decisions.iter().map(|decision| active(meeting, decision)).collect::<Result<Vec<_>, _>>()?;
        Entity::insert_many(rows).exec_without_returning(connection).await?;
    }
    save_implemented(tx, difference).await
}

/// Removes the decisions that are no more, and the items of those whose items changed.
async fn remove(tx: &Tx, difference: &Difference<'_, Decision>) -> Result<(), StorageError> {
    let connection = tx.inner();
    if !difference.unlinked.is_empty() {
        decision_implements::Entity::delete_many()
            .filter(decision_implements::Column::DecisionId.is_in(difference.unlinked.iter().copied()))
            .exec(connection)
            .await?;
    }
    if !difference.gone.is_empty() {
        Entity::delete_many()
            .filter(Column::Id.is_in(difference.gone.iter().copied()))
            .exec(connection)
            .await?;
    }
    Ok(())
}

async fn save_implemented(tx: &Tx, difference: &Difference<'_, Decision>) -> Result<(), StorageError> {
    let rows: Vec<_> = difference
        .linked
        .iter()
        .flat_map(|decision| {
            decision.implements.iter().enumerate().map(|(place, item)| decision_implements::ActiveModel {
                decision_id: Set(decision.id.0),
                item_id: Set(item.0),
                place: Set(place_number(place)),
            })
        })
        .collect();
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        decision_implements::Entity::insert_many(rows.to_vec()).exec_without_returning(tx.inner()).await?;
    }
    Ok(())
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
