//! Query parameters to a type of ours: every parameter is named by the type, none stands twice, lists are
//! separated by commas.

use qadam_app::error::FieldCode;
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use crate::reading::{NUMBER_MAX, Unread, readable};

/// The most characters of a text.
pub const TEXT_MAX: usize = 1_000;
/// The most elements of a list.
pub const LIST_MAX: usize = 100;
/// The most characters of an element: a word, a code or an identifier.
pub const ELEMENT_MAX: usize = 100;

/// Reads a value from parameters with their values, decoded.
pub fn read<T: DeserializeOwned>(pairs: Vec<(String, String)>) -> Result<T, Unread> {
    T::deserialize(Parameters(pairs))
}

struct Parameters(Vec<(String, String)>);

impl<'de> Deserializer<'de> for Parameters {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_map(Pairs { rest: self.0.into_iter(), next: None })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        for (index, (name, _)) in self.0.iter().enumerate() {
            if !fields.contains(&name.as_str()) {
                return Err(Unread::here(FieldCode::UnknownField).within(name));
            }
            if self.0.iter().take(index).any(|(earlier, _)| earlier == name) {
                return Err(Unread::here(FieldCode::Duplicate).within(name));
            }
        }
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Pairs {
    rest: std::vec::IntoIter<(String, String)>,
    next: Option<(String, String)>,
}

impl<'de> MapAccess<'de> for Pairs {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        let key: StringDeserializer<Unread> = name.clone().into_deserializer();
        self.next = Some((name, value));
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Unread> {
        let (name, value) = self.next.take().unwrap_or_default();
        readable(value)
            .and_then(legible)
            .and_then(|value| seed.deserialize(Value(value)))
            // A list's element is no place of its own in a query: the parameter is what is named.
            .map_err(|unread| Unread::here(unread.code).within(name))
    }
}

/// Refuses what no word asked for contains: changes of direction, which hide what a link asks for, and what stands
/// in for bytes that were no UTF-8.
fn legible(text: String) -> Result<String, Unread> {
    let forbidden =
        |character: char| matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffd}');
    if text.contains(forbidden) { Err(Unread::here(FieldCode::ForbiddenCharacter)) } else { Ok(text) }
}

/// The value of one parameter.
struct Value(String);

impl Value {
    fn word(self) -> StringDeserializer<Unread> {
        self.0.into_deserializer()
    }
}

impl<'de> Deserializer<'de> for Value {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        if self.0.chars().count() > TEXT_MAX {
            return Err(Unread::here(FieldCode::TooLong));
        }
        visitor.visit_string(self.0)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.0.as_str() {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Unread::here(FieldCode::UnknownValue)),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        let digits = !self.0.is_empty() && self.0.bytes().all(|byte| byte.is_ascii_digit());
        if !digits {
            return Err(Unread::here(FieldCode::WrongType));
        }
        match self.0.parse() {
            Ok(number) if number <= NUMBER_MAX => visitor.visit_u64(number),
            _ => Err(Unread::here(FieldCode::UnknownValue)),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        let elements: Vec<String> = self.0.split(',').take(LIST_MAX + 1).map(str::to_owned).collect();
        if elements.len() > LIST_MAX {
            return Err(Unread::here(FieldCode::TooMany));
        }
        visitor.visit_seq(Elements(elements.into_iter()))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_enum(self.word())
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple tuple_struct map
        struct identifier ignored_any
    }
}

/// The values of a list.
struct Elements(std::vec::IntoIter<String>);

impl<'de> SeqAccess<'de> for Elements {
    type Error = Unread;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Unread> {
        match self.0.next() {
            None => Ok(None),
            Some(empty) if empty.is_empty() => Err(Unread::here(FieldCode::Required)),
            Some(long) if long.chars().count() > ELEMENT_MAX => Err(Unread::here(FieldCode::TooLong)),
            Some(element) => seed.deserialize(Value(element)).map(Some),
        }
    }
}
