//! The schemas of the document, made strict: a member that is not described does not fit.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::document::document;

/// Validators by the text of their schema: they take longer to make than to use.
static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// The components, every object of them closed.
static COMPONENTS: LazyLock<Value> = LazyLock::new(|| {
    let mut components = json!({"schemas": document()["components"]["schemas"]});
    close(&mut components);
    components
});

/// Whether a value fits a schema of the document.
pub(super) fn fits(schema: &Value, value: &Value) -> Result<(), String> {
    match validator(schema).validate(value) {
        Ok(()) => Ok(()),
        Err(error) => Err(format!("{error} at {}", error.instance_path())),
    }
}

fn validator(schema: &Value) -> Arc<Validator> {
    let key = schema.to_string();
    let mut known = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
    let validator = known.entry(key).or_insert_with(|| {
        let mut schema = schema.clone();
        close(&mut schema);
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": *COMPONENTS,
            "allOf": [schema],
        });
        Arc::new(jsonschema::options().should_validate_formats(true).build(&whole).unwrap())
    });
    Arc::clone(validator)
}

/// Closes every object with named members, unless it says itself what else it takes.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.contains_key("properties") && !members.contains_key("additionalProperties") {
                members.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
            }
            members.values_mut().for_each(close);
        }
        Value::Array(elements) => elements.iter_mut().for_each(close),
        _ => {}
    }
}
