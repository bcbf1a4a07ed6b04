//! What is done to accounts, and by whom.

use crate::actions::every_action;
use crate::cast::{HOST, NGO, Person};
use crate::verdicts::row;
use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::ids::OrganisationId;
use qadam_domain::policy::{AccountFacts, Action, Refusal, Subject, may};

/// What is done to accounts, in the order of the columns of the tables here.
const ACTIONS: [Action; 4] =
    [Action::ManageUsers, Action::ConfirmMember, Action::LockOut, Action::VouchForRecovery];

/// Accounts that ask about the author's account. Columns: manage, confirm, lock out, vouch for.
const ON_AUTHOR: [(Person, &str); 14] = [
    (Person::Anonymous, "1111"),
    (Person::Admin, "+RRR"),
    (Person::Observer, "----"),
    (Person::Stranger, "----"),
    (Person::OtherOfficer, "----"),
    (Person::Unconfirmed, "RRRR"),
    (Person::NamedOfficer, "----"),
    (Person::LeadOfficer, "----"),
    (Person::LeadApprover, "----"),
    (Person::Secretariat, "----"),
    (Person::Author, "RRRR"),
    (Person::Colleague, "R+++"),
    (Person::ThirdMember, "R+++"),
    (Person::CoFiler, "----"),
];

/// An account of another person in an organisation.
fn account(organisation: OrganisationId, role: Role) -> Subject<'static> {
    Subject::Account(AccountFacts { organisation, user: Person::Author.user(), role })
}

#[test]
fn an_account_is_managed_by_administrators_vouched_for_by_colleagues_and_hidden_from_others() {
    for (person, letters) in ON_AUTHOR {
        for (action, expected) in ACTIONS.into_iter().zip(row::<4>(letters)) {
            let decided = may(&person.viewer(), action, account(NGO, Role::NgoMember));
            assert_eq!(decided, expected, "{action:?} {person:?}");
        }
    }
}

#[test]
fn nothing_else_is_done_to_an_account() {
    for action in every_action().filter(|action| !ACTIONS.contains(action)) {
        for (person, letters) in ON_AUTHOR {
            // Whoever may do something or is refused by role is refused by role here.
            let [manage, ..] = row::<4>(letters);
            let expected = if manage.is_ok() { Err(Refusal::RoleRequired) } else { manage };
            let decided = may(&person.viewer(), action, account(NGO, Role::NgoMember));
            assert_eq!(decided, expected, "{action:?} {person:?}");
        }
    }
}

/// What confirmed colleagues of one organisation do for each other: who asks, about whom, and whether they confirm
/// (c), lock out (l), vouch (v). Pairs that are not here do nothing.
const SIDE_BY_SIDE: [(Role, Role, &str); 8] = [
    (Role::NgoMember, Role::NgoMember, "clv"),
    (Role::Secretariat, Role::Secretariat, "clv"),
    (Role::Approver, Role::Approver, "lv"),
    (Role::Approver, Role::Officer, "lv"),
    (Role::Officer, Role::Officer, "lv"),
    (Role::Officer, Role::Approver, "v"),
    (Role::Observer, Role::Observer, "lv"),
    (Role::Admin, Role::Admin, "v"),
];

#[test]
fn colleagues_vouch_for_those_who_work_on_the_same_matters() {
    for one in Role::ALL {
        for other in Role::ALL {
            let row = SIDE_BY_SIDE.iter().find(|row| (row.0, row.1) == (one, other));
            let letters = row.map_or("", |row| row.2);
            for (action, letter) in ACTIONS.into_iter().skip(1).zip(['c', 'l', 'v']) {
                let asking = |confirmed| {
                    let user = Person::Colleague.user();
                    Viewer::Account(Actor { user, organisation: HOST, role: one, confirmed })
                };
                let expected = if letters.contains(letter) { Ok(()) } else { Err(Refusal::RoleRequired) };
                let decided = may(&asking(true), action, account(HOST, other));
                assert_eq!(decided, expected, "{one:?} {other:?} {action:?}");
                // Whom nobody vouched for vouches for nobody.
                let decided = may(&asking(false), action, account(HOST, other));
                assert_eq!(decided, Err(Refusal::RoleRequired), "{one:?} {other:?} {action:?}");
            }
        }
    }
}

#[test]
fn nobody_confirms_locks_out_or_vouches_for_themselves() {
    for role in Role::ALL {
        let user = Person::Author.user();
        let own = Viewer::Account(Actor { user, organisation: HOST, role, confirmed: true });
        for action in ACTIONS.into_iter().skip(1) {
            assert_eq!(may(&own, action, account(HOST, role)), Err(Refusal::RoleRequired), "{role:?}");
        }
    }
}

#[test]
fn a_secretariat_that_nobody_confirmed_does_not_come_in() {
    for role in Role::ALL {
        assert!(role.comes_in(true), "{role:?}");
        assert_eq!(role.comes_in(false), role != Role::Secretariat, "{role:?}");
    }
}
