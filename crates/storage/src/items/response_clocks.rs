//! Items that wait for somebody's word: the days by which they are found, and finding them.

use chrono::NaiveDate;
use qadam_domain::ids::ItemId;
use qadam_domain::items::Item;
use qadam_domain::items::response::{ResponseClock, Stage};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Value};

use super::decoding::ItemRow;
use super::row;
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::item;
use crate::entities::response_clock::{Column, Entity};
use crate::error::StorageError;
use crate::write::{Later, Tx};

/// A waiting item and the day of its next stage: the place of a list that is read part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStage {
    /// The item.
    pub item: ItemId,
    on: String,
}

/// Items with a stage whose day has come and that was not recorded, whoever may see them: for the program itself.
/// The longest ago first, after a place, `limit` at most.
pub async fn with_stage_due(
    db: &impl Db,
    today: NaiveDate,
    after: Option<&NextStage>,
    limit: u64,
) -> Result<Vec<NextStage>, StorageError> {
    let beyond = |place: &NextStage| {
        let later = Condition::all().add(Column::NextOn.eq(&*place.on)).add(Column::ItemId.gt(place.item.0));
        Condition::any().add(Column::NextOn.gt(&*place.on)).add(later)
    };
    let rows = Entity::find()
        .filter(Column::NextOn.lte(today.to_string()))
        .filter(Condition::all().add_option(after.map(beyond)))
        .order_by_asc(Column::NextOn)
        .order_by_asc(Column::ItemId)
        .limit(limit)
        .all(db.inner())
        .await?;
    let place = |row: crate::entities::response_clock::Model| {
        Some(NextStage { item: ItemId(row.item_id), on: row.next_on? })
    };
    Ok(rows.into_iter().filter_map(place).collect())
}

/// An item whoever may see it: for the program itself, which records its stages.
pub async fn find_waiting(db: &impl Db, id: ItemId) -> Result<Option<Item>, StorageError> {
    let found = item::Entity::find().filter(item::Column::Id.eq(id.0));
    let found = found.into_model::<ItemRow>().one(db.inner()).await?;
    found.map(|ItemRow(found)| row::item(found)).transpose()
}

/// Items that are at one of the stages on a local day: what `ResponseClock::stage` says, for rows.
pub(crate) fn at_stages(stages: &[Stage], today: NaiveDate) -> Option<SimpleExpr> {
    if stages.is_empty() {
        return None;
    }
    let any = stages.iter().fold(Condition::any(), |any, stage| any.add(is_at(*stage, today)));
    let waiting = Query::select().column(Column::ItemId).from(Entity).cond_where(any).to_owned();
    Some(Expr::col((item::Entity, item::Column::Id)).in_subquery(waiting))
}

/// From its own day until that of the next stage.
fn is_at(stage: Stage, today: NaiveDate) -> Condition {
    let began = Condition::all().add(has_come(stage, today));
    began.add_option(stage.next().map(|next| has_come(next, today).not()))
}

fn has_come(stage: Stage, today: NaiveDate) -> SimpleExpr {
    let today = today.to_string();
    match stage {
        Stage::DueSoon => Column::DueSoonOn.lte(today),
        Stage::Overdue => Column::DueOn.lt(today),
        Stage::LetterDrafted => Column::LetterOn.lte(today),
        Stage::ListedForMeeting => Column::MeetingOn.lte(today),
    }
}

/// Writes by which days a new item is found, if it waits.
pub(super) async fn write(tx: &Tx, item: &Item) -> Result<(), StorageError> {
    match item.waiting() {
        Some(clock) => put(tx, item.id, clock).await,
        None => Ok(()),
    }
}

/// Writes by which days a changed item is found, or that it waits no more.
pub(super) async fn follow(tx: &Tx, before: &Item, after: &Item) -> Result<(), StorageError> {
    match (before.waiting(), after.waiting()) {
        (was, is) if was == is => Ok(()),
        (_, Some(clock)) => put(tx, after.id, clock).await,
        (_, None) => {
            Entity::delete_by_id(after.id.0).exec(tx.inner()).await?;
            Ok(())
        }
    }
}

async fn put(tx: &Tx, item: ItemId, clock: &ResponseClock) -> Result<(), StorageError> {
    let schedule = clock.schedule;
    let days = [schedule.due_soon_on, schedule.due_on, schedule.letter_on, schedule.meeting_on];
    let next = clock.next().map(|(_, day)| day.to_string());
    let values = [Value::from(item.0), next.into()].into_iter().chain(days.map(|day| day.to_string().into()));
    let sql = "INSERT INTO response_clock (item_id, next_on, due_soon_on, due_on, letter_on, meeting_on) \
               VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (item_id) DO UPDATE SET next_on = excluded.next_on, \
               due_soon_on = excluded.due_soon_on, due_on = excluded.due_on, letter_on = excluded.letter_on, \
               meeting_on = excluded.meeting_on";
    tx.later(Later::raw("response_clock", sql, values)).await
}
