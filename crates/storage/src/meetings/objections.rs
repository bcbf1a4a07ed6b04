//! Objections to protocols, in the order in which they were raised.

use chrono::NaiveDate;
use qadam_domain::accounts::Role;
use qadam_domain::ids::{DecisionId, MeetingId, ObjectionId, OrganisationId};
use qadam_domain::levels::Level;
use qadam_domain::meetings::objections::{Objection, ObjectionAnswer, ObjectionOutcome};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::objection::{ActiveModel, Column, Entity, Model};
use crate::error::StorageError;
use crate::json::StoredText;
use crate::write::Tx;

/// The words of an objection.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct ObjectionContent {
    text: StoredText,
    #[serde(skip_serializing_if = "StoredText::is_empty")]
    answer: StoredText,
}

/// Where a page begins: the sort values of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionCursor {
    /// The day it was raised.
    pub raised_on: String,
    /// The identifier.
    pub id: ObjectionId,
}

/// Which rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionPage {
    /// How many at most.
    pub limit: u64,
    /// After this row.
    pub after: Option<ObjectionCursor>,
    /// Before this row; rows still come in the list's order.
    pub before: Option<ObjectionCursor>,
}

/// The objections to the protocol of a meeting with their cursors, oldest first, of one organisation where that is
/// said; one more than the limit where there are more (with `before`, the surplus one is the first).
pub async fn objections(
    db: &impl Db,
    meeting: MeetingId,
    of: Option<OrganisationId>,
    page: &ObjectionPage,
) -> Result<Vec<(Objection, ObjectionCursor)>, StorageError> {
    let backwards = page.before.is_some();
    let mut select = Entity::find().filter(Column::MeetingId.eq(meeting.0));
    if let Some(of) = of {
        select = select.filter(Column::OrganisationId.eq(of.0));
    }
    if let Some(edge) = page.before.as_ref().or(page.after.as_ref()) {
        let here = Expr::tuple([Expr::col(Column::RaisedOn), Expr::col(Column::Id)]);
        let there = Expr::tuple([Expr::value(edge.raised_on.clone()), Expr::value(edge.id.0)]);
        select = select.filter(if backwards { here.lt(there) } else { here.gt(there) });
    }
    let order = if backwards { Order::Desc } else { Order::Asc };
    let mut rows = select
        .order_by(Column::RaisedOn, order.clone())
        .order_by(Column::Id, order)
        .limit(page.limit.saturating_add(1))
        .all(db.inner())
        .await?;
    if backwards {
        rows.reverse();
    }
    rows.into_iter()
        .map(|row| {
            let cursor = ObjectionCursor { raised_on: row.raised_on.clone(), id: ObjectionId(row.id) };
            Ok((read(row)?, cursor))
        })
        .collect()
}

/// The objection with this identifier.
pub async fn find_objection(db: &impl Db, id: ObjectionId) -> Result<Option<Objection>, StorageError> {
    Entity::find_by_id(id.0).one(db.inner()).await?.map(read).transpose()
}

/// How many objections an organisation raised to the protocol of a meeting.
pub async fn count_objections(
    db: &impl Db,
    meeting: MeetingId,
    of: OrganisationId,
) -> Result<u64, StorageError> {
    let raised =
        Entity::find().filter(Column::MeetingId.eq(meeting.0)).filter(Column::OrganisationId.eq(of.0));
    Ok(raised.count(db.inner()).await?)
}

/// Whether an objection to the protocol of a meeting waits for its answer.
pub async fn has_unanswered_objections(db: &impl Db, meeting: MeetingId) -> Result<bool, StorageError> {
    let waiting = Entity::find().filter(Column::MeetingId.eq(meeting.0)).filter(Column::Outcome.is_null());
    Ok(waiting.one(db.inner()).await?.is_some())
}

/// Inserts an objection.
pub async fn insert_objection(tx: &Tx, objection: &Objection) -> Result<(), StorageError> {
    Entity::insert(active(objection)?).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Saves an objection that was read with the version before, if its row still has that one.
pub async fn update_objection(tx: &Tx, before: i64, after: &Objection) -> Result<(), StorageError> {
    let outcome = Entity::update_many()
        .set(active(after)?)
        .filter(Column::Id.eq(after.id.0))
        .filter(Column::Version.eq(before))
        .exec(tx.inner())
        .await?;
    if outcome.rows_affected == 1 { Ok(()) } else { Err(StorageError::VersionConflict) }
}

fn active(objection: &Objection) -> Result<ActiveModel, StorageError> {
    let answer = objection.answer.as_ref();
    let content = ObjectionContent {
        text: (&objection.text).into(),
        answer: answer.map(|answer| (&answer.text).into()).unwrap_or_default(),
    };
    Ok(ActiveModel {
        id: Set(objection.id.0),
        meeting_id: Set(objection.meeting.0),
        decision_id: Set(objection.decision.map(|id| id.0)),
        organisation_id: Set(objection.organisation.0),
        role: Set(objection.role.code().to_owned()),
        identity_level: Set(objection.identity_level.rank()),
        raised_on: Set(objection.raised_on.to_string()),
        outcome: Set(answer.map(|answer| answer.outcome.code().to_owned())),
        answered_on: Set(answer.map(|answer| answer.on.to_string())),
        content: Set(serde_json::to_string(&content).map_err(|_| unreadable("content", objection.id))?),
        version: Set(objection.version),
    })
}

fn read(row: Model) -> Result<Objection, StorageError> {
    let id = ObjectionId(row.id);
    let content: ObjectionContent =
        serde_json::from_str(&row.content).map_err(|_| unreadable("content", id))?;
    let day = |column, text: &str| text.parse::<NaiveDate>().map_err(|_| unreadable(column, id));
    let answer = match (row.outcome, row.answered_on) {
        (Some(outcome), Some(on)) => Some(ObjectionAnswer {
            outcome: ObjectionOutcome::from_code(&outcome).ok_or_else(|| unreadable("outcome", id))?,
            text: content.answer.into(),
            on: day("answered_on", &on)?,
        }),
        _ => None,
    };
    Ok(Objection {
        id,
        meeting: MeetingId(row.meeting_id),
        decision: row.decision_id.map(DecisionId),
        organisation: OrganisationId(row.organisation_id),
        role: Role::from_code(&row.role).ok_or_else(|| unreadable("role", id))?,
        identity_level: Level::from_rank(row.identity_level)
            .ok_or_else(|| unreadable("identity_level", id))?,
        text: content.text.into(),
        raised_on: day("raised_on", &row.raised_on)?,
        answer,
        version: row.version,
    })
}

fn unreadable(column: &'static str, id: ObjectionId) -> StorageError {
    StorageError::Inconsistent { table: "objection", column, row: id.to_string() }
}
