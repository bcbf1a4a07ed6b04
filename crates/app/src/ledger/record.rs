//! One entry for a change of a record.

use std::sync::Arc;

use chrono::{NaiveDate, TimeZone};
use qadam_domain::accounts::{Actor, Role};
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::ItemId;
use qadam_domain::levels::{Axis, Level};
use qadam_ledger::{Day, Digest, Instant, Moment, Payload, PayloadActor, Salt, Subject, actor_digest};
use qadam_storage::Tx;
use qadam_storage::ledger::{self as stored, NewEntry};
use serde_json::Value;
use uuid::Uuid;

use crate::application::App;
use crate::error::AppError;
use crate::random::bytes;

/// Who acts, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Act {
    /// The account; `None` for the program itself.
    pub(crate) actor: Option<Actor>,
    /// The instant.
    pub(crate) at: Timestamp,
    /// The local day.
    pub(crate) today: NaiveDate,
}

impl Act {
    /// An act of an account, now.
    pub(crate) fn of(app: &App, actor: Option<&Actor>) -> Self {
        Self { actor: actor.copied(), at: app.now(), today: app.today() }
    }

    /// The role under which the ledger keeps it.
    pub(crate) fn role(&self) -> &'static str {
        self.actor.map_or("system", |actor| actor.role.code())
    }

    /// The code of the organisation under which the ledger keeps it: never one of civil society, whose name
    /// belongs to the identity axis.
    pub(crate) fn organisation(&self, app: &App) -> Option<String> {
        let actor = self.actor.filter(|actor| actor.role != Role::NgoMember)?;
        Some(app.directory().code(actor.organisation).to_owned())
    }

    /// The instant at which the act's local day began.
    pub(crate) fn start_of_day(&self, app: &App) -> Timestamp {
        let midnight = self.today.and_time(chrono::NaiveTime::MIN);
        let local = app.settings().time_zone.from_local_datetime(&midnight).earliest();
        local.map_or(self.at, |local| Timestamp(local.timestamp_millis()))
    }
}

/// A change of a record that is not an item: an organisation, a meeting, a membership, a setting.
#[derive(Debug)]
pub(crate) struct RecordEntry {
    /// What was done, `organisation.changed`.
    pub(crate) action: &'static str,
    /// The record.
    pub(crate) subject: Subject,
    /// Who may read it. Public ones are open, all others sealed.
    pub(crate) level: Level,
    /// The members that changed, as they were; null for a new record.
    pub(crate) before: Value,
    /// The whole record as readers of the level now see it; null when it is gone for them.
    pub(crate) after: Value,
    /// Why; null where nothing was given.
    pub(crate) reason: Value,
}

/// Enters a change of a record. Gives the entry's place.
pub(crate) async fn enter_record(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    entry: RecordEntry,
) -> Result<i64, AppError> {
    let draft = Draft {
        action: entry.action,
        subject: entry.subject,
        item: None,
        axis: Axis::Text,
        level: entry.level,
        sealed: entry.level != Level::Public,
        day_only: false,
        role: act.role(),
        organisation: act.organisation(app),
        before: entry.before,
        after: entry.after,
        reason: entry.reason,
        withheld: Vec::new(),
        redacted: Vec::new(),
    };
    Ok(write(app, tx, act, draft).await?.position)
}

/// What somebody says to the secretariat in a record of its own, whose author stands apart.
#[derive(Debug)]
pub(crate) struct AuthoredEntry {
    /// What was done, `objection.raised`.
    pub(crate) action: &'static str,
    /// The kind of record, `objection`.
    pub(crate) kind: &'static str,
    /// Its identifier.
    pub(crate) id: String,
    /// The members that changed, as they were; null for a new record.
    pub(crate) before: Value,
    /// The whole record without its author.
    pub(crate) after: Value,
    /// The author and who may know it, where the act says who that is.
    pub(crate) author: Option<(Level, Value)>,
}

/// Enters what is said for the secretariat, and its author for those who may know, each in a sealed entry. What
/// civil society says is told by the day.
pub(crate) async fn enter_authored(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    entry: AuthoredEntry,
) -> Result<(), AppError> {
    let day_only = act.actor.is_some_and(|actor| actor.role == Role::NgoMember);
    // Who speaks for a body is no secret, but belongs to the record of the author all the same.
    let organisation = if entry.author.is_none() { act.organisation(app) } else { None };
    let draft = |axis, level, kind: String, before, after| Draft {
        action: entry.action,
        subject: Subject { kind, id: entry.id.clone(), reference: None },
        item: None,
        axis,
        level,
        sealed: true,
        day_only,
        role: act.role(),
        organisation: if axis == Axis::Text { organisation.clone() } else { None },
        before,
        after,
        reason: Value::Null,
        withheld: Vec::new(),
        redacted: Vec::new(),
    };
    let text = draft(Axis::Text, Level::Secretariat, entry.kind.to_owned(), entry.before, entry.after);
    write(app, tx, act, text).await?;
    if let Some((level, author)) = entry.author {
        let kind = format!("{}_author", entry.kind);
        write(app, tx, act, draft(Axis::Identity, level, kind, Value::Null, author)).await?;
    }
    Ok(())
}

/// An entry with everything that decides how it is kept.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) action: &'static str,
    pub(super) subject: Subject,
    pub(super) item: Option<ItemId>,
    pub(super) axis: Axis,
    pub(super) level: Level,
    /// Its leaf stays closed, and it waits for the day's batch.
    pub(super) sealed: bool,
    /// The payload tells the day and not the hour.
    pub(super) day_only: bool,
    /// The role that acted.
    pub(super) role: &'static str,
    /// Code of the organisation that acted.
    pub(super) organisation: Option<String>,
    pub(super) before: Value,
    pub(super) after: Value,
    pub(super) reason: Value,
    pub(super) withheld: Vec<u64>,
    pub(super) redacted: Vec<u64>,
}

/// An entry that was written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written {
    /// Its place.
    pub(crate) position: i64,
    /// What its leaf will commit to.
    pub(crate) digest: Digest,
    /// The salt in front of its payload.
    pub(crate) salt: Salt,
}

/// Writes an entry.
pub(super) async fn write(app: &Arc<App>, tx: &Tx, act: &Act, draft: Draft) -> Result<Written, AppError> {
    let actor_salt = Salt::from_bytes(bytes(app.random.as_ref()));
    let salt = Salt::from_bytes(bytes(app.random.as_ref()));
    let user = act.actor.map_or(Uuid::nil(), |actor| actor.user.0);
    let payload = Payload {
        at: moment(act, draft.day_only)?,
        action: draft.action.to_owned(),
        subject: draft.subject.clone(),
        actor: PayloadActor {
            role: draft.role.to_owned(),
            organisation: draft.organisation.clone(),
            digest: actor_digest(&actor_salt, user),
        },
        before: draft.before,
        after: draft.after,
        reason: draft.reason,
        withheld: draft.withheld,
        redacted: draft.redacted,
    };
    let position = stored::next_position(tx);
    let (text, digest) = payload.text_and_digest(&salt).map_err(unwritable)?;
    let entry = NewEntry {
        position,
        action: draft.action.to_owned(),
        subject_type: draft.subject.kind,
        subject_id: draft.subject.id,
        subject_ref: draft.subject.reference,
        item: draft.item,
        actor_role: draft.role.to_owned(),
        // A leaf is for ever: one of civil society is named in the payload alone.
        actor_organisation: draft.organisation.filter(|_| draft.role != Role::NgoMember.code()),
        axis: draft.axis,
        level: draft.level,
        sealed: draft.sealed,
        daily: draft.sealed,
        entered_on: act.today,
        at: if draft.day_only { act.start_of_day(app) } else { act.at },
        digest: *digest.as_bytes(),
        salt: *salt.as_bytes(),
        actor_salt: *actor_salt.as_bytes(),
        payload: text,
    };
    stored::append(tx, entry).await?;
    Ok(Written { position, digest, salt })
}

fn moment(act: &Act, day_only: bool) -> Result<Moment, AppError> {
    if day_only {
        return Ok(Day::new(act.today).map_err(unwritable)?.into());
    }
    Ok(Instant::from_epoch_milliseconds(act.at.0).map_err(unwritable)?.into())
}

fn unwritable(error: impl std::fmt::Display) -> AppError {
    AppError::Internal(format!("ledger entry: {error}"))
}
