//! Consents: how far a submitter lets a text or a name go.
//!
//! They are told to submitter and secretariat; what concerns the name, to those who may know it.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::EventId;
use qadam_domain::items::Item;
use qadam_domain::levels::{Axis, Level, Relation};
use qadam_domain::policy::Action;
use qadam_storage::Reader;
use qadam_storage::items::{self as stored, Consent, Key};
use serde_json::json;

use super::editing::{Editing, find_visible};
use super::view::ItemView;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::ledger::{Axes, ItemChange};
use crate::random::uuid;

/// How many consents of an item are told at most.
const CONSENTS_MAX: u64 = 1_000;

/// A consent as named by a caller.
#[derive(Debug, Clone, Copy)]
pub struct ConsentInput {
    /// Which axis.
    pub axis: Axis,
    /// Up to which level.
    pub level: Level,
}

/// Records a submitter's consent.
pub async fn consent(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    input: ConsentInput,
    retry: Option<Retry>,
) -> Result<(ItemView, Consent), AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let (item, consent) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                if let Some(retry) = retry {
                    let location = format!("/api/v1/items/{}/consents", editing.before.id);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                editing.may(Action::Consent)?;
                let given = give(&editing, input).await?;
                Ok::<_, AppError>(given)
            })
        })
        .await?;
    app.committed();
    Ok((ItemView::load(app, viewer, item).await?, consent))
}

async fn give(editing: &Editing<'_>, input: ConsentInput) -> Result<(Item, Consent), AppError> {
    let meaningful = match input.axis {
        Axis::Text => input.level > Level::Secretariat,
        // On the identity axis a consent is the first of the two voices that make a name public.
        Axis::Identity => input.level == Level::Public,
    };
    if !meaningful {
        return Err(AppError::field("/level", FieldCode::NotAllowed));
    }
    let consent = Consent {
        id: EventId(uuid(editing.app.random.as_ref())),
        item: editing.before.id,
        axis: input.axis,
        level: input.level,
        organisation: editing.actor.organisation,
        user: editing.actor.user,
        given_on: editing.act.today,
    };
    stored::insert_consent(editing.tx, &consent).await?;
    // That a text may go further is told to its readers, who consented to those who may know the name.
    let axes = if input.axis == Axis::Text { Axes::Both } else { Axes::Identity };
    let change = ItemChange {
        action: "item.consented",
        reason: json!({"axis": input.axis.code(), "level": input.level.code()}),
        axes,
        ..ItemChange::default()
    };
    let (after, _) = editing.save(editing.before.clone(), change).await?;
    Ok((after, consent))
}

/// The consents given for an item, oldest first; the newest 1,000.
pub async fn consents(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<Consent>, AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    let relation = item.relation(viewer);
    if !are_told_to(relation) {
        return Err(Code::RoleRequired.into());
    }
    told_consents(&reader, &[(&item, relation)], CONSENTS_MAX).await
}

/// Whether somebody is told of consents at all.
pub(super) fn are_told_to(relation: Relation) -> bool {
    relation >= Relation::Secretariat
}

/// The consents given for items that somebody is told of, oldest first; the newest `each` of an item.
pub(super) async fn told_consents(
    reader: &Reader,
    items: &[(&Item, Relation)],
    each: u64,
) -> Result<Vec<Consent>, AppError> {
    let told = items.iter().filter(|(_, relation)| are_told_to(*relation));
    let told: Vec<_> = told.map(|(item, relation)| (item.id, relation.reads(item.identity_level))).collect();
    Ok(stored::newest_consents(reader, &told, each).await?)
}
