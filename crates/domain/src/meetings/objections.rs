//! Objections: what a participant holds against a protocol that was circulated, and what the secretariat answers.

use chrono::NaiveDate;

use crate::accounts::{Actor, Role, Viewer};
use crate::ids::{DecisionId, MeetingId, ObjectionId, OrganisationId};
use crate::language::LanguageMap;
use crate::levels::{Level, may_see_own};

/// What became of an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectionOutcome {
    /// The protocol is changed as asked.
    Accepted,
    /// It stays as it is.
    Rejected,
}

impl ObjectionOutcome {
    /// Both outcomes.
    pub const ALL: [Self; 2] = [Self::Accepted, Self::Rejected];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }

    /// The outcome with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// What the secretariat answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionAnswer {
    /// What became of it.
    pub outcome: ObjectionOutcome,
    /// In words.
    pub text: LanguageMap,
    /// The local day.
    pub on: NaiveDate,
}

/// An objection to a circulated protocol, read by the secretariat and by the organisation that raised it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Its identifier.
    pub id: ObjectionId,
    /// The meeting.
    pub meeting: MeetingId,
    /// The decision it is about; without one, the protocol as a whole. It may be gone from the draft since.
    pub decision: Option<DecisionId>,
    /// The organisation that raised it.
    pub organisation: OrganisationId,
    /// The role of who raised it.
    pub role: Role,
    /// Who learns which organisation raised it: itself alone (`own`), or the secretariat too.
    pub identity_level: Level,
    /// What is objected.
    pub text: LanguageMap,
    /// The local day. Never the hour: it would tell who was at work.
    pub raised_on: NaiveDate,
    /// The secretariat's answer.
    pub answer: Option<ObjectionAnswer>,
    /// Row version for optimistic locking.
    pub version: i64,
}

impl Objection {
    /// Whether the viewer reads it: the secretariat, and who speaks for the organisation that raised it.
    pub fn is_read_by(&self, viewer: &Viewer) -> bool {
        viewer.is_secretariat() || self.is_own(viewer)
    }

    /// Whether the viewer learns which organisation raised it.
    pub fn names_its_author_to(&self, viewer: &Viewer) -> bool {
        self.is_own(viewer) || (viewer.is_secretariat() && self.identity_level >= Level::Secretariat)
    }

    fn is_own(&self, viewer: &Viewer) -> bool {
        viewer.actor().is_some_and(|actor| participates(actor) && actor.organisation == self.organisation)
    }
}

/// Whether the account takes part in meetings for its organisation. The secretariat writes the protocol and does
/// not object to it; an unconfirmed member of civil society does not speak for it yet.
pub const fn participates(actor: &Actor) -> bool {
    match actor.role {
        Role::Officer | Role::Approver | Role::Observer | Role::NgoMember => {
            may_see_own(actor.role, actor.confirmed)
        }
        Role::Secretariat | Role::Admin => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{UserId, Uuid};

    fn account(role: Role, organisation: u128, confirmed: bool) -> Viewer {
        let (user, organisation) =
            (UserId(Uuid::from_u128(9)), OrganisationId(Uuid::from_u128(organisation)));
        Viewer::Account(Actor { user, organisation, role, confirmed })
    }

    fn objection(identity_level: Level) -> Objection {
        Objection {
            id: ObjectionId(Uuid::nil()),
            meeting: MeetingId(Uuid::nil()),
            decision: None,
            organisation: OrganisationId(Uuid::from_u128(1)),
            role: Role::NgoMember,
            identity_level,
            text: LanguageMap::default(),
            raised_on: NaiveDate::default(),
            answer: None,
            version: 1,
        }
    }

    #[test]
    fn an_objection_is_read_by_its_author_and_the_secretariat_which_learns_the_name_where_it_may() {
        let readers = [
            // Viewer, reads it, learns the name at `own`, learns it at `secretariat`.
            (Viewer::Anonymous, false, false, false),
            (account(Role::Admin, 1, true), false, false, false),
            (account(Role::NgoMember, 1, true), true, true, true),
            (account(Role::NgoMember, 1, false), false, false, false),
            (account(Role::NgoMember, 2, true), false, false, false),
            (account(Role::Officer, 2, true), false, false, false),
            (account(Role::Observer, 2, true), false, false, false),
            (account(Role::Secretariat, 3, true), true, false, true),
        ];
        for (viewer, reads, hidden, named) in readers {
            assert_eq!(objection(Level::Own).is_read_by(&viewer), reads, "{viewer:?}");
            assert_eq!(objection(Level::Own).names_its_author_to(&viewer), hidden, "{viewer:?}");
            assert_eq!(objection(Level::Secretariat).names_its_author_to(&viewer), named, "{viewer:?}");
        }
    }

    #[test]
    fn outcomes_are_read_back() {
        for outcome in ObjectionOutcome::ALL {
            assert_eq!(ObjectionOutcome::from_code(outcome.code()), Some(outcome));
        }
        assert_eq!(ObjectionOutcome::from_code("open"), None);
    }
}
