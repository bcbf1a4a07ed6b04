//! RFC 8785, as far as numbers are integers.

use qadam_ledger::{CanonicalError, MAX_DEPTH, canonical_json};
use serde_json::{Value, json};

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn strings_and_literals_are_written_as_in_rfc_8785_section_3_2_2() {
    let value = parsed(
        r#"{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"#,
    );
    let expected = "{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
    assert_eq!(canonical_json(&value).unwrap(), expected);
}

#[test]
fn names_are_sorted_by_utf_16_units_as_in_rfc_8785_section_3_2_3() {
    let value = parsed(
        r#"{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
            "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}"#,
    );
    let expected = "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\
        \"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\
        \"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}";
    assert_eq!(canonical_json(&value).unwrap(), expected);
}

#[test]
fn arrays_keep_their_order_and_objects_within_them_are_sorted() {
    let value = parsed(r#"[56, {"d": true, "10": null, "1": []}]"#);
    assert_eq!(canonical_json(&value).unwrap(), r#"[56,{"1":[],"10":null,"d":true}]"#);
}

#[test]
fn integers_below_2_to_the_53_are_written_in_full() {
    assert_eq!(
        canonical_json(&json!([9_007_199_254_740_991_i64, -9_007_199_254_740_991_i64, 0])).unwrap(),
        "[9007199254740991,-9007199254740991,0]"
    );
}

#[test]
fn every_other_number_is_refused_however_deep_it_hides() {
    for number in
        ["9007199254740992", "-9007199254740992", "18446744073709551615", "1.5", "1.0", "1e2", "-0", "1e400"]
    {
        let Ok(value) = serde_json::from_str::<Value>(&format!(r#"{{"a":[{{"b":{number}}}]}}"#)) else {
            assert_eq!(number, "1e400", "only what no double holds may fail to parse");
            continue;
        };
        assert!(matches!(canonical_json(&value), Err(CanonicalError::Number(_))), "{number} is accepted");
    }
}

#[test]
fn deep_nesting_is_refused_one_level_beyond_the_limit() {
    let nested = |depth: usize| parsed(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
    assert!(canonical_json(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(canonical_json(&nested(MAX_DEPTH + 1)), Err(CanonicalError::Depth));
    let mut object = json!({});
    for _ in 0..MAX_DEPTH {
        object = json!({"a": object});
    }
    assert_eq!(canonical_json(&object), Err(CanonicalError::Depth));
}
