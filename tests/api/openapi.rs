//! The description itself: complete, committed, and of the version it says.

use std::collections::BTreeSet;

use qadam_tests::TestRegister;
use qadam_tests::contract::{document, operations};
use serde_json::Value;

#[test]
fn the_description_is_of_openapi_3_1() {
    assert!(document()["openapi"].as_str().unwrap().starts_with("3.1."));
}

#[test]
fn every_response_has_a_description() {
    for (path, item) in document()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            for (status, response) in operation["responses"].as_object().unwrap() {
                let description = response["description"].as_str().unwrap_or_default();
                assert!(!description.is_empty(), "{method} {path} {status}");
            }
        }
    }
}

#[test]
fn every_operation_has_an_id_of_its_own() {
    let ids: Vec<&str> = operations().iter().map(|operation| operation.id.as_str()).collect();
    let different: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), different.len(), "{ids:?}");
}

/// Everything in a schema that 3.0 does not know or reads otherwise, with its place.
fn newer(value: &Value, place: &str, found: &mut Vec<String>) {
    let Some(members) = value.as_object() else {
        let each = value.as_array().into_iter().flatten().enumerate();
        each.for_each(|(index, member)| newer(member, &format!("{place}/{index}"), found));
        return;
    };
    let words = ["const", "$defs", "prefixItems", "propertyNames", "patternProperties", "contentEncoding"];
    for (name, member) in members {
        let is_newer = words.contains(&name.as_str())
            || name == "type" && (member.is_array() || member == "null")
            || name == "examples" && member.is_array()
            || name.starts_with("exclusive") && member.is_number()
            || name == "$ref" && members.len() > 1
            || ["identifier", "webhooks", "jsonSchemaDialect", "pathItems"].contains(&name.as_str());
        let here = format!("{place}/{name}");
        // The members of an object are named by whom it describes.
        if is_newer && !place.ends_with("/properties") {
            found.push(here.clone());
        }
        if !["example", "enum", "default"].contains(&name.as_str()) && !name.starts_with("x-") {
            newer(member, &here, found);
        }
    }
}

#[test]
fn the_description_of_openapi_3_0_says_the_same_without_newer_words() {
    let older = qadam_api::openapi_3_0();
    assert_eq!(older["openapi"], "3.0.3");
    let mut found = Vec::new();
    newer(&older, "", &mut found);
    assert!(found.is_empty(), "{found:#?}");
    newer(document(), "", &mut found);
    assert!(found.len() > 100, "the test finds newer words where they are");
    let shape = |document: &Value| -> Vec<(String, String, Value)> {
        let paths = document["paths"].as_object().unwrap().iter();
        let operations = paths.flat_map(|(path, item)| {
            item.as_object().unwrap().iter().map(move |(method, operation)| (path, method, operation))
        });
        operations
            .map(|(path, method, operation)| (path.clone(), method.clone(), operation["operationId"].clone()))
            .collect()
    };
    assert_eq!(shape(&older), shape(document()));
    let names = |document: &Value| -> BTreeSet<String> {
        document["components"]["schemas"].as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(names(&older), names(document()));
}

/// What a schema lacks to say how much there may be of it, with its place.
fn unlimited(value: &Value, place: &str, found: &mut Vec<String>) {
    let elements = value.as_array().into_iter().flatten().enumerate();
    elements.for_each(|(index, element)| unlimited(element, &format!("{place}/{index}"), found));
    let Some(members) = value.as_object() else { return };
    let types: Vec<&str> = match &value["type"] {
        Value::String(only) => vec![only.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    for (kind, words) in [
        ("string", &["maxLength", "enum"][..]),
        ("array", &["maxItems"]),
        ("integer", &["minimum", "exclusiveMinimum"]),
        ("integer", &["maximum", "exclusiveMaximum"]),
        ("integer", &["format"]),
    ] {
        if types.contains(&kind) && !words.iter().any(|word| members.contains_key(*word)) {
            found.push(format!("{place}: {words:?}"));
        }
    }
    for (name, member) in members {
        if !["example", "examples", "enum", "default"].contains(&name.as_str()) && !name.starts_with("x-") {
            unlimited(member, &format!("{place}/{name}"), found);
        }
    }
}

#[test]
fn everything_described_says_how_much_of_it_there_may_be() {
    let mut found = Vec::new();
    unlimited(document(), "", &mut found);
    assert!(found.is_empty(), "{found:#?}");
}

/// The operations as they stand in the document.
fn described() -> impl Iterator<Item = &'static Value> {
    let paths = document()["paths"].as_object().unwrap().values();
    paths.flat_map(|item| item.as_object().unwrap().values())
}

/// A parameter of an operation.
fn parameter<'a>(operation: &'a Value, name: &str) -> Option<&'a Value> {
    operation["parameters"].as_array().into_iter().flatten().find(|parameter| parameter["name"] == name)
}

#[test]
fn conditions_and_keys_are_described_where_they_are_asked_for() {
    let (mut conditions, mut keys) = (0, 0);
    for operation in described() {
        let id = &operation["operationId"];
        let has =
            |code: &str| operation["x-codes"].as_array().is_some_and(|codes| codes.contains(&code.into()));
        let condition = parameter(operation, "If-Match");
        assert_eq!(condition.is_some(), has("precondition_failed"), "{id}");
        if let Some(condition) = condition {
            conditions += 1;
            assert_eq!(condition["required"], has("precondition_required"), "{id}");
        }
        let key = parameter(operation, "Idempotency-Key");
        assert_eq!(key.is_some(), has("idempotency_key_reused"), "{id}");
        keys += usize::from(key.is_some());
    }
    assert!(conditions > 10 && keys > 10, "{conditions} and {keys}");
}

#[test]
fn an_answer_of_which_parts_are_given_is_described_whole_and_in_part() {
    let schemas = &document()["components"]["schemas"];
    let mut seen = 0;
    for operation in described().filter(|operation| parameter(operation, "fields").is_some()) {
        seen += 1;
        let id = &operation["operationId"];
        let answer = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        let name =
            |index: usize| answer["anyOf"][index]["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
        assert_eq!(name(1), format!("{}Part", name(0)), "{id}");
        let resource = &schemas[name(1).trim_start_matches("Page_")];
        assert_eq!(resource["required"], Value::Null, "{id}");
        let words = &parameter(operation, "fields").unwrap()["schema"]["items"]["enum"];
        let members = resource["properties"].as_object().unwrap();
        assert_eq!(words.as_array().unwrap().len(), members.len(), "{id}");
    }
    assert!(seen > 5, "{seen}");
}

#[tokio::test]
async fn numbers_beyond_what_is_described_are_refused() {
    TestRegister::on_sqlite(async |register| {
        for (path, status) in [
            ("/items?limit=2147483647", 200),
            ("/items?limit=2147483648", 400),
            ("/ledger/entries?limit=2147483648", 400),
            ("/ledger/entries?after=9007199254740991", 200),
            ("/ledger/entries?after=9007199254740992", 400),
        ] {
            assert_eq!(register.anonymous().get(path).await.status, status, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn both_descriptions_are_served_and_revalidated() {
    TestRegister::on_sqlite(async |register| {
        for (path, version) in [("/openapi.json", "3.1."), ("/openapi-3.0.json", "3.0.3")] {
            let answer = register.anonymous().get(path).await;
            let etag = answer.header("etag").to_owned();
            assert!(answer.expect(200)["openapi"].as_str().unwrap().starts_with(version));
            let again = register.anonymous().get(path).header("if-none-match", &etag).await;
            assert_eq!(again.status, 304, "{path}");
        }
    })
    .await;
}

#[test]
fn the_committed_description_is_the_one_that_is_served() {
    let committed: Value = serde_json::from_str(include_str!("../../openapi/openapi.json")).unwrap();
    assert!(committed == *document(), "run `cargo xtask openapi`");
}

#[test]
fn the_committed_list_names_every_operation_once() {
    let listed: Vec<&str> = include_str!("../../openapi/operations.txt").lines().collect();
    let mut described: Vec<String> =
        operations().iter().map(|operation| format!("{} {}", operation.method, operation.path)).collect();
    let mut named: Vec<String> =
        listed.iter().map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")).collect();
    described.sort();
    named.sort();
    assert_eq!(named, described);
}
