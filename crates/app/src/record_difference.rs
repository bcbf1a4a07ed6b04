//! What changed in a record, as its ledger entry tells it.

use serde_json::{Map, Value};

/// The members that differ, as they were; null for a new record.
pub(crate) fn changed_members(
    before: Option<Map<String, Value>>,
    after: Option<&Map<String, Value>>,
) -> Value {
    let Some(before) = before else { return Value::Null };
    let differs = |name: &str, value: &Value| after.and_then(|after| after.get(name)) != Some(value);
    Value::Object(before.into_iter().filter(|(name, value)| differs(name, value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn only_what_differs_is_told_as_it_was() {
        let before = record(&json!({"code": "MOH", "active": true, "parent": null}));
        let after = record(&json!({"code": "MOH", "active": false, "parent": "GOV"}));
        assert_eq!(changed_members(Some(before), Some(&after)), json!({"active": true, "parent": null}));
    }

    #[test]
    fn a_new_record_has_nothing_before_and_a_removed_one_everything() {
        let whole = record(&json!({"code": "MOH"}));
        assert_eq!(changed_members(None, Some(&whole)), Value::Null);
        assert_eq!(changed_members(Some(whole), None), json!({"code": "MOH"}));
    }
}
