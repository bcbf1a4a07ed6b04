//! Organisations over HTTP.

use qadam_domain::accounts::Role;
use serde_json::{Value, json};

use crate::testing::{Answer, Register};

const ALL: &str = "/api/v1/organisations";

fn court() -> Value {
    json!({
        "code": "CC", "kind": "independent", "parent": "MFA", "by_agreement": true, "aliases": ["КС"],
        "names": [
            {"name": {"en": "Constitutional Court", "ru": "Конституционный Суд"}, "from": "2023-01-01"},
            {"name": {"en": "Constitutional Council"}, "until": "2022-12-31"},
        ],
    })
}

fn codes(answer: &Answer) -> Vec<&str> {
    let items = answer.body["items"].as_array().unwrap();
    items.iter().map(|organisation| organisation["code"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_new_organisation_is_read_by_everybody_with_its_dated_names() {
    let register = Register::start().await;
    let secretariat = register.account("secretariat", "MFA", Role::Secretariat).await;
    let created = register.tell("POST", ALL, &secretariat, court()).await;
    assert_eq!(
        (created.status.as_u16(), created.header("location")),
        (201, "https://register.example/api/v1/organisations/CC")
    );
    let id = created.body["id"].as_str().unwrap();
    for name in ["CC", id] {
        let read = register.ask("GET", &format!("{ALL}/{name}"), "").await;
        assert_eq!((read.status.as_u16(), read.header("cache-control")), (200, "public, max-age=60"));
        assert_eq!(read.body, created.body);
    }
    assert_eq!(created.body["name"], json!({"en": "Constitutional Court", "ru": "Конституционный Суд"}));
    assert_eq!(
        created.body["names"][1],
        json!({"name": {"en": "Constitutional Council"}, "from": null, "until": "2022-12-31"})
    );
    assert_eq!((&created.body["parent"]["code"], &created.body["active"]), (&json!("MFA"), &json!(true)));
    assert_eq!(register.ask("GET", &format!("{ALL}/cc"), "").await.refusal(), (404, "not_found"));
}

#[tokio::test]
async fn the_list_is_filtered_searched_counted_and_followed() {
    let register = Register::start().await;
    let secretariat = register.account("secretariat", "MFA", Role::Secretariat).await;
    register.tell("POST", ALL, &secretariat, court()).await;
    for (query, expected) in [
        ("", vec!["CC", "GPO", "MFA", "NGO-A"]),
        ("?kind=independent,civil_society", vec!["CC", "NGO-A"]),
        ("?q=конституц", vec!["CC"]),
        ("?q=%D0%BA%D1%81", vec!["CC"]),
        ("?q=general%20PROS", vec!["GPO"]),
        ("?active=false", vec![]),
    ] {
        let path = format!(
            "{ALL}{}",
            query.replace("конституц", "%D0%BA%D0%BE%D0%BD%D1%81%D1%82%D0%B8%D1%82%D1%83%D1%86")
        );
        assert_eq!(codes(&register.ask("GET", &path, "").await), expected, "{query}");
    }
    let counted =
        register.send("GET", &format!("{ALL}?limit=3"), "", &[("prefer", "count=exact")], &Value::Null).await;
    assert_eq!((codes(&counted), &counted.body["total"]), (vec!["CC", "GPO", "MFA"], &json!(4)));
    let next = counted.body["next"].as_str().unwrap().strip_prefix("https://register.example").unwrap();
    let rest = register.ask("GET", next, "").await;
    assert_eq!((codes(&rest), rest.body.get("next")), (vec!["NGO-A"], None));
    for (query, code) in [
        ("?kind=ministry", "invalid_parameter"),
        ("?q=%20", "invalid_parameter"),
        ("?kinds=state_body", "unknown_parameter"),
        ("?cursor=x", "invalid_cursor"),
    ] {
        assert_eq!(register.ask("GET", &format!("{ALL}{query}"), "").await.refusal(), (400, code), "{query}");
    }
}

#[tokio::test]
async fn what_the_public_has_holds_until_an_organisation_changes() {
    let register = Register::start().await;
    let admin = register.account("admin", "MFA", Role::Admin).await;
    let path = format!("{ALL}/GPO");
    for path in [ALL, path.as_str()] {
        let etag = register.ask("GET", path, "").await.header("etag").to_owned();
        let known = [("if-none-match", etag.as_str())];
        assert_eq!(register.send("GET", path, "", &known, &Value::Null).await.status, 304);
        let found = register.ask("GET", &format!("{ALL}/GPO"), &admin).await;
        let aliases = json!({"aliases": [path]});
        assert_eq!(
            register.patch(&format!("{ALL}/GPO"), &admin, &found.body["etag"], aliases).await.status,
            200
        );
        assert_eq!(register.send("GET", path, "", &known, &Value::Null).await.status, 200);
    }
}

#[tokio::test]
async fn an_edit_replaces_lists_removes_the_parent_and_is_checked_in_order() {
    let register = Register::start().await;
    let admin = register.account("admin", "MFA", Role::Admin).await;
    let officer = register.account("officer", "GPO", Role::Officer).await;
    let created = register.tell("POST", ALL, &admin, court()).await;
    let path = format!("{ALL}/CC");
    let bad = json!({"x": 1});
    assert_eq!(
        register.tell("PATCH", &format!("{ALL}/X?x=1"), &officer, bad.clone()).await.refusal(),
        (404, "not_found")
    );
    assert_eq!(
        register.tell("PATCH", &path, &officer, bad.clone()).await.refusal(),
        (428, "precondition_required")
    );
    let stale = register.patch(&path, &officer, &json!("old"), bad.clone()).await;
    assert_eq!(stale.refusal(), (412, "precondition_failed"));
    let etag = &created.body["etag"];
    assert_eq!(register.patch(&path, &officer, etag, bad).await.refusal(), (403, "role_required"));
    for (body, pointer, code) in [
        (json!({"names": []}), "#/names", "required"),
        (json!({"names": [{"name": {}}]}), "#/names/0/name", "required"),
        (json!({"names": [{"name": {"kk": "a\u{202e}"}}]}), "#/names/0/name/kk", "forbidden_character"),
        (json!({"names": null}), "#/names", "required"),
        (json!({"parent": "NONE"}), "#/parent", "unknown_reference"),
        (json!({"parent": "CC"}), "#/parent", "contradiction"),
        (json!({"code": "cc"}), "#/code", "invalid_code"),
    ] {
        assert_eq!(register.patch(&path, &admin, etag, body).await.wrong_field(), (422, pointer, code));
    }
    let taken = register.patch(&path, &admin, etag, json!({"code": "GPO"})).await;
    assert_eq!(taken.refusal(), (409, "taken"));
    let body = json!({"parent": null, "aliases": [], "code": "KS", "active": false});
    let changed = register.patch(&path, &admin, etag, body).await;
    assert_eq!((changed.status.as_u16(), &changed.body["parent"]), (200, &Value::Null));
    assert_eq!((&changed.body["aliases"], &changed.body["active"]), (&json!([]), &json!(false)));
    assert_eq!(changed.body["names"], created.body["names"]);
    assert_eq!(register.ask("GET", &path, "").await.status, 404);
}

#[tokio::test]
async fn a_repeated_creation_answers_with_the_first_one() {
    let register = Register::start().await;
    let admin = register.account("admin", "MFA", Role::Admin).await;
    let officer = register.account("officer", "GPO", Role::Officer).await;
    let key = [("idempotency-key", "k-1")];
    let first = register.send("POST", ALL, &admin, &key, &court()).await;
    let second = register.send("POST", ALL, &admin, &key, &court()).await;
    assert_eq!((second.status.as_u16(), &second.body), (201, &first.body));
    assert_eq!(register.tell("POST", ALL, &admin, court()).await.refusal(), (409, "taken"));
    assert_eq!(register.tell("POST", ALL, &officer, json!({})).await.refusal(), (403, "role_required"));
    assert_eq!(register.tell("POST", ALL, &admin, json!({})).await.wrong_field().0, 422);
}
