//! Two proposals that ask for the same become one: every submitter consents to the merge into a target that it names.

use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{change, create, filed, part, proposal, recommendation, title, widen};

/// The move of an item into another one.
fn into(target: &str) -> Value {
    json!({"to": "merged", "target": target})
}

async fn agree(caller: Caller<'_>, item: &str, target: &str) {
    let body = json!({"axis": "merge", "target": target});
    caller.post(&part(item, "consents"), body).await.expect(201);
}

async fn items(caller: Caller<'_>, path: &str) -> Vec<Value> {
    caller.get(path).await.expect(200)["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_proposal_is_merged_where_its_submitter_agreed_to_this_target_and_no_other() {
    TestRegister::on_both(async |register| {
        let (ngo, secretariat) = (register.ngo("KK"), register.secretariat());
        let target = proposal(register, "rowan", "public", "own").await;
        let other = proposal(register, "birch", "public", "own").await;
        let id = filed(register, "alder").await;
        let moves = part(&id, "status-changes");
        secretariat.post(&moves, into(&target)).await.refused("consent_required");
        agree(ngo, &id, &target).await;
        secretariat.post(&moves, into(&other)).await.refused("consent_required");
        let told = items(secretariat, &part(&id, "consents")).await;
        let consent = told.last().unwrap();
        assert_eq!((&consent["axis"], &consent["level"]), (&json!("merge"), &Value::Null));
        assert_eq!(consent["target"]["ref"], "P-2026-0001");

        let merged = secretariat.post(&moves, into(&target)).await.expect(201);
        assert_eq!(merged["item"]["status"], "merged");
        assert_eq!(
            merged["item"]["etag"],
            secretariat.get(&format!("/items/{id}")).await.expect(200)["etag"]
        );
        let links = items(secretariat, &part(&target, "links")).await;
        assert_eq!(links.len(), 1);
        assert_eq!((&links[0]["kind"], &links[0]["item"]["id"]), (&json!("duplicates"), &json!(id)));
        assert_eq!(items(register.anonymous(), &part(&target, "links")).await, Vec::<Value>::new());
        // What was merged takes nothing in, and goes nowhere else.
        let late = filed(register, "linden").await;
        let body = json!({"axis": "merge", "target": id});
        assert_eq!(ngo.post(&part(&late, "consents"), body).await.mistake(), "#/target not_allowed");
        secretariat.post(&moves, into(&other)).await.refused("move_not_allowed");
    })
    .await;
}

#[tokio::test]
async fn who_filed_what_was_merged_is_named_at_the_target_as_far_as_it_lets_itself_be_named() {
    TestRegister::on_both(async |register| {
        let secretariat = register.secretariat();
        let target = proposal(register, "rowan", "public", "own").await;
        let kibhr = register.ngo("KIBHR");
        let new = json!({"kind": "proposal", "title": title("birch"), "addressees": ["GPO"]});
        let id = create(kibhr, new).await;
        change(kibhr, &id, json!({"to": "submitted"})).await;
        agree(kibhr, &id, &target).await;
        secretariat.post(&part(&id, "status-changes"), into(&target)).await.expect(201);
        let filers = async |caller: Caller<'_>| {
            let links = items(caller, &part(&target, "links")).await;
            links.first().map(|link| link["filed_by"].clone())
        };
        assert_eq!(filers(secretariat).await, Some(Value::Null));
        assert_eq!(filers(register.ngo("KK")).await, None, "the other submitter does not see it");
        assert_eq!(filers(kibhr).await.unwrap()[0]["code"], "KIBHR");
        widen(kibhr, &id, "identity", "secretariat").await;
        assert_eq!(filers(secretariat).await.unwrap()[0]["code"], "KIBHR");
        let seen = secretariat.get(&format!("/items/{target}")).await.expect(200);
        assert_eq!(seen["filed_by"], Value::Null, "the target's own submitter stays hidden");
    })
    .await;
}

#[tokio::test]
async fn a_merge_is_agreed_to_with_a_target_in_sight_of_the_same_kind() {
    TestRegister::on_both(async |register| {
        let ngo = register.ngo("KK");
        let id = filed(register, "alder").await;
        let kibhr = register.ngo("KIBHR");
        let hidden = create(kibhr, json!({"kind": "proposal", "title": title("birch")})).await;
        change(kibhr, &hidden, json!({"to": "submitted"})).await;
        let consents = part(&id, "consents");
        let refused = async |body: Value| ngo.post(&consents, body).await;
        let unknown = refused(json!({"axis": "merge", "target": hidden})).await;
        assert_eq!(unknown.mistake(), "#/target unknown_reference");
        let absent = refused(json!({"axis": "merge", "target": crate::samples::NOTHING})).await;
        assert_eq!(unknown.bytes_but_for_the_request(), absent.bytes_but_for_the_request());
        let recommended = recommendation(register, "CAT", "larch").await;
        for target in [&recommended, &id] {
            let answer = refused(json!({"axis": "merge", "target": target})).await;
            assert_eq!(answer.mistake(), "#/target not_allowed");
        }
        for (body, mistake) in [
            (json!({"axis": "merge"}), "#/target required"),
            (json!({"axis": "merge", "target": recommended, "level": "public"}), "#/level not_allowed"),
            (json!({"axis": "text"}), "#/level required"),
            (json!({"axis": "text", "level": "public", "target": recommended}), "#/target not_allowed"),
        ] {
            assert_eq!(refused(body.clone()).await.mistake(), mistake, "{body}");
        }
        // What somebody else may not see is told to nobody by the consent to it.
        let public = proposal(register, "rowan", "public", "own").await;
        let target = proposal(register, "maple", "members", "own").await;
        agree(ngo, &public, &target).await;
        register.admit().await;
        for path in [part(&public, "history"), "/ledger/entries?limit=1000".to_owned()] {
            assert!(!register.anonymous().get(&path).await.text().contains(&target), "{path}");
        }
    })
    .await;
}
