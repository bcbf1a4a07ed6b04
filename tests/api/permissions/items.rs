//! Items: who reads and who writes which of them.

use qadam_domain::accounts::Role;
use qadam_tests::{Answer, Caller, Person, TestRegister};
use serde_json::{Value, json};

use super::{callers, cell};
use crate::scenes::{
    announced, commitment, create, draft, filed, part, proposal, recommendation, silent, title,
};

/// Items and what each person reads of them.
#[rustfmt::skip] // Read as a table.
pub(super) const ITEMS: [(&str, &str); 18] = [
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
    ("silent commitment",        "RRRRRRRRRR"),
];

/// Reads of parts of an item that everybody who sees the item may ask for.
pub(super) const PARTS: [(&str, &str); 13] = [
    ("get_item_history", "history"),
    ("list_status_changes", "status-changes"),
    ("list_deadline_revisions", "deadline-revisions"),
    ("list_response_stages", "response-stages"),
    ("list_item_links", "links"),
    ("list_assessments", "assessments"),
    ("list_updates", "updates"),
    ("list_closing_notices", "closing-notices"),
    ("list_milestones", "milestones"),
    ("list_indicators", "indicators"),
    ("list_evidence", "evidence"),
    ("list_questions", "questions"),
    ("list_answers", "answers"),
];

/// Writes: operation, item, what each person is told.
#[rustfmt::skip] // Read as a table.
pub(super) const WRITES: &[(&str, &str, &str)] = &[
    ("list_readings", "draft",                "1........o"),
    ("list_readings", "secretariat/own",      "1....o..oo"),
    ("list_readings", "addressed/own",        "1...oo..oo"),
    ("list_readings", "public/own",           "1ooooooooo"),
    ("list_readings", "public/public",        "1ooooooooo"),
    ("list_readings", "announced commitment", "1ooooooooo"),
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
    ("change_item_level", "announced commitment", "1xxxccxxxx"),
    ("change_item_status", "draft",           "1........o"),
    ("change_item_status", "secretariat/own", "1....x..oo"),
    ("change_item_status", "addressed/own",   "1...xx..oo"),
    ("change_item_status", "public/own",      "1xxxxxxxoo"),
    ("change_item_status", "announced commitment", "1xxxoxxxxx"),
    ("revise_item_deadline", "addressed/own", "1...cc..xx"),
    ("revise_item_deadline", "announced commitment", "1xxxccxxxx"),
    ("revise_item_deadline", "planned commitment", "1xxxooxxxx"),
    // Without a letter there is nothing, for who may read letters; others may not read any.
    ("get_response_letter", "draft",          "1........x"),
    ("get_response_letter", "secretariat/own", "1.......xx"),
    ("get_response_letter", "addressed/own",  "1...x...xx"),
    ("get_response_letter", "announced commitment", "1xxxx.xxxx"),
    ("get_response_letter", "silent commitment", "1xxxxoxxxx"),
    ("note_response_letter_sent", "draft",    "1........x"),
    ("note_response_letter_sent", "secretariat/own", "1.......xx"),
    ("note_response_letter_sent", "addressed/own", "1...x...xx"),
    ("note_response_letter_sent", "announced commitment", "1xxxx.xxxx"),
    ("note_response_letter_sent", "silent commitment", "1xxxxoxxxx"),
    ("replace_item_owners", "draft",          "1........x"),
    ("replace_item_owners", "secretariat/own", "1....o..xx"),
    ("replace_item_owners", "public/own",     "1xxxxoxxxx"),
    ("replace_item_owners", "draft commitment", "1...o....."),
    ("link_item", "secretariat/own",          "1....o..oo"),
    ("link_item", "addressed/own",            "1...oo..oo"),
    ("link_item", "public/own",               "1xxxooxxoo"),
    ("split_item", "draft",                   "1........x"),
    ("split_item", "secretariat/own",         "1....o..xx"),
    ("split_item", "addressed/own",           "1...xo..xx"),
    ("split_item", "public/public",           "1xxxxoxxxx"),
    ("split_item", "announced commitment",    "1xxxxcxxxx"),
    ("split_item", "recommendation",          "1xxxxoxxxx"),
    ("redact_item", "draft",                  "1........x"),
    ("redact_item", "secretariat/own",        "1....o..xx"),
    ("redact_item", "addressed/own",          "1...xo..xx"),
    ("redact_item", "public/public",          "1xxxxoxxxx"),
    ("redact_item", "announced commitment",   "1xxxxoxxxx"),
    ("redact_item", "recommendation",         "1xxxxoxxxx"),
    ("assess_item", "draft",                  "1........c"),
    ("assess_item", "secretariat/own",        "1....x..oo"),
    ("assess_item", "addressed/own",          "1...xx..oo"),
    ("assess_item", "members/own",            "1.xxxxoxoo"),
    ("assess_item", "public/own",             "1xxxxxoxoo"),
    ("assess_item", "announced commitment",   "1xxxxxoxoo"),
    ("assess_item", "recommendation",         "1xxxxxoxoo"),
    ("report_on_item", "draft",               "1........x"),
    ("report_on_item", "secretariat/own",     "1....x..xx"),
    ("report_on_item", "addressed/own",       "1...ox..xx"),
    ("report_on_item", "public/own",          "1xxxoxxxxx"),
    ("report_on_item", "draft commitment",    "1...c....."),
    ("report_on_item", "announced commitment", "1xxxoxxxxx"),
    ("report_on_item", "planned commitment",  "1xxxoxxxxx"),
    ("report_on_item", "recommendation",      "1xxxxxxxxx"),
    ("announce_closing", "secretariat/own",   "1....c..xx"),
    ("announce_closing", "addressed/own",     "1...xc..xx"),
    ("announce_closing", "planned commitment", "1xxxxcxxxx"),
    ("plan_milestone", "draft",               "1........x"),
    ("plan_milestone", "secretariat/own",     "1....c..xx"),
    ("plan_milestone", "addressed/own",       "1...oo..xx"),
    ("plan_milestone", "public/own",          "1xxxooxxxx"),
    ("plan_milestone", "draft commitment",    "1...c....."),
    ("plan_milestone", "planned commitment",  "1xxxooxxxx"),
    ("plan_milestone", "recommendation",      "1xxxxoxxxx"),
    ("add_evidence", "draft",                 "1........c"),
    ("add_evidence", "secretariat/own",       "1....c..oo"),
    ("add_evidence", "addressed/own",         "1...oo..oo"),
    ("add_evidence", "members/own",           "1.xxoooxoo"),
    ("add_evidence", "public/own",            "1xxxoooxoo"),
    ("add_evidence", "draft commitment",      "1...c....."),
    ("add_evidence", "planned commitment",    "1xxxoooxoo"),
    ("add_evidence", "recommendation",        "1xxxxooxoo"),
    ("list_co_filing_invitations", "draft",   "1........o"),
    ("list_co_filing_invitations", "secretariat/own", "1....x..oo"),
    ("list_co_filing_invitations", "public/own", "1xxxxxxxoo"),
    ("list_co_filing_invitations", "planned commitment", "1xxxoxxxxx"),
    ("invite_to_file", "draft",               "1........o"),
    ("invite_to_file", "secretariat/own",     "1....x..oo"),
    ("invite_to_file", "addressed/own",       "1...xx..oo"),
    ("invite_to_file", "public/own",          "1xxxxxxxoo"),
    ("invite_to_file", "announced commitment", "1xxxxxxxxx"),
    ("invite_to_file", "recommendation",      "1xxxxxxxxx"),
    ("ask_question", "draft",                 "1........c"),
    ("ask_question", "secretariat/own",       "1....o..oo"),
    ("ask_question", "addressed/own",         "1...oo..oo"),
    ("ask_question", "members/own",           "1.xxoooxoo"),
    ("ask_question", "public/own",            "1xxxoooxoo"),
    ("ask_question", "draft commitment",      "1...c....."),
    ("ask_question", "planned commitment",    "1xxxoooxoo"),
    ("ask_question", "recommendation",        "1xxxxooxoo"),
    ("answer_question", "draft",              "1........c"),
    ("answer_question", "secretariat/own",    "1....x..oo"),
    ("answer_question", "addressed/own",      "1...ox..oo"),
    ("answer_question", "public/own",         "1xxxoxxxoo"),
    ("answer_question", "planned commitment", "1xxxoxxxxx"),
    ("answer_question", "recommendation",     "1xxxxxxxxx"),
    ("name_indicator", "draft",               "1........x"),
    ("name_indicator", "secretariat/own",     "1....c..xx"),
    ("name_indicator", "addressed/own",       "1...oo..xx"),
    ("name_indicator", "public/own",          "1xxxooxxxx"),
    ("name_indicator", "draft commitment",    "1...c....."),
    ("name_indicator", "planned commitment",  "1xxxooxxxx"),
    ("name_indicator", "recommendation",      "1xxxxoxxxx"),
];

/// Creating items: kind, what each person is told.
#[rustfmt::skip] // Read as a table.
const CREATION: [(&str, &str); 3] = [
    ("proposal",       "1xxxxxoxoo"),
    ("commitment",     "1xxoooxxxx"),
    ("recommendation", "1xxxxoxxxx"),
];

/// Makes the items of [`ITEMS`], each with a word of its own.
pub(super) async fn make(register: &TestRegister) -> Vec<(&'static str, String, String)> {
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
            "silent commitment" => silent(register, "GPO", &word).await,
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
        "list_readings" => caller.get(&at("readings")).await,
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
        "get_response_letter" => caller.get(&at("response-letter")).await,
        "note_response_letter_sent" => {
            caller.post(&at("response-letter/sent"), json!({"sent_on": "2099-01-01"})).await
        }
        "replace_item_owners" => {
            let owners = json!({"owners": [{"organisation": "NOPE", "role": "lead"}]});
            caller.put(&at("owners"), owners).header("if-match", "*").await
        }
        "split_item" => caller.post(&at("parts"), json!({"parts": [{"title": {"en": "All of it"}}]})).await,
        "redact_item" => {
            let body = json!({"passages": ["nowhere said"], "original": "kept", "ground": "legal_order", "reason": {"en": "A court ordered it."}});
            caller.post(&at("redactions"), body).await
        }
        "link_item" => caller.post(&at("links"), json!({"kind": "relates_to", "to": "P-1999-0001"})).await,
        "assess_item" => caller.post(&at("assessments"), json!({"finding": "implemented"})).await,
        "report_on_item" => caller.post(&at("updates"), json!({"outgoing_number": "1"})).await,
        "plan_milestone" => caller.post(&at("milestones"), json!({"kind": "budget", "title": {}})).await,
        "name_indicator" => {
            caller.post(&at("indicators"), json!({"name": {"en": "Rooms"}, "unit": {}})).await
        }
        "add_evidence" => caller.post(&at("evidence"), json!({"kind": "link", "title": {"en": "Act"}})).await,
        "list_co_filing_invitations" => caller.get(&at("co-filing-invitations")).await,
        "invite_to_file" => caller.post(&at("co-filing-invitations"), json!({"organisation": "NOPE"})).await,
        "ask_question" => caller.post(&at("questions"), json!({"text": {}})).await,
        "answer_question" => {
            let question = "0f8fad5b-d9cb-469f-a165-70867728950e";
            caller.post(&at("answers"), json!({"question": question, "text": {}})).await
        }
        "announce_closing" => caller.post(&at("closing-notices"), json!({"reason": {}})).await,
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
