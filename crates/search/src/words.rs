//! Cutting a text into words, keeping what joiners hold together.
//!
//! A *word* is one or more *parts* (runs of letters and digits) held together by single joiners:
//! «консультативно-совещательный», `CAT/C/KAZ/CO/4`, `C-2026-0001`, `prosecutor's`. A part is found
//! by itself, and so is any unbroken run of parts written with or without the joiners.

use crate::fold::{Letter, letters};

/// Longest part or joined run that is kept, in characters; the rest is cut on both sides alike, so
/// that a prefix of a monster still finds it. Longer than any word of the three languages.
pub const TOKEN_CHARACTERS_MAX: usize = 64;

/// Most parts one word may have; what follows starts a new word. Document symbols have at most eight.
const PARTS_MAX: usize = 8;

/// A folded run of letters and digits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    /// The folded characters: lower-case letters and digits only.
    pub(crate) text: String,
    /// True when it was written with a letter only Kazakh has.
    pub(crate) kazakh: bool,
}

/// Parts held together by joiners; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The parts in order.
    pub(crate) parts: Vec<Part>,
}

impl Word {
    /// All parts from `start` on, written together.
    fn joined_from(&self, start: usize) -> Part {
        let mut joined = Part::default();
        for part in self.parts.iter().skip(start) {
            joined.text.push_str(&part.text);
            joined.kazakh |= part.kazakh;
        }
        if let Some((end, _)) = joined.text.char_indices().nth(TOKEN_CHARACTERS_MAX) {
            joined.text.truncate(end);
        }
        joined
    }

    /// The whole word without its joiners.
    pub(crate) fn whole(&self) -> Part {
        self.joined_from(0)
    }

    /// Every part, and every run of parts that reaches the end of the word.
    ///
    /// As queries match by prefix, these tails make each unbroken run of parts findable:
    /// `KAZ/CO` is a prefix of the tail `kazco4`.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Part> + '_ {
        let tails = (0..self.parts.len().saturating_sub(1)).map(|start| self.joined_from(start));
        self.parts.iter().cloned().chain(tails)
    }
}

/// The words of a text, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut cutter = Cutter::default();
    for letter in letters(text) {
        cutter.take(letter);
    }
    cutter.end_word();
    cutter.words
}

/// The state of cutting: the finished words, the word at hand, the part at hand.
#[derive(Default)]
struct Cutter {
    words: Vec<Word>,
    parts: Vec<Part>,
    part: Part,
    length: usize,
    joiner: Option<char>,
}

impl Cutter {
    fn take(&mut self, letter: Letter) {
        if is_joiner(letter.folded) {
            if self.joiner.is_some() || self.length == 0 {
                self.end_word();
            } else {
                self.joiner = Some(letter.folded);
            }
        } else if letter.folded.is_alphanumeric() {
            match self.joiner {
                Some('.') if self.changes_kind(letter.folded) => self.end_word(),
                Some(_) => self.end_part(),
                None => {}
            }
            if self.length < TOKEN_CHARACTERS_MAX {
                self.part.text.push(letter.folded);
            }
            self.part.kazakh |= letter.kazakh;
            self.length += 1;
        } else {
            self.end_word();
        }
    }

    /// A dot between a letter and a digit ends an abbreviation: «ст.146» is «ст. 146».
    fn changes_kind(&self, next: char) -> bool {
        self.part.text.chars().next_back().is_some_and(|last| last.is_numeric() != next.is_numeric())
    }

    fn end_part(&mut self) {
        self.joiner = None;
        self.length = 0;
        let mut part = std::mem::take(&mut self.part);
        if part.text.is_empty() {
            return;
        }
        if let Some(corrected) = without_strays(&part.text) {
            part.text = corrected;
        }
        self.parts.push(part);
        if self.parts.len() == PARTS_MAX {
            self.close();
        }
    }

    fn end_word(&mut self) {
        self.end_part();
        self.close();
    }

    fn close(&mut self) {
        if !self.parts.is_empty() {
            self.words.push(Word { parts: std::mem::take(&mut self.parts) });
        }
    }
}

/// What holds the parts of one word together when it stands alone between them: hyphens, the dash of
/// ranges, slash, dot, underscore and apostrophes.
fn is_joiner(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'
            ..='\u{2013}'
                | '\u{2212}'
                | '/'
                | '.'
                | '_'
                | '\''
                | '`'
                | '\u{2018}'
                | '\u{2019}'
                | '\u{02B9}'
                | '\u{02BC}'
    )
}

/// A mostly Cyrillic word with its stray Latin look-alikes put right, or `None` when it has none.
///
/// Official Kazakh texts often carry a Latin `i` for «і», and typists mix keyboards.
fn without_strays(text: &str) -> Option<String> {
    let latin = text.chars().filter(char::is_ascii_lowercase).count();
    let cyrillic = text.chars().filter(|character| is_cyrillic(*character)).count();
    (latin > 0 && cyrillic > latin).then(|| text.chars().map(cyrillic_twin).collect())
}

/// A letter of the folded Cyrillic alphabet.
pub(crate) fn is_cyrillic(character: char) -> bool {
    matches!(character, 'а'..='я')
}

/// The Cyrillic letter that looks like a Latin one, folded.
fn cyrillic_twin(character: char) -> char {
    match character {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'h' | 'x' => 'х',
        'i' => 'и',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'y' => 'у',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{TOKEN_CHARACTERS_MAX, words};

    fn cut(text: &str) -> Vec<Vec<String>> {
        words(text).into_iter().map(|word| word.parts.into_iter().map(|part| part.text).collect()).collect()
    }

    fn entries(text: &str) -> Vec<String> {
        words(text).iter().flat_map(|word| word.entries().map(|part| part.text).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn spaces_and_punctuation_end_a_word() {
        assert_eq!(cut("Права, «человека» (2025)!"), [["права"], ["человека"], ["2025"]]);
    }

    #[test]
    fn a_single_joiner_holds_parts_together_and_two_do_not() {
        assert_eq!(cut("іс-шара"), [["ис", "шара"]]);
        assert_eq!(cut("иск--шара -начало конец- ."), [["иск"], ["шара"], ["начало"], ["конец"]]);
        assert_eq!(cut("слово—слово"), [["слово"], ["слово"]]);
    }

    #[test]
    fn a_document_symbol_is_kept_whole_by_tails_and_by_parts() {
        assert_eq!(
            entries("CAT/C/KAZ/CO/4"),
            ["cat", "c", "kaz", "co", "4", "catckazco4", "ckazco4", "kazco4", "co4"]
        );
        assert_eq!(entries("C-2026-0001"), ["c", "2026", "0001", "c20260001", "20260001"]);
    }

    #[test]
    fn a_dot_between_a_letter_and_a_digit_ends_a_word() {
        assert_eq!(cut("ст.146 п.7"), [["ст"], ["146"], ["п"], ["7"]]);
        assert_eq!(cut("16.3 gov.kz"), [["16", "3"], ["gov", "kz"]]);
    }

    #[test]
    fn the_ninth_part_starts_a_new_word() {
        assert_eq!(cut("1.2.3.4.5.6.7.8.9"), [vec!["1", "2", "3", "4", "5", "6", "7", "8"], vec!["9"]]);
    }

    #[test]
    fn a_monster_is_cut_to_the_longest_token() {
        let monster = "ж".repeat(5000);
        assert_eq!(cut(&monster), [["ж".repeat(TOKEN_CHARACTERS_MAX)]]);
        let joined = format!("{}-{}", "a".repeat(60), "b".repeat(60));
        assert!(entries(&joined).contains(&format!("{}bbbb", "a".repeat(60))));
    }

    #[test]
    fn a_latin_letter_astray_in_a_cyrillic_word_is_put_right() {
        assert_eq!(cut("мiндеттеме"), [["миндеттеме"]]);
        assert_eq!(cut("covidке usaid"), [["covidке"], ["usaid"]], "a mostly Latin word is left alone");
    }
}
