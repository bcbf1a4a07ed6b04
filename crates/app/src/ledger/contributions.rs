//! The entries of what organisations add to items.
//!
//! A contribution is a record of its own beside the item it belongs to. What whoever reads the item reads too is
//! entered at the item's level. One of civil society has levels of its own: what it says is entered without its
//! author, and its author at the level of the name. What narrower levels than `members` read of it depends on its
//! author and not on the item, so that such entries are no part of the item's history.

use std::sync::Arc;

use chrono::NaiveDate;
use qadam_domain::accounts::Role;
use qadam_domain::items::Item;
use qadam_domain::items::contributions::{Contribution, Sight};
use qadam_domain::levels::{Axis, Level};
use qadam_ledger::Subject;
use qadam_storage::Tx;
use qadam_storage::ledger::NARROWED;
use serde_json::Value;

use super::items::note_change;
use super::narrowing::public_leaves_of;
use super::record::{Act, Draft, write};
use crate::application::App;
use crate::error::AppError;
use crate::items::contribution_record;
use crate::items::record::contribution_filing_record;
use crate::record_difference::changed_members;

/// The kind of record under which is kept who made a contribution.
pub(crate) const CONTRIBUTION_FILING: &str = "contribution_filing";

/// What was done to a contribution.
#[derive(Debug)]
pub(crate) struct ContributionChange<'a> {
    /// What was done, `assessment.given`.
    pub(crate) action: &'static str,
    /// As it stood in the ledger; nothing for one that was in none.
    pub(crate) before: Option<&'a Contribution>,
    /// Why; null where nothing was given.
    pub(crate) reason: Value,
    /// Whether the entry tells how it stood before.
    pub(crate) tells_before: bool,
    /// The numbers of leaves whose payloads the public no longer gets since passages were taken out.
    pub(crate) withheld: Vec<u64>,
    /// The numbers of leaves whose payloads the change deleted (a redaction).
    pub(crate) redacted: Vec<u64>,
    /// Where the change is told to readers of this level and narrower ones alone, in a sealed entry, although more may
    /// read the contribution.
    pub(crate) sealed_at: Option<Level>,
}

impl<'a> ContributionChange<'a> {
    /// A change that is told to whoever reads the contribution.
    pub(crate) const fn new(action: &'static str, before: Option<&'a Contribution>, reason: Value) -> Self {
        Self {
            action,
            before,
            reason,
            tells_before: true,
            withheld: Vec::new(),
            redacted: Vec::new(),
            sealed_at: None,
        }
    }
}

/// Enters a change of a contribution, and notes its place in it and, where readers of the item see it, in the item.
pub(crate) async fn enter_contribution(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    item: &mut Item,
    after: &mut Contribution,
    change: ContributionChange<'_>,
) -> Result<(), AppError> {
    let level = after.sight.text_on(item.text_level);
    let level = change.sealed_at.map_or(level, |sealed_at| sealed_at.min(level));
    let hidden = acts_hidden(act, after);
    let record = contribution_record(&app.directory(), after);
    let comparable = change.before.filter(|before| change.tells_before && before.sight == after.sight);
    let before = comparable.map(|before| contribution_record(&app.directory(), before));
    let draft = Draft {
        action: change.action,
        subject: subject(item, after),
        item: told_with_item(after, level).then_some(item.id),
        axis: Axis::Text,
        level,
        sealed: level != Level::Public || hidden,
        day_only: hidden,
        role: act.role(),
        organisation: act.organisation(app),
        before: changed_members(before, Some(&record)),
        after: Value::Object(record),
        reason: change.reason,
        withheld: change.withheld,
        redacted: change.redacted,
    };
    let position = write(app, tx, act, draft).await?.position;
    if after.position == 0 {
        after.position = position;
    }
    after.changed = position;
    if told_with_item(after, level) {
        note_change(app, act, item, level, position, hidden);
    }
    enter_author(app, tx, act, item, after, change.before).await
}

/// Enters that something is gone for those who read it at a wider level, on either axis: the day and the class of
/// reason, without what it was. Open entries that say it are withheld from then on.
pub(crate) async fn enter_contribution_narrowing(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    item: &mut Item,
    (before, after): (&Contribution, &Contribution),
    reason: &Value,
) -> Result<(), AppError> {
    let filing = Subject { kind: CONTRIBUTION_FILING.to_owned(), id: after.id.to_string(), reference: None };
    let of = |axis, subject, from: Level, to: Level| (axis, subject, from, to);
    let level = item.text_level;
    let (text, identity) = (before.sight.text_on(level), before.sight.identity_on(level));
    for (axis, subject, from, to) in [
        of(Axis::Text, subject(item, after), text, after.sight.text_on(level)),
        of(Axis::Identity, filing, identity, after.sight.identity_on(level)),
    ] {
        if to >= from {
            continue;
        }
        let withheld = match from {
            Level::Public => public_leaves_of(app, tx, &subject.kind, &subject.id).await?,
            _ => Vec::new(),
        };
        let draft = Draft {
            action: NARROWED,
            subject,
            item: (from >= Level::Members).then_some(item.id),
            axis,
            level: from,
            sealed: from != Level::Public,
            day_only: true,
            role: act.role(),
            organisation: if axis == Axis::Text { act.organisation(app) } else { None },
            before: Value::Null,
            after: Value::Null,
            reason: reason.clone(),
            withheld,
            redacted: Vec::new(),
        };
        let position = write(app, tx, act, draft).await?.position;
        if from >= Level::Members {
            note_change(app, act, item, from, position, true);
        }
    }
    Ok(())
}

/// Enters that somebody of the author's organisation asks for its name to be made public: for that organisation.
pub(crate) async fn enter_publication_asked(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    item: &Item,
    contribution: &Contribution,
) -> Result<(), AppError> {
    let change = FilingChange { action: "contribution.publication_asked", level: Level::Own };
    enter_filing(app, tx, act, item, contribution, change).await
}

/// Enters who made a contribution, where that has a level of its own and is not entered at it yet.
async fn enter_author(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    item: &Item,
    after: &Contribution,
    before: Option<&Contribution>,
) -> Result<(), AppError> {
    if !after.hides_author() || before.is_some_and(|before| before.sight == after.sight) {
        return Ok(());
    }
    let level = after.sight.identity_on(item.text_level);
    enter_filing(app, tx, act, item, after, FilingChange { action: "contribution.filed", level }).await
}

/// What is told of who made a contribution, and to readers of which level.
struct FilingChange {
    action: &'static str,
    level: Level,
}

async fn enter_filing(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    item: &Item,
    after: &Contribution,
    FilingChange { action, level }: FilingChange,
) -> Result<(), AppError> {
    let directory = app.directory();
    let draft = Draft {
        action,
        subject: Subject { kind: CONTRIBUTION_FILING.to_owned(), id: after.id.to_string(), reference: None },
        item: (level >= Level::Members).then_some(item.id),
        axis: Axis::Identity,
        level,
        sealed: level != Level::Public,
        day_only: true,
        role: act.role(),
        organisation: act.actor.map(|actor| directory.code(actor.organisation).to_owned()),
        before: Value::Null,
        after: contribution_filing_record(&directory, after),
        reason: Value::Null,
        withheld: Vec::new(),
        redacted: Vec::new(),
    };
    write(app, tx, act, draft).await?;
    Ok(())
}

/// Writes what the public may see of a contribution that a hidden author made on an earlier day: without an hour and
/// without a name. Gives the entry's place.
pub(super) async fn enter_public_rendition(
    app: &Arc<App>,
    tx: &Tx,
    day: NaiveDate,
    action: &'static str,
    item: &Item,
    contribution: &Contribution,
) -> Result<i64, AppError> {
    let act = Act { actor: None, at: app.now(), today: day };
    let draft = Draft {
        action,
        subject: subject(item, contribution),
        item: Some(item.id),
        axis: Axis::Text,
        level: Level::Public,
        sealed: false,
        day_only: true,
        role: Role::NgoMember.code(),
        organisation: None,
        before: Value::Null,
        after: Value::Object(contribution_record(&app.directory(), contribution)),
        reason: Value::Null,
        withheld: Vec::new(),
        redacted: Vec::new(),
    };
    Ok(write(app, tx, &act, draft).await?.position)
}

/// Whether an entry is part of the item's history: where those who read it are those who read the item at its level.
fn told_with_item(contribution: &Contribution, level: Level) -> bool {
    contribution.sight == Sight::AsItem || level >= Level::Members
}

/// Whether the act is one of the author, whose name readers of the text may not know.
fn acts_hidden(act: &Act, contribution: &Contribution) -> bool {
    let author = act.actor.is_some_and(|actor| contribution.organisation == Some(actor.organisation));
    let Sight::Levels { text, identity } = contribution.sight else { return false };
    author && contribution.hides_author() && identity < text
}

fn subject(item: &Item, contribution: &Contribution) -> Subject {
    Subject {
        kind: contribution.content.kind().code().to_owned(),
        id: contribution.id.to_string(),
        reference: item.reference.map(|reference| reference.to_string()),
    }
}
