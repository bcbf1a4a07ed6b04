//! Moving a deadline: an event with its reason, remembered beside the original date.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::EventId;
use qadam_domain::items::Item;
use qadam_domain::language::LanguageMap;
use qadam_domain::policy::Action;
use qadam_storage::items::{self as stored, DeadlineRevision, Key};

use super::editing::{Editing, find_visible};
use super::inputs::DueInput;
use super::record::language_map;
use super::view::ItemView;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::ledger::ItemChange;
use crate::precondition::IfMatch;
use crate::random::uuid;
use crate::readings::hear_items;

/// A new deadline as named by a caller.
#[derive(Debug, Clone)]
pub struct DeadlineRevisionInput {
    /// The new deadline; `None` where there is none any more.
    pub due: Option<DueInput>,
    /// Why.
    pub reason: LanguageMap,
}

/// Moves a deadline.
pub async fn revise_deadline(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    condition: Option<IfMatch>,
    input: DeadlineRevisionInput,
    retry: Option<Retry>,
) -> Result<(ItemView, DeadlineRevision), AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let (item, revision) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, condition.as_ref()).await?;
                if let Some(retry) = retry {
                    let location = format!("/api/v1/items/{}/deadline-revisions", editing.before.id);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                editing.may(Action::ReviseDeadline)?;
                let revised = revise(&editing, &input).await?;
                Ok::<_, AppError>(revised)
            })
        })
        .await?;
    app.committed();
    Ok((ItemView::load(app, viewer, item).await?, revision))
}

async fn revise(
    editing: &Editing<'_>,
    input: &DeadlineRevisionInput,
) -> Result<(Item, DeadlineRevision), AppError> {
    if input.reason.is_empty() {
        return Err(AppError::field("/reason", FieldCode::Required));
    }
    let old = editing.before.due;
    let new = input.due.map(DueInput::deadline);
    if old == new {
        return Err(AppError::field("/due_on", FieldCode::Duplicate));
    }
    let mut after = editing.before.clone();
    after.due = new;
    // Without a date the reason of the revision is the reason why there is none.
    after.no_due_reason = if new.is_some() { LanguageMap::default() } else { input.reason.clone() };
    let change = ItemChange {
        action: "item.deadline_revised",
        reason: language_map(&input.reason),
        ..ItemChange::default()
    };
    let (after, written) = editing.save(after, change).await?;
    let revision = DeadlineRevision {
        id: EventId(uuid(editing.app.random.as_ref())),
        item: after.id,
        position: written.map_or(0, |written| written.position),
        old,
        new,
        reason: input.reason.clone(),
        recorded_on: editing.act.today,
        role: editing.actor.role,
        organisation: Some(editing.actor.organisation),
        level: after.text_level,
    };
    stored::insert_deadline_revision(editing.tx, &revision).await?;
    Ok((after, revision))
}

/// The deadline revisions of an item that the viewer may see, oldest first.
pub async fn deadline_revisions(
    app: &App,
    viewer: &Viewer,
    key: Key,
) -> Result<Vec<DeadlineRevision>, AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    hear_items(app, viewer, [&item], true)?;
    let floor = item.relation(viewer).floor();
    Ok(stored::deadline_revisions(&reader, item.id, floor).await?)
}
