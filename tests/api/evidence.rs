//! Evidence: who brings it, who reads it, what it is about.

use qadam_domain::accounts::Role;
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

use crate::samples;
use crate::scenes::{commitment, found, part, proposal};

async fn brought(caller: Caller<'_>, id: &str, body: Value) -> Value {
    caller.post(&part(id, "evidence"), body).await.expect(201)["evidence"].clone()
}

fn link() -> Value {
    json!({"kind": "link", "relation": "contradicts", "title": {"en": "Photographs"}, "url": "https://example.org/p"})
}

#[tokio::test]
async fn owners_and_institutions_speak_under_their_names_and_civil_society_as_it_says() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let own = brought(register.officer("GPO"), &id, samples::evidence()).await;
        assert_eq!((&own["organisation"]["code"], &own["relation"]), (&json!("GPO"), &json!("supports")));
        assert_eq!((&own["text_level"], &own["identity_level"]), (&Value::Null, &Value::Null));
        let theirs = brought(register.ngo("KK"), &id, link()).await;
        assert_eq!((&theirs["text_level"], &theirs["identity_level"]), (&json!("public"), &json!("own")));
        assert_eq!(theirs["organisation"]["code"], "KK");
        let at = part(&id, &format!("evidence/{}", theirs["id"].as_str().unwrap()));
        let read = register.secretariat().get(&at).await.expect(200);
        assert_eq!((&read["organisation"], &read["identity_level"]), (&Value::Null, &Value::Null));
        let named = register.person(Person::second("KK", Role::NgoMember)).get(&at).await.expect(200);
        assert_eq!(named["organisation"]["code"], "KK");
        let levels = json!({"kind": "named", "title": {"en": "Act"}, "text_level": "members"});
        register
            .officer("NCHR")
            .post(&part(&id, "evidence"), levels)
            .await
            .invalid("/text_level", "not_allowed");
        let list = register.anonymous().get(&part(&id, "evidence")).await.expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 2);
        let embedded = register.anonymous().get(&format!("/items/{id}?embed=evidence")).await.expect(200);
        assert_eq!(embedded["embedded"]["evidence"], list["items"]);
    })
    .await;
}

#[tokio::test]
async fn evidence_at_a_level_is_there_for_those_who_read_the_level_alone() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        for (level, readers) in [
            ("secretariat", "....S.K"),
            ("addressed", "...OS.K"),
            ("members", ".BHOSNK"),
            ("public", "ABHOSNK"),
        ] {
            let mut body = link();
            body["text_level"] = json!(level);
            let made = brought(register.ngo("KK"), &id, body).await;
            let at = part(&id, &format!("evidence/{}", made["id"].as_str().unwrap()));
            for (letter, caller) in [
                ('A', register.anonymous()),
                ('B', register.observer()),
                ('H', register.officer("MOH")),
                ('O', register.officer("GPO")),
                ('S', register.secretariat()),
                ('N', register.ngo("KIBHR")),
                ('K', register.ngo("KK")),
            ] {
                let reads = readers.contains(letter);
                assert_eq!(caller.get(&at).await.status == 200, reads, "{letter} {level}");
                let list = caller.get(&part(&id, "evidence")).await.expect(200);
                let listed = list["items"].as_array().unwrap().iter().any(|one| one["id"] == made["id"]);
                assert_eq!(listed, reads, "{letter} {level}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_an_organisation_filed_there_gives_its_evidence_the_same_identity() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "members").await;
        let made = brought(register.ngo("KK"), &id, link()).await;
        assert_eq!((&made["text_level"], &made["identity_level"]), (&json!("public"), &json!("members")));
        let mut wider = link();
        wider["identity_level"] = json!("public");
        register
            .ngo("KK")
            .post(&part(&id, "evidence"), wider)
            .await
            .invalid("/identity_level", "not_allowed");
    })
    .await;
}

#[tokio::test]
async fn evidence_is_about_a_finding_or_report_that_its_readers_read() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let finding = found(register.officer("NCHR"), &id, "initial_steps").await;
        let about = |of: &str| {
            let mut body = samples::evidence();
            body["about"] = json!(of);
            body
        };
        let made = brought(register.officer("NCHR"), &id, about(&finding)).await;
        assert_eq!(made["about"], json!(finding));
        let narrow = json!({"finding": "regressed", "rationale": {"en": "Seen."}, "text_level": "addressed"});
        let narrow = register.ngo("KK").post(&part(&id, "assessments"), narrow).await.expect(201);
        let narrow = narrow["assessment"]["id"].as_str().unwrap();
        let at = part(&id, "evidence");
        register.officer("GPO").post(&at, about(narrow)).await.invalid("/about", "not_allowed");
        register.ngo("KIBHR").post(&at, about(narrow)).await.invalid("/about", "unknown_reference");
        register.ngo("KIBHR").post(&at, about(samples::NOTHING)).await.invalid("/about", "unknown_reference");
        let own = made["id"].as_str().unwrap();
        register.officer("NCHR").post(&at, about(own)).await.invalid("/about", "not_allowed");
        let mut equal = about(narrow);
        equal["text_level"] = json!("addressed");
        brought(register.ngo("KK"), &id, equal).await;
    })
    .await;
}
