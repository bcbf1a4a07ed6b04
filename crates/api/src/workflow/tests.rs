//! The rules as they are served, against what the design says, written here by hand.

use serde_json::{Value, json};

use super::rules::Workflow;
use crate::testing::Register;

fn rules() -> Value {
    serde_json::to_value(Workflow::new()).unwrap()
}

/// The words at a member of each element of a list.
fn each<'a>(list: &'a Value, member: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|element| element[member].as_str().unwrap()).collect()
}

#[test]
fn moves_are_served_as_the_design_has_them() {
    let rules = rules();
    let moves = rules["moves"].as_array().unwrap();
    for expected in [
        json!({"kind": "proposal", "from": ["submitted"], "to": "under_review", "by": ["secretariat"], "needs": ["lead", "consent"]}),
        json!({"kind": "commitment", "from": ["announced"], "to": "planned", "by": ["lead"], "needs": ["due_on"]}),
        json!({"kind": "commitment", "from": ["reported_done"], "to": "in_progress", "by": ["lead", "secretariat"], "needs": ["reason"]}),
        json!({"kind": "recommendation", "from": ["under_review"], "to": "noted", "by": ["lead"], "needs": ["answer"]}),
    ] {
        assert!(moves.contains(&expected), "{expected}");
    }
}

#[test]
fn every_code_that_a_rule_names_is_named_in_three_languages() {
    let rules = rules();
    let names = |list: &str| each(&rules[list], "code");
    let (movers, needs, fields) = (names("movers"), names("needs"), names("item_fields"));
    let words = |list: &'static str, member: &'static str| {
        let rows = rules[list].as_array().unwrap().iter();
        rows.flat_map(move |row| row[member].as_array().unwrap()).map(|word| word.as_str().unwrap())
    };
    assert!(words("moves", "by").chain(words("fields", "by")).all(|word| movers.contains(&word)));
    assert!(words("moves", "needs").all(|word| needs.contains(&word)));
    assert!(words("fields", "fields").all(|word| fields.contains(&word)));
    let text = rules.to_string();
    for key in [
        "kind-",
        "status-",
        "need-",
        "mover-",
        "item_field-",
        "closing_result-",
        "level-",
        "axis-",
        "relation-",
    ] {
        assert!(!text.contains(&format!("\"{key}")), "a text with the key {key}… is missing");
    }
    assert_eq!(rules["hidden_filer"]["en"], "Organisation filed under protection");
}

#[test]
fn the_read_table_is_the_one_of_the_design() {
    let rules = rules();
    assert_eq!(each(&rules["levels"], "code"), ["own", "secretariat", "addressed", "members", "public"]);
    let readers = rules["readers"].as_array().unwrap();
    let table: Vec<_> = readers
        .iter()
        .map(|row| (row["relation"].as_str().unwrap(), row["floor"].as_str().unwrap()))
        .collect();
    let expected = [
        ("anonymous", "public"),
        ("member", "members"),
        ("addressed", "addressed"),
        ("secretariat", "secretariat"),
        ("submitter", "own"),
    ];
    assert_eq!(table, expected);
}

#[test]
fn kinds_have_their_letters_and_their_statuses_in_the_order_of_their_lives() {
    let rules = rules();
    assert_eq!(each(&rules["kinds"], "letter"), ["P", "C", "R"]);
    assert_eq!(
        each(&rules["closing_results"], "code"),
        ["implemented", "partly_implemented", "not_implemented", "overtaken"]
    );
    let commitment = &rules["kinds"][1];
    let statuses = [
        "draft",
        "announced",
        "declined",
        "planned",
        "in_progress",
        "reported_done",
        "closed",
        "withdrawn",
        "superseded",
    ];
    assert_eq!(each(&commitment["statuses"], "code"), statuses);
    assert_eq!(
        commitment["statuses"][5],
        json!({
            "code": "reported_done", "open": true, "deadline_runs": false, "needs_lead": true,
            "name": {"kk": qadam_localisation::text("kk", "status-reported_done"), "ru": qadam_localisation::text("ru", "status-reported_done"), "en": "Reported as done"},
        })
    );
}

#[tokio::test]
async fn the_rules_are_sent_once_and_then_known() {
    let register = Register::start().await;
    let first = register.ask("GET", "/api/v1/workflow", "").await;
    assert_eq!((first.status.as_u16(), first.header("content-type")), (200, "application/json"));
    assert_eq!((&first.body, first.header("cache-control")), (&rules(), "public, max-age=60"));
    let known = [("if-none-match", first.header("etag"))];
    let second = register.send("GET", "/api/v1/workflow?lang=kk", "", &known, &Value::Null).await;
    assert_eq!((second.status.as_u16(), second.header("etag")), (304, first.header("etag")));
}
