//! The three languages of the register and texts written in them.

use std::fmt;
use std::str::FromStr;

/// A language of the register, by its BCP 47 tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Kazakh, `kk`.
    Kazakh,
    /// Russian, `ru`.
    Russian,
    /// English, `en`.
    English,
}

impl Language {
    /// All languages, the state language first.
    pub const ALL: [Self; 3] = [Self::Kazakh, Self::Russian, Self::English];

    /// The BCP 47 tag: `kk`, `ru` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Kazakh => "kk",
            Self::Russian => "ru",
            Self::English => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.tag())
    }
}

/// A tag that is none of the three.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown language: {0}")]
pub struct UnknownLanguage(pub String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|language| language.tag() == tag)
            .ok_or_else(|| UnknownLanguage(tag.to_owned()))
    }
}

/// One text in up to three languages. An absent language is `None`, never an empty text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct LanguageMap {
    /// Kazakh.
    pub kk: Option<String>,
    /// Russian.
    pub ru: Option<String>,
    /// English.
    pub en: Option<String>,
}

impl LanguageMap {
    /// A text in one language.
    pub fn single(language: Language, text: impl Into<String>) -> Self {
        let mut map = Self::default();
        *map.slot(language) = Some(text.into());
        map
    }

    /// The text in a language, if there is one.
    pub fn get(&self, language: Language) -> Option<&str> {
        match language {
            Language::Kazakh => self.kk.as_deref(),
            Language::Russian => self.ru.as_deref(),
            Language::English => self.en.as_deref(),
        }
    }

    /// The text in a language to be changed, if there is one.
    pub fn get_mut(&mut self, language: Language) -> Option<&mut String> {
        self.slot(language).as_mut()
    }

    /// Sets or removes the text of a language.
    pub fn set(&mut self, language: Language, text: Option<String>) {
        *self.slot(language) = text;
    }

    /// Whether no language has a text.
    pub const fn is_empty(&self) -> bool {
        self.kk.is_none() && self.ru.is_none() && self.en.is_none()
    }

    /// The languages that have a text, the state language first.
    pub fn languages(&self) -> impl Iterator<Item = Language> + '_ {
        Language::ALL.into_iter().filter(|language| self.get(*language).is_some())
    }

    /// The texts with their languages.
    pub fn entries(&self) -> impl Iterator<Item = (Language, &str)> {
        Language::ALL.into_iter().filter_map(|language| self.get(language).map(|text| (language, text)))
    }

    /// The text in `wanted`, else in the state language, Russian, English: the first there is.
    pub fn best(&self, wanted: Language) -> Option<(Language, &str)> {
        self.get(wanted).map(|text| (wanted, text)).or_else(|| self.entries().next())
    }

    fn slot(&mut self, language: Language) -> &mut Option<String> {
        match language {
            Language::Kazakh => &mut self.kk,
            Language::Russian => &mut self.ru,
            Language::English => &mut self.en,
        }
    }
}

/// How a text came to be in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TranslationState {
    /// Written or checked by a person.
    Human,
    /// Made by a machine and marked as such.
    Machine,
    /// Written by a person and not yet checked by a native reader.
    Unreviewed,
    /// There is no text in this language.
    Missing,
}

impl TranslationState {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Human, Self::Machine, Self::Unreviewed, Self::Missing];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Machine => "machine",
            Self::Unreviewed => "unreviewed",
            Self::Missing => "missing",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// The state of one language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Translation {
    /// How the text came to be.
    pub state: TranslationState,
    /// Whether the original changed after this translation was made.
    pub stale: bool,
}

impl Translation {
    /// There is no text in this language.
    pub const MISSING: Self = Self { state: TranslationState::Missing, stale: false };
    /// A person wrote it and the original has not changed since.
    pub const HUMAN: Self = Self { state: TranslationState::Human, stale: false };
}

/// The translation states of an item's title and summary, a state for each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Translations {
    /// Kazakh.
    pub kk: Translation,
    /// Russian.
    pub ru: Translation,
    /// English.
    pub en: Translation,
}

impl Translations {
    /// States for a text that people wrote: `human` where there is a text, `missing` where there is none.
    pub fn of(text: &LanguageMap) -> Self {
        let state =
            |language| if text.get(language).is_some() { Translation::HUMAN } else { Translation::MISSING };
        Self { kk: state(Language::Kazakh), ru: state(Language::Russian), en: state(Language::English) }
    }

    /// The state of a language.
    pub const fn get(&self, language: Language) -> Translation {
        match language {
            Language::Kazakh => self.kk,
            Language::Russian => self.ru,
            Language::English => self.en,
        }
    }

    /// Sets the state of a language.
    pub const fn set(&mut self, language: Language, translation: Translation) {
        match language {
            Language::Kazakh => self.kk = translation,
            Language::Russian => self.ru = translation,
            Language::English => self.en = translation,
        }
    }

    /// The states after a text changed from `before` to `after`, written in `original`.
    ///
    /// A language that lost its text is `missing`; one that was written anew is `human`; when the original
    /// changed, every other text that stayed as it was is stale.
    #[must_use]
    pub fn after_edit(mut self, original: Language, before: &LanguageMap, after: &LanguageMap) -> Self {
        let original_changed = before.get(original) != after.get(original);
        for language in Language::ALL {
            let (old, new) = (before.get(language), after.get(language));
            let state = match new {
                None => Translation::MISSING,
                Some(_) if old != new => Translation::HUMAN,
                Some(_) if original_changed && language != original => {
                    Translation { stale: true, ..self.get(language) }
                }
                Some(_) => continue,
            };
            self.set(language, state);
        }
        self
    }

    /// The states after a text beside that one changed from `before` to `after`: where the original changed, what
    /// stayed as it was in another language is stale.
    #[must_use]
    pub fn after_edit_beside(
        mut self,
        original: Language,
        before: &LanguageMap,
        after: &LanguageMap,
    ) -> Self {
        if before.get(original) == after.get(original) {
            return self;
        }
        for language in Language::ALL.into_iter().filter(|language| *language != original) {
            let stayed = after.get(language).is_some() && before.get(language) == after.get(language);
            let translation = self.get(language);
            if stayed && translation.state != TranslationState::Missing {
                self.set(language, Translation { stale: true, ..translation });
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn best_falls_back_to_the_state_language_first() {
        let mut text = LanguageMap::single(Language::English, "step");
        text.set(Language::Kazakh, Some("қадам".to_owned()));
        assert_eq!(text.best(Language::Russian), Some((Language::Kazakh, "қадам")));
        assert_eq!(text.best(Language::English), Some((Language::English, "step")));
        assert_eq!(LanguageMap::default().best(Language::English), None);
    }

    #[test]
    fn a_changed_original_makes_the_untouched_translation_stale() {
        let mut before = LanguageMap::single(Language::Kazakh, "бір");
        before.set(Language::Russian, Some("раз".to_owned()));
        let mut after = before.clone();
        after.set(Language::Kazakh, Some("екі".to_owned()));
        let states = Translations::of(&before).after_edit(Language::Kazakh, &before, &after);
        assert_eq!(states.kk, Translation::HUMAN);
        assert_eq!(states.ru, Translation { state: TranslationState::Human, stale: true });
        assert_eq!(states.en, Translation::MISSING);
    }

    #[test]
    fn a_new_translation_is_fresh_and_leaves_the_others_alone() {
        let before = LanguageMap::single(Language::Kazakh, "бір");
        let mut after = before.clone();
        after.set(Language::Russian, Some("раз".to_owned()));
        let states = Translations::of(&before).after_edit(Language::Kazakh, &before, &after);
        assert_eq!(
            (states.kk, states.ru, states.en),
            (Translation::HUMAN, Translation::HUMAN, Translation::MISSING)
        );
        let removed = states.after_edit(Language::Kazakh, &after, &before);
        assert_eq!(removed.ru, Translation::MISSING);
    }

    #[test]
    fn a_changed_original_beside_makes_stale_what_stayed_as_it_was_beside() {
        let before = LanguageMap { kk: Some("бір".into()), ru: Some("раз".into()), en: None };
        let after = LanguageMap { kk: Some("екі".into()), ..before.clone() };
        let title = LanguageMap { en: Some("step".into()), ..before.clone() };
        let states = Translations::of(&title);
        let stale = Translation { state: TranslationState::Human, stale: true };
        assert_eq!(states.after_edit_beside(Language::Kazakh, &before, &after).ru, stale);
        assert_eq!(states.after_edit_beside(Language::Kazakh, &before, &after).en, Translation::HUMAN);
        assert_eq!(states.after_edit_beside(Language::Russian, &before, &after), states);
        let both = LanguageMap { ru: Some("два".into()), ..after };
        assert_eq!(states.after_edit_beside(Language::Kazakh, &before, &both), states);
    }

    #[test]
    fn tags_are_read_back_and_country_codes_are_refused() {
        for language in Language::ALL {
            assert_eq!(language.tag().parse::<Language>(), Ok(language));
        }
        assert_eq!("kz".parse::<Language>(), Err(UnknownLanguage("kz".to_owned())));
    }
}
