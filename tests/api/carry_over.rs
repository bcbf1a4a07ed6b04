//! What a meeting opens with, and the plan of a year's meetings.

use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{change, filed, part, proposal, recommendation};

/// A meeting of a kind, held or planned.
async fn held(register: &TestRegister, code: &str, kind: &str, on: &str, precision: &str) {
    let meeting = json!({
        "code": code, "kind": kind, "title": {"en": code}, "held_on": on, "held_on_precision": precision,
    });
    register.secretariat().post("/meetings", meeting).await.expect(201);
}

/// Approves the protocol of a meeting with one decision; gives the ref of the commitment.
async fn decided(register: &TestRegister, code: &str, due: Option<&str>) -> String {
    let secretariat = register.secretariat();
    let decision = json!({"text": {"en": format!("Decided at {code}.")}, "lead": "GPO", "due_on": due});
    secretariat.post(&format!("/meetings/{code}/decisions"), decision).await.expect(201);
    let protocol = format!("/meetings/{code}/protocol");
    let circulated = json!({"to": "circulated", "objections_until": register.today()});
    secretariat.post(&protocol, circulated).await.expect(200);
    register.pass_days(1);
    let approved = secretariat.post(&protocol, json!({"to": "approved"})).await.expect(200);
    approved["decisions"][0]["commitment"]["ref"].as_str().unwrap().to_owned()
}

/// Group, ref or id, meeting, number of the decision and days late of each row.
fn rows(list: &Value) -> Vec<(String, String, Value, Value, u64)> {
    let one = |row: &Value| {
        let name = if row["item"]["ref"].is_null() { &row["item"]["id"] } else { &row["item"]["ref"] };
        (
            row["group"].as_str().unwrap().to_owned(),
            name.as_str().unwrap().to_owned(),
            row["meeting"]["code"].clone(),
            row["decision"]["number"].clone(),
            row["days_late"].as_u64().unwrap(),
        )
    };
    list["items"].as_array().unwrap().iter().map(one).collect()
}

async fn carried(caller: Caller<'_>, code: &str) -> Vec<(String, String, Value, Value, u64)> {
    rows(&caller.get(&format!("/meetings/{code}/carry-over")).await.expect(200))
}

#[tokio::test]
async fn what_one_meeting_decided_and_nobody_finished_stands_on_the_list_of_the_next() {
    TestRegister::on_both(async |register| {
        held(register, "MT-2026-01", "plenary", "2026-02-27", "day").await;
        held(register, "MT-2026-02", "plenary", "2026-06-01", "month").await;
        held(register, "SG-2026-01", "subgroup", "2026-06-15", "day").await;
        assert_eq!(carried(register.anonymous(), "MT-2026-02").await, []);
        let reference = decided(register, "MT-2026-01", Some("2026-09-30")).await;
        let row =
            |group: &str, late| (group.to_owned(), reference.clone(), json!("MT-2026-01"), json!(1), late);
        let everybody = [register.anonymous(), register.officer("MOH"), register.secretariat()];
        for caller in everybody {
            assert_eq!(carried(caller, "MT-2026-02").await, [row("open_decision", 0)]);
            assert_eq!(carried(caller, "MT-2026-01").await, [], "it is what it decided itself");
            assert_eq!(carried(caller, "SG-2026-01").await, [], "another kind of meeting");
        }
        let officer = register.officer("GPO");
        change(officer, &reference, json!({"to": "planned"})).await;
        change(officer, &reference, json!({"to": "in_progress"})).await;
        register.pass_days(220);
        let late = carried(register.anonymous(), "MT-2026-02").await;
        assert_eq!(late, [row("open_decision", 9)], "once, for the first reason that holds");
        assert_eq!(carried(register.anonymous(), "SG-2026-01").await, [row("overdue", 9)]);
        let evidence =
            json!([{"kind": "link", "title": {"en": "The law"}, "url": "https://example.org/law"}]);
        change(officer, &reference, json!({"to": "reported_done", "evidence": evidence})).await;
        assert_eq!(carried(register.anonymous(), "MT-2026-02").await.len(), 1, "nobody confirmed it yet");
        let secretariat = register.secretariat();
        change(secretariat, &reference, json!({"to": "closed", "closing_result": "partly_implemented"}))
            .await;
        assert_eq!(carried(register.anonymous(), "MT-2026-02").await, []);
    })
    .await;
}

#[tokio::test]
async fn what_was_discussed_and_not_answered_comes_back_for_those_who_see_it() {
    TestRegister::on_both(async |register| {
        held(register, "MT-2026-01", "plenary", "2026-02-27", "day").await;
        held(register, "MT-2026-02", "plenary", "2026-06-01", "day").await;
        let public = proposal(register, "rowan", "public", "own").await;
        let members = proposal(register, "birch", "members", "own").await;
        let hidden = filed(register, "alder").await;
        let unknown = recommendation(register, "CAT", "larch").await;
        let secretariat = register.secretariat();
        for (items, level) in
            [(json!([public, hidden, unknown]), "public"), (json!([members]), "secretariat")]
        {
            let line = json!({"title": {"en": "Custody"}, "level": level, "items": items});
            secretariat.post("/meetings/MT-2026-01/agenda", line).await.expect(201);
        }
        let unanswered =
            |name: &str| ("unanswered".to_owned(), name.to_owned(), json!("MT-2026-01"), Value::Null, 0);
        let public_ref = "P-2026-0001";
        assert_eq!(carried(register.anonymous(), "MT-2026-02").await, [unanswered(public_ref)]);
        // A line at the secretariat's level hides from members what they may read elsewhere.
        assert_eq!(carried(register.officer("MOH"), "MT-2026-02").await, [unanswered(public_ref)]);
        let mut all = carried(secretariat, "MT-2026-02").await;
        all.sort_by(|a, b| a.1.cmp(&b.1));
        let mut expected = [unanswered(public_ref), unanswered(&hidden), unanswered(&members)];
        expected.sort_by(|a, b| a.1.cmp(&b.1));
        assert_eq!(all, expected);
        let answer = json!({"to": "accepted", "answer": {"text": {"ru": "Примем."}}});
        change(register.officer("GPO"), &public, answer).await;
        assert_eq!(carried(register.anonymous(), "MT-2026-02").await, []);
        register.secretariat().get(&part(&public, "history")).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn the_list_goes_in_pages_that_lead_on_and_back_through_all_groups() {
    TestRegister::on_both(async |register| {
        held(register, "MT-2026-01", "plenary", "2026-02-26", "day").await;
        held(register, "MT-2026-02", "plenary", "2026-02-27", "day").await;
        held(register, "MT-2026-03", "plenary", "2026-06-01", "day").await;
        let line = json!({"title": {"en": "Custody"}, "level": "public", "items": [
            proposal(register, "rowan", "public", "own").await,
            proposal(register, "birch", "public", "own").await,
        ]});
        register.secretariat().post("/meetings/MT-2026-01/agenda", line).await.expect(201);
        for code in ["MT-2026-01", "MT-2026-02"] {
            decided(register, code, None).await;
        }
        for word in ["maple", "cedar"] {
            crate::scenes::commitment(register, "MOH", word).await;
        }
        register.pass_days(330);
        let whole = carried(register.anonymous(), "MT-2026-03").await;
        let groups: Vec<&str> = whole.iter().map(|row| row.0.as_str()).collect();
        let expected = ["open_decision", "open_decision", "overdue", "overdue", "unanswered", "unanswered"];
        assert_eq!(groups, expected);
        for limit in [1, 3, 4] {
            let (mut there, mut back) = (Vec::new(), Vec::new());
            let path = format!("/meetings/MT-2026-03/carry-over?limit={limit}");
            let mut page = register.anonymous().get(&path).await.expect(200);
            assert!(page["prev"].is_null());
            loop {
                there.extend(rows(&page));
                let Some(next) = page["next"].as_str() else { break };
                page = register.anonymous().get(next).await.expect(200);
            }
            loop {
                back.extend(rows(&page).into_iter().rev());
                let Some(previous) = page["prev"].as_str() else { break };
                page = register.anonymous().get(previous).await.expect(200);
            }
            back.reverse();
            assert_eq!((&there, &back), (&whole, &whole), "{limit}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_year_is_read_as_a_plan_with_all_meetings_that_touch_it() {
    TestRegister::on_both(async |register| {
        for (code, kind, on, precision) in [
            ("M-1", "plenary", "2025-12-31", "day"),
            ("M-2", "plenary", "2026-02-27", "day"),
            ("M-3", "subgroup", "2026-05-20", "month"),
            ("M-4", "plenary", "2026-11-05", "quarter"),
            ("M-5", "plenary", "2026-07-01", "year"),
            ("M-6", "plenary", "2027-01-01", "day"),
        ] {
            held(register, code, kind, on, precision).await;
        }
        let range = json!({
            "code": "M-7", "kind": "plenary", "title": {"en": "Over New Year"},
            "held_on": "2025-12-30", "held_until": "2026-01-02",
        });
        register.secretariat().post("/meetings", range).await.expect(201);
        let unknown = json!({"code": "M-8", "kind": "plenary", "title": {"en": "Some day"}});
        register.secretariat().post("/meetings", unknown).await.expect(201);
        let codes = async |query: &str| {
            let list = register.anonymous().get(&format!("/meetings?{query}")).await.expect(200);
            let codes = list["items"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap());
            codes.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(codes("year=2026&sort=held_on").await, ["M-7", "M-5", "M-2", "M-3", "M-4"]);
        assert_eq!(codes("year=2026").await, ["M-4", "M-3", "M-2", "M-5", "M-7"]);
        assert_eq!(codes("year=2026&kind=subgroup").await, ["M-3"]);
        assert_eq!(codes("year=2025&sort=held_on").await, ["M-7", "M-1"]);
        let seen = register.anonymous().get("/meetings/M-4").await.expect(200);
        assert_eq!((&seen["held_on"], &seen["held_on_precision"]), (&json!("2026-10-01"), &json!("quarter")));
        let page = register.anonymous().get("/meetings?year=2026&sort=held_on&limit=2").await.expect(200);
        let next = register.anonymous().get(page["next"].as_str().unwrap()).await.expect(200);
        assert_eq!(next["items"][0]["code"], "M-2");
    })
    .await;
}

#[tokio::test]
async fn what_nobody_gave_a_word_on_stands_on_the_list_of_the_next_meeting() {
    TestRegister::on_both(async |register| {
        held(register, "MT-2026-02", "plenary", "2026-06-01", "day").await;
        let id = crate::scenes::silent(register, "GPO", "hazel").await;
        let reference = register.anonymous().get(&format!("/items/{id}")).await.expect(200)["ref"].clone();
        let whole = carried(register.anonymous(), "MT-2026-02").await;
        let rows: Vec<_> = whole.iter().map(|row| (row.0.as_str(), row.1.as_str())).collect();
        assert_eq!(rows, [("listed_for_meeting", reference.as_str().unwrap())]);
        let planned = json!({"to": "planned", "due_on": "2026-12-31"});
        change(register.officer("GPO"), &id, planned).await;
        assert_eq!(carried(register.anonymous(), "MT-2026-02").await, []);
    })
    .await;
}
