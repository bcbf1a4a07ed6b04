//! What was added to an item loses its words for good, on a legal ground.

use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use crate::ledger::replay;
use crate::scenes::{commitment, part};

/// The leaves that tell of something, as somebody is served them.
async fn leaves(caller: Caller<'_>, id: &str) -> Vec<u64> {
    let page = caller.get("/ledger/entries?limit=1000").await.expect(200);
    let about = |entry: &&Value| entry["payload"]["subject"]["id"] == id;
    let all = page["items"].as_array().unwrap().iter().filter(about);
    all.filter(|entry| entry["payload"]["subject"]["type"] != "contribution_filing")
        .map(|entry| entry["leaf"]["seq"].as_u64().unwrap())
        .collect()
}

#[tokio::test]
async fn a_finding_that_names_a_person_keeps_its_grade_and_loses_its_words_everywhere() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        for (level, admitted_later) in [("public", true), ("public", false), ("addressed", true)] {
            let body = json!({
                "finding": "regressed", "rationale": {"en": "It names quailfeather."}, "text_level": level,
                "evidence": [{"kind": "link", "title": {"en": "quailfeather"}, "url": "https://example.org/q"}],
            });
            // An institution's finding is told at once, one of civil society by the day's batch.
            let (caller, mut body) = if admitted_later {
                (register.ngo("KK"), body)
            } else {
                (register.officer("NCHR"), body)
            };
            if !admitted_later {
                body.as_object_mut().unwrap().remove("text_level");
            }
            let made = caller.post(&part(&id, "assessments"), body).await.expect(201);
            let finding = made["assessment"]["id"].as_str().unwrap().to_owned();
            register.pass_days(1);
            register.admit().await;
            register.admit().await;
            let named = leaves(register.secretariat(), &finding).await;
            assert!(!named.is_empty(), "{level}");
            let redaction = json!({
                "seqs": named, "ground": "person_at_risk", "reason": {"en": "It named a person."},
            });
            register.ngo("KK").post("/ledger/redactions", redaction.clone()).await.refused("role_required");
            register.secretariat().post("/ledger/redactions", redaction).await.expect(201);
            register.pass_days(1);
            register.admit().await;
            register.admit().await;
            for caller in [register.anonymous(), register.secretariat(), register.officer("GPO"), register.ngo("KK")]
            {
                let who = format!("{level} for {:?}", caller.person());
                for of in ["assessments", "history"] {
                    let text = caller.get(&part(&id, of)).await.text();
                    assert!(!text.contains("quailfeather"), "{of} {who}");
                }
                let text = caller.get("/ledger/entries?limit=1000").await.text();
                assert!(!text.contains("quailfeather"), "{who}");
                let read = caller.get(&part(&id, &format!("assessments/{finding}"))).await;
                if read.status == 200 {
                    let read = read.json();
                    assert_eq!(read["finding"], "regressed", "{who}");
                    assert_eq!((&read["rationale"], &read["evidence"]), (&json!({}), &json!([])), "{who}");
                }
            }
            let stated = replay(register.anonymous(), None).await;
            if level == "public" {
                let (_, state) = stated.states.get("assessment", &finding).unwrap();
                let qadam_ledger::LastState::Known(record) = state else { panic!("withheld") };
                assert_eq!(record["rationale"], json!({}), "the public is told how the record stands");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn leaves_about_two_things_are_not_removed_together() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let brought = register
            .officer("GPO")
            .post(&part(&id, "evidence"), crate::samples::evidence())
            .await
            .expect(201)["evidence"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        register.admit().await;
        let of_evidence = leaves(register.secretariat(), &brought).await;
        let of_item = leaves(register.secretariat(), &id).await;
        let seqs = json!([of_evidence[0], of_item[0]]);
        let redaction =
            json!({"seqs": seqs, "ground": "legal_order", "reason": {"en": "A court ordered it."}});
        register
            .secretariat()
            .post("/ledger/redactions", redaction)
            .await
            .invalid("/seqs/1", "contradiction");
    })
    .await;
}
