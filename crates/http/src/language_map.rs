//! One text in up to three languages as it is shown: `{"kk": "…", "ru": "…", "en": "…"}`.

use qadam_domain::language::{Language, LanguageMap};
use qadam_localisation::text;
use serde::Serialize;
use utoipa::ToSchema;

/// A text in the languages it exists in. At least one, except where there is no text at all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = LanguageMap, example = json!({"kk": "Өтемақыны арттыру", "ru": "Повысить компенсацию"}))]
pub struct LanguageMapView {
    /// Kazakh.
    #[serde(skip_serializing_if = "Option::is_none")]
    kk: Option<String>,
    /// Russian.
    #[serde(skip_serializing_if = "Option::is_none")]
    ru: Option<String>,
    /// English.
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<String>,
}

impl From<LanguageMap> for LanguageMapView {
    fn from(map: LanguageMap) -> Self {
        Self { kk: map.kk, ru: map.ru, en: map.en }
    }
}

impl From<&LanguageMap> for LanguageMapView {
    fn from(map: &LanguageMap) -> Self {
        map.clone().into()
    }
}

impl LanguageMapView {
    /// The text that fits a language best; empty where there is none.
    pub fn best(&self, wanted: Language) -> &str {
        let get = |language| match language {
            Language::Kazakh => self.kk.as_deref(),
            Language::Russian => self.ru.as_deref(),
            Language::English => self.en.as_deref(),
        };
        get(wanted).or_else(|| Language::ALL.into_iter().find_map(get)).unwrap_or_default()
    }
}

/// The name of a code in every language. `set` is what it is a code of.
pub fn label(set: &str, code: &str) -> LanguageMapView {
    in_all_languages(&format!("{set}-{code}"))
}

/// A text of the program in every language.
pub fn in_all_languages(key: &str) -> LanguageMapView {
    let mut map = LanguageMap::default();
    for language in Language::ALL {
        map.set(language, Some(text(language.tag(), key)));
    }
    map.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{json, to_value};

    #[test]
    fn languages_without_a_text_are_left_out() {
        let view = LanguageMapView::from(LanguageMap::single(Language::Russian, "да"));
        assert_eq!(to_value(view).unwrap(), json!({"ru": "да"}));
    }
}
