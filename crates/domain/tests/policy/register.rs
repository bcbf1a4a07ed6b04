//! What is done to the register as a whole, to meetings and to accounts.

use crate::actions::every_action;
use crate::cast::{HOST, NGO, Person};
use crate::verdicts::{Verdict, row};
use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::items::Kind;
use qadam_domain::meetings::ProtocolState;
use qadam_domain::policy::{Action, Refusal, Subject, may};

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

/// Accounts that ask about the author's account: the person and what it may do to it. Columns: manage, confirm.
const ON_AUTHOR: [(Person, &str); 14] = [
    (Person::Anonymous, "11"),
    (Person::Admin, "+R"),
    (Person::Observer, "--"),
    (Person::Stranger, "--"),
    (Person::OtherOfficer, "--"),
    (Person::Unconfirmed, "RR"),
    (Person::NamedOfficer, "--"),
    (Person::LeadOfficer, "--"),
    (Person::LeadApprover, "--"),
    (Person::Secretariat, "--"),
    (Person::Author, "RR"),
    (Person::Colleague, "R+"),
    (Person::ThirdMember, "R+"),
    (Person::CoFiler, "--"),
];

#[test]
fn an_account_is_managed_by_administrators_confirmed_by_fellow_members_and_hidden_from_others() {
    let account = Subject::User { organisation: NGO, user: Person::Author.user() };
    for (person, letters) in ON_AUTHOR {
        let [manage, confirm] = row::<2>(letters);
        assert_eq!(may(&person.viewer(), Action::ManageUsers, account), manage, "{person:?}");
        assert_eq!(may(&person.viewer(), Action::ConfirmMember, account), confirm, "{person:?}");
    }
}

#[test]
fn nothing_else_is_done_to_an_account() {
    let account = Subject::User { organisation: NGO, user: Person::Author.user() };
    let others = |action: &Action| !matches!(action, Action::ManageUsers | Action::ConfirmMember);
    for action in every_action().filter(others) {
        for (person, letters) in ON_AUTHOR {
            // Whoever may do something or is refused by role is refused by role here.
            let [manage, _] = row::<2>(letters);
            let expected = if manage.is_ok() { Err(Refusal::RoleRequired) } else { manage };
            assert_eq!(may(&person.viewer(), action, account), expected, "{action:?} {person:?}");
        }
    }
}

#[test]
fn only_members_of_civil_society_confirm_each_other() {
    for role in Role::ALL {
        let colleague = Viewer::Account(Actor {
            user: Person::Colleague.user(),
            organisation: HOST,
            role,
            confirmed: true,
        });
        let account = Subject::User { organisation: HOST, user: Person::Secretariat.user() };
        let expected = if role == Role::NgoMember { Ok(()) } else { Err(Refusal::RoleRequired) };
        assert_eq!(may(&colleague, Action::ConfirmMember, account), expected, "{role:?}");
    }
}
