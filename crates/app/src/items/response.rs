//! The wait for somebody's word on an item: its clock follows the status, its stages are recorded, and the letter to
//! the head of the body is there for a person to send.

use std::sync::Arc;

use chrono::NaiveDate;
use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{ClockId, EventId, OrganisationId};
use qadam_domain::items::Item;
use qadam_domain::items::response::{Begun, ClockKind, ResponseClock, Stage, Step, after_move, of_document};
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::Tx;
use qadam_storage::items::{self as stored, Key, ResponseStep};
use serde_json::json;

use super::editing::{Editing, facts, find_visible};
use super::view::ItemView;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::ledger::{Act, ItemChange, enter_item};
use crate::precondition::IfMatch;
use crate::random::uuid;

/// Lets the clock of an item follow a move of its status.
pub(crate) fn follow_status(app: &App, after: &mut Item, today: NaiveDate) {
    let begun = Begun { id: new_id(app), today, filed_on: after.filed_on };
    after.response = after_move(after.response, after.kind, after.status, begun, &app.settings().response);
}

/// Begins the clock of an item that was recorded from a document, where the document says since when it waits.
pub(super) fn follow_document(app: &App, item: &mut Item) {
    let terms = &app.settings().response;
    item.response = of_document(item.kind, item.status, item.status_as_of, new_id(app), terms);
}

fn new_id(app: &App) -> ClockId {
    ClockId(uuid(app.random.as_ref()))
}

/// What an item waits for, on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Whose word.
    pub kind: ClockKind,
    /// The local day on which the wait began.
    pub started_on: NaiveDate,
    /// How far silence has escalated.
    pub stage: Option<Stage>,
    /// The last day on which the word is in time.
    pub due_on: NaiveDate,
    /// Whole local days since the wait began.
    pub days: u32,
}

impl Waiting {
    /// What an item waits for on a local day, if for anything.
    pub(super) fn of(item: &Item, today: NaiveDate) -> Option<Self> {
        let clock = item.waiting()?;
        Some(Self {
            kind: clock.kind,
            started_on: clock.started_on,
            stage: clock.stage(today),
            due_on: clock.schedule.due_on,
            days: clock.days(today),
        })
    }
}

/// Records the stage of an item that is to be recorded now, in the program's own name: with its entry, which readers
/// of the item's text may read, sealed unless that is everybody. Whether there was one.
pub(crate) async fn reach(app: &Arc<App>, tx: &Tx, before: &Item) -> Result<bool, AppError> {
    let act = Act::of(app, None);
    let Some(clock) = before.waiting().copied() else { return Ok(false) };
    let Some((stage, due_on)) = clock.due(act.today) else { return Ok(false) };
    let mut after = before.clone();
    after.version = before.version + 1;
    after.response = Some(clock.having_reached(stage));
    let change = ItemChange {
        action: "item.response_stage_reached",
        reason: json!({
            "clock": clock.kind.code(),
            "started_on": clock.started_on.to_string(),
            "stage": stage.code(),
            "due_on": due_on.to_string(),
        }),
        ..ItemChange::default()
    };
    let written = enter_item(app, tx, &act, Some(before), &mut after, change).await?;
    stored::update(tx, before, &after).await?;
    let step = step(app, &act, &after, &clock, (Step::Reached(stage), due_on), written.position);
    stored::insert_response_step(tx, &step).await?;
    Ok(true)
}

fn step(
    app: &App,
    act: &Act,
    item: &Item,
    clock: &ResponseClock,
    (step, due_on): (Step, NaiveDate),
    position: i64,
) -> ResponseStep {
    ResponseStep {
        id: EventId(uuid(app.random.as_ref())),
        item: item.id,
        position,
        clock: clock.id,
        kind: clock.kind,
        started_on: clock.started_on,
        step,
        due_on,
        recorded_on: act.today,
        role: act.actor.map(|actor| actor.role),
        organisation: act.actor.map(|actor| actor.organisation),
        level: item.text_level,
    }
}

/// What was reached of an item's waits, as far as the viewer may see, oldest first.
pub async fn response_steps(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<ResponseStep>, AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    let floor = item.relation(viewer).floor();
    Ok(stored::response_steps(&reader, item.id, floor).await?)
}

/// What a letter to the head of a body is about.
#[derive(Debug, Clone)]
pub struct ResponseLetter {
    /// The item.
    pub item: Item,
    /// The wait.
    pub clock: ResponseClock,
    /// The body that owes the word: the platform's host for a review, else the lead.
    pub addressee: Option<OrganisationId>,
    /// Whole local days since the wait began.
    pub days: u32,
}

/// The letter on an item, for the secretariat, once its stage was reached and while the item still waits.
pub async fn response_letter(app: &App, viewer: &Viewer, key: Key) -> Result<ResponseLetter, AppError> {
    let item = find_visible(&app.store.read(), viewer, key).await?;
    may(viewer, Action::ResponseLetter, Subject::Item(&facts(&item, &[])))?;
    let clock = letter_of(&item)?;
    let addressee = match clock.kind {
        ClockKind::Review => app.directory().host(),
        ClockKind::Answer | ClockKind::Confirmation => item.lead(),
    };
    Ok(ResponseLetter { days: clock.days(app.today()), addressee, clock, item })
}

fn letter_of(item: &Item) -> Result<ResponseClock, AppError> {
    item.waiting().copied().filter(ResponseClock::has_letter).ok_or(AppError::NotFound)
}

/// Notes that a person sent the letter on an item, on a day; without one, today. Once for each wait.
pub async fn response_letter_sent(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    condition: Option<IfMatch>,
    sent_on: Option<NaiveDate>,
    retry: Option<Retry>,
) -> Result<ItemView, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let item = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, condition.as_ref()).await?;
                if let Some(retry) = retry {
                    let location = format!("/api/v1/items/{}/response-letter", editing.before.id);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                editing.may(Action::ResponseLetter)?;
                note_sent(&editing, sent_on).await
            })
        })
        .await?;
    app.committed();
    ItemView::load(app, viewer, item).await
}

async fn note_sent(editing: &Editing<'_>, sent_on: Option<NaiveDate>) -> Result<Item, AppError> {
    let clock = letter_of(&editing.before)?;
    if clock.letter_sent_on.is_some() {
        return Err(Code::StatusConflict.into());
    }
    let sent_on = sent_on.unwrap_or(editing.act.today);
    if sent_on > editing.act.today {
        return Err(AppError::field("/sent_on", FieldCode::InFuture));
    }
    if sent_on < clock.started_on {
        return Err(AppError::field("/sent_on", FieldCode::Contradiction));
    }
    let mut after = editing.before.clone();
    after.response = Some(ResponseClock { letter_sent_on: Some(sent_on), ..clock });
    let change = ItemChange {
        action: "item.response_letter_sent",
        reason: json!({
            "clock": clock.kind.code(),
            "started_on": clock.started_on.to_string(),
            "sent_on": sent_on.to_string(),
        }),
        ..ItemChange::default()
    };
    let (after, written) = editing.save(after, change).await?;
    let position = written.map_or(0, |written| written.position);
    let step = step(editing.app, &editing.act, &after, &clock, (Step::LetterSent, sent_on), position);
    stored::insert_response_step(editing.tx, &step).await?;
    Ok(after)
}
