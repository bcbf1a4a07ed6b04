//! One text in up to three languages: `{"kk": "…", "ru": "…", "en": "…"}`.

use qadam_app::error::FieldCode;
use qadam_domain::language::{Language, LanguageMap};
use qadam_http::texts::{Checks, TextLimit};
use serde::Deserialize;
use utoipa::ToSchema;

use super::patch::Patch;

/// A text in some languages. In a merge patch a language that is absent stays, null removes it, and a text
/// replaces it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[schema(as = LanguageMapInput, example = json!({"kk": "Өтемақыны арттыру", "ru": "Повысить компенсацию"}))]
#[serde(deny_unknown_fields)]
pub struct LanguageMapInput {
    /// Kazakh.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    kk: Patch<String>,
    /// Russian.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    ru: Patch<String>,
    /// English.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    en: Patch<String>,
}

impl LanguageMapInput {
    /// What is changed in which language: a new text, or its removal. Texts are checked and normalised.
    pub fn changes(
        self,
        pointer: &str,
        limit: TextLimit,
        checks: &mut Checks,
    ) -> Vec<(Language, Option<String>)> {
        [(Language::Kazakh, self.kk), (Language::Russian, self.ru), (Language::English, self.en)]
            .into_iter()
            .filter_map(|(language, patch)| patch.change().map(|text| (language, text)))
            .map(|(language, text)| {
                let at = format!("{pointer}/{language}");
                (language, checks.optional_text(at, text.as_deref(), limit))
            })
            .collect()
    }

    /// The text as it stands here, for something new. It may be empty.
    pub fn map(self, pointer: &str, limit: TextLimit, checks: &mut Checks) -> LanguageMap {
        let mut map = LanguageMap::default();
        for (language, text) in self.changes(pointer, limit, checks) {
            map.set(language, text);
        }
        map
    }

    /// As [`Self::map`], where a text must be given in at least one language.
    pub fn required(self, pointer: &str, limit: TextLimit, checks: &mut Checks) -> LanguageMap {
        let map = self.map(pointer, limit, checks);
        if map.is_empty() {
            checks.refuse(pointer, FieldCode::Required);
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qadam_app::FieldError;
    use serde_json::{from_value, json};

    fn input(value: serde_json::Value) -> LanguageMapInput {
        from_value(value).unwrap()
    }

    #[test]
    fn absent_null_and_text_are_three_things() {
        let mut checks = Checks::new();
        let changes =
            input(json!({"ru": null, "en": " yes "})).changes("/title", TextLimit::TITLE, &mut checks);
        assert_eq!(changes, [(Language::Russian, None), (Language::English, Some("yes".to_owned()))]);
        assert_eq!(checks.finish(()), Ok(()));
    }

    #[test]
    fn each_language_is_checked_at_its_own_place() {
        let mut checks = Checks::new();
        let long = "а".repeat(301);
        input(json!({"kk": "", "ru": long, "en": "a\u{202e}"})).map("/title", TextLimit::TITLE, &mut checks);
        let expected = [
            ("/title/kk", FieldCode::Required),
            ("/title/ru", FieldCode::TooLong),
            ("/title/en", FieldCode::ForbiddenCharacter),
        ];
        let expected = expected.map(|(pointer, code)| FieldError::new(pointer, code)).to_vec();
        assert_eq!(checks.finish(()), Err(expected));
    }

    #[test]
    fn a_required_text_has_at_least_one_language() {
        for empty in [json!({}), json!({"kk": null})] {
            let mut checks = Checks::new();
            input(empty).required("/title", TextLimit::TITLE, &mut checks);
            assert_eq!(checks.finish(()), Err(vec![FieldError::new("/title", FieldCode::Required)]));
        }
        assert!(from_value::<LanguageMapInput>(json!({"de": "ja"})).is_err());
    }
}
