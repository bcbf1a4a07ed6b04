//! What there is still to do on the texts of an item in a language other than its original's.
//!
//! The original is what others are made from: it lacks nothing. In another language a text can be missing (of any that
//! the item has: title, summary, grounds, expected result, form of completion), and what is there can be made by a
//! machine, not be reviewed, or be older than the original.

use super::item::Item;
use crate::language::{Language, LanguageMap, TranslationState};

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lack {
    /// A text that there is in another language is not there.
    Missing,
    /// A machine made what is there.
    Machine,
    /// A person wrote it, and nobody reviewed it.
    Unreviewed,
    /// The original changed after it was made.
    Stale,
}

impl Lack {
    /// All of them, what readers miss most first.
    pub const ALL: [Self; 4] = [Self::Missing, Self::Machine, Self::Unreviewed, Self::Stale];

    /// The code used in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Machine => "machine",
            Self::Unreviewed => "unreviewed",
            Self::Stale => "stale",
        }
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lack| lack.code() == code)
    }
}

/// Something to do in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TranslationGap {
    /// The language.
    pub language: Language,
    /// What there is to do.
    pub lack: Lack,
}

impl TranslationGap {
    /// All of them, by language.
    pub const ALL: [Self; 12] = {
        use Lack::{Machine, Missing, Stale, Unreviewed};
        use Language::{English, Kazakh, Russian};
        [
            Self::new(Kazakh, Missing),
            Self::new(Kazakh, Machine),
            Self::new(Kazakh, Unreviewed),
            Self::new(Kazakh, Stale),
            Self::new(Russian, Missing),
            Self::new(Russian, Machine),
            Self::new(Russian, Unreviewed),
            Self::new(Russian, Stale),
            Self::new(English, Missing),
            Self::new(English, Machine),
            Self::new(English, Unreviewed),
            Self::new(English, Stale),
        ]
    };

    /// That there is something to do in a language.
    pub const fn new(language: Language, lack: Lack) -> Self {
        Self { language, lack }
    }

    /// The code used in the API: `kk.missing`.
    pub const fn code(self) -> &'static str {
        match (self.language, self.lack) {
            (Language::Kazakh, Lack::Missing) => "kk.missing",
            (Language::Kazakh, Lack::Machine) => "kk.machine",
            (Language::Kazakh, Lack::Unreviewed) => "kk.unreviewed",
            (Language::Kazakh, Lack::Stale) => "kk.stale",
            (Language::Russian, Lack::Missing) => "ru.missing",
            (Language::Russian, Lack::Machine) => "ru.machine",
            (Language::Russian, Lack::Unreviewed) => "ru.unreviewed",
            (Language::Russian, Lack::Stale) => "ru.stale",
            (Language::English, Lack::Missing) => "en.missing",
            (Language::English, Lack::Machine) => "en.machine",
            (Language::English, Lack::Unreviewed) => "en.unreviewed",
            (Language::English, Lack::Stale) => "en.stale",
        }
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gap| gap.code() == code)
    }

    /// Its place in [`Self::ALL`].
    pub const fn place(self) -> usize {
        self.language as usize * Lack::ALL.len() + self.lack as usize
    }

    const fn bit(self) -> u16 {
        1 << self.place()
    }
}

/// What there is to do on an item in all languages: a bit each, for rows that are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct TranslationGaps(u16);

impl TranslationGaps {
    /// The bits that are used.
    pub const BITS: u16 = (1 << TranslationGap::ALL.len()) - 1;

    /// What there is to do on an item.
    pub fn of(item: &Item) -> Self {
        let others = Language::ALL.into_iter().filter(|language| *language != item.original_language);
        others.flat_map(|language| gaps_in(item, language)).collect()
    }

    /// Those of a row: other bits are not of these.
    pub const fn from_bits(bits: u16) -> Self {
        Self(bits & Self::BITS)
    }

    /// A bit each.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// Whether this is among them.
    pub const fn has(self, gap: TranslationGap) -> bool {
        self.0 & gap.bit() != 0
    }

    /// Each of them, by language.
    pub fn iter(self) -> impl Iterator<Item = TranslationGap> {
        TranslationGap::ALL.into_iter().filter(move |gap| self.has(*gap))
    }

    /// One more.
    pub const fn insert(&mut self, gap: TranslationGap) {
        self.0 |= gap.bit();
    }
}

impl FromIterator<TranslationGap> for TranslationGaps {
    fn from_iter<I: IntoIterator<Item = TranslationGap>>(gaps: I) -> Self {
        let mut all = Self::default();
        gaps.into_iter().for_each(|gap| all.insert(gap));
        all
    }
}

/// What there is to do in one language.
fn gaps_in(item: &Item, language: Language) -> impl Iterator<Item = TranslationGap> {
    let translation = item.translations.get(language);
    let made = match translation.state {
        TranslationState::Machine => Some(Lack::Machine),
        TranslationState::Unreviewed => Some(Lack::Unreviewed),
        TranslationState::Human | TranslationState::Missing => None,
    };
    let missing = texts(item).iter().any(|text| !text.is_empty() && text.get(language).is_none());
    let lacks =
        [missing.then_some(Lack::Missing), made, translation.stale.then_some(Lack::Stale)].into_iter();
    lacks.flatten().map(move |lack| TranslationGap::new(language, lack))
}

/// The texts of an item that are translated.
pub const fn texts(item: &Item) -> [&LanguageMap; 5] {
    [&item.title, &item.summary, &item.grounds, &item.expected_result, &item.completion_form]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_places_are_read_back() {
        for (place, gap) in TranslationGap::ALL.into_iter().enumerate() {
            assert_eq!(gap.place(), place);
            assert_eq!(TranslationGap::from_code(gap.code()), Some(gap));
            assert_eq!(gap.code(), format!("{}.{}", gap.language, gap.lack.code()));
            assert_eq!(Lack::from_code(gap.lack.code()), Some(gap.lack));
        }
        for wrong in ["kk", "kk.human", "kz.missing", "missing", ""] {
            assert_eq!(TranslationGap::from_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        for gap in TranslationGap::ALL {
            let gaps: TranslationGaps = [gap].into_iter().collect();
            assert_eq!(gaps.iter().collect::<Vec<_>>(), [gap]);
        }
        let all: TranslationGaps = TranslationGap::ALL.into_iter().collect();
        assert_eq!(all.iter().count(), TranslationGap::ALL.len());
        assert_eq!(TranslationGaps::default().iter().count(), 0);
    }
}
