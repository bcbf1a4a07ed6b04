//! Taking passages out of what is said about an item: a rendition for the public from which a person cannot be told, while
//! what was filed stays where it may be read.
//!
//! The secretariat names passages, and a mark takes their place wherever they stand: in the item, in its history of
//! statuses and deadlines, in what was added to it, in every language. Nothing else changes, so that nobody rewrites a
//! filing in this way. The ledger's entries that say them are kept for the secretariat and whoever filed
//! ([`Original::Kept`]), or deleted for everybody ([`Original::Removed`]); which ones, an entry tells. Files are not looked
//! into: evidence that is a file is redacted as a whole ([`crate::ledger::redaction`]).

mod telling;

use std::collections::BTreeMap;
use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::items::Item;
use qadam_domain::items::contributions::Contribution;
use qadam_domain::items::redaction::passages::{PASSAGES_MAX, Passages, passage};
use qadam_domain::items::redaction::writing::{Piece, Written};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::Db;
use qadam_storage::items::{self as stored, Key};
use serde_json::{Value, json};

use self::telling::{Group, of_item};
use super::contributions::{CONTRIBUTION_REDACTED, seen};
use super::editing::{Editing, facts, find_visible};
use super::record::language_map;
use super::view::ItemView;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode, FieldError};
use crate::idempotency::Retry;
use crate::ledger::redaction::RedactionGround;
use crate::ledger::{ContributionChange, ItemChange, enter_contribution};

/// How many texts are shown as they would read at most.
const RENDITIONS_MAX: usize = 100;

/// What becomes of the ledger's entries that say what is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Original {
    /// The secretariat and whoever filed read them; nobody wider does.
    Kept,
    /// What they say is deleted for everybody.
    Removed,
}

impl Original {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Kept, Self::Removed];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Removed => "removed",
        }
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|original| original.code() == code)
    }
}

/// What is to be taken out, as named by a caller.
#[derive(Debug, Clone)]
pub struct PassagesInput {
    /// The passages, as they stand in the texts.
    pub passages: Vec<String>,
    /// What becomes of what said them.
    pub original: Original,
    /// On what ground.
    pub ground: RedactionGround,
    /// Why, in words, without repeating what is taken out.
    pub reason: LanguageMap,
}

/// Takes passages out of all that is said about an item. Gives the item as it then stands.
pub async fn take_out(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    input: PassagesInput,
    retry: Option<Retry>,
) -> Result<ItemView, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let item = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                if let Some(retry) = retry {
                    let location = format!("/api/v1/items/{}", editing.before.id);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                editing.may(Action::Redact)?;
                Box::pin(redact(&editing, &input)).await
            })
        })
        .await?;
    app.committed();
    ItemView::load(app, viewer, item).await
}

/// The passages as they stand in texts; all mistakes told at once.
fn checked(passages: &[String]) -> Result<Vec<String>, AppError> {
    if passages.is_empty() {
        return Err(AppError::field("/passages", FieldCode::Required));
    }
    if passages.len() > PASSAGES_MAX {
        return Err(AppError::field("/passages", FieldCode::TooMany));
    }
    let mut errors = Vec::new();
    let mut checked = Vec::with_capacity(passages.len());
    for (index, text) in passages.iter().enumerate() {
        match passage(text) {
            Ok(passage) => checked.push(passage),
            Err(error) => errors.push(FieldError::new(format!("/passages/{index}"), telling::code(error))),
        }
    }
    if errors.is_empty() { Ok(checked) } else { Err(AppError::Invalid(errors)) }
}

/// Everything that is said about an item.
struct Said {
    item: Item,
    added: Vec<Contribution>,
    changes: Vec<stored::StatusChange>,
    revisions: Vec<stored::DeadlineRevision>,
}

impl Said {
    /// What the secretariat reads of it: it takes nothing out of what it does not know.
    async fn read(db: &impl Db, viewer: &Viewer, item: Item) -> Result<Self, AppError> {
        let added = stored::all_contributions(db, &seen(viewer, [&item]), &[]).await?;
        Ok(Self {
            // What was never handed in is in no ledger, and its author's alone.
            added: added.into_iter().filter(|one| one.position > 0).collect(),
            changes: stored::status_changes(db, item.id, Level::Secretariat).await?,
            revisions: stored::deadline_revisions(db, item.id, Level::Secretariat).await?,
            item,
        })
    }

    /// Whether one of the passages stands in it. What is no longer said by any entry may be said by a row still.
    fn says(&mut self, passages: &Passages) -> bool {
        let mut any = false;
        self.each_piece(&mut |piece| any = any || piece.text().is_some_and(|text| passages.occur_in(text)));
        any
    }
}

impl Written for Said {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        self.item.each_piece(visit);
        self.changes.each_piece(visit);
        self.revisions.each_piece(visit);
        for one in &mut self.added {
            one.content.each_piece(visit);
        }
    }
}

/// The texts about an item as they would read without these passages, each once; those in which none stands are left out.
/// At most 100.
pub async fn renditions(
    app: &App,
    viewer: &Viewer,
    key: Key,
    passages: &[String],
) -> Result<Vec<String>, AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    may(viewer, Action::Redact, Subject::Item(&facts(&item, &[])))?;
    let passages = Passages::new(checked(passages)?);
    let mut said = Said::read(&reader, viewer, item).await?;
    let mut texts: Vec<String> = Vec::new();
    said.each_piece(&mut |piece| {
        let left = piece.text().and_then(|text| passages.taken_out_of(text));
        texts.extend(left.filter(|left| texts.len() < RENDITIONS_MAX && !texts.contains(left)));
    });
    Ok(texts)
}

async fn redact(editing: &Editing<'_>, input: &PassagesInput) -> Result<Item, AppError> {
    let named = checked(&input.passages)?;
    let mut said = Said::read(editing.tx, &editing.viewer(), editing.before.clone()).await?;
    let told = of_item(editing, &said.added).await?;
    for (index, passage) in named.iter().enumerate() {
        let alone = Passages::new(vec![passage.clone()]);
        if !told.says(&alone) && !said.says(&alone) {
            return Err(AppError::field(format!("/passages/{index}"), FieldCode::UnknownReference));
        }
    }
    let passages = Passages::new(named);
    let mut groups = told.end(editing, &passages, input.original).await?;
    let reason = json!({
        "ground": input.ground.code(), "original": input.original.code(), "text": language_map(&input.reason),
    });
    redact_events(editing, &said, &passages).await?;
    let item = redact_item(editing, &passages, &mut groups, &reason).await?;
    redact_added(editing, item, &said.added, &passages, &mut groups, &reason).await
}

/// The words beside status changes and moved deadlines; their entries are the item's.
async fn redact_events(editing: &Editing<'_>, said: &Said, passages: &Passages) -> Result<(), AppError> {
    for change in &said.changes {
        let mut change = change.clone();
        if change.take_out(passages) {
            stored::redact_status_change(editing.tx, &change).await?;
        }
    }
    for revision in &said.revisions {
        let mut revision = revision.clone();
        if revision.take_out(passages) {
            stored::redact_deadline_revision(editing.tx, &revision).await?;
        }
    }
    Ok(())
}

/// The item itself: an entry for each group of leaves, the last one for all who read it. It is written even where the
/// item's own words stay, so that all know that something about it was redacted.
async fn redact_item(
    editing: &Editing<'_>,
    passages: &Passages,
    groups: &mut BTreeMap<String, Vec<Group>>,
    reason: &Value,
) -> Result<Item, AppError> {
    let mut item = editing.before.clone();
    item.take_out(passages);
    let mut before = editing.continued(editing.before.clone());
    for group in groups.remove(&item.id.to_string()).unwrap_or_else(|| vec![Group::default()]) {
        let change = ItemChange {
            action: "item.redacted",
            reason: reason.clone(),
            withheld: group.withheld,
            redacted: group.redacted,
            sealed_at: group.sealed_at,
            hides_before: true,
            ..ItemChange::default()
        };
        let saved = before.save(Item { changed: before.before.changed, ..item.clone() }, change).await?;
        before = editing.continued(saved.0);
    }
    Ok(before.before)
}

/// What was added to it, in the same way.
async fn redact_added(
    editing: &Editing<'_>,
    item: Item,
    added: &[Contribution],
    passages: &Passages,
    groups: &mut BTreeMap<String, Vec<Group>>,
    reason: &Value,
) -> Result<Item, AppError> {
    let editing = editing.continued(item);
    let mut item = editing.before.clone();
    for before in added {
        let mut after = Contribution { version: before.version + 1, ..before.clone() };
        let changed = after.content.take_out(passages);
        let groups = groups.remove(&before.id.to_string());
        if !changed && groups.is_none() {
            continue;
        }
        for group in groups.unwrap_or_else(|| vec![Group::default()]) {
            let change = ContributionChange {
                // How it stood before are the words that go.
                tells_before: false,
                withheld: group.withheld,
                redacted: group.redacted,
                sealed_at: group.sealed_at,
                ..ContributionChange::new(CONTRIBUTION_REDACTED, Some(before), reason.clone())
            };
            let (app, tx, act) = (editing.app, editing.tx, &editing.act);
            enter_contribution(app, tx, act, &mut item, &mut after, change).await?;
        }
        stored::update_contribution(editing.tx, before, &after).await?;
    }
    editing.note(item).await
}
