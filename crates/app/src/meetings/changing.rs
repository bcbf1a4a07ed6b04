//! A change of one meeting inside a write transaction: load and authorize, then save with the ledger entries.

use std::sync::Arc;

use qadam_domain::accounts::{Actor, Viewer};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;
use qadam_domain::meetings::{Meeting, ProtocolState};
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::Tx;
use qadam_storage::meetings::{self as stored, Key};

use super::entering::{MeetingAct, enter};
use super::read::find;
use super::view::view;
use crate::application::App;
use crate::error::{AppError, Code};
use crate::ledger::Act;
use crate::precondition::IfMatch;

/// A meeting being changed.
pub(super) struct Changing<'a> {
    pub(super) app: &'a Arc<App>,
    pub(super) tx: &'a Tx,
    pub(super) act: Act,
    pub(super) actor: Actor,
    /// As it was read.
    pub(super) before: Meeting,
}

impl<'a> Changing<'a> {
    /// Loads a meeting, and checks the condition of the change: 404 before 412.
    pub(super) async fn open(
        app: &'a Arc<App>,
        tx: &'a Tx,
        actor: Actor,
        key: &Key,
        condition: Option<&IfMatch>,
    ) -> Result<Self, AppError> {
        let before = find(tx, key).await?;
        if let Some(condition) = condition {
            let current = view(app, tx, &Viewer::Account(actor), &before).await?;
            if !condition.allows(&current.etag) {
                return Err(Code::PreconditionFailed.into());
            }
        }
        Ok(Self { app, tx, act: Act::of(app, Some(&actor)), actor, before })
    }

    /// Whether the actor keeps the meetings.
    pub(super) fn may(&self) -> Result<(), AppError> {
        let subject = Subject::Meeting(self.before.protocol);
        Ok(may(&Viewer::Account(self.actor), Action::ManageMeetings, subject)?)
    }

    /// Saves the meeting as it is after a change of what it says.
    pub(super) async fn save(&self, after: Meeting, what: MeetingAct) -> Result<Meeting, AppError> {
        if substance(&after) != substance(&self.before) {
            check_open(&self.before)?;
        }
        self.write(after, what).await
    }

    /// Writes the meeting with its ledger entries. A change that changes nothing leaves no trace.
    pub(super) async fn write(&self, mut after: Meeting, what: MeetingAct) -> Result<Meeting, AppError> {
        if after == self.before {
            return Ok(after);
        }
        after.version = self.before.version + 1;
        after.updated_at = self.act.at;
        let position = enter(self.app, self.tx, &self.act, Some(&self.before), &after, what).await?;
        stored::update(self.tx, &self.before, &after, position).await?;
        Ok(after)
    }
}

/// Whether what the meeting says may still change.
///
/// What is circulated waits for objections, and what is approved stays. A meeting that was recorded from a document
/// is the secretariat's own transcription, which it completes and corrects at any time.
fn check_open(meeting: &Meeting) -> Result<(), AppError> {
    match meeting.protocol {
        ProtocolState::Draft => Ok(()),
        ProtocolState::Circulated => Err(Code::StatusConflict.into()),
        ProtocolState::Approved if meeting.recorded_from.is_some() => Ok(()),
        ProtocolState::Approved => Err(Code::ProtocolApproved.into()),
    }
}

/// Whether decisions may still change: in the draft of a protocol alone, because an approved one has made
/// commitments of them.
pub(super) fn check_decisions_open(meeting: &Meeting) -> Result<(), AppError> {
    match meeting.protocol {
        ProtocolState::Draft => Ok(()),
        ProtocolState::Circulated => Err(Code::StatusConflict.into()),
        ProtocolState::Approved => Err(Code::ProtocolApproved.into()),
    }
}

/// What participants approve: the meeting without its description and without who may read which line, which the
/// secretariat keeps in order for ever.
fn substance(meeting: &Meeting) -> Meeting {
    let mut substance = meeting.clone();
    substance.title = LanguageMap::default();
    substance.topics = LanguageMap::default();
    substance.published_on = None;
    for line in &mut substance.agenda {
        line.level = Level::Public;
    }
    for one in &mut substance.attendance {
        one.level = Level::Public;
    }
    substance
}
