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
//! What is sent in writes would be refused for its content in the end, so that every cell finds what the one before
//! it found; that nothing changes is checked all the same. An operation without rows fails.

use std::collections::BTreeSet;

use qadam_domain::accounts::Role;
use qadam_tests::contract::operations;
use qadam_tests::{Answer, Caller, Person, TestRegister};
use serde_json::{Value, json};

use crate::samples::{self, NOTHING, Sample, World};
use crate::scenes::{announced, commitment, create, draft, filed, part, proposal, recommendation, title};

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

/// Items and what each person reads of them.
#[rustfmt::skip] // Read as a table.
const ITEMS: [(&str, &str); 17] = [
    //                            anonymous … filer
    ("draft",                    ".........R"),
    ("shared draft",             "........RR"),
    ("secretariat/own",          ".....r..RR"),
    ("secretariat/secretariat",  ".....R..RR"),
    ("addressed/own",            "....rr..RR"),
    ("addressed/secretariat",    "....rR..RR"),
    ("addressed/addressed",      "....RR..RR"),
    ("members/own",              "..rrrrrrRR"),
    ("members/addressed",        "..rrRRrrRR"),
    ("members/members",          "..RRRRRRRR"),
    ("public/own",               "rrrrrrrrRR"),
    ("public/members",           "rrRRRRRRRR"),
    ("public/public",            "RRRRRRRRRR"),
    ("draft commitment",         "....R....."),
    ("announced commitment",     "RRRRRRRRRR"),
    ("planned commitment",       "RRRRRRRRRR"),
    ("recommendation",           "RRRRRRRRRR"),
];

/// Reads of parts of an item that everybody who sees the item may ask for.
const PARTS: [(&str, &str); 4] = [
    ("get_item_history", "history"),
    ("list_status_changes", "status-changes"),
    ("list_deadline_revisions", "deadline-revisions"),
    ("list_item_links", "links"),
];

/// Writes: operation, item, what each person is told.
#[rustfmt::skip] // Read as a table.
const WRITES: &[(&str, &str, &str)] = &[
    ("list_consents", "draft",                "1........o"),
    ("list_consents", "secretariat/own",      "1....o..oo"),
    ("list_consents", "addressed/own",        "1...xo..oo"),
    ("list_consents", "public/own",           "1xxxxoxxoo"),
    ("list_consents", "public/public",        "1xxxxoxxoo"),
    ("list_consents", "announced commitment", "1xxxxoxxxx"),
    ("get_item_receipt", "draft",             "1........."),
    ("get_item_receipt", "secretariat/own",   "1.......oo"),
    ("get_item_receipt", "addressed/own",     "1.......oo"),
    ("get_item_receipt", "public/own",        "1.......oo"),
    ("get_item_receipt", "public/public",     "1.......oo"),
    ("get_item_receipt", "announced commitment", "1........."),
    ("edit_item", "draft",                    "1........o"),
    ("edit_item", "shared draft",             "1.......oo"),
    ("edit_item", "secretariat/own",          "1....o..cc"),
    ("edit_item", "addressed/own",            "1...co..cc"),
    ("edit_item", "public/own",               "1xxxcoxxcc"),
    ("edit_item", "draft commitment",         "1...o....."),
    ("edit_item", "announced commitment",     "1xxxcoxxxx"),
    ("edit_item", "recommendation",           "1xxxxoxxxx"),
    ("delete_item", "secretariat/own",        "1....x..cc"),
    ("delete_item", "public/public",          "1xxxxxxxcc"),
    ("delete_item", "announced commitment",   "1xxxxcxxxx"),
    ("give_consent", "draft",                 "1........o"),
    ("give_consent", "secretariat/own",       "1....x..oo"),
    ("give_consent", "addressed/own",         "1...xx..oo"),
    ("give_consent", "public/own",            "1xxxxxxxoo"),
    ("change_item_level", "draft",            "1........c"),
    ("change_item_level", "secretariat/own",  "1....c..xx"),
    ("change_item_level", "addressed/own",    "1...xc..xx"),
    ("change_item_level", "members/own",      "1.xxxcxxxx"),
    ("change_item_level", "announced commitment", "1ccccccccc"),
    ("change_item_status", "draft",           "1........o"),
    ("change_item_status", "secretariat/own", "1....x..oo"),
    ("change_item_status", "addressed/own",   "1...xx..oo"),
    ("change_item_status", "public/own",      "1xxxxxxxoo"),
    ("change_item_status", "announced commitment", "1xxxoxxxxx"),
    ("revise_item_deadline", "addressed/own", "1...cc..xx"),
    ("revise_item_deadline", "announced commitment", "1xxxccxxxx"),
    ("revise_item_deadline", "planned commitment", "1xxxooxxxx"),
    ("replace_item_owners", "draft",          "1........x"),
    ("replace_item_owners", "secretariat/own", "1....o..xx"),
    ("replace_item_owners", "public/own",     "1xxxxoxxxx"),
    ("replace_item_owners", "draft commitment", "1...o....."),
    ("link_item", "secretariat/own",          "1....o..oo"),
    ("link_item", "addressed/own",            "1...oo..oo"),
    ("link_item", "public/own",               "1xxxooxxoo"),
    ("unlink_item", "public/own",             "1........."),
];

/// Creating items: kind, what each person is told.
#[rustfmt::skip] // Read as a table.
const CREATION: [(&str, &str); 3] = [
    ("proposal",       "1xxxxxoxoo"),
    ("commitment",     "1xxoooxxxx"),
    ("recommendation", "1xxxxoxxxx"),
];

/// Everything that is about no item.
#[rustfmt::skip] // Read as a table.
const ELSEWHERE: &[(&str, &str)] = &[
    ("get_liveness",          "oooooooooo"),
    ("get_readiness",         "oooooooooo"),
    ("get_openapi",           "oooooooooo"),
    ("get_openapi_3_0",       "oooooooooo"),
    ("get_problem",           "oooooooooo"),
    ("get_token_keys",        "oooooooooo"),
    ("get_workflow",          "oooooooooo"),
    ("list_vocabularies",     "oooooooooo"),
    ("get_vocabulary",        "oooooooooo"),
    ("list_organisations",    "oooooooooo"),
    ("get_organisation",      "oooooooooo"),
    ("create_organisation",   "1oxxxoxxxx"),
    ("edit_organisation",     "1oxxxoxxxx"),
    ("get_ledger_checkpoint", "oooooooooo"),
    ("get_ledger_key",        "oooooooooo"),
    ("list_ledger_keys",      "oooooooooo"),
    ("list_ledger_entries",   "oooooooooo"),
    ("prove_inclusion",       "oooooooooo"),
    ("prove_consistency",     "oooooooooo"),
    ("redact_ledger_entries", "1xxxxoxxxx"),
    ("list_users",            "1oxxxxxxxx"),
    ("get_user",              "1oxxxxxxxx"),
    ("create_user",           "1oxxxxxxxx"),
    ("edit_user",             "1oxxxxxxxx"),
    ("create_user_link",      "1cxxxxxxxx"),
    ("confirm_user",          "1x.....xxo"),
    ("list_meetings",         "oooooooooo"),
    ("get_meeting",           "oooooooooo"),
    ("list_agenda_items",     "oooooooooo"),
    ("list_attendance",       "oooooooooo"),
    ("list_decisions",        "oooooooooo"),
    ("create_meeting",        "1xxxxoxxxx"),
    ("edit_meeting",          "1xxxxoxxxx"),
    ("replace_agenda",        "1xxxxoxxxx"),
    ("add_agenda_item",       "1xxxxoxxxx"),
    ("edit_agenda_item",      "1xxxxoxxxx"),
    ("remove_agenda_item",    "1........."),
    ("replace_attendance",    "1xxxxoxxxx"),
    ("add_decision",          "1xxxxoxxxx"),
    ("edit_decision",         "1....o...."),
    ("remove_decision",       "1........."),
    ("change_protocol",       "1xxxxcxxxx"),
    ("sign_in",               "oooooooooo"),
    ("refresh_tokens",        "oooooooooo"),
    ("set_password",          "oooooooooo"),
    ("get_me",                "1ooooooooo"),
    ("edit_me",               "1ooooooooo"),
    ("change_password",       "1ooooooooo"),
    ("list_sessions",         "1ooooooooo"),
    ("end_session",           "1........."),
    ("sign_out",              "1ooooooooo"),
];

/// Makes the items of [`ITEMS`], each with a word of its own.
async fn make(register: &TestRegister) -> Vec<(&'static str, String, String)> {
    let mut made = Vec::new();
    for (index, (name, _)) in ITEMS.into_iter().enumerate() {
        let word = format!("quill{}", char::from(b'a' + u8::try_from(index).unwrap()));
        let id = match name {
            "draft" => draft(register, &word).await,
            "shared draft" => shared_draft(register, &word).await,
            "secretariat/own" => filed(register, &word).await,
            "draft commitment" => {
                create(register.officer("GPO"), json!({"kind": "commitment", "title": title(&word)})).await
            }
            "announced commitment" => announced(register, "GPO", &word).await,
            "planned commitment" => commitment(register, "GPO", &word).await,
            "recommendation" => recommendation(register, "CAT", &word).await,
            levels => {
                let (text, identity) = levels.split_once('/').unwrap();
                proposal(register, &word, text, identity).await
            }
        };
        made.push((name, id, word));
    }
    made
}

async fn shared_draft(register: &TestRegister, word: &str) -> String {
    let colleague = register.user_id(Person::second("KK", Role::NgoMember));
    let body = json!({"kind": "proposal", "title": title(word), "drafters": [colleague]});
    create(register.ngo("KK"), body).await
}

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
        | (401, "invalid_credentials" | "invalid_refresh_token" | "invalid_link") => 'o',
        (401, "unauthenticated") => '1',
        (403, "role_required") => 'x',
        (404, "not_found") => '.',
        (409, _) => 'c',
        _ => panic!("neither allowed nor refused: {answer:?}"),
    }
}

/// The cell of an item as somebody reads it.
fn reading(item: &Value, word: &str) -> char {
    assert!(item["title"]["en"].as_str().unwrap().contains(word), "{item}");
    let levels = item["identity_level"].is_null();
    assert_eq!(item["filed_by"].is_null(), levels, "the filer and its level are shown together: {item}");
    if levels { 'r' } else { 'R' }
}

#[tokio::test]
async fn everybody_reads_what_the_table_says_and_nothing_beside_it() {
    TestRegister::on_both(async |register| {
        let made = make(register).await;
        for (column, caller) in callers(register).into_iter().enumerate() {
            let list = caller.get("/items?limit=200").header("prefer", "count=exact").await.expect(200);
            let listed = list["items"].as_array().unwrap();
            let mut visible = 0;
            for ((name, id, word), (_, row)) in made.iter().zip(ITEMS) {
                let expected = row.as_bytes()[column] as char;
                let what = format!("{name} for {:?}", caller.person());
                let answer = caller.get(&format!("/items/{id}")).await;
                let found = if answer.status == 200 { reading(&answer.json(), word) } else { cell(&answer) };
                assert_eq!(found, expected, "get_item: {what}");
                let in_list = listed.iter().find(|item| item["id"] == *id);
                assert_eq!(in_list.map_or('.', |item| reading(item, word)), expected, "list_items: {what}");
                let search = caller.get(&format!("/items?q={word}")).await.expect(200);
                let hits = search["items"].as_array().unwrap();
                assert_eq!(hits.first().map_or('.', |item| reading(item, word)), expected, "search: {what}");
                assert_eq!(hits.len(), usize::from(expected != '.'), "search: {what}");
                for (operation, of) in PARTS {
                    let answer = caller.get(&part(id, of)).await;
                    let readable = if expected == '.' { '.' } else { 'o' };
                    assert_eq!(cell(&answer), readable, "{operation}: {what}");
                }
                visible += usize::from(expected != '.');
            }
            assert_eq!(listed.len(), visible, "{:?}", caller.person());
            assert_eq!(list["total"], visible, "{:?}", caller.person());
        }
    })
    .await;
}

/// Sends what is refused for its content in the end.
async fn write(caller: Caller<'_>, operation: &str, name: &str, id: &str) -> Answer {
    let at = |of: &str| part(id, of);
    match operation {
        "list_consents" => caller.get(&at("consents")).await,
        "get_item_receipt" => caller.get(&at("receipt")).await,
        "edit_item" => {
            caller.patch(&format!("/items/{id}"), json!({"themes": ["nope"]})).header("if-match", "*").await
        }
        "delete_item" => caller.delete(&format!("/items/{id}")).header("if-match", "*").await,
        "give_consent" => caller.post(&at("consents"), json!({"axis": "text", "level": "own"})).await,
        "change_item_level" => {
            caller.post(&at("level-changes"), json!({"axis": "text", "to": "public"})).await
        }
        "change_item_status" => {
            let body = match name {
                "draft" => json!({"to": "submitted", "as_of": "2099-01-01"}),
                "announced commitment" => {
                    json!({"to": "planned", "due_on": "2026-12-31", "as_of": "2099-01-01"})
                }
                _ => json!({"to": "withdrawn", "as_of": "2099-01-01"}),
            };
            caller.post(&at("status-changes"), body).await
        }
        "revise_item_deadline" => {
            let body = json!({"due_on": "2026-12-31", "reason": {"en": "Late funds."}});
            caller.post(&at("deadline-revisions"), body).await
        }
        "replace_item_owners" => {
            let owners = json!({"owners": [{"organisation": "NOPE", "role": "lead"}]});
            caller.put(&at("owners"), owners).header("if-match", "*").await
        }
        "link_item" => caller.post(&at("links"), json!({"kind": "relates_to", "to": "P-1999-0001"})).await,
        "unlink_item" => caller.delete(&at("links/0f8fad5b-d9cb-469f-a165-70867728950e")).await,
        other => panic!("no way to ask for {other}"),
    }
}

#[tokio::test]
async fn everybody_writes_what_the_table_says_and_a_refusal_changes_nothing() {
    TestRegister::on_both(async |register| {
        let made = make(register).await;
        let before = register.amount_stored().await;
        for (operation, name, row) in WRITES {
            let (_, id, _) = made.iter().find(|(known, ..)| known == name).unwrap();
            let mut found = String::new();
            for caller in callers(register) {
                found.push(cell(&write(caller, operation, name, id).await));
            }
            assert_eq!(found, *row, "{operation} of {name}");
            assert_eq!(register.amount_stored().await, before, "{operation} of {name}");
        }
    })
    .await;
}

#[tokio::test]
async fn everybody_creates_what_the_table_says_and_a_refusal_stores_nothing() {
    TestRegister::on_both(async |register| {
        let before = register.amount_stored().await;
        for (kind, row) in CREATION {
            let body = json!({"kind": kind, "title": title("quill"), "themes": ["nope"]});
            let mut found = String::new();
            for caller in callers(register) {
                found.push(cell(&caller.post("/items", body.clone()).await));
            }
            assert_eq!(found, row, "create_item of {kind}");
        }
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

/// What is sent instead of a sample's body: refused for its content in the end.
fn refused_body(operation: &str) -> Option<Value> {
    let unknown = json!({"lead": "NOPE", "text": {"en": "Pay."}});
    Some(match operation {
        "redact_ledger_entries" => {
            json!({"seqs": [1_000_000], "ground": "legal_order", "reason": {"en": "A court ordered it."}})
        }
        "create_organisation" => json!({"code": "x", "kind": "state_body", "names": [{"name": {"en": "X"}}]}),
        "edit_organisation" => json!({"names": []}),
        "create_user" => {
            json!({"email": "x", "name": "X", "organisation": "GPO", "role": "officer", "language": "en"})
        }
        "edit_user" | "edit_me" => json!({"name": ""}),
        "create_meeting" => json!({"code": "x", "kind": "plenary", "title": {"en": "X"}}),
        "edit_meeting" => json!({"code": "x"}),
        "replace_agenda" => {
            json!({"items": [{"title": {"en": "X"}, "level": "public", "items": ["P-1999-0001"]}]})
        }
        "add_agenda_item" => json!({"title": {"en": "X"}, "level": "public", "items": ["P-1999-0001"]}),
        "edit_agenda_item" => json!({"items": ["P-1999-0001"]}),
        "replace_attendance" => json!({"items": [{"organisation": "NOPE", "level": "public"}]}),
        "add_decision" => unknown,
        "edit_decision" => json!({"lead": "NOPE"}),
        "change_protocol" => json!({"to": "approved"}),
        "sign_in" => json!({"email": "x", "password": "x"}),
        "refresh_tokens" => json!({"refresh_token": "x"}),
        "set_password" => json!({"token": "x", "password": "walnut ferry mosaic"}),
        "change_password" => json!({"current_password": "x", "password": "walnut ferry mosaic"}),
        _ => return None,
    })
}

/// The path at which nothing happens.
fn refused_path(world: &World<'_>, sample: &Sample) -> String {
    let path = &sample.path;
    match sample.operation {
        "remove_agenda_item" => path.replace(&world.line, NOTHING),
        "remove_decision" => path.replace(&world.decision, NOTHING),
        "end_session" => path.replace(&world.session, NOTHING),
        "create_user_link" => {
            path.replace(&world.late, &world.register.user_id(Person::first("GPO", Role::Officer)))
        }
        "confirm_user" => {
            format!("/users/{}/confirmation", world.register.user_id(Person::second("KK", Role::NgoMember)))
        }
        _ => path.clone(),
    }
}

#[tokio::test]
async fn everybody_is_told_what_the_table_says_beside_the_items() {
    TestRegister::on_both(async |register| {
        let world = samples::make(register).await;
        register.admit().await;
        let before = register.amount_stored().await;
        let samples = samples::all(&world);
        let mut wrong = Vec::new();
        for (operation, row) in ELSEWHERE {
            let sample = samples.iter().find(|sample| sample.operation == *operation).unwrap();
            let body = refused_body(operation).or_else(|| sample.body.clone());
            let sent = Sample { path: refused_path(&world, sample), body, ..sample.copy() };
            let mut found = String::new();
            for caller in callers(register) {
                found.push(cell(&sent.by(caller).await));
            }
            if found != *row {
                wrong.push(format!("{operation}: {found}, not {row}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

#[test]
fn every_operation_has_rows() {
    let mut with_rows: BTreeSet<&str> = ["get_item", "list_items", "create_item"].into();
    with_rows.extend(PARTS.map(|(operation, _)| operation));
    with_rows.extend(WRITES.iter().map(|(operation, ..)| *operation));
    with_rows.extend(ELSEWHERE.iter().map(|(operation, _)| *operation));
    let described: BTreeSet<&str> = operations().iter().map(|operation| operation.id.as_str()).collect();
    let without: Vec<_> = described.difference(&with_rows).collect();
    let unknown: Vec<_> = with_rows.difference(&described).collect();
    assert!(
        without.is_empty() && unknown.is_empty(),
        "without rows: {without:?}; of no operation: {unknown:?}"
    );
}
