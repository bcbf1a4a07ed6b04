//! Items in every situation, made the way people make them.

use qadam_domain::accounts::Role;
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

/// A title that contains a word of its own, by which the item is searched.
pub(crate) fn title(word: &str) -> Value {
    json!({"en": format!("Stop ill-treatment {word}"), "kk": format!("Азаптауды тоқтату {word}")})
}

/// The address of a part of an item.
pub(crate) fn part(id: &str, part: &str) -> String {
    format!("/items/{id}/{part}")
}

/// Creates an item and gives its id.
pub(crate) async fn create(caller: Caller<'_>, body: Value) -> String {
    caller.post("/items", body).await.expect(201)["id"].as_str().unwrap().to_owned()
}

/// Moves an item and gives it as it then stands.
pub(crate) async fn change(caller: Caller<'_>, id: &str, body: Value) -> Value {
    caller.post(&part(id, "status-changes"), body).await.expect(201)["item"].clone()
}

/// A draft of a proposal of KK, addressed to the General Prosecutor's Office.
pub(crate) async fn draft(register: &TestRegister, word: &str) -> String {
    let body = json!({"kind": "proposal", "title": title(word), "addressees": ["GPO"]});
    create(register.ngo("KK"), body).await
}

/// A proposal of KK that was filed: seen by the secretariat, its filer by nobody else.
pub(crate) async fn filed(register: &TestRegister, word: &str) -> String {
    let id = draft(register, word).await;
    change(register.ngo("KK"), &id, json!({"to": "submitted"})).await;
    id
}

/// The submitter's consent.
pub(crate) async fn consent(register: &TestRegister, id: &str, axis: &str, level: &str) {
    let body = json!({"axis": axis, "level": level});
    register.ngo("KK").post(&part(id, "consents"), body).await.expect(201);
}

/// A proposal of KK at these levels: filed, passed on with consent, named as far as asked.
pub(crate) async fn proposal(register: &TestRegister, word: &str, text: &str, identity: &str) -> String {
    let id = filed(register, word).await;
    if text != "secretariat" {
        consent(register, &id, "text", text).await;
        let passed_on = json!({"to": "under_review", "lead": "GPO"});
        change(register.secretariat(), &id, passed_on).await;
    }
    if !["secretariat", "addressed"].contains(&text) {
        widen(register.secretariat(), &id, "text", text).await;
    }
    if identity == "public" {
        consent(register, &id, "identity", "public").await;
        widen(register.person(Person::second("KK", Role::NgoMember)), &id, "identity", identity).await;
    } else if identity != "own" {
        widen(register.ngo("KK"), &id, "identity", identity).await;
    }
    id
}

/// Changes a level.
pub(crate) async fn widen(caller: Caller<'_>, id: &str, axis: &str, to: &str) {
    caller.post(&part(id, "level-changes"), json!({"axis": axis, "to": to})).await.expect(201);
}

/// Narrows a public text as its submitter does.
pub(crate) async fn narrow(register: &TestRegister, id: &str, to: &str) {
    let body = json!({"axis": "text", "to": to});
    register.ngo("KK").post(&part(id, "level-changes"), body).await.expect(201);
}

/// A commitment of a body that it planned itself.
pub(crate) async fn commitment(register: &TestRegister, body: &'static str, word: &str) -> String {
    let new = json!({"kind": "commitment", "title": title(word), "due_on": "2026-12-31"});
    let id = create(register.speaker(body), new).await;
    change(register.speaker(body), &id, json!({"to": "planned"})).await;
    id
}

/// A commitment that the secretariat announced for a body.
pub(crate) async fn announced(register: &TestRegister, body: &str, word: &str) -> String {
    let owners = json!([{"organisation": body, "role": "lead"}]);
    let new = json!({"kind": "commitment", "title": title(word), "owners": owners});
    let id = create(register.secretariat(), new).await;
    let source = json!({"quote": "We shall raise it.", "url": "https://example.org/protocol"});
    change(register.secretariat(), &id, json!({"to": "announced", "source": source})).await;
    id
}

/// A commitment that a document says was announced for a body months ago, and that the body left without a word: all
/// stages of its clock are recorded.
pub(crate) async fn silent(register: &TestRegister, body: &str, word: &str) -> String {
    let owners = json!([{"organisation": body, "role": "lead"}]);
    let from = json!({"label": "Protocol of a meeting"});
    let recorded = json!({"from": from, "status": "announced", "as_of": "2025-12-01"});
    let new = json!({"kind": "commitment", "title": title(word), "owners": owners, "recorded": recorded});
    let id = create(register.secretariat(), new).await;
    assert_eq!(register.advance().await, 4);
    id
}

/// A recommendation of a mechanism.
pub(crate) async fn recommendation(register: &TestRegister, mechanism: &str, word: &str) -> String {
    let source = json!({"mechanism": mechanism, "symbol": "CAT/C/KAZ/CO/4", "paragraph": "12"});
    let new = json!({"kind": "recommendation", "title": title(word), "source": source});
    let id = create(register.secretariat(), new).await;
    change(register.secretariat(), &id, json!({"to": "registered"})).await;
    id
}

/// A commitment of the General Prosecutor's Office that it reported done.
pub(crate) async fn reported_done(register: &TestRegister, word: &str) -> String {
    let id = commitment(register, "GPO", word).await;
    change(register.officer("GPO"), &id, json!({"to": "in_progress"})).await;
    let evidence = json!([{"kind": "named", "title": {"en": "Act of acceptance"}, "number": "14"}]);
    change(register.officer("GPO"), &id, json!({"to": "reported_done", "evidence": evidence})).await;
    id
}

/// A finding of somebody on an item. Gives its id.
pub(crate) async fn found(caller: Caller<'_>, id: &str, finding: &str) -> String {
    let body = json!({"finding": finding, "rationale": {"en": "We were there."}});
    let made = caller.post(&part(id, "assessments"), body).await.expect(201);
    made["assessment"]["id"].as_str().unwrap().to_owned()
}
