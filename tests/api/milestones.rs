//! Milestones: planned, reached stage by stage, moved.

use qadam_tests::TestRegister;
use serde_json::{Value, json};

use crate::scenes::{announced, commitment, part};

async fn planned(register: &TestRegister, id: &str, body: Value) -> String {
    let made = register.officer("GPO").post(&part(id, "milestones"), body).await.expect(201);
    part(id, &format!("milestones/{}", made["milestone"]["id"].as_str().unwrap()))
}

fn bill() -> Value {
    json!({"kind": "legal_act", "title": {"en": "Bill on redress"}, "due_on": "2026-06-30"})
}

#[tokio::test]
async fn a_law_passes_its_stages_in_their_order_and_is_reached_with_the_last() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let at = planned(register, &id, bill()).await;
        let officer = register.officer("GPO");
        let go_on = async |body: Value| officer.patch(&at, body).header("if-match", "*").await;
        let stage = |stage: &str, on: &str| json!({"stage": stage, "stage_on": on});
        let reached = go_on(stage("government", "2026-01-10")).await.expect(200);
        assert_eq!(reached["milestone"]["stages"][0]["stage"], "government");
        assert_eq!(reached["milestone"]["reached_on"], Value::Null);
        for (body, pointer, code) in [
            (stage("concept", "2026-02-01"), "/stage", "contradiction"),
            (stage("mazhilis", "2026-01-09"), "/stage_on", "contradiction"),
            (stage("mazhilis", "2099-01-01"), "/stage_on", "in_future"),
            (stage("referendum", "2026-02-01"), "/stage", "unknown_reference"),
            (json!({"stage": "mazhilis"}), "/stage_on", "required"),
            (json!({"reached_on": "2026-01-09"}), "/reached_on", "contradiction"),
        ] {
            go_on(body).await.invalid(pointer, code);
        }
        let signed = go_on(stage("signed", "2026-02-01")).await.expect(200);
        assert_eq!(signed["milestone"]["reached_on"], "2026-02-01");
        go_on(json!({"due_on": "2026-12-31", "reason": {"en": "Later."}}))
            .await
            .invalid("/due_on", "not_allowed");
        let read = register.anonymous().get(&at).await.expect(200);
        assert_eq!(read, signed["milestone"]);
    })
    .await;
}

#[tokio::test]
async fn a_milestone_that_moves_says_why_and_keeps_its_first_day() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let at = planned(register, &id, bill()).await;
        let officer = register.officer("GPO");
        let moved = json!({"due_on": "2026-09-30"});
        officer.patch(&at, moved.clone()).await.refused("precondition_required");
        officer.patch(&at, moved).header("if-match", "*").await.invalid("/reason", "required");
        let moved = json!({"due_on": "2026-09-10", "due_precision": "month", "reason": {"en": "Funds."}});
        let moved = officer.patch(&at, moved).header("if-match", "*").await.expect(200);
        let milestone = &moved["milestone"];
        assert_eq!(
            (&milestone["due_on"], &milestone["original_due_on"]),
            (&json!("2026-09-30"), &json!("2026-06-30"))
        );
        assert_eq!(milestone["overdue"], false);
        register.pass_days(365);
        let late = register.anonymous().get(&at).await.expect(200);
        assert_eq!(late["overdue"], true);
        register.admit().await;
        let history = register.anonymous().get(&part(&id, "history")).await.expect(200);
        let actions: Vec<&str> = history["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|entry| entry["action"].as_str())
            .collect();
        assert!(
            actions.contains(&"milestone.planned") && actions.contains(&"milestone.moved"),
            "{actions:?}"
        );
        let embedded = register.anonymous().get(&format!("/items/{id}?embed=milestones")).await.expect(200);
        assert_eq!(embedded["embedded"]["milestones"], json!([late]));
    })
    .await;
}

#[tokio::test]
async fn the_secretariat_records_milestones_from_documents_and_bodies_do_not() {
    TestRegister::on_both(async |register| {
        let id = announced(register, "GPO", "cedar").await;
        let at = part(&id, "milestones");
        let from = json!({"label": "Dossier of the bill", "url": "https://example.org/bill"});
        register.secretariat().post(&at, bill()).await.invalid("/recorded_from", "required");
        let mut recorded = bill();
        recorded["recorded_from"] = from;
        register.officer("GPO").post(&at, recorded.clone()).await.invalid("/recorded_from", "not_allowed");
        recorded["stages"] = json!([
            {"stage": "mazhilis", "on": "2025-05-01", "precision": "month"},
            {"stage": "concept", "on": "2025-06-01"},
        ]);
        register.secretariat().post(&at, recorded.clone()).await.invalid("/stages/1/stage", "contradiction");
        recorded["stages"][1]["stage"] = json!("senate");
        let made = register.secretariat().post(&at, recorded).await.expect(201);
        assert_eq!(made["milestone"]["recorded_from"]["label"], "Dossier of the bill");
        assert_eq!(made["milestone"]["role"], "secretariat");
        let list = register.anonymous().get(&at).await.expect(200);
        assert_eq!(list["items"], json!([made["milestone"]]));
    })
    .await;
}
