//! Bytes to a JSON tree, refusing what is JSON by the letter and dangerous in practice: a key that stands twice
//! (two readers would see two documents) and nesting that exhausts a stack.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// How deep lists and objects may be nested.
const DEPTH_MAX: usize = 32;

/// Bytes that are no JSON document we read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Malformed {
    /// The key that stands twice, if that is what is wrong.
    pub(super) duplicate: Option<String>,
}

/// Reads a JSON document.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, Malformed> {
    let duplicate = RefCell::new(None);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let parsed = Tree { depth: 0, duplicate: &duplicate }.deserialize(&mut reader);
    let whole = parsed.and_then(|value| reader.end().map(|()| value));
    whole.map_err(|_| Malformed { duplicate: duplicate.take() })
}

/// A value at a depth.
#[derive(Clone, Copy)]
struct Tree<'a> {
    depth: usize,
    duplicate: &'a RefCell<Option<String>>,
}

impl Tree<'_> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth == DEPTH_MAX {
            return Err(E::custom("nested too deep"));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut list = Vec::new();
        while let Some(element) = elements.next_element_seed(inner)? {
            list.push(element);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            if object.contains_key(&key) {
                *self.duplicate.borrow_mut() = Some(key);
                return Err(A::Error::custom("a key stands twice"));
            }
            let value = members.next_value_seed(inner)?;
            object.insert(key, value);
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_is_read_as_it_stands() {
        let text = r#"{"a": [1, -2, 0.5, "ә", true, null], "b": {"c": {}}}"#;
        let expected = json!({"a": [1, -2, 0.5, "ә", true, null], "b": {"c": {}}});
        assert_eq!(parse(text.as_bytes()), Ok(expected));
    }

    #[test]
    fn a_key_that_stands_twice_is_named() {
        let twice = |text: &str| parse(text.as_bytes()).unwrap_err().duplicate;
        assert_eq!(twice(r#"{"a": 1, "b": {"c": 1, "c": 1}}"#).as_deref(), Some("c"));
        assert_eq!(twice("{\"a\": 1, \"\\u0061\": 2}").as_deref(), Some("a"));
        assert!(parse(br#"{"a": {"x": 1}, "b": {"x": 1}}"#).is_ok());
    }

    #[test]
    fn what_is_no_json_is_refused() {
        let long = "[".repeat(100_000);
        for text in
            ["", "{", "{}x", "{\"a\":}", "nul", "1e400", "\"\\ud800\"", "\u{feff}{}", "{'a': 1}", &long]
        {
            assert_eq!(parse(text.as_bytes()), Err(Malformed { duplicate: None }), "{text:.20}");
        }
        assert!(parse(b"\"\xff\"").is_err());
    }

    #[test]
    fn nesting_ends_at_thirty_two_levels() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(nested(32).as_bytes()).is_ok());
        assert!(parse(nested(33).as_bytes()).is_err());
    }
}
