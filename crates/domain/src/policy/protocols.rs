//! Who does what with a protocol between its draft and its approval.

use super::{Action, Refusal, signed_in, when};
use crate::accounts::Viewer;
use crate::meetings::ProtocolState;
use crate::meetings::objections::participates;

/// What a protocol is to a viewer, as far as decisions need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProtocolFacts {
    /// Where it stands.
    pub state: ProtocolState,
    /// Whether the viewer's organisation took part in the meeting.
    pub attended: bool,
    /// Whether the day until which participants may object has not passed.
    pub objections_open: bool,
}

/// Whether the viewer may do this with the protocol.
pub(super) fn may_on_protocol(
    viewer: &Viewer,
    action: Action,
    protocol: ProtocolFacts,
) -> Result<(), Refusal> {
    let takes_part = protocol.attended && viewer.actor().is_some_and(participates);
    match action {
        // Circulated is what was sent to those who were there; to all others it is not there yet.
        Action::ReadCirculatedProtocol => {
            let sent = protocol.state == ProtocolState::Circulated && takes_part;
            let read = protocol.state == ProtocolState::Approved || sent || viewer.is_secretariat();
            when(read, Refusal::NotFound)
        }
        Action::ReadObjections => {
            signed_in(viewer)?;
            when(viewer.is_secretariat() || takes_part, Refusal::RoleRequired)
        }
        Action::Object => {
            signed_in(viewer)?;
            when(takes_part, Refusal::RoleRequired)?;
            when(protocol.objections_open, Refusal::ObjectionsClosed)
        }
        Action::AnswerObjection => {
            signed_in(viewer)?;
            when(viewer.is_secretariat(), Refusal::RoleRequired)?;
            when(protocol.state != ProtocolState::Approved, Refusal::ProtocolApproved)
        }
        _ => {
            signed_in(viewer)?;
            Err(Refusal::RoleRequired)
        }
    }
}
