//! What people do with their own account, over HTTP.

use qadam_domain::accounts::Role;
use serde_json::json;

use crate::testing::{PASSWORD, Register};

const ME: &str = "/api/v1/me";

#[tokio::test]
async fn one_reads_and_edits_ones_own_name_and_language() {
    let register = Register::start().await;
    let token = register.account("officer", "GPO", Role::Officer).await;
    let me = register.ask("GET", ME, &token).await;
    assert_eq!((me.status.as_u16(), me.header("cache-control")), (200, "no-store"));
    assert_eq!(me.header("etag"), format!("\"{}\"", me.body["etag"].as_str().unwrap()));
    assert_eq!((&me.body["email"], &me.body["role"]), (&json!("officer@example.org"), &json!("officer")));
    assert_eq!((&me.body["state"], &me.body["confirmed"]), (&json!("active"), &json!(true)));
    assert_eq!(me.body["organisation"]["code"], "GPO");
    assert_eq!(me.body["url"], "https://register.example/api/v1/me");

    let changed =
        register.patch(ME, &token, &me.body["etag"], json!({"name": " Ә. ", "language": "kk"})).await;
    assert_eq!((&changed.body["name"], &changed.body["language"]), (&json!("Ә."), &json!("kk")));
    assert_ne!(changed.body["etag"], me.body["etag"]);
}

#[tokio::test]
async fn an_edit_is_checked_in_the_order_of_checks() {
    let register = Register::start().await;
    let token = register.account("officer", "GPO", Role::Officer).await;
    let etag = register.ask("GET", ME, &token).await.body["etag"].clone();
    let bad = json!({"role": "admin"});
    assert_eq!(
        register.tell("PATCH", "/api/v1/me?x=1", "", bad.clone()).await.refusal(),
        (401, "unauthenticated")
    );
    let parameter = register.tell("PATCH", "/api/v1/me?x=1", &token, bad.clone()).await;
    assert_eq!(parameter.refusal(), (400, "unknown_parameter"));
    let unconditional = register.tell("PATCH", ME, &token, bad.clone()).await;
    assert_eq!(unconditional.refusal(), (428, "precondition_required"));
    let stale = register.patch(ME, &token, &json!("old"), bad.clone()).await;
    assert_eq!(stale.refusal(), (412, "precondition_failed"));
    for (body, pointer, code) in [
        (bad, "#/role", "unknown_field"),
        (json!({"name": null}), "#/name", "required"),
        (json!({"name": " "}), "#/name", "required"),
        (json!({"language": "de"}), "#/language", "unknown_value"),
    ] {
        let refused = register.patch(ME, &token, &etag, body).await;
        assert_eq!(refused.wrong_field(), (422, pointer, code));
    }
    assert_eq!(register.ask("GET", ME, &token).await.body["etag"], etag);
}

#[tokio::test]
async fn a_new_password_needs_the_present_one_and_ends_other_sessions() {
    let register = Register::start().await;
    let other = register.account("officer", "GPO", Role::Officer).await;
    let credentials = json!({"email": "officer@example.org", "password": PASSWORD});
    let signed = register.tell("POST", "/api/v1/auth/login", "", credentials).await;
    let token = signed.body["access_token"].as_str().unwrap();
    let change = async |current: &str, new: &str| {
        let body = json!({"current_password": current, "password": new});
        register.tell("POST", "/api/v1/me/password", token, body).await
    };
    let new = "orbit of a distant kumquat";
    assert_eq!(change("not the password", new).await.refusal(), (401, "invalid_credentials"));
    assert_eq!(change(PASSWORD, "short").await.wrong_field(), (422, "#/password", "too_short"));
    assert_eq!(change(PASSWORD, new).await.status, 204);
    assert_eq!(register.ask("GET", ME, token).await.status, 200);
    assert_eq!(register.ask("GET", ME, &other).await.refusal(), (401, "invalid_token"));
}

#[tokio::test]
async fn one_sees_and_ends_ones_own_sessions_alone() {
    let register = Register::start().await;
    let first = register.account("officer", "GPO", Role::Officer).await;
    let credentials = json!({"email": "officer@example.org", "password": PASSWORD, "label": "Phone"});
    let signed = register.tell("POST", "/api/v1/auth/login", "", credentials).await;
    let second = signed.body["access_token"].as_str().unwrap();
    let stranger = register.account("stranger", "NGO-A", Role::NgoMember).await;

    let listed = register.ask("GET", "/api/v1/me/sessions", second).await.body;
    let sessions = listed["items"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    assert!(listed["self"].as_str().unwrap().ends_with("/api/v1/me/sessions"), "{listed}");
    let (current, earlier): (Vec<_>, Vec<_>) =
        sessions.iter().partition(|session| session["current"] == true);
    assert_eq!((&current[0]["label"], &earlier[0]["label"]), (&json!("Phone"), &json!("")));

    let path = format!("/api/v1/me/sessions/{}", earlier[0]["id"].as_str().unwrap());
    assert_eq!(register.ask("DELETE", &format!("{path}?x=1"), &stranger).await.refusal(), (404, "not_found"));
    assert_eq!(
        register.ask("DELETE", &format!("{path}?x=1"), second).await.refusal(),
        (400, "unknown_parameter")
    );
    assert_eq!(register.ask("GET", ME, &first).await.status, 200);
    assert_eq!(register.ask("DELETE", &path, second).await.status, 204);
    assert_eq!(register.ask("GET", ME, &first).await.refusal(), (401, "invalid_token"));
    assert_eq!(register.ask("DELETE", &path, second).await.refusal(), (404, "not_found"));
}
