//! A JSON tree to a type of ours, strictly: an object and nothing else for a struct, and no member that the type
//! does not name, whether or not the type asks for that itself.

use qadam_app::error::FieldCode;
use serde::de::value::StringDeserializer;
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use qadam_http::reading::{LIST_MAX, NUMBER_MAX, Unread, readable};

/// How null is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Null {
    /// As if the member were not there: absent and null are the same.
    Absent,
    /// As a value of its own, which removes what is there (RFC 7396).
    Removes,
}

/// Reads a value from a tree.
pub(super) fn read<T: DeserializeOwned>(value: Value, null: Null) -> Result<T, Unread> {
    T::deserialize(Json { value, null })
}

struct Json {
    value: Value,
    null: Null,
}

impl Json {
    fn object<'de, V: Visitor<'de>>(
        members: Map<String, Value>,
        null: Null,
        known: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        if let Some(unknown) =
            members.keys().find(|name| known.is_some_and(|known| !known.contains(&name.as_str())))
        {
            return Err(Unread::here(FieldCode::UnknownField).within(unknown));
        }
        let given = members.into_iter().filter(|(_, value)| null == Null::Removes || !value.is_null());
        visitor.visit_map(Members { rest: given.collect::<Vec<_>>().into_iter(), next: None, null })
    }
}

impl<'de> Deserializer<'de> for Json {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        let null = self.null;
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), _, _) if value > NUMBER_MAX => Err(Unread::here(FieldCode::UnknownValue)),
                (Some(value), _, _) => visitor.visit_u64(value),
                (_, Some(value), _) => visitor.visit_i64(value),
                (_, _, Some(value)) => visitor.visit_f64(value),
                _ => Err(Unread::here(FieldCode::WrongType)),
            },
            Value::String(text) => visitor.visit_string(readable(text)?),
            Value::Array(list) if list.len() > LIST_MAX => Err(Unread::here(FieldCode::TooMany)),
            Value::Array(list) => visitor.visit_seq(Elements { rest: list.into_iter(), index: 0, null }),
            Value::Object(members) => Self::object(members, null, None, visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        match self.value {
            Value::Object(members) => Self::object(members, self.null, Some(fields), visitor),
            Value::Null => Err(Unread::here(FieldCode::Required)),
            _ => Err(Unread::here(FieldCode::WrongType)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        match self.value {
            Value::String(word) => {
                let word: StringDeserializer<Unread> = word.into_deserializer();
                visitor.visit_enum(word)
            }
            Value::Null => Err(Unread::here(FieldCode::Required)),
            _ => Err(Unread::here(FieldCode::WrongType)),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map identifier ignored_any
    }
}

/// The members of an object, each error marked with the member's name.
struct Members {
    rest: std::vec::IntoIter<(String, Value)>,
    next: Option<(String, Value)>,
    null: Null,
}

impl<'de> serde::de::MapAccess<'de> for Members {
    type Error = Unread;

    fn next_key_seed<K: serde::de::DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unread> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        let key: StringDeserializer<Unread> = name.clone().into_deserializer();
        self.next = Some((name, value));
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: serde::de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Unread> {
        let (name, value) = self.next.take().unwrap_or_default();
        seed.deserialize(Json { value, null: self.null }).map_err(|unread| unread.within(name))
    }
}

/// The elements of a list, each error marked with the element's place.
struct Elements {
    rest: std::vec::IntoIter<Value>,
    index: usize,
    null: Null,
}

impl<'de> serde::de::SeqAccess<'de> for Elements {
    type Error = Unread;

    fn next_element_seed<S: serde::de::DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unread> {
        let Some(value) = self.rest.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        let element = Json { value, null: self.null };
        seed.deserialize(element).map(Some).map_err(|unread| unread.within(index.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::Patch;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Deserialize, PartialEq, Eq)]
    struct Outer {
        name: String,
        #[serde(default)]
        list: Vec<Inner>,
        size: Option<u8>,
        flag: Option<Word>,
    }

    #[derive(Debug, Deserialize, PartialEq, Eq)]
    struct Inner {
        count: u32,
    }

    #[derive(Debug, Deserialize, PartialEq, Eq)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        PartOf,
    }

    fn refusal(value: Value) -> (String, &'static str) {
        let unread = read::<Outer>(value, Null::Absent).unwrap_err();
        (unread.pointer(), unread.code.as_str())
    }

    #[test]
    fn a_good_value_is_read_and_null_is_absent() {
        let value = json!({"name": "a", "list": [{"count": 3}], "flag": "part_of", "size": null});
        let expected = Outer {
            name: "a".to_owned(),
            list: vec![Inner { count: 3 }],
            size: None,
            flag: Some(Word::PartOf),
        };
        assert_eq!(read::<Outer>(value, Null::Absent), Ok(expected));
        assert!(read::<Outer>(json!({"name": "a", "list": null}), Null::Absent).unwrap().list.is_empty());
    }

    #[test]
    fn every_refusal_says_where_and_what() {
        let cases = [
            (json!({"name": "a", "title": 1}), "/title", "unknown_field"),
            (
                json!({"name": "a", "list": [{"count": 1}, {"count": 1, "x": 1}]}),
                "/list/1/x",
                "unknown_field",
            ),
            (json!({}), "/name", "required"),
            (json!({"name": null}), "/name", "required"),
            (json!({"name": 1}), "/name", "wrong_type"),
            (json!({"name": "a", "list": {}}), "/list", "wrong_type"),
            (json!({"name": "a", "list": [[1]]}), "/list/0", "wrong_type"),
            (json!({"name": "a", "list": [null]}), "/list/0", "required"),
            (json!({"name": "a", "list": [{"count": "1"}]}), "/list/0/count", "wrong_type"),
            (json!({"name": "a", "list": [{"count": 1.5}]}), "/list/0/count", "wrong_type"),
            (json!({"name": "a", "size": 256}), "/size", "unknown_value"),
            (json!({"name": "a", "size": -1}), "/size", "unknown_value"),
            (json!({"name": "a", "size": NUMBER_MAX + 1}), "/size", "unknown_value"),
            (json!({"name": "a", "list": vec![1; LIST_MAX + 1]}), "/list", "too_many"),
            (json!({"name": "a", "flag": "PartOf"}), "/flag", "unknown_value"),
            (json!({"name": "a", "flag": {"part_of": 1}}), "/flag", "wrong_type"),
            (json!({"name": "a\u{0}"}), "/name", "forbidden_character"),
            (json!(["a"]), "", "wrong_type"),
            (json!(null), "", "required"),
        ];
        for (value, pointer, code) in cases {
            assert_eq!(refusal(value.clone()), (pointer.to_owned(), code), "{value}");
        }
    }

    #[test]
    fn in_a_patch_null_is_kept() {
        #[derive(Debug, Deserialize, PartialEq, Eq)]
        struct Edit {
            #[serde(default)]
            size: Patch<u8>,
        }
        let size = |value| read::<Edit>(value, Null::Removes).unwrap().size;
        assert_eq!(size(json!({})), Patch::Absent);
        assert_eq!(size(json!({"size": null})), Patch::Null);
        assert_eq!(size(json!({"size": 3})), Patch::Value(3));
    }
}
