//! A small register that was used for some weeks: proposals, commitments, a meeting, findings, a narrowing, a redaction.
//!
//! Entries are admitted after each act, as the program does within a second, so that many checkpoints were signed.

use qadam_domain::accounts::Role;
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

/// Posts, and lets what was done be admitted.
async fn act(caller: Caller<'_>, path: &str, body: Value) -> Value {
    let made = caller.post(path, body).await.expect(201);
    caller.register().admit().await;
    made
}

fn part(id: &str, part: &str) -> String {
    format!("/items/{id}/{part}")
}

async fn create(caller: Caller<'_>, body: Value) -> String {
    act(caller, "/items", body).await["id"].as_str().unwrap().to_owned()
}

async fn change(caller: Caller<'_>, id: &str, body: Value) {
    act(caller, &part(id, "status-changes"), body).await;
}

async fn widen(caller: Caller<'_>, id: &str, axis: &str, to: &str) {
    act(caller, &part(id, "level-changes"), json!({"axis": axis, "to": to})).await;
}

fn title(word: &str) -> Value {
    json!({"en": format!("Keep a record of {word}"), "kk": format!("{word} есебін жүргізу")})
}

/// A commitment that a body planned.
async fn commitment(register: &TestRegister, body: &'static str, word: &str, groups: &[&str]) -> String {
    let new = json!({"kind": "commitment", "title": title(word), "due_on": "2026-12-31", "groups": groups});
    let id = create(register.speaker(body), new).await;
    change(register.speaker(body), &id, json!({"to": "planned"})).await;
    id
}

/// A proposal of KK that was filed and consented to go as far as the body it is addressed to.
async fn passed_on(register: &TestRegister, word: &str) -> String {
    let ngo = register.ngo("KK");
    let new = json!({"kind": "proposal", "title": title(word), "addressees": ["GPO"]});
    let id = create(ngo, new).await;
    change(ngo, &id, json!({"to": "submitted"})).await;
    for level in ["addressed", "members", "public"] {
        act(ngo, &part(&id, "consents"), json!({"axis": "text", "level": level})).await;
    }
    change(register.secretariat(), &id, json!({"to": "under_review", "lead": "GPO"})).await;
    id
}

/// The first weeks.
pub(crate) async fn first_weeks(register: &TestRegister) {
    let secretariat = register.secretariat();
    let detention = commitment(register, "GPO", "detention", &["children"]).await;
    change(register.officer("GPO"), &detention, json!({"to": "in_progress"})).await;
    commitment(register, "MOH", "injuries", &[]).await;
    let complaints = passed_on(register, "complaints").await;
    register.pass_days(1);
    register.admit().await;
    widen(secretariat, &complaints, "text", "public").await;
    passed_on(register, "custody").await;
    let meeting = json!({
        "code": "MT-2026-01", "kind": "plenary", "title": {"en": "Plenary"}, "held_on": "2026-03-01",
        "held_on_precision": "day", "place": {"ru": "Астана"},
    });
    act(secretariat, "/meetings", meeting).await;
    register.pass_days(2);
    register.admit().await;
}

/// The weeks after these, until the last checkpoint that somebody kept.
pub(crate) async fn next_weeks(register: &TestRegister) {
    let secretariat = register.secretariat();
    let medical = commitment(register, "GPO", "examinations", &["women_girls"]).await;
    let finding = json!({"finding": "not_implemented", "rationale": {"en": "We were there."}});
    act(register.ngo("KIBHR"), &part(&medical, "assessments"), finding).await;
    let report = json!({"narrative": {"en": "Two doctors were trained."}});
    register.officer("GPO").post(&part(&medical, "updates"), report).await.expect(201);
    let public = passed_on(register, "interrogation").await;
    register.pass_days(1);
    register.admit().await;
    widen(secretariat, &public, "text", "public").await;
    register.pass_days(1);
    register.admit().await;
    widen(register.ngo("KK"), &public, "text", "members").await;
    redact(register, &medical).await;
    act(register.ngo("KK"), &part(&public, "consents"), json!({"axis": "identity", "level": "public"})).await;
    let person = register.person(Person::second("KK", Role::NgoMember));
    act(person, &part(&public, "level-changes"), json!({"axis": "identity", "to": "members"})).await;
    register.pass_days(1);
    register.admit().await;
}

/// Takes a name out of an item and out of everything that said it.
async fn redact(register: &TestRegister, id: &str) {
    let secretariat = register.secretariat();
    let history = secretariat.get(&part(id, "history")).await.expect(200);
    let of_item = history["items"].as_array().unwrap().iter().filter(|entry| {
        entry["axis"] == "text" && entry["action"].as_str().is_some_and(|action| action.starts_with("item."))
    });
    let seqs: Vec<u64> = of_item.filter_map(|entry| entry["seq"].as_u64()).collect();
    let cleaned = json!({"title": {"en": "Keep a record of every examination"}});
    let edited = secretariat.patch(&format!("/items/{id}"), cleaned);
    edited.header("if-match", "*").await.expect(200);
    register.admit().await;
    let redaction = json!({"seqs": seqs, "ground": "person_at_risk", "reason": {"en": "It named a person."}});
    act(secretariat, "/ledger/redactions", redaction).await;
}

/// What happened since somebody kept a checkpoint.
pub(crate) async fn last_days(register: &TestRegister) {
    let id = commitment(register, "GPO", "visits", &[]).await;
    change(register.officer("GPO"), &id, json!({"to": "in_progress"})).await;
    passed_on(register, "translation").await;
    register.pass_days(1);
    register.admit().await;
}
