//! The schemas of the document, made strict: a member that is not described does not fit.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::document::document;

/// Validators by the text of their schema: they take longer to make than to use.
static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// The components, every object in them closed where it is used.
static COMPONENTS: LazyLock<Value> = LazyLock::new(|| {
    let mut schemas = document()["components"]["schemas"].clone();
    // A component is closed by whoever refers to it.
    schemas.as_object_mut().unwrap().values_mut().for_each(|schema| close(schema, true));
    json!({"schemas": schemas})
});

/// Whether a value fits a schema of the document.
pub(super) fn fits(schema: &Value, value: &Value) -> Result<(), String> {
    match validator(schema).validate(value) {
        Ok(()) => Ok(()),
        Err(error) => Err(format!("{error} at {}", error.instance_path())),
    }
}

/// Whether a value fits a schema of the document of which some members were asked for: the resource, or each entry
/// of a list of it, has these members and no others.
pub(super) fn fits_part(schema: &Value, members: &[&str], value: &Value) -> Result<(), String> {
    let resolved = |schema: &Value| match schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
        Some(name) => document()["components"]["schemas"][name].clone(),
        None => schema.clone(),
    };
    let whole = resolved(schema);
    let entry = whole["properties"]["items"].get("items");
    let mut part = entry.map_or_else(|| whole.clone(), resolved);
    part["properties"].as_object_mut().unwrap().retain(|name, _| members.contains(&name.as_str()));
    part["required"] = members.iter().copied().collect();
    if entry.is_none() {
        return fits(&part, value);
    }
    let mut list = whole;
    list["properties"]["items"]["items"] = part;
    fits(&list, value)
}

fn validator(schema: &Value) -> Arc<Validator> {
    let key = schema.to_string();
    let mut known = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
    let validator = known.entry(key).or_insert_with(|| {
        let mut schema = schema.clone();
        close(&mut schema, false);
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": *COMPONENTS,
            "$ref": "#/$defs/checked",
            "$defs": {"checked": schema},
        });
        Arc::new(jsonschema::options().should_validate_formats(true).build(&whole).unwrap())
    });
    Arc::clone(validator)
}

/// Closes everything within a schema that is an object with named members, where it is used: what is a part of
/// another by `allOf` is closed by that one, which knows the members of all its parts.
fn close(schema: &mut Value, part: bool) {
    match schema {
        Value::Object(members) => {
            let names = ["properties", "allOf"].iter().any(|name| members.contains_key(*name));
            let object = names || members.get("$ref").is_some_and(is_object);
            for (name, member) in members.iter_mut() {
                match (name.as_str(), member) {
                    ("allOf", Value::Array(parts)) => parts.iter_mut().for_each(|part| close(part, true)),
                    ("properties", Value::Object(fields)) => {
                        fields.values_mut().for_each(|member| close(member, false));
                    }
                    (_, member) => close(member, false),
                }
            }
            if object && !part && !members.contains_key("additionalProperties") {
                members.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| close(element, false)),
        _ => {}
    }
}

/// Whether a reference leads to an object with named members.
fn is_object(reference: &Value) -> bool {
    let name = reference.as_str().and_then(|reference| reference.strip_prefix("#/components/schemas/"));
    name.is_some_and(|name| {
        let schema = &document()["components"]["schemas"][name];
        schema.get("properties").is_some() || schema.get("allOf").is_some()
    })
}
