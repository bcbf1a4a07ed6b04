//! Whether a resource is its record.
//!
//! A record is what the ledger keeps: organisations by code, items and meetings by identifier, every member there.
//! A resource is what the API serves: the same members and others that are computed, with what a record names by
//! code or identifier written out as an object.

use serde_json::Value;

/// The members of a language map.
const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

/// Where the resource says something else than its record: a JSON pointer into the record, empty for the whole.
/// Nothing where all members of the record are in the resource.
pub(super) fn difference(record: &Value, resource: &Value) -> Option<String> {
    if is_nothing(record) && is_nothing(resource) {
        return None;
    }
    match (record, resource) {
        (Value::Object(record), Value::Object(found)) => {
            let recorded = record.iter().map(|(name, value)| (name.as_str(), value));
            // What else a resource has is computed, but for a text in a language that the record does not have.
            let unrecorded = LANGUAGES.into_iter().filter(|name| !record.contains_key(*name));
            let mut members = recorded.chain(unrecorded.map(|name| (name, &Value::Null)));
            members.find_map(|(name, value)| {
                let found = found.get(name).unwrap_or(&Value::Null);
                difference(value, found).map(|inner| format!("/{name}{inner}"))
            })
        }
        (Value::Array(record), Value::Array(resource)) if record.len() == resource.len() => {
            record.iter().zip(resource).enumerate().find_map(|(place, (one, other))| {
                difference(one, other).map(|inner| format!("/{place}{inner}"))
            })
        }
        (Value::String(name), Value::Object(_)) if names(resource, name) => None,
        _ if record == resource => None,
        _ => Some(String::new()),
    }
}

/// The API writes what is absent as null; a record may have an empty language map there.
fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty)
}

/// Whether an object written out is the one with this code or identifier.
fn names(resource: &Value, name: &str) -> bool {
    ["id", "code"].into_iter().any(|member| resource.get(member).and_then(Value::as_str) == Some(name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record() -> Value {
        json!({
            "id": "3f0c", "ref": "C-2025-0001", "title": {"ru": "Шаг"}, "summary": {}, "due_on": null,
            "owners": [{"organisation": "MOH", "role": "lead"}], "addressees": ["GPO"], "items": ["77aa"],
        })
    }

    fn resource() -> Value {
        json!({
            "id": "3f0c", "ref": "C-2025-0001", "title": {"ru": "Шаг"}, "summary": null, "overdue": false,
            "owners": [{"organisation": {"id": "9", "code": "MOH", "name": {}, "url": "u"}, "role": "lead"}],
            "addressees": [{"id": "8", "code": "GPO", "name": {}, "url": "u"}],
            "items": [{"id": "77aa", "ref": "P-2025-0001"}], "etag": "\"x\"",
        })
    }

    #[test]
    fn a_resource_with_what_it_names_written_out_is_its_record() {
        assert_eq!(difference(&record(), &resource()), None);
    }

    #[test]
    fn the_first_member_that_differs_is_named() {
        for (pointer, value, named) in [
            ("/title/ru", json!("Шаги"), "/title/ru"),
            ("/title", json!(null), "/title"),
            ("/ref", json!(null), "/ref"),
            ("/title", json!({"ru": "Шаг", "kk": "Қадам"}), "/title/kk"),
            ("/summary", json!({"ru": "x"}), "/summary/ru"),
            ("/owners/0/organisation/code", json!("MOJ"), "/owners/0/organisation"),
            ("/owners/0/role", json!("co"), "/owners/0/role"),
            ("/owners", json!([]), "/owners"),
            ("/addressees/0", json!("MOJ"), "/addressees/0"),
            ("/items/0/id", json!("77ab"), "/items/0"),
        ] {
            let mut resource = resource();
            *resource.pointer_mut(pointer).unwrap() = value;
            assert_eq!(difference(&record(), &resource).as_deref(), Some(named));
        }
    }

    #[test]
    fn a_member_that_is_not_served_differs_unless_it_is_empty() {
        let mut resource = resource();
        resource.as_object_mut().unwrap().remove("summary");
        assert_eq!(difference(&record(), &resource), None);
        resource.as_object_mut().unwrap().remove("owners");
        assert_eq!(difference(&record(), &resource).as_deref(), Some("/owners"));
    }
}
