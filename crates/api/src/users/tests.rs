//! Accounts over HTTP.

use qadam_domain::accounts::Role;
use serde_json::{Value, json};

use crate::testing::{Answer, PASSWORD, Register};

const USERS: &str = "/api/v1/users";

fn new(name: &str, organisation: &str, role: &str) -> Value {
    json!({
        "email": format!("{name}@example.org"), "name": name, "organisation": organisation, "role": role,
        "language": "kk",
    })
}

/// Chooses the password of an account by the link it was created with, and signs it in.
async fn let_in(register: &Register, created: &Answer) -> String {
    let body = json!({"token": created.body["link"]["token"], "password": PASSWORD});
    assert_eq!(register.tell("POST", "/api/v1/auth/password", "", body).await.status, 204);
    let body = json!({"email": created.body["email"], "password": PASSWORD});
    let signed = register.tell("POST", "/api/v1/auth/login", "", body).await;
    signed.body["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_new_account_is_let_in_by_its_link_once() {
    let register = Register::start().await;
    let admin = register.account("admin", "MFA", Role::Admin).await;
    let created = register.tell("POST", USERS, &admin, new("officer", "GPO", "officer")).await;
    assert_eq!(created.status, 201);
    let token = created.body["link"]["token"].as_str().unwrap();
    assert_eq!(created.body["link"]["url"], format!("https://register.example/setup?token={token}"));
    assert_eq!((&created.body["state"], &created.body["language"]), (&json!("invited"), &json!("kk")));
    let url = created.body["url"].as_str().unwrap();
    assert_eq!(created.header("location"), url);

    let path = url.strip_prefix("https://register.example").unwrap();
    let read = register.ask("GET", path, &admin).await;
    assert_eq!((read.status.as_u16(), read.body.get("link")), (200, None));
    assert_eq!(read.body["etag"], created.body["etag"]);

    let weak = json!({"token": token, "password": "password"});
    let refused = register.tell("POST", "/api/v1/auth/password", "", weak).await;
    assert_eq!(refused.wrong_field(), (422, "#/password", "too_short"));
    let officer = let_in(&register, &created).await;
    assert_eq!(register.ask("GET", "/api/v1/me", &officer).await.body["id"], created.body["id"]);
    let again = json!({"token": token, "password": PASSWORD});
    let refused = register.tell("POST", "/api/v1/auth/password", "", again).await;
    assert_eq!(refused.refusal(), (401, "invalid_link"));
}

#[tokio::test]
async fn a_repeated_creation_makes_nothing_and_does_not_tell_the_link_again() {
    let register = Register::start().await;
    let admin = register.account("admin", "MFA", Role::Admin).await;
    let key = [("idempotency-key", "k-1")];
    let body = new("officer", "GPO", "officer");
    let first = register.send("POST", USERS, &admin, &key, &body).await;
    let second = register.send("POST", USERS, &admin, &key, &body).await;
    assert_eq!((second.status.as_u16(), &second.body["id"]), (201, &first.body["id"]));
    assert_eq!((first.body["link"].is_object(), &second.body["link"]), (true, &Value::Null));
    let other = register.send("POST", USERS, &admin, &key, &new("second", "GPO", "officer")).await;
    assert_eq!(other.refusal(), (422, "idempotency_key_reused"));
    let taken = register.tell("POST", USERS, &admin, body).await;
    assert_eq!(taken.refusal(), (409, "taken"));
    assert_eq!(register.ask("GET", USERS, &admin).await.body["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn all_mistakes_in_a_new_account_are_named_and_others_are_refused_first() {
    let register = Register::start().await;
    let admin = register.account("admin", "MFA", Role::Admin).await;
    let officer = register.account("officer", "GPO", Role::Officer).await;
    let bad =
        json!({"email": "x", "name": "", "organisation": "GPO", "role": "ngo_member", "language": "kk"});
    let refused = register.tell("POST", USERS, &admin, bad.clone()).await;
    let errors = refused.body["errors"].as_array().unwrap();
    let told =
        errors.iter().map(|error| (error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap()));
    let told: Vec<_> = told.collect();
    assert_eq!(told, [("#/email", "invalid_email"), ("#/name", "required"), ("#/role", "not_allowed")]);
    for body in [bad, json!({"x": 1})] {
        assert_eq!(register.tell("POST", USERS, &officer, body).await.refusal(), (403, "role_required"));
    }
}

#[tokio::test]
async fn the_list_is_followed_by_its_links_and_is_the_administrators_alone() {
    let register = Register::start().await;
    let admin = register.account("admin", "MFA", Role::Admin).await;
    let officer = register.account("officer", "GPO", Role::Officer).await;
    register.account("member", "NGO-A", Role::NgoMember).await;
    let mut found = Vec::new();
    let mut path = format!("{USERS}?limit=1");
    loop {
        let page = register.ask("GET", &path, &admin).await.body;
        found.push(page["items"][0]["email"].as_str().unwrap().to_owned());
        let Some(next) = page["next"].as_str() else { break };
        path = next.strip_prefix("https://register.example").unwrap().to_owned();
    }
    assert_eq!(found, ["admin@example.org", "member@example.org", "officer@example.org"]);
    assert_eq!(
        register.ask("GET", &path.replace("limit=1", "limit=2"), &admin).await.refusal(),
        (400, "invalid_cursor")
    );
    assert_eq!(
        register.ask("GET", &format!("{USERS}?cursor=x"), &admin).await.refusal(),
        (400, "invalid_cursor")
    );
    assert_eq!(register.ask("GET", USERS, &officer).await.refusal(), (403, "role_required"));
    assert_eq!(register.ask("GET", USERS, "").await.refusal(), (401, "unauthenticated"));
}

#[tokio::test]
async fn who_has_an_account_is_told_to_nobody_but_administrators() {
    let register = Register::start().await;
    let admin = register.account("admin", "MFA", Role::Admin).await;
    let officer = register.account("officer", "GPO", Role::Officer).await;
    let mine = register.ask("GET", "/api/v1/me", &officer).await.body["id"].as_str().unwrap().to_owned();
    let nobody = "0f8fad5b-d9cb-469f-a165-70867728950e";
    let same = [("x-request-id", "same")];
    for (method, body, end) in
        [("GET", Value::Null, ""), ("PATCH", json!({"x": 1}), ""), ("POST", Value::Null, "/links")]
    {
        let headers = [same[0], ("if-match", "\"x\"")];
        let there = register.send(method, &format!("{USERS}/{mine}{end}"), &officer, &headers, &body).await;
        let absent =
            register.send(method, &format!("{USERS}/{nobody}{end}"), &officer, &headers, &body).await;
        assert_eq!(there.refusal(), (403, "role_required"), "{method}{end}");
        assert_eq!(absent.refusal(), there.refusal(), "{method}{end}");
        let missing = register.send(method, &format!("{USERS}/{nobody}{end}"), &admin, &headers, &body).await;
        assert_eq!(missing.refusal(), (404, "not_found"), "{method}{end}");
    }
}

#[tokio::test]
async fn an_account_is_edited_disabled_and_let_in_again() {
    let register = Register::start().await;
    let admin = register.account("admin", "MFA", Role::Admin).await;
    let officer = register.account("officer", "GPO", Role::Officer).await;
    let id = register.ask("GET", "/api/v1/me", &officer).await.body["id"].as_str().unwrap().to_owned();
    let path = format!("{USERS}/{id}");
    let etag = register.ask("GET", &path, &admin).await.body["etag"].clone();
    assert_eq!(
        register.tell("PATCH", &path, &admin, json!({"x": 1})).await.refusal(),
        (428, "precondition_required")
    );
    let stale = register.patch(&path, &admin, &json!("old"), json!({"x": 1})).await;
    assert_eq!(stale.refusal(), (412, "precondition_failed"));
    for (body, pointer, code) in [
        (json!({"email": "x@example.org"}), "#/email", "unknown_field"),
        (json!({"state": null}), "#/state", "required"),
        (json!({"state": "invited"}), "#/state", "not_allowed"),
        (json!({"role": "observer"}), "#/role", "not_allowed"),
    ] {
        assert_eq!(register.patch(&path, &admin, &etag, body).await.wrong_field(), (422, pointer, code));
    }
    let disabled =
        register.patch(&path, &admin, &etag, json!({"state": "disabled", "role": "approver"})).await;
    assert_eq!((&disabled.body["state"], &disabled.body["role"]), (&json!("disabled"), &json!("approver")));
    assert_eq!(register.ask("GET", "/api/v1/me", &officer).await.refusal(), (401, "invalid_token"));
    let active = register.patch(&path, &admin, &disabled.body["etag"], json!({"state": "active"})).await;
    assert_eq!((active.status.as_u16(), &active.body["state"]), (200, &json!("active")));

    let me = register.ask("GET", "/api/v1/me", &admin).await.body;
    let own = format!("{USERS}/{}", me["id"].as_str().unwrap());
    let refused = register.patch(&own, &admin, &me["etag"], json!({"state": "disabled"})).await;
    assert_eq!(refused.refusal(), (403, "role_required"));
}

#[tokio::test]
async fn a_new_link_ends_the_earlier_one_and_is_not_made_for_who_signed_in() {
    let register = Register::start().await;
    let admin = register.account("admin", "MFA", Role::Admin).await;
    let created = register.tell("POST", USERS, &admin, new("officer", "GPO", "officer")).await;
    let path = format!("{USERS}/{}/links", created.body["id"].as_str().unwrap());
    let key = [("idempotency-key", "k-2")];
    let renewed = register.send("POST", &path, &admin, &key, &Value::Null).await;
    assert_eq!(renewed.status, 201);
    let repeated = register.send("POST", &path, &admin, &key, &Value::Null).await;
    assert_eq!((repeated.status.as_u16(), &repeated.body["link"]), (201, &Value::Null));

    let old = json!({"token": created.body["link"]["token"], "password": PASSWORD});
    let refused = register.tell("POST", "/api/v1/auth/password", "", old).await;
    assert_eq!(refused.refusal(), (401, "invalid_link"));
    let_in(&register, &renewed).await;
    assert_eq!(register.ask("POST", &path, &admin).await.refusal(), (409, "status_conflict"));
    let bad = [("idempotency-key", "a b")];
    let refused = register.send("POST", &path, &admin, &bad, &Value::Null).await;
    assert_eq!(refused.refusal(), (400, "invalid_header"));
}

#[tokio::test]
async fn a_second_member_is_confirmed_by_the_first_and_by_nobody_else() {
    let register = Register::start().await;
    let admin = register.account("admin", "MFA", Role::Admin).await;
    let first = register.account("first", "NGO-A", Role::NgoMember).await;
    let created = register.tell("POST", USERS, &admin, new("second", "NGO-A", "ngo_member")).await;
    let path = format!("{USERS}/{}/confirmation", created.body["id"].as_str().unwrap());
    assert_eq!(register.ask("POST", &path, &first).await.refusal(), (409, "status_conflict"));
    let second = let_in(&register, &created).await;
    assert_eq!(register.ask("GET", "/api/v1/me", &second).await.body["confirmed"], false);

    let outsider = register.account("officer", "GPO", Role::Officer).await;
    for (token, refusal) in [
        ("", (401, "unauthenticated")),
        (&outsider, (404, "not_found")),
        (&admin, (403, "role_required")),
        (&second, (403, "role_required")),
    ] {
        assert_eq!(register.ask("POST", &path, token).await.refusal(), refusal);
    }
    let nobody = format!("{USERS}/0f8fad5b-d9cb-469f-a165-70867728950e/confirmation?colour=red");
    let wrong = format!("{path}?colour=red");
    for (token, path, refusal) in [
        ("", &wrong, (401, "unauthenticated")),
        (&outsider, &wrong, (404, "not_found")),
        (&first, &nobody, (404, "not_found")),
        (&first, &wrong, (400, "unknown_parameter")),
    ] {
        assert_eq!(register.ask("POST", path, token).await.refusal(), refusal, "{path}");
    }
    let confirmed = register.ask("POST", &path, &first).await;
    assert_eq!((confirmed.status.as_u16(), &confirmed.body["confirmed"]), (200, &json!(true)));
    assert_eq!(register.ask("GET", "/api/v1/me", &second).await.body["confirmed"], true);
}
