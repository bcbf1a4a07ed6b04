//! Levels of findings, evidence and questions that change after they were made.

use qadam_domain::accounts::Role;
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

use crate::ledger::replay;
use crate::scenes::{commitment, found, part};

async fn relevel(caller: Caller<'_>, id: &str, about: &str, axis: &str, to: &str) -> qadam_tests::Answer {
    caller.post(&part(id, "level-changes"), json!({"axis": axis, "to": to, "about": about})).await
}

async fn reads(caller: Caller<'_>, id: &str, finding: &str) -> bool {
    caller.get(&part(id, &format!("assessments/{finding}"))).await.status == 200
}

fn second(register: &TestRegister) -> Caller<'_> {
    register.person(Person::second("KK", Role::NgoMember))
}

#[tokio::test]
async fn an_author_narrows_a_finding_and_it_is_gone_from_everything_others_read() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let finding = found(register.ngo("KK"), &id, "regressed").await;
        register.pass_days(1);
        register.admit().await;
        register.admit().await;
        let etag = register.anonymous().get(&format!("/items/{id}")).await;
        let etag = etag.header("etag").to_owned();
        relevel(second(register), &id, &finding, "text", "addressed").await.expect(201);
        for (caller, expected) in [
            (register.anonymous(), false),
            (register.observer(), false),
            (register.ngo("KIBHR"), false),
            (register.officer("MOH"), false),
            (register.officer("GPO"), true),
            (register.secretariat(), true),
            (register.ngo("KK"), true),
        ] {
            let who = format!("{:?}", caller.person());
            assert_eq!(reads(caller, &id, &finding).await, expected, "{who}");
            let item = caller.get(&format!("/items/{id}")).await.expect(200);
            assert_eq!(!item["positions"]["civil_society"].is_null(), expected, "{who}");
            let found = caller.get("/items?finding=regressed").await.expect(200);
            assert_eq!(found["items"].as_array().unwrap().len(), usize::from(expected), "{who}");
        }
        let now = register.anonymous().get(&format!("/items/{id}")).await;
        assert_ne!(now.header("etag"), etag);
        // Its earlier words are withheld, and the ledger says so to everybody.
        register.admit().await;
        for caller in [register.anonymous(), register.ngo("KIBHR")] {
            let page = caller.get("/ledger/entries?limit=1000").await.expect(200);
            let about: Vec<_> = page["items"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|entry| entry["payload"]["subject"]["id"] == finding.as_str())
                .collect();
            assert!(about.iter().all(|entry| entry["payload"]["after"].is_null()), "{about:?}");
            let withheld = about.iter().find(|entry| entry["payload"]["action"] == "item.narrowed").unwrap();
            assert_eq!(withheld["payload"]["reason"]["class"], "submitter_request");
            let history = caller.get(&part(&id, "history")).await.expect(200);
            assert!(!history.to_string().contains("We were there."), "{history}");
        }
        let summary = replay(register.anonymous(), None).await;
        assert_eq!(summary.withheld, 1, "{summary:?}");
    })
    .await;
}

#[tokio::test]
async fn an_author_widens_a_finding_up_to_the_item_and_others_read_it_then() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let body = json!({
            "finding": "not_implemented", "rationale": {"en": "We were there."}, "text_level": "addressed",
        });
        let made = register.ngo("KK").post(&part(&id, "assessments"), body).await.expect(201);
        let finding = made["assessment"]["id"].as_str().unwrap();
        assert!(!reads(register.anonymous(), &id, finding).await);
        relevel(register.ngo("KIBHR"), &id, finding, "text", "public")
            .await
            .invalid("/about", "unknown_reference");
        relevel(register.officer("GPO"), &id, finding, "text", "public").await.refused("role_required");
        relevel(register.secretariat(), &id, finding, "text", "public").await.refused("role_required");
        relevel(register.ngo("KK"), &id, finding, "text", "own").await.refused("level_fixed");
        relevel(register.ngo("KK"), &id, finding, "text", "addressed").await.refused("level_unchanged");
        relevel(register.ngo("KK"), &id, finding, "text", "public").await.expect(201);
        assert!(reads(register.anonymous(), &id, finding).await);
        let item = register.anonymous().get(&format!("/items/{id}")).await.expect(200);
        assert_eq!(item["positions"]["civil_society"]["counts"]["not_implemented"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_name_becomes_public_by_two_members_and_is_hidden_again_by_one() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let finding = found(register.ngo("KK"), &id, "regressed").await;
        let at = part(&id, &format!("assessments/{finding}"));
        let named =
            async |caller: Caller<'_>| caller.get(&at).await.expect(200)["organisation"]["code"].clone();
        assert_eq!(named(register.secretariat()).await, Value::Null);
        relevel(register.ngo("KK"), &id, &finding, "identity", "members").await.expect(201);
        assert_eq!(named(register.secretariat()).await, "KK");
        assert_eq!(named(register.anonymous()).await, Value::Null);
        let public = |caller| relevel(caller, &id, &finding, "identity", "public");
        public(register.ngo("KK")).await.refused("second_person_required");
        let consent = json!({"axis": "identity", "level": "public", "about": finding});
        register.ngo("KK").post(&part(&id, "consents"), consent).await.expect(201);
        public(register.ngo("KK")).await.refused("second_person_required");
        public(second(register)).await.expect(201);
        assert_eq!(named(register.anonymous()).await, "KK");
        let filtered = register.anonymous().get("/items?assessed_by=KK").await.expect(200);
        assert_eq!(filtered["items"].as_array().unwrap().len(), 1);
        register.admit().await;
        relevel(register.ngo("KK"), &id, &finding, "identity", "own").await.expect(201);
        assert_eq!(named(register.anonymous()).await, Value::Null);
        assert_eq!(named(register.secretariat()).await, Value::Null);
        let filtered = register.anonymous().get("/items?assessed_by=KK").await.expect(200);
        assert!(filtered["items"].as_array().unwrap().is_empty());
        register.admit().await;
        let page = register.anonymous().get("/ledger/entries?limit=1000").await.expect(200);
        let opened: Vec<_> = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["payload"]["subject"]["type"] == "contribution_filing")
            .collect();
        assert!(opened.iter().all(|entry| entry["payload"]["after"].is_null()), "{opened:?}");
        assert_eq!(replay(register.anonymous(), None).await.withheld, 1);
    })
    .await;
}

#[tokio::test]
async fn the_secretariat_narrows_what_names_a_person_for_a_reason_and_its_author_does_not_undo_it() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let finding = found(register.ngo("KK"), &id, "regressed").await;
        let narrowed = |class: Value| {
            let mut body = json!({"axis": "text", "to": "secretariat", "about": finding});
            if class.is_string() {
                body["reason_class"] = class;
            }
            body
        };
        let at = part(&id, "level-changes");
        register.secretariat().post(&at, narrowed(Value::Null)).await.invalid("/reason_class", "required");
        register.secretariat().post(&at, narrowed(json!("person_at_risk"))).await.expect(201);
        for (caller, expected) in [
            (register.anonymous(), false),
            (register.officer("GPO"), false),
            (register.secretariat(), true),
            (register.ngo("KK"), true),
        ] {
            assert_eq!(reads(caller, &id, &finding).await, expected, "{:?}", caller.person());
        }
        relevel(register.ngo("KK"), &id, &finding, "text", "public").await.refused("level_fixed");
        relevel(register.secretariat(), &id, &finding, "text", "public").await.refused("role_required");
        // It says so anew, without the name.
        let anew = found(register.ngo("KK"), &id, "regressed").await;
        assert!(reads(register.anonymous(), &id, &anew).await);
    })
    .await;
}

#[tokio::test]
async fn what_bodies_say_under_their_names_has_no_levels() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let finding = found(register.officer("NCHR"), &id, "implemented").await;
        relevel(register.officer("NCHR"), &id, &finding, "text", "members").await.refused("level_fixed");
        relevel(register.secretariat(), &id, &finding, "text", "members").await.refused("level_fixed");
        relevel(register.ngo("KK"), &id, &finding, "text", "members").await.refused("role_required");
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_back_at_once_is_withheld_with_a_word() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let finding = found(register.ngo("KK"), &id, "regressed").await;
        let consent = json!({"axis": "identity", "level": "public", "about": finding});
        register.ngo("KK").post(&part(&id, "consents"), consent).await.expect(201);
        // Nothing is admitted in between.
        relevel(second(register), &id, &finding, "identity", "public").await.expect(201);
        relevel(register.ngo("KK"), &id, &finding, "identity", "own").await.expect(201);
        register.admit().await;
        assert_eq!(replay(register.anonymous(), None).await.withheld, 1);
    })
    .await;
}

#[tokio::test]
async fn evidence_is_read_by_no_more_than_the_finding_it_is_about() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let finding = found(register.ngo("KK"), &id, "regressed").await;
        let mut about = crate::samples::evidence();
        about["about"] = json!(finding);
        let of_body = register.officer("GPO").post(&part(&id, "evidence"), about).await.expect(201);
        let at = part(&id, &format!("evidence/{}", of_body["evidence"]["id"].as_str().unwrap()));
        register.anonymous().get(&at).await.expect(200);
        relevel(register.ngo("KK"), &id, &finding, "text", "addressed").await.expect(201);
        register.anonymous().get(&at).await.refused("not_found");
        register.officer("GPO").get(&at).await.expect(200);
        let named =
            json!({"axis": "identity", "to": "addressed", "about": finding, "reason": {"en": "They know."}});
        register.ngo("KK").post(&part(&id, "level-changes"), named).await.invalid("/reason", "not_allowed");
    })
    .await;
}
