//! The protocol as it was circulated, for those who were there.
//!
//! Outside the secretariat decisions are seen once they are approved. Circulating is sending them to the
//! participants all the same: who may object has to read what to. They read it here and nowhere else, so that
//! nothing else about the meeting tells anybody what is not approved.

use qadam_domain::accounts::Viewer;
use qadam_domain::meetings::Meeting;
use qadam_domain::policy::{Action, ProtocolFacts, Subject, may};
use qadam_storage::meetings::Key;

use super::read::find;
use super::view::{MeetingView, view_with_protocol};
use crate::application::App;
use crate::error::AppError;

/// What the protocol of a meeting is to a viewer.
pub(super) fn facts(app: &App, viewer: &Viewer, meeting: &Meeting) -> ProtocolFacts {
    ProtocolFacts {
        state: meeting.protocol,
        attended: viewer.actor().is_some_and(|actor| meeting.was_attended_by(actor.organisation)),
        objections_open: meeting.objections_open(app.today()),
    }
}

/// The meeting with what its protocol says: for the secretariat always, for those who took part once it is
/// circulated, for everybody once it is approved.
pub async fn circulated(app: &App, viewer: &Viewer, key: Key) -> Result<MeetingView, AppError> {
    let reader = app.store.read();
    let meeting = find(&reader, &key).await?;
    may(viewer, Action::ReadCirculatedProtocol, Subject::Protocol(facts(app, viewer, &meeting)))?;
    view_with_protocol(app, &reader, viewer, &meeting).await
}
