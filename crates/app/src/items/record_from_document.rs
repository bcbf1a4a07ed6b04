//! Recording an item from a document, by the secretariat.
//!
//! Nothing is asked of the move that a recorded status would have been: what the document does not say stays
//! empty, and the status is one event. The secretariat records; it never acts in another body's name.

use std::sync::Arc;

use qadam_domain::accounts::{Actor, Viewer};
use qadam_domain::calendar::AsOf;
use qadam_domain::ids::{EventId, MeetingId};
use qadam_domain::items::{Answer, ClosingResult, Evidence, Item, RecordedFrom, Status};
use qadam_domain::language::Translations;
use qadam_domain::levels::Level;
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::Tx;
use qadam_storage::items::{self as stored, StatusChange};
use serde_json::Value;

use super::create::item_from;
use super::editing::publish;
use super::inputs::{NewItem, owners};
use super::response::follow_document;
use super::view::ItemView;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::ledger::{Act, Axes, ItemChange, enter_item};
use crate::random::uuid;

/// An item as a document gives it.
#[derive(Debug, Clone)]
pub struct RecordedItem {
    /// What the item says.
    pub new: NewItem,
    /// The document.
    pub recorded_from: RecordedFrom,
    /// Where it stands by the document.
    pub status: Status,
    /// Since when.
    pub as_of: AsOf,
    /// The result it closed with.
    pub closing_result: Option<ClosingResult>,
    /// The lead's answer.
    pub answer: Option<Answer>,
    /// Code or identifier of the organisation that filed it, where the document names one.
    pub filed_by: Option<String>,
    /// When it was filed.
    pub filed_on: Option<AsOf>,
    /// How each language came to be; without it, as people wrote it.
    pub translations: Option<Translations>,
    /// The meeting it was made at.
    pub meeting: Option<MeetingId>,
    /// Evidence for the status.
    pub evidence: Vec<Evidence>,
}

/// Records an item from a document. It is public on both axes.
pub async fn record_from_document(
    app: &Arc<App>,
    viewer: &Viewer,
    recorded: RecordedItem,
    retry: Option<Retry>,
) -> Result<ItemView, AppError> {
    may(viewer, Action::RecordFromDocument, Subject::Register)?;
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let (item, event) = prepare(app, &actor, recorded)?;
    let shared = Arc::clone(app);
    let item = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                if let Some(retry) = retry {
                    retry.remember(&shared, tx, 201, &format!("/api/v1/items/{}", item.id)).await?;
                }
                let item = write(&shared, tx, &actor, item, event).await?;
                Ok::<_, AppError>(item)
            })
        })
        .await?;
    app.committed();
    ItemView::load(app, viewer, item).await
}

fn prepare(app: &App, actor: &Actor, mut recorded: RecordedItem) -> Result<(Item, StatusChange), AppError> {
    check(app, &recorded)?;
    let kind = recorded.new.kind;
    // Drafts of proposals have no owners yet; what a document shows under way has, whatever its kind.
    let named = std::mem::take(&mut recorded.new.owners);
    let mut item = item_from(app, recorded.new)?;
    item.owners = owners(app, &named).map_err(AppError::Invalid)?;
    if !kind.statuses().contains(&recorded.status) || recorded.status == Status::Draft {
        return Err(AppError::field("/recorded/status", FieldCode::NotAllowed));
    }
    item.status = recorded.status;
    item.status_as_of = recorded.as_of;
    item.closing_result = recorded.closing_result;
    item.answer = recorded.answer;
    item.recorded_from = Some(recorded.recorded_from.clone());
    item.filing_code = None;
    item.drafters.clear();
    item.text_level = Level::Public;
    item.identity_level = Level::Public;
    item.filed_on = recorded.filed_on;
    item.source.meeting = recorded.meeting;
    follow_document(app, &mut item);
    item.translations = recorded.translations.unwrap_or(item.translations);
    item.filed_by = match &recorded.filed_by {
        None => Vec::new(),
        Some(name) => {
            let found = app.directory().find(name).map(|organisation| organisation.id);
            vec![found.ok_or_else(|| AppError::field("/recorded/filed_by", FieldCode::UnknownReference))?]
        }
    };
    let event = StatusChange {
        id: EventId(uuid(app.random.as_ref())),
        item: item.id,
        position: 0,
        from: None,
        to: item.status,
        as_of: item.status_as_of,
        recorded_on: app.today(),
        reason: qadam_domain::language::LanguageMap::default(),
        answer: item.answer.clone(),
        evidence: recorded.evidence,
        recorded_from: Some(recorded.recorded_from),
        role: actor.role,
        organisation: Some(actor.organisation),
        level: Level::Public,
    };
    Ok((item, event))
}

fn check(app: &App, recorded: &RecordedItem) -> Result<(), AppError> {
    let today = app.today();
    if recorded.as_of.on > today {
        return Err(AppError::field("/recorded/as_of", FieldCode::InFuture));
    }
    if recorded.closing_result.is_some() != (recorded.status == Status::Closed)
        && recorded.new.kind != qadam_domain::items::Kind::Proposal
    {
        return Err(AppError::field("/recorded/closing_result", FieldCode::Contradiction));
    }
    if recorded.recorded_from.on.is_some_and(|on| on > today) {
        return Err(AppError::field("/recorded/from/on", FieldCode::InFuture));
    }
    Ok(())
}

async fn write(
    app: &Arc<App>,
    tx: &Tx,
    actor: &Actor,
    mut item: Item,
    mut event: StatusChange,
) -> Result<Item, AppError> {
    let act = Act::of(app, Some(actor));
    publish(app, tx, &mut item).await?;
    let change = ItemChange {
        action: "item.recorded",
        reason: Value::Null,
        axes: if item.filed_by.is_empty() { Axes::Text } else { Axes::Both },
        ..ItemChange::default()
    };
    let written = enter_item(app, tx, &act, None, &mut item, change).await?;
    stored::insert(tx, &item).await?;
    event.position = written.position;
    stored::insert_status_change(tx, &event).await?;
    Ok(item)
}
