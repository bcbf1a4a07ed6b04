//! What is written into the indexed columns.

use std::collections::HashSet;

use crate::forms::Forms;
use crate::words::words;

/// Most bytes one indexed text may have.
///
/// PostgreSQL refuses a `tsvector` of one mebibyte; half of it holds the distinct words of a book.
/// What comes after is not found, so callers give the most telling parts first.
pub const INDEX_BYTES_MAX: usize = 512 * 1024;

/// The indexed form of a text given in parts (title, summary, references, each in every language):
/// its distinct tokens in order of appearance, one space between them.
///
/// Tokens are folded words, their stems, and the parts and tails of joined words. They consist of
/// letters and digits only and contain nothing a tokeniser or a query language could take for its own.
/// Positions and numbers of occurrences are not kept: nothing here ranks by them.
///
/// ```
/// assert_eq!(qadam_search::index_text(["Victims' rights", "CO/4"]), "victims victim rights right co 4 co4");
/// ```
pub fn index_text<Texts>(texts: Texts) -> String
where
    Texts: IntoIterator,
    Texts::Item: AsRef<str>,
{
    let mut index = Index::default();
    for text in texts {
        for word in words(text.as_ref()) {
            for part in word.entries() {
                let forms = Forms::of(part);
                let tokens = std::iter::once(forms.written).chain(forms.stems);
                if !tokens.into_iter().all(|token| index.add(token)) {
                    return index.text;
                }
            }
        }
    }
    index.text
}

#[derive(Default)]
struct Index {
    text: String,
    seen: HashSet<String>,
}

impl Index {
    /// Adds a token unless it is there; false when there is no room for it.
    fn add(&mut self, token: String) -> bool {
        if self.seen.contains(&token) {
            return true;
        }
        if self.text.len() + 1 + token.len() > INDEX_BYTES_MAX {
            return false;
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(&token);
        self.seen.insert(token);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{INDEX_BYTES_MAX, index_text};

    #[test]
    fn nothing_gives_an_empty_text() {
        assert_eq!(index_text([""]), "");
        assert_eq!(index_text(["— «…» №"]), "");
        assert_eq!(index_text(Vec::<String>::new()), "");
    }

    #[test]
    fn a_token_is_written_once() {
        assert_eq!(index_text(["суд Суд СУД", "суд"]), "суд");
    }

    #[test]
    fn a_kazakh_word_is_not_cut_by_russian_rules() {
        assert_eq!(index_text(["қалам"]), "калам", "Snowball would cut it to «кал»");
    }

    #[test]
    fn a_library_is_cut_before_postgresql_refuses_it() {
        let library = (0..60_000).map(|number| format!("слово{number}")).collect::<Vec<_>>().join(" ");
        let text = index_text([library]);
        assert!(text.len() <= INDEX_BYTES_MAX && text.len() > INDEX_BYTES_MAX - 100, "{}", text.len());
    }
}
