//! The main story: what a newcomer does in the first ten minutes.

use qadam_tests::{PASSWORD, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{announced, change, consent, draft, part, title};

#[tokio::test]
async fn an_officer_confirms_what_was_announced_and_touches_nothing_of_another_body() {
    TestRegister::on_both(async |register| {
        let id = announced(register, "GPO", "compensation").await;
        let other = announced(register, "MOH", "psychiatry").await;
        let credentials = json!({"email": "officer1@gpo.example", "password": PASSWORD});
        let tokens = register.anonymous().post("/auth/login", credentials).await.expect(200);
        let token = tokens["access_token"].as_str().unwrap();
        let officer = register.officer("GPO");
        let found =
            officer.get("/items?q=compensation&lead=GPO&status=announced").token(token).await.expect(200);
        assert_eq!(found["items"][0]["id"], *id);
        let planned = json!({"to": "planned", "due_on": "2026-12-31"});
        let planned = officer.post(&part(&id, "status-changes"), planned).token(token).await.expect(201);
        assert_eq!(planned["item"]["original_due_on"], Value::Null, "it was public before it had a date");
        change(officer, &id, json!({"to": "in_progress"})).await;
        let history = register.anonymous().get(&part(&id, "history")).await.expect(200);
        let statuses: Vec<&str> = history["items"]
            .as_array()
            .unwrap()
            .iter()
            // Who filed it has an entry of its own, which says nothing of the status.
            .filter_map(|entry| entry["after"]["status"].as_str())
            .collect();
        assert_eq!(statuses, ["in_progress", "planned", "announced"]);
        register.admit().await;
        let entries = register.anonymous().get("/ledger/entries?limit=1000").await.text();
        assert!(entries.contains(r#""status":"in_progress""#));
        let before = register.secretariat().get(&format!("/items/{other}")).await.expect(200);
        let planned = json!({"to": "planned", "due_on": "2026-12-31"});
        officer.post(&part(&other, "status-changes"), planned).await.refused("role_required");
        let edit = json!({"title": {"en": "Nothing"}});
        officer
            .patch(&format!("/items/{other}"), edit)
            .header("if-match", "*")
            .await
            .refused("role_required");
        assert_eq!(register.secretariat().get(&format!("/items/{other}")).await.expect(200), before);
    })
    .await;
}

#[tokio::test]
async fn a_proposal_is_seen_by_nobody_until_its_submitter_consents_and_its_author_by_nobody_at_all() {
    TestRegister::on_both(async |register| {
        let id = draft(register, "oversight").await;
        let at = format!("/items/{id}");
        register.secretariat().get(&at).await.refused("not_found");
        change(register.ngo("KK"), &id, json!({"to": "submitted"})).await;
        let seen = register.secretariat().get(&at).await.expect(200);
        assert_eq!((&seen["filed_by"], &seen["identity_level"]), (&Value::Null, &Value::Null));
        assert!(!seen.to_string().contains("KK\""), "{seen}");
        for caller in [register.officer("GPO"), register.ngo("KIBHR"), register.observer(), register.admin()]
        {
            caller.get(&at).await.refused("not_found");
        }
        let passed_on = json!({"to": "under_review", "lead": "GPO"});
        let secretariat = register.secretariat();
        secretariat.post(&part(&id, "status-changes"), passed_on.clone()).await.refused("consent_required");
        consent(register, &id, "text", "addressed").await;
        secretariat.post(&part(&id, "status-changes"), passed_on).await.expect(201);
        let seen = register.officer("GPO").get(&at).await.expect(200);
        assert_eq!(seen["filed_by"], Value::Null);
        register.officer("MOH").get(&at).await.refused("not_found");
        let answer = json!({"to": "accepted", "answer": {"text": {"ru": "Примем."}}});
        change(register.officer("GPO"), &id, answer).await;
        let told = register.ngo("KK").get(&at).await.expect(200);
        assert_eq!(told["answer"]["text"]["ru"], "Примем.");
        assert_eq!(register.anonymous().get("/items").await.expect(200)["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn signing_in_refreshing_reusing_and_signing_out() {
    TestRegister::on_both(async |register| {
        let anonymous = register.anonymous();
        let credentials = json!({"email": "officer1@gpo.example", "password": PASSWORD});
        let first = anonymous.post("/auth/login", credentials.clone()).await.expect(200);
        let token = |tokens: &Value, name: &str| tokens[name].as_str().unwrap().to_owned();
        let me = async |token: &str| anonymous.get("/me").token(token).await;
        assert_eq!(me(&token(&first, "access_token")).await.expect(200)["organisation"]["code"], "GPO");
        let refresh = json!({"refresh_token": token(&first, "refresh_token")});
        let second = anonymous.post("/auth/refresh", refresh.clone()).await.expect(200);
        me(&token(&second, "access_token")).await.expect(200);
        anonymous.post("/auth/refresh", refresh).await.refused("invalid_refresh_token");
        me(&token(&second, "access_token")).await.refused("invalid_token");
        let rest = json!({"refresh_token": token(&second, "refresh_token")});
        anonymous.post("/auth/refresh", rest).await.refused("invalid_refresh_token");
        let third = anonymous.post("/auth/login", credentials.clone()).await.expect(200);
        let third = token(&third, "access_token");
        anonymous.request(http::Method::POST, "/auth/logout").token(&third).await.expect(204);
        me(&third).await.refused("invalid_token");
        let fourth = anonymous.post("/auth/login", credentials).await.expect(200);
        register.pass(606);
        me(&token(&fourth, "access_token")).await.refused("invalid_token");
    })
    .await;
}

#[tokio::test]
async fn tokens_that_were_tampered_with_are_refused_everywhere() {
    TestRegister::on_sqlite(async |register| {
        let person = register.officer("GPO").person().unwrap();
        let good = register.token(person).await;
        let parts: Vec<&str> = good.split('.').collect();
        let [header, claims, signature] = parts[..] else { panic!("{good}") };
        let bad = [
            format!("{header}.{claims}."),
            format!("{header}.{claims}"),
            format!("eyJhbGciOiJub25lIn0.{claims}."),
            format!("{header}.{claims}.{}A", &signature[..signature.len() - 2]),
            format!("{header}.e30.{signature}"),
            format!("{good}.x"),
            "x".repeat(5_000),
        ];
        for token in bad {
            register.officer("GPO").get("/me").token(&token).await.refused("invalid_token");
            register.officer("GPO").get("/items").token(&token).await.refused("invalid_token");
        }
        let body = json!({"kind": "commitment", "title": title("larch")});
        register.officer("GPO").post("/items", body).token("x").await.refused("invalid_token");
    })
    .await;
}
