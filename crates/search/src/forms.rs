//! The forms of a word: what it is indexed under and what a query for it asks for.

use crate::words::{Part, is_cyrillic};
use crate::{english, kazakh, russian};

/// Shorter words have no suffixes worth taking off.
const STEMMED_CHARACTERS_MIN: usize = 3;

/// Shorter stems meet too much: Snowball cuts «адам» (a person, in Kazakh) to «ад» (hell).
const STEM_CHARACTERS_MIN: usize = 3;

/// A folded word as written, and its stems in every language it may be of.
///
/// The language of a word in a query is unknown, so Cyrillic words are cut by Russian and by Kazakh rules;
/// a word with a letter only Kazakh has, by Kazakh rules alone. Words in Latin letters are English. Anything with
/// a digit in it, and every other script, is found as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Forms {
    /// The folded word.
    pub(crate) written: String,
    /// Shorter forms; without duplicates and without the word itself.
    pub(crate) stems: Vec<String>,
}

impl Forms {
    pub(crate) fn of(part: Part) -> Self {
        let written = part.text;
        let mut stems = Vec::new();
        if is_at_least(&written, STEMMED_CHARACTERS_MIN) {
            if written.chars().all(is_cyrillic) {
                stems = kazakh::forms(&written);
                if !part.kazakh {
                    stems.push(russian::stem(&written));
                }
            } else if written.bytes().all(|byte| byte.is_ascii_lowercase()) {
                stems.push(english::stem(&written));
            }
        }
        stems.retain(|stem| is_at_least(stem, STEM_CHARACTERS_MIN) && *stem != written);
        stems.sort_unstable();
        stems.dedup();
        Self { written, stems }
    }

    /// Whether two words share a form.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.all().any(|form| other.all().any(|theirs| theirs == form))
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.written).chain(&self.stems).map(String::as_str)
    }
}

fn is_at_least(word: &str, characters: usize) -> bool {
    word.chars().nth(characters - 1).is_some()
}
