//! The description in OpenAPI 3.0, for generators that do not read 3.1 yet.
//!
//! It is made from the one in 3.1, so that the two cannot tell different things. What 3.1 says with the words of JSON
//! Schema, 3.0 says with words of its own; what it cannot say is left out. Only schemas are changed: examples, enums and
//! extensions hold data, in which the same words mean nothing.

use serde_json::{Map, Value, json};

/// Members of an OpenAPI object that 3.0 does not know, by where they stand.
const UNKNOWN: [(&str, &[&str]); 3] =
    [("", &["webhooks", "jsonSchemaDialect"]), ("/info", &["summary"]), ("/components", &["pathItems"])];

/// Words of JSON Schema that 3.0 has nothing for, or that only narrow what is said already.
const UNSAID: [&str; 5] = ["$defs", "propertyNames", "patternProperties", "contentMediaType", "prefixItems"];

/// The same description in OpenAPI 3.0.3.
pub(crate) fn in_3_0(mut description: Value) -> Value {
    for (place, members) in UNKNOWN {
        if let Some(object) = description.pointer_mut(place).and_then(Value::as_object_mut) {
            object.retain(|member, _| !members.contains(&member.as_str()));
        }
    }
    if let Some(license) = description.pointer_mut("/info/license").and_then(Value::as_object_mut) {
        license.remove("identifier");
    }
    if let Some(object) = description.as_object_mut() {
        object.insert("openapi".to_owned(), json!("3.0.3"));
    }
    walk(&mut description);
    description
}

/// Finds the schemas in what is not one.
fn walk(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match name.as_str() {
                    "schema" => schema(member),
                    "schemas" => each(member, schema),
                    "example" | "examples" => {}
                    name if name.starts_with("x-") => {}
                    _ => walk(member),
                }
            }
        }
        Value::Array(members) => members.iter_mut().for_each(walk),
        _ => {}
    }
}

/// Changes each member of a map.
fn each(map: &mut Value, change: fn(&mut Value)) {
    map.as_object_mut().into_iter().flat_map(Map::values_mut).for_each(change);
}

/// Says a schema, and those in it, with the words of 3.0.
fn schema(value: &mut Value) {
    let Some(members) = value.as_object_mut() else { return };
    members.retain(|word, _| !UNSAID.contains(&word.as_str()));
    if let Some(properties) = members.get_mut("properties") {
        each(properties, schema);
    }
    for word in ["items", "additionalProperties", "not"] {
        members.get_mut(word).into_iter().for_each(schema);
    }
    for word in ["allOf", "oneOf", "anyOf"] {
        members.get_mut(word).and_then(Value::as_array_mut).into_iter().flatten().for_each(schema);
    }
    types(members);
    alternatives(members);
    limits(members);
    if let Some(only) = members.remove("const") {
        members.insert("enum".to_owned(), json!([only]));
    }
    if let Some(Value::Array(examples)) = members.remove("examples") {
        members.extend(examples.into_iter().next().map(|example| ("example".to_owned(), example)));
    }
    if members.remove("contentEncoding").is_some() {
        members.insert("format".to_owned(), json!("byte"));
    }
    reference(members);
}

/// A list of types becomes one that may be null, or alternatives of one type each.
fn types(members: &mut Map<String, Value>) {
    match members.get("type") {
        Some(Value::String(only)) if only == "null" => {
            members.remove("type");
            members.insert("enum".to_owned(), json!([null]));
            members.insert("nullable".to_owned(), json!(true));
        }
        Some(Value::Array(types)) => {
            let nullable = types.iter().any(|one| one == "null");
            let mut types: Vec<Value> = types.iter().filter(|one| *one != "null").cloned().collect();
            members.remove("type");
            match types.pop() {
                Some(only) if types.is_empty() => {
                    members.insert("type".to_owned(), only);
                }
                last => {
                    let types: Vec<Value> =
                        types.into_iter().chain(last).map(|one| json!({"type": one})).collect();
                    members.insert("anyOf".to_owned(), types.into());
                }
            }
            if nullable {
                members.insert("nullable".to_owned(), json!(true));
            }
        }
        _ => {}
    }
}

/// The alternative of being null becomes a mark. The one that is left alone then is the schema itself.
fn alternatives(members: &mut Map<String, Value>) {
    for word in ["oneOf", "anyOf"] {
        let Some(Value::Array(alternatives)) = members.get_mut(word) else { continue };
        let null = json!({"enum": [null], "nullable": true});
        let before = alternatives.len();
        alternatives.retain(|alternative| *alternative != null);
        if alternatives.len() == before {
            continue;
        }
        members.insert("nullable".to_owned(), json!(true));
        if let Some(Value::Array(alternatives)) = members.remove(word) {
            let word = if alternatives.len() == 1 { "allOf" } else { word };
            members.insert(word.to_owned(), alternatives.into());
        }
        hoist(members);
    }
}

/// What an only alternative says beside its reference belongs to the whole: its description.
fn hoist(members: &mut Map<String, Value>) {
    let Some([only]) = members.get("allOf").and_then(Value::as_array).map(Vec::as_slice) else { return };
    let Some(inner) = only.as_object().cloned() else { return };
    members.remove("allOf");
    for (word, value) in inner {
        members.entry(word).or_insert(value);
    }
}

/// A limit that is not reached itself is marked so.
fn limits(members: &mut Map<String, Value>) {
    for (exclusive, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(number) = members.get(exclusive).filter(|value| value.is_number()).cloned() {
            members.insert(limit.to_owned(), number);
            members.insert(exclusive.to_owned(), json!(true));
        }
    }
}

/// A reference hides everything beside it in 3.0, so it moves one step in.
fn reference(members: &mut Map<String, Value>) {
    if members.len() > 1
        && let Some(target) = members.remove("$ref")
    {
        members.insert("allOf".to_owned(), json!([{"$ref": target}]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(mut said: Value) -> Value {
        schema(&mut said);
        said
    }

    #[test]
    fn words_of_3_1_become_words_of_3_0() {
        for (said, expected) in [
            (json!({"type": ["string", "null"]}), json!({"type": "string", "nullable": true})),
            (
                json!({"type": ["string", "integer"]}),
                json!({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
            ),
            (json!({"const": 7}), json!({"enum": [7]})),
            (json!({"examples": ["a", "b"], "type": "string"}), json!({"example": "a", "type": "string"})),
            (json!({"exclusiveMinimum": 0}), json!({"minimum": 0, "exclusiveMinimum": true})),
            (json!({"exclusiveMaximum": 9}), json!({"maximum": 9, "exclusiveMaximum": true})),
            (
                json!({"contentEncoding": "base64", "type": "string"}),
                json!({"format": "byte", "type": "string"}),
            ),
            (json!({"$ref": "#/a"}), json!({"$ref": "#/a"})),
            (
                json!({"$ref": "#/a", "description": "b"}),
                json!({"allOf": [{"$ref": "#/a"}], "description": "b"}),
            ),
            (
                json!({"oneOf": [{"$ref": "#/a", "description": "b"}, {"type": "null"}]}),
                json!({"allOf": [{"$ref": "#/a"}], "description": "b", "nullable": true}),
            ),
            (
                json!({"oneOf": [{"$ref": "#/a"}, {"type": "null"}]}),
                json!({"allOf": [{"$ref": "#/a"}], "nullable": true}),
            ),
            (
                json!({"anyOf": [{"$ref": "#/a"}, {"$ref": "#/b"}, {"type": "null"}]}),
                json!({"anyOf": [{"$ref": "#/a"}, {"$ref": "#/b"}], "nullable": true}),
            ),
            (
                json!({"properties": {"const": {"const": 1}}, "items": {"type": ["null", "array"]}}),
                json!({"properties": {"const": {"enum": [1]}}, "items": {"type": "array", "nullable": true}}),
            ),
        ] {
            assert_eq!(changed(said.clone()), expected, "{said}");
        }
    }

    #[test]
    fn data_is_left_as_it_is() {
        let description = json!({
            "openapi": "3.1.0",
            "info": {"title": "A", "license": {"name": "MIT", "identifier": "MIT"}},
            "paths": {"/a": {"get": {"x-codes": [{"const": 1}], "responses": {"200": {"content": {
                "application/json": {"schema": {"const": 1}, "example": {"schema": {"const": 1}}}
            }}}}}},
        });
        let expected = json!({
            "openapi": "3.0.3",
            "info": {"title": "A", "license": {"name": "MIT"}},
            "paths": {"/a": {"get": {"x-codes": [{"const": 1}], "responses": {"200": {"content": {
                "application/json": {"schema": {"enum": [1]}, "example": {"schema": {"const": 1}}}
            }}}}}},
        });
        assert_eq!(in_3_0(description), expected);
    }
}
