//! What a reader typed, ready to be put to either database.

use std::fmt::Write as _;

use crate::forms::Forms;
use crate::function_words::is_function_word;
use crate::words::{Part, Word, words};

/// Most words of a query that are looked for; the rest is ignored.
pub const QUERY_WORDS_MAX: usize = 16;

/// Most characters of a query that are read; the rest is ignored.
pub const QUERY_CHARACTERS_MAX: usize = 1_000;

/// A query: every word of it must be found.
///
/// A word is found where a token begins with it as written, or where a token is one of its stems. A
/// joined word («іс-шара», `CAT/C/KAZ/CO/4`) is found where it stands joined; one without digits also
/// where all its parts are found, however they are written. Function words («о», «және», "of") are
/// looked for only when the query has no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    words: Vec<QueryWord>,
}

/// A word is found when its whole is, or all its parts are (when it has parts that may stand alone).
#[derive(Clone, Debug, PartialEq, Eq)]
struct QueryWord {
    whole: Forms,
    parts: Vec<Forms>,
}

impl Query {
    /// Reads a query; `None` when it has no letter and no digit.
    pub fn parse(text: &str) -> Option<Self> {
        let text = match text.char_indices().nth(QUERY_CHARACTERS_MAX) {
            Some((end, _)) => text.get(..end).unwrap_or(text),
            None => text,
        };
        let mut all = words(text);
        if all.iter().any(|word| !is_function_word(&word.whole().text)) {
            all.retain(|word| !is_function_word(&word.whole().text));
        }
        let mut distinct: Vec<QueryWord> = Vec::new();
        for word in all.into_iter().map(QueryWord::new) {
            if distinct.len() < QUERY_WORDS_MAX && !distinct.contains(&word) {
                distinct.push(word);
            }
        }
        (!distinct.is_empty()).then_some(Self { words: distinct })
    }

    /// The expression for `MATCH` of SQLite FTS5 (tokenizer `ascii`).
    ///
    /// To look in one column, put its name before it: `{title_text} : (…)`; see
    /// [`to_fts5_in`](Self::to_fts5_in).
    ///
    /// ```
    /// let query = qadam_search::Query::parse("права 2025").unwrap();
    /// assert_eq!(query.to_fts5(), r#"("права"* OR "прав") AND "2025"*"#);
    /// ```
    pub fn to_fts5(&self) -> String {
        Syntax::FTS5.write(self)
    }

    /// The FTS5 expression limited to one column. `column` is a name from the program, never user input.
    pub fn to_fts5_in(&self, column: &'static str) -> String {
        format!("{{{column}}} : ({})", self.to_fts5())
    }

    /// The text form of a PostgreSQL `tsquery`, to be bound as text and cast: `$1::tsquery`. (The function
    /// `to_tsquery` would parse the tokens a second time, by its own rules.)
    ///
    /// ```
    /// let query = qadam_search::Query::parse("права 2025").unwrap();
    /// assert_eq!(query.to_tsquery(), "('права':* | 'прав') & '2025':*");
    /// ```
    pub fn to_tsquery(&self) -> String {
        Syntax::TSQUERY.write(self)
    }

    /// Whether a text made by [`index_text`](crate::index_text) satisfies the query: the meaning both
    /// database expressions must have.
    pub fn matches(&self, index_text: &str) -> bool {
        let tokens: Vec<&str> = index_text.split(' ').collect();
        self.words.iter().all(|word| word.found_in(&tokens))
    }
}

impl QueryWord {
    fn new(word: Word) -> Self {
        let numbered = word.parts.iter().any(|part| part.text.chars().any(char::is_numeric));
        let whole = asked_for(word.whole());
        let parts = if numbered || word.parts.len() == 1 {
            Vec::new()
        } else {
            word.parts.into_iter().map(asked_for).collect()
        };
        Self { whole, parts }
    }

    fn found_in(&self, tokens: &[&str]) -> bool {
        let found = |forms: &Forms| {
            tokens.iter().any(|token| {
                token.starts_with(&forms.written) || forms.stems.iter().any(|stem| stem == token)
            })
        };
        found(&self.whole) || (!self.parts.is_empty() && self.parts.iter().all(found))
    }
}

/// The forms of a part, without stems that the prefix finds anyway.
fn asked_for(part: Part) -> Forms {
    let mut forms = Forms::of(part);
    let written = &forms.written;
    forms.stems.retain(|stem| !stem.starts_with(written.as_str()));
    forms
}

/// How a database writes tokens, prefixes and operators. Tokens are letters and digits only, so that
/// quoting them needs no escapes.
struct Syntax {
    quote: char,
    prefix: &'static str,
    and: &'static str,
    or: &'static str,
}

impl Syntax {
    const FTS5: Self = Self { quote: '"', prefix: "*", and: " AND ", or: " OR " };
    const TSQUERY: Self = Self { quote: '\'', prefix: ":*", and: " & ", or: " | " };

    fn write(&self, query: &Query) -> String {
        query.words.iter().map(|word| self.word(word)).collect::<Vec<_>>().join(self.and)
    }

    fn word(&self, word: &QueryWord) -> String {
        let mut choices = self.forms(&word.whole);
        if !word.parts.is_empty() {
            let parts: Vec<_> = word.parts.iter().map(|part| self.either(&self.forms(part))).collect();
            choices.push(format!("({})", parts.join(self.and)));
        }
        self.either(&choices)
    }

    fn forms(&self, forms: &Forms) -> Vec<String> {
        let Self { quote, prefix, .. } = self;
        let mut written = vec![format!("{quote}{}{quote}{prefix}", forms.written)];
        written.extend(forms.stems.iter().map(|stem| format!("{quote}{stem}{quote}")));
        written
    }

    fn either(&self, choices: &[String]) -> String {
        let mut either = choices.join(self.or);
        if choices.len() > 1 {
            either.insert(0, '(');
            // Writing to a string cannot fail.
            let _ = either.write_char(')');
        }
        either
    }
}

#[cfg(test)]
mod tests {
    use super::{QUERY_WORDS_MAX, Query};

    #[test]
    fn a_query_without_words_is_none() {
        for text in ["", "   ", "«»", "\" * ( ) : & | ! ' \\", "№ — …"] {
            assert_eq!(Query::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_languages_of_both_databases_are_only_text() {
        let query = Query::parse(r#"title:права* OR NEAR("x' | !zzz\") AND -"#).expect("it has words");
        assert_eq!(
            query.to_fts5(),
            r#"("title"* OR "titl") AND ("права"* OR "прав") AND "near"* AND "zzz"*"#
        );
        assert_eq!(query.to_tsquery(), "('title':* | 'titl') & ('права':* | 'прав') & 'near':* & 'zzz':*");
    }

    #[test]
    fn a_joined_word_is_asked_for_whole_or_in_parts_but_a_number_only_whole() {
        let hyphenated = Query::parse("іс-шара").expect("it has words");
        assert_eq!(
            hyphenated.to_fts5(),
            r#"("исшара"* OR ("ис"* AND "шара"*))"#.replace("\"шара\"*", "(\"шара\"* OR \"шар\")")
        );
        let symbol = Query::parse("CAT/C/KAZ/CO/4").expect("it has words");
        assert_eq!(symbol.to_tsquery(), "'catckazco4':*");
    }

    #[test]
    fn a_column_is_named_before_the_expression() {
        let query = Query::parse("C-2026-0001").expect("it has words");
        assert_eq!(query.to_fts5_in("title_text"), r#"{title_text} : ("c20260001"*)"#);
    }

    #[test]
    fn function_words_count_only_when_alone() {
        assert_eq!(Query::parse("право на защиту"), Query::parse("право защиту"));
        assert_eq!(Query::parse("rights of the child"), Query::parse("rights child"));
        assert_eq!(Query::parse("адам құқықтары туралы"), Query::parse("адам құқықтары"));
        assert!(Query::parse("на").is_some_and(|query| query.matches("наказание")));
    }

    #[test]
    fn the_seventeenth_word_and_what_follows_the_thousandth_character_are_ignored() {
        let seventeen =
            (0..=QUERY_WORDS_MAX).map(|number| format!("слово{number}")).collect::<Vec<_>>().join(" ");
        let query = Query::parse(&seventeen).expect("it has words");
        assert_eq!(query.to_fts5().matches(" AND ").count(), QUERY_WORDS_MAX - 1);
        let far = format!("суд{}пытки", " ".repeat(2_000));
        assert_eq!(Query::parse(&far), Query::parse("суд"));
    }

    #[test]
    fn repeated_words_are_asked_for_once() {
        assert_eq!(Query::parse("Суд суд СУД"), Query::parse("суд"));
    }
}
