//! How alike two titles are, in whatever languages they are written.
//!
//! A title is a set of words; function words do not count. Two titles are as alike as the share of their words that
//! the other one has too, in any form, or says by another name: see [`Synonyms`].

use crate::forms::Forms;
use crate::function_words::is_function_word;
use crate::query::QUERY_WORDS_MAX;
use crate::synonyms::{Synonyms, forms_of};

/// Most other names of what a title names that are looked for.
const NAMES_MAX: usize = 8;

/// A title for which others that are like it are looked for.
#[derive(Debug, Clone)]
pub struct Likeness {
    /// Its words in order, function words too.
    words: Vec<Forms>,
    /// What it names, and what else that is called.
    named: Vec<Named>,
}

/// Something that a title names.
#[derive(Debug, Clone)]
struct Named {
    /// The words of the title that do.
    words: std::ops::Range<usize>,
    /// The words of each other name.
    others: Vec<Vec<Forms>>,
}

/// Something that is looked for in the index of titles: one word, in any of its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup<'a>(&'a Forms);

impl Likeness {
    /// Reads a title; `None` where it has no word that counts. Words beyond the sixteenth are ignored.
    pub fn of(title: &str, synonyms: &Synonyms) -> Option<Self> {
        let mut words = forms_of(title);
        words.truncate(QUERY_WORDS_MAX);
        let named = synonyms.named_in(&words).into_iter().take(NAMES_MAX);
        let named = named.map(|(words, others)| Named { words, others }).collect();
        words.iter().any(counts).then_some(Self { words, named })
    }

    /// What to look for in the index of titles: the words of the title, and those of the other names. Each once.
    pub fn lookups(&self) -> Vec<Lookup<'_>> {
        let others = self.named.iter().flat_map(|named| named.others.iter().flatten());
        let mut lookups: Vec<Lookup<'_>> = Vec::new();
        for word in self.words.iter().chain(others).filter(|word| counts(word)) {
            if lookups.len() < 2 * QUERY_WORDS_MAX && !lookups.contains(&Lookup(word)) {
                lookups.push(Lookup(word));
            }
        }
        lookups
    }

    /// How many of the lookups a title has to meet to be worth a comparison: more than one where the words are many,
    /// because a word alone is then no likeness.
    pub fn needed(&self) -> u8 {
        if self.words.iter().filter(|word| counts(word)).count() > 3 { 2 } else { 1 }
    }

    /// How alike another title in one language is, from 0 (nothing in common) to 100 (the same words).
    pub fn score(&self, title: &str) -> u8 {
        let theirs = forms_of(title);
        let mut found = vec![false; self.words.len()];
        let mut met = vec![false; theirs.len()];
        for (ours, found) in self.words.iter().zip(&mut found) {
            for (their, met) in theirs.iter().zip(&mut met) {
                if ours.meets(their) {
                    (*found, *met) = (true, true);
                }
            }
        }
        for named in &self.named {
            for other in &named.others {
                say_by_another_name(named, other, &theirs, &mut found, &mut met);
            }
        }
        share(&self.words, &found, &theirs, &met)
    }
}

/// Notes that another title says by another name what ours does, where it has all words of the name.
fn say_by_another_name(
    named: &Named,
    other: &[Forms],
    theirs: &[Forms],
    found: &mut [bool],
    met: &mut [bool],
) {
    let wanted = || other.iter().filter(|word| counts(word));
    if !wanted().all(|word| theirs.iter().any(|their| their.meets(word))) {
        return;
    }
    for found in found.get_mut(named.words.clone()).into_iter().flatten() {
        *found = true;
    }
    for (their, met) in theirs.iter().zip(met) {
        *met = *met || wanted().any(|word| their.meets(word));
    }
}

/// The share, in hundredths, of the words of two titles that are found in the other one.
fn share(ours: &[Forms], found: &[bool], theirs: &[Forms], met: &[bool]) -> u8 {
    let counted = |words: &[Forms]| words.iter().filter(|word| counts(word)).count();
    let shared = |words: &[Forms], flags: &[bool]| {
        words.iter().zip(flags).filter(|(word, flag)| counts(word) && **flag).count()
    };
    let all = counted(ours) + counted(theirs);
    if all == 0 {
        return 0;
    }
    u8::try_from(100 * (shared(ours, found) + shared(theirs, met)) / all).unwrap_or(100)
}

/// Whether a word says anything alone.
fn counts(word: &Forms) -> bool {
    !is_function_word(&word.written)
}

impl Lookup<'_> {
    /// The expression for `MATCH` of SQLite FTS5, limited to one column; `column` is a name from the program.
    pub fn to_fts5_in(&self, column: &'static str) -> String {
        format!("{{{column}}} : ({})", self.forms("\"", " OR "))
    }

    /// The text form of a PostgreSQL `tsquery`.
    pub fn to_tsquery(&self) -> String {
        format!("({})", self.forms("'", " | "))
    }

    /// Tokens are letters and digits only, so that quoting them needs no escapes.
    fn forms(&self, quote: &str, or: &str) -> String {
        let all = std::iter::once(&self.0.written).chain(&self.0.stems);
        all.map(|form| format!("{quote}{form}{quote}")).collect::<Vec<_>>().join(or)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn synonyms() -> Synonyms {
        Synonyms::new([
            vec!["азаптау", "пытки", "torture"],
            vec!["следственный изолятор", "тергеу изоляторы", "remand prison"],
        ])
    }

    fn score(ours: &str, theirs: &str) -> u8 {
        Likeness::of(ours, &synonyms()).map_or(0, |likeness| likeness.score(theirs))
    }

    #[test]
    fn the_same_words_in_any_form_and_order_are_a_hundred() {
        for (ours, theirs) in [
            ("Запретить пытки в следственных изоляторах", "запретить пытки в следственных изоляторах"),
            ("Запрет в изоляторе", "Изоляторы: запрет"),
            ("Raise the compensation", "Raising compensations"),
            ("Өтемақыны арттыру", "Өтемақыны арттыру туралы"),
        ] {
            assert_eq!(score(ours, theirs), 100, "{ours} / {theirs}");
        }
    }

    #[test]
    fn other_words_are_nothing_and_some_words_are_something() {
        assert_eq!(score("Запретить пытки", "Построить школу"), 0);
        assert_eq!(score("of the", "of the"), 0);
        let some = score("Raise the compensation of victims", "Raise the pay of doctors");
        assert_eq!(some, 33);
        assert!(score("Raise compensation of victims", "Raise compensation of all victims") > 80);
    }

    #[test]
    fn another_language_is_read_by_the_names_of_things() {
        assert_eq!(score("Пытки", "Azaptau torture"), 66);
        assert_eq!(score("Prevent torture", "Азаптау"), 66);
        let remand = score("Пытки в следственном изоляторе", "Torture in a remand prison");
        assert_eq!(remand, 100);
    }

    #[test]
    fn lookups_name_every_word_once_in_the_languages_of_both_databases() {
        let likeness = Likeness::of("Права и права", &Synonyms::default()).unwrap();
        let lookups = likeness.lookups();
        assert_eq!(lookups.len(), 1);
        assert_eq!(lookups[0].to_fts5_in("title_text"), "{title_text} : (\"права\" OR \"прав\")");
        assert_eq!(lookups[0].to_tsquery(), "('права' | 'прав')");
        assert_eq!((likeness.needed(), Likeness::of("a b", &Synonyms::default()).is_none()), (1, true));
    }

    proptest! {
        #[test]
        fn a_score_is_a_share_the_same_from_both_sides_where_no_other_names_are_known(
            ours in "[абвгде]{2,4}( [абвгде]{2,4}){0,5}", theirs in "[абвгде]{2,4}( [абвгде]{2,4}){0,5}",
        ) {
            let alike = |one: &str, other: &str| {
                Likeness::of(one, &Synonyms::default()).map_or(0, |likeness| likeness.score(other))
            };
            let score = alike(&ours, &theirs);
            prop_assert!(score <= 100);
            prop_assert_eq!(score, alike(&theirs, &ours));
            if Likeness::of(&ours, &Synonyms::default()).is_some() {
                prop_assert_eq!(alike(&ours, &ours), 100);
            }
        }
    }
}
