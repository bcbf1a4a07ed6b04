//! What is done with a protocol by those who were there, and by those who were not.

use crate::actions::every_action;
use crate::cast::Person;
use qadam_domain::meetings::ProtocolState::{Approved, Circulated, Draft};
use qadam_domain::policy::{Action, ProtocolFacts, Refusal, Subject, may};

/// Somebody of a role. Columns of the rows below: anonymous, admin, observer, member of civil society, unconfirmed
/// member, officer, approver, secretariat.
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

/// `+` may, `1` signs in first, `R` may not by role, `-` is told that there is nothing, `C` comes too early or too
/// late, `A` comes after the approval.
fn letter(decided: Result<(), Refusal>) -> char {
    match decided {
        Ok(()) => '+',
        Err(Refusal::Unauthenticated) => '1',
        Err(Refusal::RoleRequired) => 'R',
        Err(Refusal::NotFound) => '-',
        Err(Refusal::ObjectionsClosed) => 'C',
        Err(Refusal::ProtocolApproved) => 'A',
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn participants_read_and_object_while_a_protocol_is_circulated_and_nobody_else() {
    #[rustfmt::skip] // Read as a table.
    let table = [
        // State, took part, before the day: reading the protocol, reading objections, objecting, answering.
        ((Draft, false, false),      ["-------+", "1RRRRRR+", "1RRRRRRR", "1RRRRRR+"]),
        ((Draft, true, false),       ["-------+", "1R++R+++", "1RCCRCCR", "1RRRRRR+"]),
        ((Circulated, false, true),  ["-------+", "1RRRRRR+", "1RRRRRRR", "1RRRRRR+"]),
        ((Circulated, true, true),   ["--++-+++", "1R++R+++", "1R++R++R", "1RRRRRR+"]),
        ((Circulated, true, false),  ["--++-+++", "1R++R+++", "1RCCRCCR", "1RRRRRR+"]),
        ((Approved, false, false),   ["++++++++", "1RRRRRR+", "1RRRRRRR", "1RRRRRRA"]),
        ((Approved, true, false),    ["++++++++", "1R++R+++", "1RCCRCCR", "1RRRRRRA"]),
    ];
    let actions =
        [Action::ReadCirculatedProtocol, Action::ReadObjections, Action::Object, Action::AnswerObjection];
    for ((state, attended, objections_open), rows) in table {
        let facts = ProtocolFacts { state, attended, objections_open };
        for (action, row) in actions.into_iter().zip(rows) {
            let found: String = PEOPLE
                .map(|person| letter(may(&person.viewer(), action, Subject::Protocol(facts))))
                .into_iter()
                .collect();
            assert_eq!(found, row, "{action:?} {facts:?}");
        }
    }
}

#[test]
fn nothing_else_is_done_with_a_protocol() {
    let facts = ProtocolFacts { state: Circulated, attended: true, objections_open: true };
    let known =
        [Action::ReadCirculatedProtocol, Action::ReadObjections, Action::Object, Action::AnswerObjection];
    for action in every_action().filter(|action| !known.contains(action)) {
        for person in PEOPLE {
            let decided = letter(may(&person.viewer(), action, Subject::Protocol(facts)));
            let expected = if person == Person::Anonymous { '1' } else { 'R' };
            assert_eq!(decided, expected, "{action:?} {person:?}");
        }
    }
}
