//! The life of a protocol: drafted, sent to the participants, taken back where one objects, approved by the chair.

use chrono::NaiveDate;
use qadam_domain::language::LanguageMap;
use qadam_domain::meetings::{Meeting, ProtocolState};
use qadam_storage::meetings as stored;
use serde_json::Value;

use super::approval::approve;
use super::changing::Changing;
use super::entering::MeetingAct;
use crate::error::{AppError, Code, FieldCode};
use crate::items::record::language_map;

/// A change of a protocol's state as named by a caller.
#[derive(Debug, Clone)]
pub struct ProtocolChange {
    /// Where to.
    pub to: ProtocolState,
    /// Until when participants may object: needed to circulate, and for nothing else.
    pub objections_until: Option<NaiveDate>,
    /// Why, where it is taken back.
    pub reason: LanguageMap,
}

/// Moves the protocol to another state.
pub(super) async fn moved(changing: &Changing<'_>, change: ProtocolChange) -> Result<Meeting, AppError> {
    let before = &changing.before;
    if !before.protocol.may_become(change.to) {
        let code = if before.protocol == ProtocolState::Approved {
            Code::ProtocolApproved
        } else {
            Code::ProtocolConflict
        };
        return Err(code.into());
    }
    if change.to != ProtocolState::Circulated && change.objections_until.is_some() {
        return Err(AppError::field("/objections_until", FieldCode::NotAllowed));
    }
    let reason = if change.reason.is_empty() { Value::Null } else { language_map(&change.reason) };
    let mut after = before.clone();
    after.protocol = change.to;
    let action = match change.to {
        ProtocolState::Draft => {
            after.objections_until = None;
            "meeting.protocol_returned"
        }
        ProtocolState::Circulated => {
            after.objections_until = Some(objections_until(changing, change.objections_until)?);
            "meeting.protocol_circulated"
        }
        ProtocolState::Approved => {
            if before.objections_open(changing.act.today) {
                return Err(Code::ObjectionsOpen.into());
            }
            if stored::has_unanswered_objections(changing.tx, before.id).await? {
                return Err(Code::ObjectionsUnanswered.into());
            }
            approve(changing, &mut after).await?;
            "meeting.protocol_approved"
        }
    };
    changing.write(after, MeetingAct { action, reason }).await
}

/// The day until which participants may object: today or later.
fn objections_until(changing: &Changing<'_>, wanted: Option<NaiveDate>) -> Result<NaiveDate, AppError> {
    match wanted {
        None => Err(AppError::field("/objections_until", FieldCode::Required)),
        Some(day) if day < changing.act.today => {
            Err(AppError::field("/objections_until", FieldCode::NotAllowed))
        }
        Some(day) => Ok(day),
    }
}
