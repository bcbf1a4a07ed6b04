//! What serde could not read, said so that a client finds it: where, and one of our codes.

use std::fmt::Display;

use qadam_app::error::FieldCode;
use serde::de::{self, Expected, Unexpected};

/// The most elements of a list that has no narrower limit.
pub const LIST_MAX: usize = 10_000;
/// The greatest number that every reader of JSON takes for what it is (RFC 8259, section 6).
pub const NUMBER_MAX: u64 = (1 << 53) - 1;

/// A value that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The names of members and the places in lists that lead to it, innermost first.
    path: Vec<String>,
    /// What is wrong with it.
    pub code: FieldCode,
}

impl Unread {
    /// The value here is wrong.
    pub const fn here(code: FieldCode) -> Self {
        Self { path: Vec::new(), code }
    }

    /// The same seen from outside of a member.
    #[must_use]
    pub fn within(mut self, member: impl Into<String>) -> Self {
        self.path.push(member.into());
        self
    }

    /// The JSON pointer to it (RFC 6901), empty for the whole.
    pub fn pointer(&self) -> String {
        let escaped = |segment: &String| format!("/{}", segment.replace('~', "~0").replace('/', "~1"));
        self.path.iter().rev().map(escaped).collect()
    }

    /// The name of the outermost member.
    pub fn member(&self) -> &str {
        self.path.last().map(String::as_str).unwrap_or_default()
    }
}

impl Display for Unread {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} at {:?}", self.code.as_str(), self.pointer())
    }
}

impl std::error::Error for Unread {}

impl de::Error for Unread {
    fn custom<T: Display>(message: T) -> Self {
        let word = message.to_string();
        let code = FieldCode::ALL.iter().copied().find(|code| code.as_str() == word);
        Self::here(code.unwrap_or(FieldCode::WrongType))
    }

    fn invalid_type(unexpected: Unexpected<'_>, _expected: &dyn Expected) -> Self {
        // Null where a value must be is a value that is missing.
        Self::here(if unexpected == Unexpected::Unit { FieldCode::Required } else { FieldCode::WrongType })
    }

    fn invalid_value(_unexpected: Unexpected<'_>, _expected: &dyn Expected) -> Self {
        Self::here(FieldCode::UnknownValue)
    }

    fn unknown_variant(_variant: &str, _expected: &'static [&'static str]) -> Self {
        Self::here(FieldCode::UnknownValue)
    }

    fn unknown_field(field: &str, _expected: &'static [&'static str]) -> Self {
        Self::here(FieldCode::UnknownField).within(field)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::here(FieldCode::Required).within(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::here(FieldCode::Duplicate).within(field)
    }
}

/// The error with which a type of ours refuses a value while it is read.
pub fn refuse<E: de::Error>(code: FieldCode) -> E {
    E::custom(code.as_str())
}

/// Refuses characters that no field takes and that databases choke on. What else a text may contain is decided
/// where the field is checked.
pub fn readable(text: String) -> Result<String, Unread> {
    let forbidden = |character: char| character.is_control() && !matches!(character, '\n' | '\r' | '\t');
    if text.contains(forbidden) { Err(Unread::here(FieldCode::ForbiddenCharacter)) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_escapes_what_rfc_6901_reserves() {
        let unread = Unread::here(FieldCode::WrongType).within("kk").within("a/b~c");
        assert_eq!(unread.pointer(), "/a~1b~0c/kk");
        assert_eq!(unread.member(), "a/b~c");
        assert_eq!(Unread::here(FieldCode::WrongType).pointer(), "");
    }

    #[test]
    fn types_of_ours_choose_their_own_code() {
        assert_eq!(refuse::<Unread>(FieldCode::InvalidDate).code, FieldCode::InvalidDate);
        assert_eq!(<Unread as de::Error>::custom("no word of ours").code, FieldCode::WrongType);
    }

    #[test]
    fn lines_and_tabs_are_readable_and_controls_are_not() {
        assert!(readable("a\n\tb\r\n".to_owned()).is_ok());
        for bad in ['\0', '\u{1b}', '\u{7f}', '\u{85}'] {
            assert!(readable(format!("a{bad}")).is_err(), "{bad:?}");
        }
    }
}
