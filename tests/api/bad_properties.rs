//! Bad input by the description: every property of every body and every parameter of every operation, as the OpenAPI
//! document names them, refuses what it cannot be, by its name, and nothing is stored.

use qadam_tests::TestRegister;
use qadam_tests::contract::{Operation, document, operations};
use serde_json::{Value, json};

use crate::samples::{self, Sample, all};

/// Operations that compare what they are sent with a secret and store none of it as text.
const SECRETS: [&str; 12] = [
    "begin_passkey",
    "remove_passkey",
    "remove_identity",
    "sign_in",
    "refresh_tokens",
    "set_password",
    "change_password",
    "make_token",
    "begin_second_factor",
    "confirm_second_factor",
    "renew_recovery_codes",
    "remove_second_factor",
];

/// Operations that look at no parameters.
const UNQUERIED: [&str; 3] = ["get_liveness", "get_problem", "get_readiness"];

/// A schema without its references.
fn resolved(schema: &Value) -> &Value {
    match schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        Some(name) => resolved(&document()["components"]["schemas"][name]),
        None => schema,
    }
}

/// The types of JSON that a schema takes.
fn types(schema: &Value) -> Vec<&str> {
    let schema = resolved(schema);
    let named = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().map(|one| one.as_str().unwrap()).collect(),
        _ => Vec::new(),
    };
    let parts = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|name| schema[name].as_array());
    named.into_iter().chain(parts.flatten().flat_map(types)).collect()
}

/// Whether a property is a text in several languages.
fn is_language_map(schema: &Value) -> bool {
    schema["$ref"].as_str().is_some_and(|name| name.ends_with("/LanguageMapInput"))
}

/// What a property with this schema cannot be.
fn wrong(operation: &str, schema: &Value) -> Vec<Value> {
    let types = types(schema);
    let takes = |name: &str| types.contains(&name);
    let mut wrong = Vec::new();
    if !takes("boolean") {
        wrong.push(json!(true));
    }
    if !takes("number") {
        wrong.push(json!(1.5));
    }
    if !takes("string") {
        wrong.push(json!("text"));
    } else if !SECRETS.contains(&operation) {
        wrong.extend(["\u{0}", "a\u{7}b", "\u{202e}", "a\u{2066}b"].map(|text| json!(text)));
    }
    if is_language_map(schema) {
        wrong.extend(["\u{0}", "a\u{1b}b", "\u{202e}a", "a\u{2069}"].map(|text| json!({"en": text})));
    }
    wrong.push(json!({"colour": 1}));
    wrong.push(json!([{"colour": 1}]));
    wrong.push(json!([[]]));
    wrong
}

/// The properties of an operation's body.
fn properties(operation: &Operation) -> Vec<(&String, &Value)> {
    let schema = operation.json_request().map(resolved);
    schema.and_then(|schema| schema["properties"].as_object()).into_iter().flatten().collect()
}

fn sample_of<'a>(samples: &'a [Sample], operation: &Operation) -> &'a Sample {
    samples.iter().find(|sample| sample.operation == operation.id).unwrap()
}

#[tokio::test]
async fn every_described_property_refuses_what_it_cannot_be_by_its_name() {
    TestRegister::on_sqlite(async |register| {
        let world = samples::make(register).await;
        let samples = all(&world);
        let before = register.amount_stored().await;
        let (mut tried, mut taken) = (0, Vec::new());
        for operation in operations() {
            let sample = sample_of(&samples, operation);
            for (name, schema) in properties(operation) {
                for wrong in wrong(&operation.id, schema) {
                    let mut sent = sample.body.clone().unwrap();
                    sent[name] = wrong.clone();
                    let answer = sample.request(register).json(&sent).await;
                    let named = answer.status == 422 && answer.mistake().starts_with(&format!("#/{name}"));
                    if !named {
                        taken.push(format!("{} {name} {wrong}: {answer:?}", operation.id));
                    }
                    tried += 1;
                }
            }
        }
        assert!(taken.is_empty(), "{}", taken.join("\n"));
        assert!(tried > 500, "{tried}");
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

#[tokio::test]
async fn every_operation_refuses_an_unknown_property_and_an_unknown_parameter_by_its_name() {
    TestRegister::on_sqlite(async |register| {
        let world = samples::make(register).await;
        register.admit().await;
        let samples = all(&world);
        let before = register.amount_stored().await;
        let mut taken = Vec::new();
        for operation in operations() {
            let sample = sample_of(&samples, operation);
            if let Some(body) = &sample.body {
                let mut sent = body.clone();
                sent["colour"] = json!(null);
                let answer = sample.request(register).json(&sent).await;
                if (answer.status, answer.mistake().as_str()) != (422, "#/colour unknown_field") {
                    taken.push(format!("{}: {answer:?}", operation.id));
                }
            }
            if UNQUERIED.contains(&operation.id.as_str()) {
                continue;
            }
            let answer = sample.request(register).query("colour=red").await;
            if answer.code() != "unknown_parameter" || !answer.mistake().starts_with("?colour") {
                taken.push(format!("{}: {answer:?}", operation.id));
            }
        }
        assert!(taken.is_empty(), "{}", taken.join("\n"));
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

#[tokio::test]
async fn every_described_parameter_refuses_what_no_text_is_by_its_name() {
    TestRegister::on_sqlite(async |register| {
        let world = samples::make(register).await;
        register.admit().await;
        let samples = all(&world);
        // Controls, a change of direction, and what is no UTF-8.
        let bad = ["%00", "%07", "a%1Bb", "%E2%80%AE", "a%E2%81%A6", "%ff", "a%C3", "%ED%A0%80"];
        let (mut tried, mut taken) = (0, Vec::new());
        for operation in operations() {
            let sample = sample_of(&samples, operation);
            let path = sample.path.split('?').next().unwrap();
            for name in &operation.parameters {
                for value in bad {
                    let answer = sample.at(register, &format!("{path}?{name}={value}")).await;
                    let named = answer.status == 400 && answer.mistake().starts_with(&format!("?{name}"));
                    // A cursor is opaque: it says nothing of what is wrong with it.
                    if !named && (name.as_str(), answer.code().as_str()) != ("cursor", "invalid_cursor") {
                        taken.push(format!("{} {name}={value}: {answer:?}", operation.id));
                    }
                    tried += 1;
                }
            }
        }
        assert!(taken.is_empty(), "{}", taken.join("\n"));
        assert!(tried > 200, "{tried}");
    })
    .await;
}
