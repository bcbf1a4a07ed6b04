//! The entries of an item's change.
//!
//! An entry carries one axis. What an item says is entered at its text level, with the whole record as readers of
//! that level see it; who filed it and who consented are entered at its identity level, as a record of their own.
//!
//! A change that concerns what is public is open and admitted at once. What a submitter whose name is hidden does
//! is sealed and tells the day, not the hour; the day's batch then writes what the public may see of it (see
//! [`super::sequencer`]).

use std::sync::Arc;

use chrono::NaiveDate;
use qadam_domain::accounts::Role;
use qadam_domain::calendar::Timestamp;
use qadam_domain::items::{ChangedAt, Item, Status};
use qadam_domain::levels::{Axis, Level};
use qadam_ledger::Subject;
use qadam_storage::Tx;
use qadam_storage::ledger::{ITEM, ITEM_FILING, NARROWED};
use serde_json::Value;

use super::record::{Act, Draft, Written, write};
use crate::application::App;
use crate::error::AppError;
use crate::items::record::{filing_record, text_record};
use crate::record_difference::changed_members;

/// Which axes a change concerns. What concerns one is never told on the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Axes {
    /// What the item says.
    #[default]
    Text,
    /// Who filed it, or who may know.
    Identity,
    /// Both.
    Both,
}

/// What was done to an item.
#[derive(Debug, Default)]
pub(crate) struct ItemChange {
    /// What was done, `item.status_changed`.
    pub(crate) action: &'static str,
    /// Why; null where nothing was given.
    pub(crate) reason: Value,
    /// Which axes the change concerns.
    pub(crate) axes: Axes,
    /// The numbers of leaves whose payloads the change withholds (a narrowing).
    pub(crate) withheld: Vec<u64>,
    /// The numbers of leaves whose payloads the change deleted (a redaction).
    pub(crate) redacted: Vec<u64>,
    /// Where the change is told to readers of this level and narrower ones alone, in a sealed entry, although more
    /// may read the item.
    pub(crate) sealed_at: Option<Level>,
    /// Whether nobody is told how it stood before: those are the words that go.
    pub(crate) hides_before: bool,
}

/// Enters the change from `before` (nothing for a new item) to `after`, and notes in `after` when it changed for
/// each level. Drafts are not entered: submitting or publishing writes the whole text. Gives the
/// text entry.
pub(crate) async fn enter_item(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    before: Option<&Item>,
    after: &mut Item,
    change: ItemChange,
) -> Result<Written, AppError> {
    if before.is_none_or(|before| before.status == Status::Draft) {
        // The hours of the draft end with it: what is told now begins with the act that filed it.
        after.changed = [ChangedAt { position: 0, at: Timestamp(0) }; 5];
    }
    let mut written = None;
    if change.axes != Axes::Identity {
        written = Some(enter_text(app, tx, act, before, after, &change).await?);
    }
    if change.axes != Axes::Text {
        let identity = enter_identity(app, tx, act, before, after, &change).await?;
        written = written.or(Some(identity));
    }
    written.ok_or_else(|| AppError::Internal("a change concerned no axis".to_owned()))
}

async fn enter_text(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    before: Option<&Item>,
    after: &mut Item,
    change: &ItemChange,
) -> Result<Written, AppError> {
    if let Some(wider) = before.map(|before| before.text_level).filter(|wider| *wider > after.text_level) {
        let narrowing = Narrowing { axis: Axis::Text, wider, subject: subject(after) };
        enter_narrowing(app, tx, act, after, narrowing, change).await?;
    }
    let text = text_draft(app, act, before, after, change);
    let (level, day_only) = (text.level, text.day_only);
    let written = write(app, tx, act, text).await?;
    note_change(app, act, after, level, written.position, day_only);
    Ok(written)
}

async fn enter_identity(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    before: Option<&Item>,
    after: &mut Item,
    change: &ItemChange,
) -> Result<Written, AppError> {
    let before = before.filter(|before| before.status != Status::Draft).map(|before| before.identity_level);
    if let Some(wider) = before.filter(|wider| *wider > after.identity_level) {
        let narrowing = Narrowing { axis: Axis::Identity, wider, subject: filing_subject(after) };
        enter_narrowing(app, tx, act, after, narrowing, change).await?;
    }
    let identity = identity_draft(app, act, after, change);
    let level = identity.level;
    let written = write(app, tx, act, identity).await?;
    note_change(app, act, after, level, written.position, true);
    Ok(written)
}

/// What is gone for those who read it at a wider level.
struct Narrowing {
    axis: Axis,
    wider: Level,
    subject: Subject,
}

/// Enters that something is gone for those who read it at a wider level: ref, day and class of reason, without
/// what it was.
///
/// Where that level was public it is admitted at once whoever acts, or the payloads that it withholds would be
/// missing without a word.
async fn enter_narrowing(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    after: &mut Item,
    narrowing: Narrowing,
    change: &ItemChange,
) -> Result<(), AppError> {
    let organisation = if narrowing.axis == Axis::Text { act.organisation(app) } else { None };
    let draft = Draft {
        action: NARROWED,
        subject: narrowing.subject,
        item: Some(after.id),
        axis: narrowing.axis,
        level: narrowing.wider,
        sealed: narrowing.wider != Level::Public,
        day_only: true,
        role: act.role(),
        organisation,
        before: Value::Null,
        after: Value::Null,
        reason: change.reason.clone(),
        withheld: change.withheld.clone(),
        redacted: Vec::new(),
    };
    let position = write(app, tx, act, draft).await?.position;
    note_change(app, act, after, narrowing.wider, position, true);
    Ok(())
}

/// What the item says now, for readers of its text.
fn text_draft(app: &App, act: &Act, before: Option<&Item>, after: &Item, change: &ItemChange) -> Draft {
    let directory = app.directory();
    let record = text_record(&directory, after);
    let hidden = acts_hidden(act, after);
    // Texts are compared only where both were read at the same level: widening must not tell what stood before.
    let comparable = before
        .filter(|_| !change.hides_before)
        .filter(|before| before.status != Status::Draft && before.text_level == after.text_level)
        .map(|before| text_record(&directory, before));
    let level = told_at(after.text_level, change);
    Draft {
        action: change.action,
        subject: subject(after),
        item: Some(after.id),
        axis: Axis::Text,
        level,
        sealed: level != Level::Public || hidden,
        day_only: hidden,
        role: act.role(),
        organisation: act.organisation(app),
        before: changed_members(comparable, Some(&record)),
        after: Value::Object(record),
        reason: change.reason.clone(),
        withheld: withheld(before, after, change),
        redacted: change.redacted.clone(),
    }
}

/// What the entry about the text withholds: a narrowing is an entry of its own, which says that.
fn withheld(before: Option<&Item>, after: &Item, change: &ItemChange) -> Vec<u64> {
    let narrowed = before.is_some_and(|before| {
        before.text_level > after.text_level || before.identity_level > after.identity_level
    });
    if narrowed || change.axes == Axes::Identity { Vec::new() } else { change.withheld.clone() }
}

fn identity_draft(app: &App, act: &Act, after: &Item, change: &ItemChange) -> Draft {
    let directory = app.directory();
    let level = told_at(after.identity_level, change);
    let redacted = if change.axes == Axes::Identity { change.redacted.clone() } else { Vec::new() };
    Draft {
        action: change.action,
        subject: filing_subject(after),
        item: Some(after.id),
        axis: Axis::Identity,
        level,
        sealed: level != Level::Public,
        day_only: true,
        role: act.role(),
        organisation: act.actor.map(|actor| directory.code(actor.organisation).to_owned()),
        before: Value::Null,
        after: Value::Object(filing_record(&directory, after)),
        // A reason is given for what the item says; a redaction has a ground on either axis.
        reason: if redacted.is_empty() { Value::Null } else { change.reason.clone() },
        withheld: Vec::new(),
        redacted,
    }
}

/// The level of an entry about what readers of `level` see.
fn told_at(level: Level, change: &ItemChange) -> Level {
    change.sealed_at.map_or(level, |sealed_at| sealed_at.min(level))
}

/// Whether the act is one of the submitter, whose name readers of the text may not know.
fn acts_hidden(act: &Act, item: &Item) -> bool {
    act.actor
        .is_some_and(|actor| actor.role == Role::NgoMember && item.filed_by.contains(&actor.organisation))
        && item.identity_level < item.text_level
}

/// Writes what the public may see of a change that a hidden submitter made on an earlier day: the record as it
/// stands now, without an hour and without a name.
pub(super) async fn enter_public_rendition(
    app: &Arc<App>,
    tx: &Tx,
    day: NaiveDate,
    action: &'static str,
    item: &Item,
) -> Result<i64, AppError> {
    let act = Act { actor: None, at: app.now(), today: day };
    let draft = Draft {
        action,
        subject: subject(item),
        item: Some(item.id),
        axis: Axis::Text,
        level: Level::Public,
        sealed: false,
        day_only: true,
        role: Role::NgoMember.code(),
        organisation: None,
        before: Value::Null,
        after: Value::Object(text_record(&app.directory(), item)),
        reason: Value::Null,
        withheld: Vec::new(),
        redacted: Vec::new(),
    };
    Ok(write(app, tx, &act, draft).await?.position)
}

/// Who filed an item is a record of its own, beside what it says.
fn filing_subject(item: &Item) -> Subject {
    Subject { kind: ITEM_FILING.to_owned(), id: item.id.to_string(), reference: None }
}

fn subject(item: &Item) -> Subject {
    Subject {
        kind: ITEM.to_owned(),
        id: item.id.to_string(),
        reference: item.reference.map(|reference| reference.to_string()),
    }
}

/// Notes a change for every level whose readers see it: the entry's level and all narrower ones.
pub(super) fn note_change(
    app: &App,
    act: &Act,
    item: &mut Item,
    level: Level,
    position: i64,
    day_only: bool,
) {
    let at = if day_only { act.start_of_day(app) } else { act.at };
    for (reader, changed) in Level::ALL.into_iter().zip(item.changed.iter_mut()) {
        if reader <= level {
            // Never backwards: a day's beginning may lie before an hour that was already told.
            *changed = ChangedAt { position, at: changed.at.max(at) };
        }
    }
}
