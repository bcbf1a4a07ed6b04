//! What is done to the register as a whole and to meetings.

use crate::actions::every_action;
use crate::cast::Person;
use crate::verdicts::{Verdict, row};
use qadam_domain::items::Kind;
use qadam_domain::meetings::ProtocolState;
use qadam_domain::policy::{Action, Subject, may};

/// Somebody of a role, where the part in an item does not matter.
const PEOPLE: [Person; 8] = [
    Person::Anonymous,
    Person::Admin,
    Person::Observer,
    Person::Author,
    Person::Unconfirmed,
    Person::LeadOfficer,
    Person::LeadApprover,
    Person::Secretariat,
];

/// What each may do to the register. Columns: anonymous, admin, observer, member of civil society, unconfirmed
/// member, officer, approver, secretariat. What is not here, nobody may do to it.
const ON_REGISTER: [(Action, &str); 9] = [
    (Action::CreateItem(Kind::Proposal), "1RR +R RRR"),
    (Action::CreateItem(Kind::Commitment), "1RR RR +++"),
    (Action::CreateItem(Kind::Recommendation), "1RR RR RR+"),
    (Action::RecordFromDocument, "1RR RR RR+"),
    (Action::ManageMeetings, "1RR RR RR+"),
    (Action::ManageReportingRounds, "1RR RR RR+"),
    (Action::ManageOrganisations, "1+R RR RR+"),
    (Action::ManageUsers, "1+R RR RRR"),
    (Action::Redact, "1RR RR RR+"),
];

const NOBODY: &str = "1RR RR RRR";

fn expected(rows: &[(Action, &str)], action: Action, person: Person) -> Verdict {
    let letters = rows.iter().find(|row| row.0 == action).map_or(NOBODY, |row| row.1);
    let column = PEOPLE.into_iter().position(|other| other == person).unwrap();
    row::<8>(letters)[column]
}

#[test]
fn the_register_is_changed_by_the_roles_written_by_hand() {
    for action in every_action() {
        for person in PEOPLE {
            let decided = may(&person.viewer(), action, Subject::Register);
            assert_eq!(decided, expected(&ON_REGISTER, action, person), "{action:?} {person:?}");
        }
    }
}

#[test]
fn a_meeting_is_changed_by_the_secretariat_and_its_protocol_read_by_all_once_approved() {
    let states = [
        (ProtocolState::Draft, "--- -- --+"),
        (ProtocolState::Circulated, "--- -- --+"),
        (ProtocolState::Approved, "+++ ++ +++"),
    ];
    for (state, reading) in states {
        let rows = [(Action::ReadProtocol, reading), (Action::ManageMeetings, "1RR RR RR+")];
        for action in every_action() {
            for person in PEOPLE {
                let decided = may(&person.viewer(), action, Subject::Meeting(state));
                assert_eq!(decided, expected(&rows, action, person), "{action:?} {person:?} {state:?}");
            }
        }
    }
}
