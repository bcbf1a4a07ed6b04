//! Who may do what: operation × relation × level, expected values written by hand.
//!
//! A cell is one character for one person, in the order of [`PEOPLE`]:
//!
//! | | |
//! | --- | --- |
//! | `r` | reads the text, the filer is hidden |
//! | `R` | reads the text and who filed it |
//! | `o` | is answered, or would be: what was sent is refused for its content alone (422) |
//! | `1` | must sign in (401) |
//! | `.` | is told that there is nothing (404) |
//! | `x` | may not, by role or relation (403) |
//! | `c` | may not, by the state of the thing (409) |
//!
//! What [`items`] and [`elsewhere`] send in writes would be refused for its content in the end, so that every cell
//! finds what the one before it found; that nothing changes is checked all the same. What [`valid`] sends is all
//! right: there who may does it, after everybody was refused who may not. An operation without rows fails, and so
//! does one whose rows do not tell people apart.

mod elsewhere;
mod items;
mod pages;
mod valid;

use std::collections::BTreeSet;

use qadam_domain::accounts::Role;
use qadam_tests::contract::operations;
use qadam_tests::{Answer, Caller, Person, TestRegister};

/// Everybody: anonymous, administrator, observer, an officer of another body, the officer of the addressed and owning
/// body, the secretariat, a member of another civil-society organisation, an unconfirmed member of the filing one, a
/// confirmed one, and who filed.
const PEOPLE: [Option<Person>; 10] = [
    None,
    Some(Person::first("MFA", Role::Admin)),
    Some(Person::first("OHCHR", Role::Observer)),
    Some(Person::first("MOH", Role::Officer)),
    Some(Person::first("GPO", Role::Officer)),
    Some(Person::first("MFA", Role::Secretariat)),
    Some(Person::first("KIBHR", Role::NgoMember)),
    Some(Person { organisation: "KK", role: Role::NgoMember, number: 3 }),
    Some(Person::second("KK", Role::NgoMember)),
    Some(Person::first("KK", Role::NgoMember)),
];

fn callers(register: &TestRegister) -> Vec<Caller<'_>> {
    let caller =
        |person: Option<Person>| person.map_or(register.anonymous(), |person| register.person(person));
    PEOPLE.into_iter().map(caller).collect()
}

/// The cell of an answer.
fn cell(answer: &Answer) -> char {
    match (answer.status, answer.code().as_str()) {
        // A secret that is none: what was sent got as far as its content.
        (200..300, _)
        | (422, "invalid")
        | (429, "too_many_requests")
        | (
            401,
            "invalid_credentials"
            | "invalid_passkey"
            | "invalid_second_factor"
            | "invalid_refresh_token"
            | "invalid_link",
        ) => 'o',
        (401, "unauthenticated") => '1',
        (403, "role_required" | "not_an_assessor" | "approval_required") => 'x',
        (404, "not_found") => '.',
        (409, _) => 'c',
        _ => panic!("neither allowed nor refused: {answer:?}"),
    }
}

/// Operations with nothing that could be refused for its content: [`valid`] alone asks for them.
const WITHOUT_CONTENT: [&str; 11] = [
    "begin_passkey_sign_in",
    "end_token",
    "unlink_item",
    "leave_co_filing",
    "withdraw_co_filing_invitation",
    "decline_invitation_to_file",
    "remove_agenda_item",
    "remove_decision",
    "end_session",
    "follow_item",
    "unfollow_item",
];

#[test]
fn every_operation_has_rows() {
    let mut with_rows: BTreeSet<&str> = ["get_item", "list_items", "create_item"].into();
    with_rows.extend(WITHOUT_CONTENT);
    with_rows.extend(items::PARTS.map(|(operation, _)| operation));
    with_rows.extend(items::WRITES.iter().map(|(operation, ..)| *operation));
    with_rows.extend(elsewhere::ELSEWHERE.iter().map(|(operation, _)| *operation));
    assert_eq!(with_rows, described());
}

/// Every operation of the description.
fn described() -> BTreeSet<&'static str> {
    operations().iter().map(|operation| operation.id.as_str()).collect()
}

#[test]
fn every_operation_is_done_for_somebody_and_refused_to_somebody_unless_it_is_everybodys() {
    let rows: BTreeSet<&str> = valid::ROWS.iter().map(|(operation, _)| *operation).collect();
    assert_eq!(rows, described());
    assert_eq!(rows.len(), valid::ROWS.len(), "an operation has two rows");
    for operation in operations() {
        let (_, row) = valid::ROWS.iter().find(|(known, _)| *known == operation.id).unwrap();
        assert!(row.contains('o'), "{} is done for nobody: {row}", operation.id);
        assert_eq!(row.starts_with('1'), operation.signed_in, "{}: {row}", operation.id);
        // Who is signed in is told apart too, unless it is about the caller alone.
        let apart = row.contains(['x', '.']);
        assert!(apart || !operation.signed_in || OF_ONESELF.contains(&operation.id.as_str()), "{row}");
    }
}

/// What everybody who is signed in does, with what is theirs.
const OF_ONESELF: [&str; 22] = [
    "list_identities",
    "list_passkeys",
    "begin_passkey",
    "add_passkey",
    "list_colleagues",
    "list_tokens",
    "make_token",
    "get_second_factor",
    "begin_second_factor",
    "confirm_second_factor",
    "renew_recovery_codes",
    "remove_second_factor",
    "list_invitations_to_file",
    "get_me",
    "edit_me",
    "list_sessions",
    "list_follows",
    "list_notifications",
    "mark_notifications_read",
    // Each report has an answer of its own.
    "report_on_items",
    "change_password",
    "sign_out",
];
