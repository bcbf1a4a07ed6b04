//! Findings: who gives them, who sees them, how newer ones supersede, and what a body answers.

use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{announced, change, commitment, found, part, proposal, recommendation, reported_done};

/// The findings on an item as somebody reads them: finding, organisation, superseded.
async fn read(caller: Caller<'_>, id: &str) -> Vec<(String, Value, bool)> {
    let page = caller.get(&part(id, "assessments")).await.expect(200);
    let one = |one: &Value| {
        let finding = one["finding"].as_str().unwrap().to_owned();
        (finding, one["organisation"]["code"].clone(), one["superseded"].as_bool().unwrap())
    };
    page["items"].as_array().unwrap().iter().map(one).collect()
}

fn finding(finding: &str) -> Value {
    json!({"finding": finding, "rationale": {"en": "We were there."}})
}

#[tokio::test]
async fn a_finding_of_a_hidden_organisation_is_read_without_its_name() {
    TestRegister::on_both(async |register| {
        let id = reported_done(register, "yew").await;
        found(register.ngo("KK"), &id, "not_implemented").await;
        for caller in
            [register.anonymous(), register.officer("GPO"), register.secretariat(), register.ngo("KIBHR")]
        {
            let page = caller.get(&part(&id, "assessments")).await.expect(200);
            let one = &page["items"][0];
            assert_eq!((&one["organisation"], &one["identity_level"]), (&Value::Null, &Value::Null));
            assert_eq!(one["text_level"], "public");
            assert!(!page.to_string().contains("KK\""), "{page}");
            let item = caller.get(&format!("/items/{id}?embed=assessments,history")).await.expect(200);
            assert!(!item.to_string().contains("KK\""), "{item}");
        }
        assert_eq!(read(register.ngo("KK"), &id).await, [("not_implemented".to_owned(), json!("KK"), false)]);
        for hidden in ["organisation=KK", "assessed_by=KK"] {
            let path = format!("/items?{hidden}");
            let list = register.anonymous().get(&path).await.expect(200);
            assert_eq!(list["items"], json!([]), "{path}");
            let own = register.ngo("KK").get("/items?assessed_by=KK").await.expect(200);
            assert_eq!(own["items"][0]["id"], *id);
        }
    })
    .await;
}

#[tokio::test]
async fn a_finding_for_the_secretariat_alone_is_absent_for_everybody_else() {
    TestRegister::on_both(async |register| {
        let id = reported_done(register, "yew").await;
        let before = register.anonymous().get(&format!("/items/{id}")).await;
        let narrow = json!({
            "finding": "not_implemented", "rationale": {"en": "Only for you."}, "text_level": "secretariat",
        });
        let made = register.ngo("KK").post(&part(&id, "assessments"), narrow).await.expect(201);
        let finding = made["assessment"]["id"].as_str().unwrap();
        register.admit().await;
        for caller in
            [register.anonymous(), register.officer("GPO"), register.ngo("KIBHR"), register.observer()]
        {
            assert_eq!(read(caller, &id).await, []);
            caller.get(&part(&id, &format!("assessments/{finding}"))).await.refused("not_found");
            let item = caller.get(&format!("/items/{id}?embed=assessments,history")).await.text();
            assert!(!item.contains("Only for you") && !item.contains(finding), "{item}");
            let list = caller.get("/items?disagreement=true").await.expect(200);
            assert_eq!(list["items"], json!([]), "a hidden finding shows in no filter");
            let list = caller.get("/items?finding=not_implemented").await.expect(200);
            assert_eq!(list["items"], json!([]));
        }
        let after = register.anonymous().get(&format!("/items/{id}")).await;
        assert_eq!(after.json(), before.json(), "the item is byte for byte as it was");
        for caller in [register.ngo("KK"), register.secretariat()] {
            assert_eq!(caller.get("/items?disagreement=true").await.expect(200)["items"][0]["id"], *id);
            let item = caller.get(&format!("/items/{id}")).await.expect(200);
            assert_eq!(item["disagreement"], true);
        }
        let entries = register.anonymous().get("/ledger/entries?limit=1000").await.text();
        assert!(!entries.contains("Only for you") && !entries.contains(finding));
    })
    .await;
}

#[tokio::test]
async fn a_narrow_finding_changes_the_validator_of_those_who_read_it_alone() {
    TestRegister::on_both(async |register| {
        let id = reported_done(register, "yew").await;
        let at = format!("/items/{id}");
        let etag = async |caller: Caller<'_>| caller.get(&at).await.expect(200)["etag"].clone();
        let before = [etag(register.ngo("KK")).await, etag(register.ngo("KIBHR")).await];
        let narrow = json!({
            "finding": "regressed", "rationale": {"en": "Only for you."}, "text_level": "secretariat",
        });
        register.ngo("KK").post(&part(&id, "assessments"), narrow).await.expect(201);
        let after = [etag(register.ngo("KK")).await, etag(register.ngo("KIBHR")).await];
        assert_ne!(after[0], before[0]);
        assert_eq!(after[1], before[1]);
    })
    .await;
}

#[tokio::test]
async fn a_newer_finding_of_the_same_organisation_supersedes_the_older_one() {
    TestRegister::on_both(async |register| {
        let id = reported_done(register, "yew").await;
        found(register.officer("NCHR"), &id, "not_implemented").await;
        found(register.ngo("KIBHR"), &id, "initial_steps").await;
        register.pass_days(1);
        found(register.officer("NCHR"), &id, "implemented").await;
        let all = read(register.anonymous(), &id).await;
        assert_eq!(
            all,
            [
                ("not_implemented".to_owned(), json!("NCHR"), true),
                ("initial_steps".to_owned(), Value::Null, false),
                ("implemented".to_owned(), json!("NCHR"), false),
            ]
        );
        let list = async |query: &str| {
            let list = register.anonymous().get(&format!("/items?{query}")).await.expect(200);
            list["items"].as_array().unwrap().len()
        };
        assert_eq!(list("finding=not_implemented").await, 0, "it is superseded");
        assert_eq!(list("finding=implemented&assessed_by=NCHR").await, 1);
        assert_eq!(list("finding=initial_steps&assessed_by=NCHR").await, 0, "somebody else found that");
        assert_eq!(list("finding=initial_steps,regressed").await, 1);
    })
    .await;
}

#[tokio::test]
async fn owners_their_kin_and_state_bodies_assess_nothing() {
    TestRegister::on_both(async |register| {
        let own = commitment(register, "GPO", "larch").await;
        let of_nchr = commitment(register, "NCHR", "yew").await;
        let refused = async |caller: Caller<'_>, id: &str, code: &str| {
            caller.post(&part(id, "assessments"), finding("implemented")).await.refused(code);
        };
        refused(register.officer("GPO"), &own, "not_an_assessor").await;
        refused(register.officer("MOH"), &own, "not_an_assessor").await;
        refused(register.officer("NCHR"), &of_nchr, "not_an_assessor").await;
        refused(register.observer(), &own, "role_required").await;
        refused(register.secretariat(), &own, "role_required").await;
        // NCHR becomes a child of the owner of the first and with it one of those who do not assess it.
        let parent = json!({"parent": "GPO"});
        register.secretariat().patch("/organisations/NCHR", parent).header("if-match", "*").await.expect(200);
        refused(register.officer("NCHR"), &own, "not_an_assessor").await;
        // Nor is it transcribed for one of them.
        let document = json!({"label": "Report"});
        for assessor in ["MOH", "GPO", "NCHR"] {
            let body = json!({"finding": "implemented", "assessor": assessor, "recorded_from": document});
            register.secretariat().post(&part(&own, "assessments"), body).await.refused("not_an_assessor");
        }
    })
    .await;
}

#[tokio::test]
async fn a_finding_of_a_mechanism_is_transcribed_with_its_document() {
    TestRegister::on_both(async |register| {
        let id = recommendation(register, "CAT", "rowan").await;
        let body = json!({
            "finding": "substantive_steps", "scale_code": "B1", "as_of": "2024-11-01",
            "as_of_precision": "month", "assessor": "CAT",
            "recorded_from": {
                "label": "Follow-up report", "symbol": "CAT/C/83/3", "paragraph": "14",
                "url": "https://docs.example.org/CAT", "on": "2024-12-01",
            },
        });
        let made = register.secretariat().post(&part(&id, "assessments"), body.clone()).await.expect(201);
        let finding = &made["assessment"];
        assert_eq!((&finding["mechanism"], &finding["voice"]), (&json!("CAT"), &json!("mechanisms")));
        assert_eq!((&finding["organisation"], &finding["role"]), (&Value::Null, &json!("secretariat")));
        assert_eq!(finding["recorded_from"]["symbol"], "CAT/C/83/3");
        let latest = &made["item"]["positions"]["mechanisms"]["latest"][0];
        assert_eq!((&latest["mechanism"], &latest["scale_code"]), (&json!("CAT"), &json!("B1")));
        let listed = register.anonymous().get("/items?assessed_by=CAT&finding=substantive_steps").await;
        assert_eq!(listed.expect(200)["items"][0]["id"], *id);
        let mut future = body.clone();
        future["as_of"] = json!("2099-01-01");
        register.secretariat().post(&part(&id, "assessments"), future).await.invalid("/as_of", "in_future");
        let mut half = body;
        half.as_object_mut().unwrap().remove("recorded_from");
        register
            .secretariat()
            .post(&part(&id, "assessments"), half)
            .await
            .invalid("/recorded_from", "required");
    })
    .await;
}

#[tokio::test]
async fn a_body_replies_to_a_finding_once_and_where_it_has_an_approver_by_that() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "MOH", "larch").await;
        let finding = found(register.ngo("KIBHR"), &id, "initial_steps").await;
        let at = part(&id, &format!("assessments/{finding}/reply"));
        let reply = || json!({"text": {"en": "The rest follows in May."}});
        register.officer("MOH").post(&at, reply()).await.refused("approval_required");
        register.officer("GPO").post(&at, reply()).await.refused("role_required");
        let made = register.approver().post(&at, reply()).await.expect(201);
        assert_eq!(made["assessment"]["reply"]["organisation"]["code"], "MOH");
        register.approver().post(&at, reply()).await.refused("already_replied");
        let seen = register.anonymous().get(&part(&id, &format!("assessments/{finding}"))).await.expect(200);
        assert_eq!(seen["reply"]["text"]["en"], "The rest follows in May.");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_finding_is_named() {
    TestRegister::on_both(async |register| {
        let id = announced(register, "GPO", "cedar").await;
        for (body, pointer, code) in [
            (json!({"finding": "implemented"}), "/rationale", "required"),
            (
                json!({"finding": "cannot_assess", "rationale": {"en": "x"}}),
                "/no_judgement_reason",
                "required",
            ),
            (
                json!({"finding": "regressed", "no_judgement_reason": "changed", "rationale": {"en": "x"}}),
                "/no_judgement_reason",
                "not_allowed",
            ),
            (
                json!({"finding": "regressed", "rationale": {"en": "x"}, "text_level": "own"}),
                "/text_level",
                "not_allowed",
            ),
            (
                json!({
                    "finding": "regressed", "rationale": {"en": "x"},
                    "text_level": "addressed", "identity_level": "members",
                }),
                "/identity_level",
                "contradiction",
            ),
            (
                json!({"finding": "regressed", "rationale": {"en": "x"}, "identity_level": "public"}),
                "/identity_level",
                "not_allowed",
            ),
            (json!({"finding": "done", "rationale": {"en": "x"}}), "/finding", "unknown_value"),
        ] {
            register.ngo("KK").post(&part(&id, "assessments"), body).await.invalid(pointer, code);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_found_on_a_proposal_is_told_anew_when_the_proposal_is_widened() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "elm", "members", "own").await;
        found(register.officer("NCHR"), &id, "initial_steps").await;
        register.admit().await;
        let open = async || register.anonymous().get("/ledger/entries?limit=1000").await.text();
        assert!(!open().await.contains("We were there."));
        let consent = json!({"axis": "text", "level": "public"});
        register.ngo("KK").post(&part(&id, "consents"), consent).await.expect(201);
        let widened = json!({"axis": "text", "to": "public"});
        register.secretariat().post(&part(&id, "level-changes"), widened).await.expect(201);
        register.admit().await;
        assert!(open().await.contains("We were there."));
        let seen = read(register.anonymous(), &id).await;
        assert_eq!(seen, [("initial_steps".to_owned(), json!("NCHR"), false)]);
    })
    .await;
}

#[tokio::test]
async fn a_hidden_finding_is_told_by_the_days_batch_without_its_author() {
    TestRegister::on_both(async |register| {
        let id = reported_done(register, "yew").await;
        found(register.ngo("KK"), &id, "not_implemented").await;
        register.admit().await;
        let open = async || register.anonymous().get("/ledger/entries?limit=1000").await.text();
        assert!(!open().await.contains("We were there."), "not before the batch");
        register.pass_days(1);
        register.admit().await;
        register.admit().await;
        let told = open().await;
        let page: Value = serde_json::from_str(&told).unwrap();
        let told = page["items"].as_array().unwrap().last().unwrap();
        assert_eq!(told["payload"]["after"]["rationale"]["en"], "We were there.");
        assert_eq!(
            (&told["payload"]["at"], &told["leaf"]["actor"]["organisation"]),
            (&json!("2026-03-02"), &Value::Null)
        );
        assert!(!told.to_string().contains("\"KK\""), "{told}");
        change(register.officer("GPO"), &id, json!({"to": "in_progress", "reason": {"en": "Some is left."}}))
            .await;
    })
    .await;
}
