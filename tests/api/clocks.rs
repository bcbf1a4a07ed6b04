//! Response clocks: who owes a word, since when, and how silence escalates, each stage once.

mod letters;
mod moved;

use qadam_domain::accounts::Role;
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{announced, change, consent, create, filed, part, proposal, silent, title, widen};

/// What is told of a wait in a few words: clock, stage, last day, days.
fn told(item: &Value) -> (String, String, String, u64) {
    let response = &item["response"];
    let word = |name: &str| response[name].as_str().unwrap_or("-").to_owned();
    (word("clock"), word("stage"), word("due_on"), response["days"].as_u64().unwrap_or(u64::MAX))
}

fn expected(clock: &str, stage: &str, due_on: &str, days: u64) -> (String, String, String, u64) {
    (clock.to_owned(), stage.to_owned(), due_on.to_owned(), days)
}

async fn read(caller: Caller<'_>, id: &str) -> Value {
    caller.get(&format!("/items/{id}")).await.expect(200)
}

/// The stages of an item's waits that somebody sees: clock, stage, the day it was to be, the day it was recorded.
async fn stages(caller: Caller<'_>, id: &str) -> Vec<[String; 4]> {
    let list = caller.get(&part(id, "response-stages")).await.expect(200);
    let names = ["clock", "stage", "due_on", "recorded_on"];
    let row = |entry: &Value| names.map(|name| entry[name].as_str().unwrap().to_owned());
    list["items"].as_array().unwrap().iter().map(row).collect()
}

fn rows<const N: usize>(rows: [[&str; 4]; N]) -> Vec<[String; 4]> {
    rows.map(|row| row.map(str::to_owned)).into()
}

/// The ids in a list.
async fn ids(caller: Caller<'_>, path: &str) -> Vec<String> {
    let list = caller.get(path).await.expect(200);
    let mut ids: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect();
    ids.sort_unstable();
    ids
}

#[tokio::test]
async fn a_review_counts_from_the_first_filing_and_a_return_never_begins_it_anew() {
    TestRegister::on_both(async |register| {
        let id = filed(register, "larch").await;
        let secretariat = register.secretariat();
        assert_eq!(told(&read(secretariat, &id).await), expected("review", "-", "2026-03-12", 0));
        register.pass_days(6);
        assert_eq!(register.advance().await, 1);
        let returned = json!({"to": "returned", "reason": {"en": "Name the article."}});
        let item = change(secretariat, &id, returned).await;
        assert_eq!(item["response"], Value::Null, "the word is with the submitter");
        assert!(ids(secretariat, "/items?stage=due_soon").await.is_empty());
        register.pass_days(7);
        assert_eq!(register.advance().await, 0, "nobody owes a word meanwhile");
        let item = change(register.ngo("KK"), &id, json!({"to": "submitted"})).await;
        assert_eq!(told(&item), expected("review", "overdue", "2026-03-12", 13));
        assert_eq!(register.advance().await, 1);
        let recorded = rows([
            ["review", "due_soon", "2026-03-07", "2026-03-08"],
            ["review", "overdue", "2026-03-13", "2026-03-15"],
        ]);
        assert_eq!(stages(secretariat, &id).await, recorded);
        assert_eq!(stages(register.ngo("KK"), &id).await, recorded);
        for outsider in
            [register.officer("GPO"), register.anonymous(), register.ngo("KIBHR"), register.admin()]
        {
            outsider.get(&part(&id, "response-stages")).await.refused("not_found");
            assert!(ids(outsider, "/items?stage=due_soon,overdue").await.is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn each_stage_is_recorded_once_on_its_day_and_moves_the_validator() {
    TestRegister::on_both(async |register| {
        let id = announced(register, "GPO", "larch").await;
        let anonymous = register.anonymous();
        let mut etags = vec![read(anonymous, &id).await["etag"].clone()];
        for (days, stage) in
            [(24, "-"), (1, "due_soon"), (5, "due_soon"), (1, "overdue"), (10, "letter_drafted"), (10, "listed_for_meeting")]
        {
            register.pass_days(days);
            let before = read(anonymous, &id).await;
            assert_eq!(before["response"]["stage"].as_str().unwrap_or("-"), stage, "by the day alone");
            let recorded = register.advance().await;
            assert_eq!(register.advance().await, 0, "once");
            let after = read(anonymous, &id).await;
            assert_eq!(after["etag"] == before["etag"], recorded == 0);
            assert_eq!(after["response"], before["response"]);
            if recorded > 0 {
                assert_ne!(after["updated_at"], before["updated_at"]);
                etags.push(after["etag"].clone());
            }
        }
        assert_eq!(etags.len(), 5, "four stages");
        let recorded = rows([
            ["confirmation", "due_soon", "2026-03-27", "2026-03-27"],
            ["confirmation", "overdue", "2026-04-02", "2026-04-02"],
            ["confirmation", "letter_drafted", "2026-04-12", "2026-04-12"],
            ["confirmation", "listed_for_meeting", "2026-04-22", "2026-04-22"],
        ]);
        assert_eq!(stages(anonymous, &id).await, recorded);
        let history = anonymous.get(&part(&id, "history")).await.expect(200);
        let entries = history["items"].as_array().unwrap().iter();
        let reached: Vec<_> =
            entries.filter(|entry| entry["action"] == "item.response_stage_reached").collect();
        assert_eq!(reached.len(), 4);
        let newest = json!({"clock": "confirmation", "started_on": "2026-03-02", "stage": "listed_for_meeting", "due_on": "2026-04-22"});
        assert_eq!((&reached[0]["reason"], &reached[0]["role"]), (&newest, &json!("system")));
        assert_eq!((&reached[0]["organisation"], &reached[0]["before"]), (&Value::Null, &json!({})));
        assert_eq!(reached[0]["level"], "public");
    })
    .await;
}

#[tokio::test]
async fn a_stage_begins_at_the_platforms_midnight() {
    TestRegister::on_both(async |register| {
        let id = filed(register, "larch").await;
        // It is nine in the morning; the fifth midnight is 111 hours away.
        register.pass(111 * 3_600 - 1);
        assert_eq!((register.advance().await, told(&read(register.secretariat(), &id).await).3), (0, 4));
        register.pass(1);
        let item = read(register.secretariat(), &id).await;
        assert_eq!(told(&item), expected("review", "due_soon", "2026-03-12", 5));
        assert_eq!(register.advance().await, 1);
    })
    .await;
}

#[tokio::test]
async fn answered_and_asked_again_is_another_wait_with_stages_of_its_own() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "larch", "public", "own").await;
        let (officer, secretariat) = (register.officer("GPO"), register.secretariat());
        assert_eq!(told(&read(officer, &id).await), expected("answer", "-", "2026-04-01", 0));
        register.pass_days(32);
        assert_eq!(register.advance().await, 2);
        let answer = json!({"to": "declined", "answer": {"text": {"en": "No budget."}}});
        let item = change(officer, &id, answer).await;
        assert_eq!(item["response"], Value::Null, "answered");
        register.pass_days(30);
        assert_eq!(register.advance().await, 0);
        let again = json!({"to": "under_review", "lead": "GPO", "reason": {"en": "There is one now."}});
        let item = change(secretariat, &id, again).await;
        assert_eq!(told(&item), expected("answer", "-", "2026-06-02", 0));
        register.pass_days(25);
        assert_eq!(register.advance().await, 1);
        let seen = rows([
            ["answer", "due_soon", "2026-03-27", "2026-04-03"],
            ["answer", "overdue", "2026-04-02", "2026-04-03"],
            ["answer", "due_soon", "2026-05-28", "2026-05-28"],
        ]);
        assert_eq!(stages(register.anonymous(), &id).await, seen);
        let list = secretariat.get(&part(&id, "response-stages")).await.expect(200);
        let wait = |index: usize| list["items"][index]["wait"].clone();
        assert_eq!(wait(0), wait(1));
        assert_ne!(wait(1), wait(2));
    })
    .await;
}

#[tokio::test]
async fn the_filter_says_what_each_item_says_on_every_day() {
    TestRegister::on_both(async |register| {
        let mut waiting = vec![filed(register, "larch").await, announced(register, "GPO", "maple").await];
        waiting.push(proposal(register, "rowan", "public", "own").await);
        silent(register, "MOH", "hazel").await;
        let words = ["due_soon", "overdue", "letter_drafted", "listed_for_meeting"];
        let secretariat = register.secretariat();
        let mut met = std::collections::BTreeSet::new();
        for day in 0..60 {
            if day % 7 == 3 {
                register.advance().await;
            }
            if day == 40 {
                let planned = json!({"to": "planned", "due_on": "2026-12-31"});
                change(register.officer("GPO"), &waiting[1], planned).await;
            }
            let list = secretariat.get("/items?limit=200").await.expect(200);
            for word in words {
                let mut expected: Vec<_> = list["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|item| item["response"]["stage"] == word)
                    .map(|item| item["id"].as_str().unwrap().to_owned())
                    .collect();
                expected.sort_unstable();
                if !expected.is_empty() {
                    met.insert((word, expected.len()));
                }
                assert_eq!(
                    ids(secretariat, &format!("/items?stage={word}")).await,
                    expected,
                    "day {day} {word}"
                );
            }
            register.pass_days(1);
        }
        assert!(met.len() > 5, "{met:?}");
        let all = ids(secretariat, &format!("/items?stage={}", words.join(","))).await;
        let listed =
            secretariat.get("/items?stage=listed_for_meeting&fields=id").header("prefer", "count=exact");
        assert_eq!(listed.await.expect(200)["total"].as_u64(), Some(all.len() as u64));
        assert_eq!(all.len(), 3, "the confirmed one waits no more");
        secretariat.get("/items?stage=late").await.refused("invalid_parameter");
    })
    .await;
}

#[tokio::test]
async fn what_was_reached_while_few_could_read_it_stays_with_them() {
    TestRegister::on_both(async |register| {
        let id = filed(register, "larch").await;
        register.pass_days(12);
        assert_eq!(register.advance().await, 2);
        consent(register, &id, "text", "public").await;
        change(register.secretariat(), &id, json!({"to": "under_review", "lead": "GPO"})).await;
        widen(register.secretariat(), &id, "text", "public").await;
        register.pass_days(26);
        assert_eq!(register.advance().await, 1);
        let public = rows([["answer", "due_soon", "2026-04-08", "2026-04-09"]]);
        for reader in [register.anonymous(), register.observer(), register.officer("GPO")] {
            assert_eq!(stages(reader, &id).await, public, "{:?}", reader.person());
        }
        for reader in [register.secretariat(), register.ngo("KK")] {
            assert_eq!(stages(reader, &id).await.len(), 3, "{:?}", reader.person());
            let embedded = reader.get(&format!("/items/{id}?embed=response_stages")).await.expect(200);
            let list = reader.get(&part(&id, "response-stages")).await.expect(200);
            assert_eq!(embedded["embedded"]["response_stages"], list["items"]);
        }
        let listed = register.anonymous().get("/items?embed=response_stages").await.expect(200);
        assert_eq!(listed["items"][0]["embedded"]["response_stages"].as_array().unwrap().len(), 1);
        // What the public was not told is sealed, and what it was told it can check.
        register.admit().await;
        let entries = register.anonymous().get("/ledger/entries?limit=1000").await.expect(200);
        let open = entries["items"].as_array().unwrap().iter();
        let reached = open.filter(|entry| entry["leaf"]["action"] == "item.response_stage_reached");
        let told: Vec<_> = reached.map(|entry| entry["payload"]["reason"]["clock"].clone()).collect();
        assert_eq!(told, ["answer"]);
    })
    .await;
}

#[tokio::test]
async fn what_a_document_records_waits_from_the_day_it_gives() {
    TestRegister::on_both(async |register| {
        let secretariat = register.secretariat();
        let record = async |kind: &str, status: &str, precision: &str| {
            let recorded = json!({
                "from": {"label": "Protocol"}, "status": status, "as_of": "2026-02-01", "as_of_precision": precision,
            });
            let owners = json!([{"organisation": "GPO", "role": "lead"}]);
            let new = json!({"kind": kind, "title": title("larch"), "owners": owners, "recorded": recorded});
            let id = create(secretariat, new).await;
            read(register.anonymous(), &id).await["response"].clone()
        };
        let confirmation = json!({
            "clock": "confirmation", "started_on": "2026-02-01", "stage": "due_soon", "due_on": "2026-03-03", "days": 29,
        });
        assert_eq!(record("commitment", "announced", "day").await, confirmation);
        assert_eq!(record("commitment", "announced", "month").await, Value::Null);
        assert_eq!(record("proposal", "under_review", "day").await["clock"], "answer");
        // It was never filed with this secretariat.
        assert_eq!(record("proposal", "submitted", "day").await, Value::Null);
        assert_eq!(record("commitment", "planned", "day").await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_decision_of_an_approved_protocol_waits_from_the_day_of_its_approval() {
    TestRegister::on_both(async |register| {
        let secretariat = register.secretariat();
        let made = secretariat.post("/meetings", crate::samples::meeting("MT-2026-01")).await.expect(201);
        let at = |of: &str| format!("/meetings/{}/{of}", made["id"].as_str().unwrap());
        secretariat.post(&at("decisions"), crate::samples::decision()).await.expect(201);
        let circulated = json!({"to": "circulated", "objections_until": "2026-03-10"});
        secretariat.post(&at("protocol"), circulated).await.expect(200);
        register.pass_days(9);
        secretariat.post(&at("protocol"), json!({"to": "approved"})).await.expect(200);
        let list = register.anonymous().get("/items?status=announced").await.expect(200);
        let response = &list["items"][0]["response"];
        assert_eq!(
            (&response["started_on"], &response["due_on"]),
            (&json!("2026-03-11"), &json!("2026-04-10"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_colleague_and_an_unconfirmed_member_see_what_their_part_allows() {
    TestRegister::on_both(async |register| {
        let id = filed(register, "larch").await;
        register.pass_days(20);
        register.advance().await;
        let colleague = register.person(Person::second("KK", Role::NgoMember));
        assert_eq!(stages(colleague, &id).await.len(), 2);
        let unconfirmed = register.person(Person { organisation: "KK", role: Role::NgoMember, number: 3 });
        unconfirmed.get(&part(&id, "response-stages")).await.refused("not_found");
    })
    .await;
}
