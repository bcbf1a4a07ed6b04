//! Reports of owners, and the word of an approver.

use qadam_tests::TestRegister;
use serde_json::{Value, json};

use crate::scenes::{announced, change, commitment, part};

fn report(narrative: &str) -> Value {
    json!({"narrative": {"en": narrative}})
}

fn with_status(narrative: &str, status: &Value) -> Value {
    json!({"narrative": {"en": narrative}, "status_change": status})
}

#[tokio::test]
async fn in_a_body_with_an_approver_an_officer_moves_an_item_by_a_report_alone() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "MOH", "larch").await;
        let moved = json!({"to": "in_progress"});
        register
            .officer("MOH")
            .post(&part(&id, "status-changes"), moved.clone())
            .await
            .refused("approval_required");
        let made = register
            .officer("MOH")
            .post(&part(&id, "updates"), with_status("Begun.", &moved))
            .await
            .expect(201);
        assert_eq!(made["update"]["state"], "awaiting_approval");
        assert_eq!(made["item"]["status"], "planned", "nothing moves before it is approved");
        let update = made["update"]["id"].as_str().unwrap().to_owned();
        let at = part(&id, &format!("updates/{update}"));
        for caller in
            [register.anonymous(), register.secretariat(), register.officer("GPO"), register.ngo("KK")]
        {
            caller.get(&at).await.refused("not_found");
            let all = caller.get(&part(&id, "updates")).await.expect(200);
            assert_eq!(all["items"], json!([]));
        }
        let step = format!("{at}/steps");
        let approve = || json!({"step": "approve"});
        register.officer("MOH").post(&step, approve()).await.refused("approval_required");
        let published = register.approver().post(&step, approve()).await.expect(201);
        assert_eq!(published["update"]["state"], "published");
        assert_eq!(published["item"]["status"], "in_progress");
        register.approver().post(&step, approve()).await.refused("update_conflict");
        let seen = register.anonymous().get(&at).await.expect(200);
        assert_eq!(
            (&seen["narrative"]["en"], &seen["organisation"]["code"]),
            (&json!("Begun."), &json!("MOH"))
        );
        register.admit().await;
        let open = register.anonymous().get("/ledger/entries?limit=1000").await.text();
        assert!(open.contains("update.published") && !open.contains("update.submitted"), "{open}");
    })
    .await;
}

#[tokio::test]
async fn a_report_that_is_returned_is_written_anew_and_handed_in_again() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "MOH", "larch").await;
        let made = register.officer("MOH").post(&part(&id, "updates"), report("Begun.")).await.expect(201);
        let at = part(&id, &format!("updates/{}", made["update"]["id"].as_str().unwrap()));
        let step = format!("{at}/steps");
        register.approver().post(&step, json!({"step": "return"})).await.invalid("/reason", "required");
        let back = json!({"step": "return", "reason": {"en": "Say where."}});
        let returned = register.approver().post(&step, back).await.expect(201);
        assert_eq!(
            (&returned["update"]["state"], &returned["update"]["return_reason"]["en"]),
            (&json!("returned"), &json!("Say where."))
        );
        register.officer("MOH").put(&at, report("Begun in Astana.")).await.expect(200);
        let again = register.officer("MOH").get(&at).await.expect(200);
        assert_eq!((&again["state"], &again["return_reason"]), (&json!("awaiting_approval"), &json!({})));
        register.approver().post(&step, json!({"step": "approve"})).await.expect(201);
        register.officer("MOH").put(&at, report("Begun in Almaty.")).await.refused("update_conflict");
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_in_no_ledger_and_is_thrown_away_without_a_trace() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        register.admit().await;
        let before = register.amount_stored().await;
        let draft = json!({"draft": true, "narrative": {"en": "Perhaps."}});
        let made = register.officer("GPO").post(&part(&id, "updates"), draft).await.expect(201);
        let at = part(&id, &format!("updates/{}", made["update"]["id"].as_str().unwrap()));
        register.secretariat().get(&at).await.refused("not_found");
        let discard = json!({"step": "discard"});
        register.officer("GPO").post(&format!("{at}/steps"), discard).await.expect(201);
        register.officer("GPO").get(&at).await.refused("not_found");
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

#[tokio::test]
async fn a_correction_names_the_report_it_corrects_and_both_are_shown() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let first =
            register.officer("GPO").post(&part(&id, "updates"), report("Forty rooms.")).await.expect(201);
        let first = first["update"]["id"].clone();
        let correction = json!({"narrative": {"en": "Fourteen rooms."}, "corrects": first});
        register.officer("GPO").post(&part(&id, "updates"), correction).await.expect(201);
        let all = register.anonymous().get(&part(&id, "updates")).await.expect(200);
        let corrects: Vec<&Value> =
            all["items"].as_array().unwrap().iter().map(|one| &one["corrects"]).collect();
        assert_eq!(corrects, [&Value::Null, &first]);
        let of_nothing =
            json!({"narrative": {"en": "x"}, "corrects": "0f8fad5b-d9cb-469f-a165-70867728950e"});
        register
            .officer("GPO")
            .post(&part(&id, "updates"), of_nothing)
            .await
            .invalid("/corrects", "unknown_reference");
    })
    .await;
}

#[tokio::test]
async fn a_co_owner_reports_and_moves_nothing() {
    TestRegister::on_both(async |register| {
        let id = announced(register, "GPO", "cedar").await;
        let owners = json!({"owners": [{"organisation": "GPO", "role": "lead"}, {"organisation": "NCHR", "role": "co"}]});
        register.secretariat().put(&part(&id, "owners"), owners).header("if-match", "*").await.expect(200);
        register.officer("NCHR").post(&part(&id, "updates"), report("Trained 20.")).await.expect(201);
        let moving = with_status("Begun.", &json!({"to": "planned", "due_on": "2026-12-31"}));
        register.officer("NCHR").post(&part(&id, "updates"), moving).await.invalid("/status_change", "not_allowed");
    })
    .await;
}

#[tokio::test]
async fn what_a_move_misses_is_wrong_with_the_report_that_carries_it() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        change(register.officer("GPO"), &id, json!({"to": "in_progress"})).await;
        let done = with_status("Done.", &json!({"to": "reported_done"}));
        register.officer("GPO").post(&part(&id, "updates"), done).await.invalid("/evidence", "required");
        let mut done = with_status("Done.", &json!({"to": "reported_done"}));
        done["evidence"] = json!([{"kind": "named", "title": {"en": "Act"}, "number": "14"}]);
        let made = register.officer("GPO").post(&part(&id, "updates"), done).await.expect(201);
        assert_eq!(made["item"]["status"], "reported_done");
        let wrong = with_status("Planned.", &json!({"to": "planned"}));
        register.officer("GPO").post(&part(&id, "updates"), wrong).await.refused("move_not_allowed");
    })
    .await;
}

#[tokio::test]
async fn a_commitment_is_withdrawn_when_its_lead_asked_by_a_report() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let withdraw = json!({"to": "withdrawn", "reason": {"en": "A law made it needless."}});
        let secretariat = register.secretariat();
        secretariat
            .post(&part(&id, "status-changes"), withdraw.clone())
            .await
            .refused("lead_request_required");
        let asked =
            with_status("We ask to withdraw it.", &json!({"to": "withdrawn", "reason": {"en": "A law."}}));
        let made = register.officer("GPO").post(&part(&id, "updates"), asked).await.expect(201);
        assert_eq!(made["item"]["status"], "planned", "the secretariat confirms it");
        let withdrawn = change(secretariat, &id, withdraw).await;
        assert_eq!(withdrawn["status"], "withdrawn");
    })
    .await;
}

#[tokio::test]
async fn a_repeated_report_is_made_once() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let send = async || {
            let request = register.officer("GPO").post(&part(&id, "updates"), report("Begun."));
            request.header("idempotency-key", "one-report").await.expect(201)["update"]["id"].clone()
        };
        assert_eq!(send().await, send().await);
        let all = register.anonymous().get(&part(&id, "updates")).await.expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn many_reports_are_answered_each_for_itself() {
    TestRegister::on_both(async |register| {
        let mine = commitment(register, "GPO", "larch").await;
        let of_moh = commitment(register, "MOH", "ash").await;
        let body = json!({"updates": [
            {"item": mine, "update": report("Begun.")},
            {"item": of_moh, "update": report("Begun.")},
            {"item": "C-1999-0001", "update": report("Begun.")},
            {"item": mine, "update": {"outgoing_number": "7"}},
            {"item": mine, "update": with_status("Going on.", &json!({"to": "in_progress"}))},
        ]});
        let send = async || {
            let request = register.officer("GPO").post("/items/bulk-updates", body.clone());
            request.key("round-1").await.expect(207)["items"].clone()
        };
        let first = send().await;
        let told: Vec<(u64, String)> = first
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                let code = row["problem"]["code"].as_str().unwrap_or_default().to_owned();
                (row["status"].as_u64().unwrap(), code)
            })
            .collect();
        let expected = [(201, ""), (403, "role_required"), (404, "not_found"), (422, "invalid"), (201, "")];
        assert_eq!(told, expected.map(|(status, code)| (status, code.to_owned())));
        assert_eq!(first[3]["problem"]["errors"][0]["pointer"], "#/narrative");
        let again = send().await;
        assert_eq!(again[0]["update"]["id"], first[0]["update"]["id"], "made once");
        let all = register.anonymous().get(&part(&mine, "updates")).await.expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 2);
        let item = register.anonymous().get(&format!("/items/{mine}")).await.expect(200);
        assert_eq!(item["status"], "in_progress");
        let many: Vec<Value> = vec![json!({"item": mine, "update": report("x")}); 101];
        let too_many = register.officer("GPO").post("/items/bulk-updates", json!({"updates": many})).await;
        too_many.invalid("/updates", "too_many");
    })
    .await;
}
