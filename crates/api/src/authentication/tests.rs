//! Signing in and out over HTTP.

use qadam_domain::accounts::Role;
use serde_json::json;

use crate::testing::{PASSWORD, Register};

const LOGIN: &str = "/api/v1/auth/login";
const REFRESH: &str = "/api/v1/auth/refresh";

#[tokio::test]
async fn a_session_goes_from_sign_in_over_refresh_to_sign_out() {
    let register = Register::start().await;
    register.account("officer", "GPO", Role::Officer).await;
    let credentials = json!({"email": "Officer@example.org", "password": PASSWORD, "label": "Кеңсе"});
    let signed = register.tell("POST", LOGIN, "", credentials).await;
    assert_eq!((signed.status.as_u16(), signed.header("cache-control")), (200, "no-store"));
    assert_eq!((&signed.body["token_type"], &signed.body["expires_in"]), (&json!("Bearer"), &json!(604_800)));

    let first = json!({"refresh_token": signed.body["refresh_token"]});
    let renewed = register.tell("POST", REFRESH, "", first.clone()).await;
    assert_eq!((renewed.status.as_u16(), renewed.header("cache-control")), (200, "no-store"));
    let access = renewed.body["access_token"].as_str().unwrap();
    assert_eq!(register.ask("GET", "/api/v1/me", access).await.status, 200);

    // A used token ends the session, for the one who holds the newest tokens too.
    assert_eq!(register.tell("POST", REFRESH, "", first).await.refusal(), (401, "invalid_refresh_token"));
    assert_eq!(register.ask("GET", "/api/v1/me", access).await.refusal(), (401, "invalid_token"));
}

#[tokio::test]
async fn signing_out_ends_the_session_and_its_refresh_token() {
    let register = Register::start().await;
    register.account("officer", "GPO", Role::Officer).await;
    let credentials = json!({"email": "officer@example.org", "password": PASSWORD});
    let tokens = register.tell("POST", LOGIN, "", credentials).await.body;
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(
        register.ask("POST", "/api/v1/auth/logout?x=1", access).await.refusal(),
        (400, "unknown_parameter")
    );
    assert_eq!(register.ask("POST", "/api/v1/auth/logout", access).await.status, 204);
    assert_eq!(register.ask("POST", "/api/v1/auth/logout", access).await.refusal(), (401, "invalid_token"));
    assert_eq!(register.ask("POST", "/api/v1/auth/logout", "").await.refusal(), (401, "unauthenticated"));
    let again = register.tell("POST", REFRESH, "", json!({"refresh_token": tokens["refresh_token"]})).await;
    assert_eq!(again.refusal(), (401, "invalid_refresh_token"));
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_are_answered_alike() {
    let register = Register::start().await;
    register.account("officer", "GPO", Role::Officer).await;
    let mut answers = Vec::new();
    for (email, password) in [
        ("officer@example.org", "another password"),
        ("nobody@example.org", PASSWORD),
        ("no address", PASSWORD),
    ] {
        let body = json!({"email": email, "password": password});
        let id = [("x-request-id", "same")];
        let answer = register.send("POST", LOGIN, "", &id, &body).await;
        assert_eq!(answer.refusal(), (401, "invalid_credentials"), "{email}");
        answers.push((answer.body, answer.headers));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[tokio::test]
async fn what_is_missing_or_unknown_in_a_sign_in_is_named() {
    let register = Register::start().await;
    for (body, pointer, code) in [
        (json!({"email": "a@example.org"}), "#/password", "required"),
        (json!({"email": "a@example.org", "password": 1}), "#/password", "wrong_type"),
        (json!({"email": "a@example.org", "password": "x", "otp": "1"}), "#/otp", "unknown_field"),
        (
            json!({"email": "a@example.org", "password": "x", "label": "a\nb"}),
            "#/label",
            "forbidden_character",
        ),
    ] {
        assert_eq!(register.tell("POST", LOGIN, "", body).await.wrong_field(), (422, pointer, code));
    }
}

#[tokio::test]
async fn the_keys_of_access_tokens_are_told_without_the_secret_half() {
    let register = Register::start().await;
    let answer = register.ask("GET", "/.well-known/jwks.json", "").await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"));
    let key = answer.body["keys"][0].as_object().unwrap();
    let members: Vec<_> = key.keys().map(String::as_str).collect();
    assert_eq!(members, ["alg", "crv", "kid", "kty", "use", "x"]);
    assert_eq!((&key["alg"], &key["crv"]), (&json!("EdDSA"), &json!("Ed25519")));
}
