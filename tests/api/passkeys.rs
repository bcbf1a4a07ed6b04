//! Signing in with a passkey: alone, once for each challenge, and as nobody else.

use futures_util::future::join_all;
use qadam_domain::accounts::Role;
use qadam_tests::device::{Device, VERIFIED};
use qadam_tests::{Answer, Person, TestRegister};
use serde_json::{Value, json};

use crate::samples::passkeys::{ORIGIN, added, begun, challenge, made, said, written};

const OFFICER: Person = Person::first("GPO", Role::Officer);
const OTHER: Person = Person::first("MOH", Role::Officer);

async fn come(register: &TestRegister, body: Value) -> Answer {
    register.anonymous().post("/auth/passkey", body).await
}

#[tokio::test]
async fn a_passkey_alone_signs_in_until_it_is_removed_and_each_change_ends_other_sessions() {
    TestRegister::on_both(async |register| {
        let credentials = json!({"email": OFFICER.email(), "password": qadam_tests::PASSWORD});
        let elsewhere = register.anonymous().post("/auth/login", credentials).await.expect(200);
        let (device, id) = added(register, OFFICER, "Telephone").await;
        let refresh = json!({"refresh_token": elsewhere["refresh_token"]});
        register.anonymous().post("/auth/refresh", refresh).await.refused("invalid_refresh_token");
        let tokens = come(register, said(&device, &challenge(register).await)).await.expect(200);
        let token = tokens["access_token"].as_str().unwrap();
        let me = register.anonymous().get("/me").token(token).await.expect(200);
        assert_eq!(me["email"], OFFICER.email());
        let listed = register.person(OFFICER).get("/me/passkeys").await.expect(200);
        let passkey = &listed["items"][0];
        assert_eq!((&passkey["label"], &passkey["backed_up"]), (&json!("Telephone"), &json!(true)));
        assert_eq!((&passkey["used_on"], &passkey["doubted_on"]), (&passkey["made_on"], &Value::Null));
        assert_eq!(register.person(OTHER).get("/me/passkeys").await.expect(200)["items"], json!([]));
        let removal = format!("/me/passkeys/{id}/removal");
        let password = json!({"password": qadam_tests::PASSWORD});
        register.person(OTHER).post(&removal, password.clone()).await.refused("not_found");
        register.person(OFFICER).post(&removal, password).await.expect_empty(204);
        register.anonymous().get("/me").token(token).await.refused("invalid_token");
        let again = come(register, said(&device, &challenge(register).await)).await;
        again.refused("invalid_credentials");
    })
    .await;
}

#[tokio::test]
async fn a_challenge_lets_one_in_however_many_bring_its_answer_at_the_same_time() {
    TestRegister::on_both(async |register| {
        let (device, _) = added(register, OFFICER, "Telephone").await;
        let answer = said(&device, &challenge(register).await);
        let comers = (0..50).map(|number| {
            let request = register.anonymous().post("/auth/passkey", answer.clone());
            request.from_address(&format!("203.0.113.{number}")).into_future()
        });
        let codes: Vec<u16> = join_all(comers).await.iter().map(|answer| answer.status).collect();
        assert_eq!(codes.iter().filter(|status| **status == 200).count(), 1, "{codes:?}");
        assert_eq!(codes.iter().filter(|status| **status == 401).count(), 49, "{codes:?}");
        assert_eq!(register.peek("SELECT COUNT(*) FROM spent_challenge").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_challenge_of_one_node_is_answered_on_another_and_then_on_none() {
    TestRegister::on_two_nodes(async |first, second| {
        let (device, answered) = begun(first, OFFICER, "Telephone").await;
        let body = made(&device, &answered, "Telephone");
        let token = first.token(OFFICER).await;
        second.anonymous().post("/me/passkeys", body.clone()).token(&token).await.expect(200);
        first.anonymous().post("/me/passkeys", body).token(&token).await.refused("invalid_passkey");
        let answer = said(&device, &challenge(second).await);
        come(first, answer.clone()).await.expect(200);
        come(second, answer).await.refused("invalid_credentials");
    })
    .await;
}

/// Whatever is wrong is said in the same words.
fn words(answer: &Answer) -> (u16, Value, Value, Value) {
    let problem = answer.json();
    (answer.status, problem["code"].clone(), problem["title"].clone(), problem["detail"].clone())
}

#[tokio::test]
async fn whatever_is_wrong_with_a_passkey_is_answered_as_a_wrong_password_is() {
    TestRegister::on_both(async |register| {
        let wrong = json!({"email": OFFICER.email(), "password": "not the right one"});
        let expected = words(&register.anonymous().post("/auth/login", wrong).await);
        let (mut device, _) = added(register, OFFICER, "Telephone").await;
        let (other, _) = added(register, OTHER, "Telephone").await;
        let handle = device.user_handle.clone();
        let mut bodies = Vec::new();
        let mut bent = async |device: &Device| bodies.push(said(device, &challenge(register).await));
        device.origin = "https://register.example.evil.example".to_owned();
        bent(&device).await;
        device.origin = ORIGIN.to_owned();
        device.party = "evil.example".to_owned();
        bent(&device).await;
        device.party = "register.example".to_owned();
        device.flags &= !VERIFIED;
        bent(&device).await;
        device.flags |= VERIFIED;
        device.user_handle.clone_from(&other.user_handle);
        bent(&device).await;
        device.user_handle = handle;
        bent(&Device { user_handle: device.user_handle.clone(), ..Device::new(ORIGIN, b"unknown") }).await;
        let mut forged = said(&other, &challenge(register).await);
        forged["credential_id"] = written(&device.credential_id).into();
        forged["user_handle"] = written(&device.user_handle).into();
        bodies.push(forged);
        let (_, of_registration) = begun(register, OFFICER, "Another").await;
        bodies.push(said(&device, &of_registration));
        bodies.push(said(&device, b"a challenge that nobody gave"));
        for (number, body) in bodies.into_iter().enumerate() {
            let asked = register.anonymous().post("/auth/passkey", body);
            let answer = asked.from_address(&format!("203.0.113.{number}")).await;
            assert_eq!(words(&answer), expected, "{number}");
        }
        let late = said(&device, &challenge(register).await);
        register.pass(300);
        assert_eq!(words(&come(register, late).await), expected);
        come(register, said(&device, &challenge(register).await)).await.expect(200);
        let path = format!("/users/{}", register.user_id(OFFICER));
        let disabled = json!({"state": "disabled"});
        register.admin().patch(&path, disabled).header("if-match", "*").await.expect(200);
        let out = come(register, said(&device, &challenge(register).await)).await;
        assert_eq!(words(&out), expected);
    })
    .await;
}

#[tokio::test]
async fn a_passkey_that_counted_further_before_is_refused_and_the_day_is_noted() {
    TestRegister::on_both(async |register| {
        let (mut device, answered) = begun(register, OFFICER, "Key").await;
        device.sign_count = 7;
        let body = made(&device, &answered, "Key");
        register.person(OFFICER).post("/me/passkeys", body).await.expect(200);
        let doubted = async || {
            let listed = register.person(OFFICER).get("/me/passkeys").await.expect(200);
            listed["items"][0]["doubted_on"].clone()
        };
        device.sign_count = 8;
        come(register, said(&device, &challenge(register).await)).await.expect(200);
        assert_eq!(doubted().await, Value::Null);
        for count in [8, 7, 0] {
            device.sign_count = count;
            let refused = come(register, said(&device, &challenge(register).await)).await;
            refused.refused("invalid_credentials");
        }
        assert_eq!(doubted().await, register.today());
        device.sign_count = 9;
        come(register, said(&device, &challenge(register).await)).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn a_passkey_is_added_in_the_session_that_began_with_it_and_is_of_one_account_alone() {
    TestRegister::on_both(async |register| {
        let (device, answered) = begun(register, OFFICER, "Telephone").await;
        let body = made(&device, &answered, "Telephone");
        register.person(OTHER).post("/me/passkeys", body.clone()).await.refused("invalid_passkey");
        let credentials = json!({"email": OFFICER.email(), "password": qadam_tests::PASSWORD});
        let elsewhere = register.anonymous().post("/auth/login", credentials).await.expect(200);
        let elsewhere = elsewhere["access_token"].as_str().unwrap().to_owned();
        let there = register.anonymous().post("/me/passkeys", body.clone()).token(&elsewhere).await;
        there.refused("invalid_passkey");
        register.person(OFFICER).post("/me/passkeys", body).await.expect(200);
        let (copy, answered) = begun(register, OTHER, "Telephone").await;
        let copy = Device { credential_id: device.credential_id.clone(), ..copy };
        let stolen = made(&copy, &answered, "Telephone");
        register.person(OTHER).post("/me/passkeys", stolen).await.refused("invalid_passkey");
        let (late, answered) = begun(register, OTHER, "Late").await;
        let late = made(&late, &answered, "Late");
        let token = register.token(OTHER).await;
        register.pass(300);
        let answer = register.anonymous().post("/me/passkeys", late).token(&token).await;
        answer.refused("invalid_passkey");
    })
    .await;
}

#[tokio::test]
async fn browsers_may_ask_for_passkeys_for_these_pages_and_for_none_within_them() {
    TestRegister::on_sqlite(async |register| {
        let answer = register.anonymous().get("/items").await;
        let policy = answer.header("permissions-policy");
        for feature in ["publickey-credentials-create=(self)", "publickey-credentials-get=(self)"] {
            assert!(policy.contains(feature), "{policy}");
        }
    })
    .await;
}
