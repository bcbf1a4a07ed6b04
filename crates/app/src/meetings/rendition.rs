//! What of a meeting is shown to whom.
//!
//! Lines of the agenda and attendance have levels, discussed items have their own, and everything of a protocol is
//! absent outside the secretariat until it is approved. What is left out leaves no trace: not in numbers either.

use std::collections::HashSet;

use qadam_domain::accounts::{Role, Viewer};
use qadam_domain::ids::{AgendaItemId, ItemId};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;
use qadam_domain::meetings::{Meeting, ProtocolState};

/// How far somebody sees into meetings.
#[derive(Debug, Clone)]
pub struct Sight {
    /// The narrowest level that is read.
    pub floor: Level,
    /// The items that are seen.
    pub items: HashSet<ItemId>,
}

impl Sight {
    /// What the protocol says is read before it is approved.
    pub fn reads_drafts(&self) -> bool {
        self.floor <= Level::Secretariat
    }
}

/// The narrowest level at which a viewer reads meetings. A meeting names no bodies, so that nobody is addressed.
pub(super) fn floor(viewer: &Viewer) -> Level {
    match viewer.actor().map(|actor| actor.role) {
        None | Some(Role::Admin) => Level::Public,
        Some(Role::Secretariat) => Level::Secretariat,
        Some(Role::NgoMember | Role::Officer | Role::Approver | Role::Observer) => Level::Members,
    }
}

/// The items a meeting points to, each once.
pub(crate) fn items_of(meeting: &Meeting) -> HashSet<ItemId> {
    let discussed = meeting.agenda.iter().flat_map(|line| line.items.iter().copied());
    let decided = meeting
        .decisions
        .iter()
        .flat_map(|decision| decision.implements.iter().copied().chain(decision.commitment));
    discussed.chain(decided).collect()
}

/// The meeting with nothing in it but what is seen. Its protocol state stays as it is: whether that is shown is
/// [`shows_protocol`].
pub fn rendition(meeting: &Meeting, sight: &Sight) -> Meeting {
    rendition_with(meeting, sight, shows_protocol(meeting.protocol, sight.floor))
}

/// As [`rendition`], where it is decided elsewhere whether what the protocol says is shown.
pub(super) fn rendition_with(meeting: &Meeting, sight: &Sight, shows_protocol: bool) -> Meeting {
    let mut seen = meeting.clone();
    let in_sight = |item: &ItemId| sight.items.contains(item);
    seen.agenda.retain(|line| line.level >= sight.floor);
    seen.attendance.retain(|one| one.level >= sight.floor);
    for line in &mut seen.agenda {
        line.items.retain(in_sight);
    }
    if !shows_protocol {
        seen.objections_until = None;
        seen.decisions.clear();
        for line in &mut seen.agenda {
            line.protocol_text = LanguageMap::default();
        }
    }
    let shown: HashSet<AgendaItemId> = seen.agenda.iter().map(|line| line.id).collect();
    for decision in &mut seen.decisions {
        decision.implements.retain(in_sight);
        decision.commitment = decision.commitment.filter(in_sight);
        decision.agenda_item = decision.agenda_item.filter(|line| shown.contains(line));
    }
    if seen.agenda.len() < meeting.agenda.len() {
        // A gap in the numbers would tell of a line that is not there.
        for (number, line) in (1..).zip(&mut seen.agenda) {
            line.number = number;
        }
    }
    seen
}

/// Whether a protocol in this state, and the state itself, is shown.
pub(super) fn shows_protocol(state: ProtocolState, floor: Level) -> bool {
    state == ProtocolState::Approved || floor <= Level::Secretariat
}
