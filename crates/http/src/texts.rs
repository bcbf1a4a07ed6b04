//! Checking texts that people wrote, all of a body's before any is refused.

use qadam_app::FieldError;
use qadam_app::error::{FieldCode, text_code};
use qadam_domain::text::{BODY_MAX, LABEL_MAX, Lines, TITLE_MAX, clean, is_web_address};

/// What a text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextLimit {
    max: usize,
    lines: Lines,
}

impl TextLimit {
    /// A title: one line.
    pub const TITLE: Self = Self { max: TITLE_MAX, lines: Lines::Single };
    /// A running text.
    pub const BODY: Self = Self { max: BODY_MAX, lines: Lines::Several };
    /// A name, an office, a document symbol: one line.
    pub const LABEL: Self = Self { max: LABEL_MAX, lines: Lines::Single };
}

/// Collects what is wrong with the fields of a body.
#[derive(Debug, Default)]
pub struct Checks {
    errors: Vec<FieldError>,
}

impl Checks {
    /// Nothing checked yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes that a field is wrong.
    pub fn refuse(&mut self, pointer: impl Into<String>, code: FieldCode) {
        self.errors.push(FieldError::new(pointer, code));
    }

    /// A text, normalised. A refused one is empty in what goes on.
    pub fn text(&mut self, pointer: impl Into<String>, text: &str, limit: TextLimit) -> String {
        clean(text, limit.max, limit.lines).unwrap_or_else(|error| {
            self.refuse(pointer, text_code(error));
            String::new()
        })
    }

    /// A text that may be absent.
    pub fn optional_text(
        &mut self,
        pointer: impl Into<String>,
        text: Option<&str>,
        limit: TextLimit,
    ) -> Option<String> {
        text.map(|text| self.text(pointer, text, limit))
    }

    /// A web address.
    pub fn web_address(&mut self, pointer: impl Into<String>, address: String) -> String {
        if !is_web_address(&address) {
            self.refuse(pointer, FieldCode::InvalidUrl);
        }
        address
    }

    /// The value, if nothing was refused.
    pub fn finish<T>(self, value: T) -> Result<T, Vec<FieldError>> {
        if self.errors.is_empty() { Ok(value) } else { Err(self.errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_named_at_once() {
        let mut checks = Checks::new();
        checks.text("/a", " ", TextLimit::LABEL);
        checks.optional_text("/b", Some("x\ny"), TextLimit::TITLE);
        checks.optional_text("/c", None, TextLimit::TITLE);
        checks.web_address("/d", "javascript:alert(1)".to_owned());
        assert_eq!(checks.text("/e", " e\u{301} ", TextLimit::LABEL), "é");
        let expected = [
            ("/a", FieldCode::Required),
            ("/b", FieldCode::ForbiddenCharacter),
            ("/d", FieldCode::InvalidUrl),
        ];
        let expected = expected.map(|(pointer, code)| FieldError::new(pointer, code)).to_vec();
        assert_eq!(checks.finish(()), Err(expected));
    }

    #[test]
    fn limits_count_characters_and_not_bytes() {
        let checked = |length: usize| {
            let mut checks = Checks::new();
            let text = checks.text("/title", &"ә".repeat(length), TextLimit::TITLE);
            checks.finish(text.chars().count())
        };
        assert_eq!(checked(300), Ok(300));
        assert_eq!(checked(301), Err(vec![FieldError::new("/title", FieldCode::TooLong)]));
    }
}
