//! In which languages a deployment answers.

use std::iter;
use std::str::FromStr;

use qadam_domain::language::Language;

/// The languages on offer: at least one, none twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Languages {
    first: Language,
    others: [Option<Language>; 2],
}

impl Languages {
    /// What a reader is answered in who asks for none of those on offer.
    pub const fn first(self) -> Language {
        self.first
    }

    /// All of them, the first first.
    pub fn iter(self) -> impl Iterator<Item = Language> {
        iter::once(self.first).chain(self.others.into_iter().flatten())
    }

    /// The language on offer that has this tag.
    pub fn find(self, tag: &str) -> Option<Language> {
        self.iter().find(|language| language.tag() == tag)
    }
}

/// English first: programs that ask for nothing read it.
impl Default for Languages {
    fn default() -> Self {
        Self { first: Language::English, others: [Some(Language::Kazakh), Some(Language::Russian)] }
    }
}

/// A text that names no languages, or others than there are, or one twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be some of kk, ru and en, each once, with commas between")]
pub struct InvalidLanguages;

impl FromStr for Languages {
    type Err = InvalidLanguages;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut named = Vec::with_capacity(Language::ALL.len());
        for tag in text.split(',') {
            let language = tag.trim().parse().map_err(|_| InvalidLanguages)?;
            if named.contains(&language) {
                return Err(InvalidLanguages);
            }
            named.push(language);
        }
        let mut named = named.into_iter();
        let first = named.next().ok_or(InvalidLanguages)?;
        Ok(Self { first, others: [named.next(), named.next()] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_read_in_the_order_they_are_named_in() {
        let languages: Languages = "kk, ru".parse().unwrap();
        assert_eq!(languages.first(), Language::Kazakh);
        assert_eq!(languages.iter().collect::<Vec<_>>(), [Language::Kazakh, Language::Russian]);
        assert_eq!(languages.find("ru"), Some(Language::Russian));
        assert_eq!(languages.find("en"), None);
        let all = "ru,en,kk".parse::<Languages>().unwrap();
        let expected = [Language::Russian, Language::English, Language::Kazakh];
        assert_eq!(all.iter().collect::<Vec<_>>(), expected);
        assert_eq!("en,kk,ru".parse(), Ok(Languages::default()));
    }

    #[test]
    fn no_languages_unknown_ones_and_repeats_are_refused() {
        for text in ["", ",", "kk,", "kz", "KK", "kk,kk", "kk,ru,en,kk", "kk ru", "de"] {
            assert_eq!(text.parse::<Languages>(), Err(InvalidLanguages), "{text:?}");
        }
    }
}
