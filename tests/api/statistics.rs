//! The register's numbers: each counts what the caller can list.

mod numbers;

use qadam_app::statistics::{self as counting, Drafts, Month, Months};
use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{
    announced, change, commitment, consent, create, draft, filed, narrow, part, proposal, recommendation,
    title,
};

/// An item recorded from a document.
async fn recorded(register: &TestRegister, word: &str, more: Value) -> String {
    let mut recorded = json!({"from": {"label": "Minutes"}, "status": "closed", "as_of": "2025-11-20",
        "closing_result": "not_implemented", "filed_on": "2024-05-06"});
    let mut new = json!({"kind": "commitment", "title": title(word), "themes": ["definition"],
        "owners": [{"organisation": "MOH", "role": "lead"}, {"organisation": "GPO", "role": "co"}]});
    for (name, value) in more.as_object().unwrap() {
        let within =
            ["status", "as_of", "as_of_precision", "closing_result", "filed_on", "filed_on_precision"];
        let into = if within.contains(&name.as_str()) { &mut recorded } else { &mut new };
        into[name] = value.clone();
    }
    new["recorded"] = recorded;
    create(register.secretariat(), new).await
}

/// Items in every situation that numbers tell apart, over several months.
async fn stories(register: &TestRegister) {
    let slipping = commitment(register, "GPO", "larch").await;
    commitment(register, "MOH", "maple").await;
    for due_on in ["2027-03-31", "2027-06-30"] {
        let revision = json!({"due_on": due_on, "reason": {"en": "More time is needed."}});
        let path = part(&slipping, "deadline-revisions");
        register.officer("GPO").post(&path, revision).header("if-match", "*").await.expect(201);
    }
    assessed(register).await;
    announced(register, "GPO", "cedar").await;
    let declined = announced(register, "GPO", "cypress").await;
    change(register.officer("GPO"), &declined, json!({"to": "declined", "reason": {"en": "Never said."}}))
        .await;
    recommendation(register, "CAT", "poplar").await;
    recorded(register, "oak", json!({})).await;
    recorded(register, "ash", json!({"as_of": "2024-06-01", "as_of_precision": "year"})).await;
    recorded(register, "fir", json!({"filed_on": "2023-01-01", "filed_on_precision": "half_year"})).await;
    let answered = json!({"kind": "recommendation", "status": "accepted", "closing_result": null,
        "as_of": "2025-06-06", "source": {"mechanism": "UPR"}, "legal_refs": ["CAT-14"]});
    recorded(register, "yew", answered).await;
    for (text, identity) in [
        ("secretariat", "own"),
        ("addressed", "own"),
        ("members", "own"),
        ("members", "members"),
        ("public", "own"),
        ("public", "public"),
    ] {
        proposal(register, &format!("birch{text}"), text, identity).await;
    }
    register.pass_days(40);
    let accepted = proposal(register, "willow", "public", "own").await;
    register.pass_days(10);
    let answer = json!({"to": "accepted", "answer": {"text": {"en": "We shall."}}});
    change(register.officer("GPO"), &accepted, answer.clone()).await;
    let hidden = proposal(register, "hazel", "addressed", "own").await;
    change(register.officer("GPO"), &hidden, answer).await;
    consent(register, &hidden, "text", "public").await;
    let published = json!({"axis": "text", "to": "public"});
    register.secretariat().post(&part(&hidden, "level-changes"), published).await.expect(201);
    let back = filed(register, "alder").await;
    change(register.secretariat(), &back, json!({"to": "returned", "reason": {"en": "By whom?"}})).await;
    let narrowed = proposal(register, "spruce", "public", "own").await;
    narrow(register, &narrowed, "secretariat").await;
    draft(register, "elder").await;
    let marked = register.secretariat();
    let priority = json!({"priority": true, "themes": ["investigation", "definition"]});
    marked.patch(&format!("/items/{slipping}"), priority).header("if-match", "*").await.expect(200);
}

/// Rounds: one report came, one is awaited, one did not come.
async fn reported(register: &TestRegister) {
    let due = |days: i64| {
        let today: chrono::NaiveDate = register.today().parse().unwrap();
        (today + chrono::Duration::days(days)).to_string()
    };
    let item = &commitment(register, "GPO", "chestnut").await;
    let missing = commitment(register, "GPO", "walnut").await;
    let round = json!({"organisations": ["GPO"], "items": [item, missing], "due_on": due(0)});
    let round = register.secretariat().post("/reporting-rounds", round).await.expect(201);
    let report = json!({"narrative": {"en": "Begun."}, "round": round["id"]});
    register.officer("GPO").post(&part(item, "updates"), report).await.expect(201);
    register.pass_days(1);
    let awaited = json!({"organisations": ["MOH"], "due_on": due(30)});
    register.secretariat().post("/reporting-rounds", awaited).await.expect(201);
}

/// Commitments on which others found something: where the lead says done, and where it does not.
async fn assessed(register: &TestRegister) {
    let done = commitment(register, "GPO", "pear").await;
    let evidence = json!([{"kind": "link", "relation": "supports", "title": {"en": "Order"},
        "url": "https://example.org/order"}]);
    change(register.officer("GPO"), &done, json!({"to": "in_progress"})).await;
    change(register.officer("GPO"), &done, json!({"to": "reported_done", "evidence": evidence})).await;
    let going = commitment(register, "GPO", "plum").await;
    for (caller, id, finding) in [
        (register.ngo("KIBHR"), &done, "not_implemented"),
        (register.officer("NCHR"), &going, "partly_implemented"),
    ] {
        let body = json!({"finding": finding, "rationale": {"en": "We looked."}});
        caller.post(&part(id, "assessments"), body).await.expect(201);
    }
}

/// Everybody whose sight differs.
fn viewers(register: &TestRegister) -> Vec<Caller<'_>> {
    let unconfirmed = Person { organisation: "KK", role: Role::NgoMember, number: 3 };
    vec![
        register.anonymous(),
        register.ngo("KK"),
        register.person(unconfirmed),
        register.ngo("KIBHR"),
        register.officer("GPO"),
        register.officer("MOH"),
        register.secretariat(),
        register.admin(),
        register.observer(),
    ]
}

/// Every count of an answer: its number and its list.
fn counts(answer: &Value, found: &mut Vec<(u64, String)>) {
    match answer {
        Value::Array(members) => members.iter().for_each(|member| counts(member, found)),
        Value::Object(members) => {
            if let (Some(value), Some(items)) = (members.get("value"), members.get("items")) {
                found.push((value.as_u64().unwrap(), items.as_str().unwrap().to_owned()));
            }
            members.values().for_each(|member| counts(member, found));
        }
        _ => {}
    }
}

/// Follows every list of an answer, and counts.
async fn follow(caller: Caller<'_>, path: &str) -> usize {
    let mut found = Vec::new();
    counts(&caller.get(path).await.expect(200), &mut found);
    let mut several = 0;
    for (value, items) in &found {
        let (_, list) = items.split_once("/api/v1").unwrap();
        let list = format!("{list}{}limit=1", if list.contains('?') { '&' } else { '?' });
        let listed = caller.get(&list).header("prefer", "count=exact").await.expect(200);
        assert_eq!(listed["total"], *value, "{path} {list} {:?}", caller.person());
        several += usize::from(*value > 0);
    }
    several
}

#[tokio::test]
async fn every_count_has_a_list_of_as_many_items() {
    TestRegister::on_both(async |register| {
        stories(register).await;
        reported(register).await;
        for caller in viewers(register) {
            assert!(follow(caller, "/stats").await > 15, "{:?}", caller.person());
            follow(caller, "/stats?from=2024-01&to=2026-12").await;
            for body in ["GPO", "MOH", "KK"] {
                follow(caller, &format!("/organisations/{body}/scorecard")).await;
            }
            for query in [
                "",
                "?kind=proposal",
                "?status=planned,closed&kind=commitment",
                "?q=larch",
                "?overdue=false&theme=definition",
                "?organisation=KK&priority=false",
                "?owner=GPO&answered=true,false",
                "?text_level=public&filed_after=2026-01-01",
                "?slipped=true&deadline_revised=true",
                "?translation=ru.missing,en.stale",
                "?mechanism=UPR&answer_days_min=1&legal_ref=CAT-14",
                "?reached=planned,closed&reached_after=2025-01-01",
                "?reporting=received,not_received&lead=GPO",
                "?updated_after=2026-03-10T00:00:00Z&lead=GPO",
            ] {
                follow(caller, &format!("/items/facets{query}")).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn counts_follow_each_change_at_once() {
    TestRegister::on_both(async |register| {
        let total =
            async |caller: Caller<'_>| caller.get("/stats").await.expect(200)["total"]["value"].clone();
        let secretariat = register.secretariat();
        assert_eq!((total(register.anonymous()).await, total(secretariat).await), (json!(0), json!(0)));
        draft(register, "elder").await;
        assert_eq!((total(register.ngo("KK")).await, total(secretariat).await), (json!(1), json!(0)));
        let public = proposal(register, "larch", "public", "own").await;
        register.pass(1);
        assert_eq!((total(register.anonymous()).await, total(secretariat).await), (json!(1), json!(1)));
        let statuses = async || register.anonymous().get("/stats").await.expect(200)["by_status"][0].clone();
        assert_eq!(statuses().await["code"], "under_review");
        // What a hidden submitter does is told in the ledger the day after; the item shows it at once.
        change(register.ngo("KK"), &public, json!({"to": "withdrawn"})).await;
        register.pass(1);
        assert_eq!(statuses().await["code"], "withdrawn");
        narrow(register, &public, "secretariat").await;
        register.pass(1);
        assert_eq!((total(register.anonymous()).await, total(secretariat).await), (json!(0), json!(1)));
    })
    .await;
}

#[tokio::test]
async fn the_drafts_that_an_answer_counts_are_those_by_which_it_is_kept_or_not() {
    TestRegister::on_both(async |register| {
        let (app, member) = (register.app(), Person::first("KK", Role::NgoMember));
        let viewer = Viewer::Account(Actor {
            user: register.user_id(member).parse().unwrap(),
            organisation: register.organisation_id("KK").parse().unwrap(),
            role: Role::NgoMember,
            confirmed: true,
        });
        let month = Month::of(app.today());
        let total = async |drafts: &Drafts| {
            let months = Months::new(month, month).unwrap();
            counting::statistics(app, &viewer, drafts, months).await.unwrap().tally.total
        };
        let before = counting::drafts(app, &viewer).await.unwrap();
        let written = draft(register, "elder").await;
        assert!(before.is_empty());
        assert_eq!(
            total(&before).await,
            0,
            "an answer made with no draft counts none, so that it can be kept"
        );
        let after = counting::drafts(app, &viewer).await.unwrap();
        assert!(!after.is_empty());
        assert_eq!(total(&after).await, 1);
        change(register.ngo("KK"), &written, json!({"to": "submitted"})).await;
        assert_eq!(total(&after).await, 1, "what was filed meanwhile is not counted twice");
    })
    .await;
}

#[tokio::test]
async fn counts_of_one_node_follow_the_writes_of_another() {
    TestRegister::on_two_nodes(async |first, second| {
        let total =
            async |caller: Caller<'_>| caller.get("/stats").await.expect(200)["total"]["value"].clone();
        assert_eq!(total(second.anonymous()).await, 0);
        commitment(first, "GPO", "larch").await;
        assert_eq!(total(second.secretariat()).await, 1);
        first.pass(1);
        assert_eq!(total(second.anonymous()).await, 1);
    })
    .await;
}
