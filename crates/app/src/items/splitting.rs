//! Splitting an item into parts: one recommendation asks for five things, one proposal for three, and each is answered
//! by itself.
//!
//! A part takes over what stands around the text: owners and addressees, source, status, day of filing, the filing
//! organisations and both levels. Consents it does not take over: they were given for another text, so that a part
//! goes no further than the whole went without a consent of its own.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{EventId, ItemId, LinkId};
use qadam_domain::items::links::LinkKind;
use qadam_domain::items::reference::filing_code;
use qadam_domain::items::{ChangedAt, Item, Kind};
use qadam_domain::language::{LanguageMap, Translations};
use qadam_domain::levels::Level;
use qadam_domain::policy::Action;
use qadam_storage::items::{self as stored, ItemLink, Key, StatusChange};
use serde_json::json;

use super::editing::{Editing, publish};
use super::links::links;
use super::view::ItemView;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::ledger::{Axes, ItemChange, Written, enter_item};
use crate::random::{bytes, uuid};

/// How many parts an item is split into at once, at least and at most.
const PARTS: std::ops::RangeInclusive<usize> = 2..=20;

/// What a part says.
#[derive(Debug, Clone)]
pub struct PartInput {
    /// Its title.
    pub title: LanguageMap,
    /// What it says.
    pub summary: LanguageMap,
    /// Why it is needed (proposal).
    pub grounds: LanguageMap,
    /// What it should bring about (proposal).
    pub expected_result: LanguageMap,
}

/// Splits an item. Gives all its parts that the viewer sees.
pub async fn split(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    parts: Vec<PartInput>,
    retry: Option<Retry>,
) -> Result<Vec<ItemView>, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                if let Some(retry) = retry {
                    let location = format!("/api/v1/items/{}/parts", editing.before.id);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                editing.may(Action::Split)?;
                check(&editing, &parts)?;
                for input in parts {
                    make(&editing, input).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await?;
    app.committed();
    parts_of(app, viewer, key).await
}

/// The parts of an item that the viewer sees; the first 500.
pub async fn parts_of(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<ItemView>, AppError> {
    let part = |link: &super::links::LinkView| link.kind == LinkKind::PartOf && !link.outgoing;
    let links = links(app, viewer, key).await?.into_iter().filter(part);
    let mut parts: Vec<Item> = links.map(|link| link.other).collect();
    parts.sort_by_cached_key(|item| (item.reference.map(|reference| reference.to_string()), item.id));
    ItemView::load_all(app, &app.store.read(), viewer, parts).await
}

fn check(editing: &Editing<'_>, parts: &[PartInput]) -> Result<(), AppError> {
    let whole = &editing.before;
    // What went beyond the secretariat went there by consent; where that was taken back, no part goes there.
    let consented = whole.text_level <= Level::Secretariat
        || whole.filed_by.is_empty()
        || editing.facts.text_consent.is_some_and(|consent| consent >= whole.text_level);
    if whole.kind == Kind::Proposal && !consented {
        return Err(Code::ConsentRequired.into());
    }
    if !PARTS.contains(&parts.len()) {
        let code = if parts.len() < *PARTS.start() { FieldCode::Required } else { FieldCode::TooMany };
        return Err(AppError::field("/parts", code));
    }
    let misplaced = |part: &PartInput| !part.grounds.is_empty() || !part.expected_result.is_empty();
    match parts.iter().position(misplaced).filter(|_| whole.kind != Kind::Proposal) {
        Some(index) => Err(AppError::field(format!("/parts/{index}"), FieldCode::NotAllowed)),
        None => Ok(()),
    }
}

/// Writes a part with its link to the whole.
async fn make(editing: &Editing<'_>, input: PartInput) -> Result<(), AppError> {
    let (app, tx, whole) = (editing.app, editing.tx, &editing.before);
    let mut item = part(editing, input);
    publish(app, tx, &mut item).await?;
    let axes = if item.filed_by.is_empty() { Axes::Text } else { Axes::Both };
    let change = ItemChange { action: "item.split_off", axes, ..ItemChange::default() };
    let written = enter_item(app, tx, &editing.act, None, &mut item, change).await?;
    let link = ItemLink {
        id: LinkId(uuid(app.random.as_ref())),
        from: item.id,
        to: whole.id,
        kind: LinkKind::PartOf,
    };
    // Part and whole are read by the same people now.
    let reason = json!({"link": link.id.to_string(), "kind": link.kind.code(), "to": whole.id.to_string()});
    let change = ItemChange { action: "item.linked", reason, ..ItemChange::default() };
    let before = item.clone();
    enter_item(app, tx, &editing.act, Some(&before), &mut item, change).await?;
    stored::insert(tx, &item).await?;
    stored::insert_status_change(tx, &event(editing, &item, written)).await?;
    stored::insert_link(tx, &link).await?;
    Ok(())
}

/// A part of the item as it begins.
fn part(editing: &Editing<'_>, input: PartInput) -> Item {
    let whole = &editing.before;
    let random = editing.app.random.as_ref();
    let mut part = whole.clone();
    part.id = ItemId(uuid(random));
    part.reference = None;
    part.filing_code = (whole.kind == Kind::Proposal).then(|| filing_code(bytes(random)));
    part.translations = Translations::of(&input.title);
    let first = input.title.best(whole.original_language).map(|(language, _)| language);
    part.original_language = first.unwrap_or(whole.original_language);
    part.title = input.title;
    part.summary = input.summary;
    part.grounds = input.grounds;
    part.expected_result = input.expected_result;
    part.drafters = Vec::new();
    part.original_due_on = None;
    part.entered_on = editing.act.today;
    part.version = 1;
    part.changed = [ChangedAt { position: 0, at: Timestamp(0) }; 5];
    part
}

fn event(editing: &Editing<'_>, part: &Item, written: Written) -> StatusChange {
    StatusChange {
        id: EventId(uuid(editing.app.random.as_ref())),
        item: part.id,
        position: written.position,
        from: None,
        to: part.status,
        as_of: part.status_as_of,
        recorded_on: editing.act.today,
        reason: LanguageMap::default(),
        answer: None,
        evidence: Vec::new(),
        recorded_from: None,
        role: editing.actor.role,
        organisation: Some(editing.actor.organisation),
        level: part.text_level,
    }
}
