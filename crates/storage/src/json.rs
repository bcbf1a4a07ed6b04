//! The JSON texts in which descriptive values are stored, and their way to and from domain types.

use qadam_domain::language::{LanguageMap, Translation, TranslationState, Translations};
use serde::{Deserialize, Serialize};

/// A language map as stored: absent languages are left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredText {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ru: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    en: Option<String>,
}

impl StoredText {
    pub(crate) const fn is_empty(&self) -> bool {
        self.kk.is_none() && self.ru.is_none() && self.en.is_none()
    }
}

impl From<&LanguageMap> for StoredText {
    fn from(text: &LanguageMap) -> Self {
        Self { kk: text.kk.clone(), ru: text.ru.clone(), en: text.en.clone() }
    }
}

impl From<StoredText> for LanguageMap {
    fn from(text: StoredText) -> Self {
        Self { kk: text.kk, ru: text.ru, en: text.en }
    }
}

/// The state of one language as stored: a letter for the state, `!` after it when stale.
pub(crate) fn encode_translations(translations: Translations) -> String {
    let one = |translation: Translation| {
        let letter = match translation.state {
            TranslationState::Human => 'h',
            TranslationState::Machine => 'm',
            TranslationState::Unreviewed => 'u',
            TranslationState::Missing => '-',
        };
        if translation.stale { format!("{letter}!") } else { letter.to_string() }
    };
    format!("{} {} {}", one(translations.kk), one(translations.ru), one(translations.en))
}

/// Reads back what [`encode_translations`] wrote.
pub(crate) fn decode_translations(text: &str) -> Option<Translations> {
    let mut languages = text.split(' ').map(|code| {
        let state = match code.chars().next()? {
            'h' => TranslationState::Human,
            'm' => TranslationState::Machine,
            'u' => TranslationState::Unreviewed,
            '-' => TranslationState::Missing,
            _ => return None,
        };
        Some(Translation { state, stale: code.ends_with('!') })
    });
    Some(Translations { kk: languages.next()??, ru: languages.next()??, en: languages.next()?? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translation_states_are_read_back() {
        let stale = Translation { state: TranslationState::Machine, stale: true };
        let translations = Translations { kk: Translation::HUMAN, ru: stale, en: Translation::MISSING };
        assert_eq!(encode_translations(translations), "h m! -");
        assert_eq!(decode_translations("h m! -"), Some(translations));
        assert_eq!(decode_translations("h m!"), None);
        assert_eq!(decode_translations("x h h"), None);
    }
}
