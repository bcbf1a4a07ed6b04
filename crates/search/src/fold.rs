//! Folding: the spelling under which a word is compared, whatever keyboard it was typed on.
//!
//! Readers type Kazakh with a Russian keyboard («комек» for «көмек»), Russian without «ё», English
//! without diacritics, and paste text that carries stress marks, soft hyphens and bidirectional
//! controls. All of that disappears here and nowhere else.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// One folded character, and whether the original could only have been Kazakh.
///
/// The mark survives folding because a word that certainly is Kazakh must not be cut by Russian rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    /// The folded character.
    pub(crate) folded: char,
    /// True when it was written with a letter that Russian does not have.
    pub(crate) kazakh: bool,
}

/// Folds a text: normal form C, lower case, Kazakh letters to their Russian look-alikes, ё to е,
/// diacritics and invisible characters removed. «й» stays «й»: it is a letter, not an accented «и».
///
/// Folding is idempotent.
///
/// ```
/// assert_eq!(qadam_search::fold("Көмек, ЁЛКА, Café, йод"), "комек, елка, cafe, йод");
/// ```
pub fn fold(text: &str) -> String {
    letters(text).map(|letter| letter.folded).collect()
}

/// The folded characters of a text in order.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = Letter> + '_ {
    text.nfc()
        .filter(|character| !is_invisible(*character))
        .flat_map(char::to_lowercase)
        .flat_map(fold_character)
}

/// One lower-case character becomes none (a combining mark), one, or two («ß») letters.
fn fold_character(character: char) -> impl Iterator<Item = Letter> {
    let kazakh = is_kazakh(character);
    let mut folded = Folded::default();
    if character == 'й' {
        folded.push('й');
    } else {
        decompose_canonical(character, |base| {
            if !is_combining_mark(base) {
                let (first, second) = look_alike(base);
                folded.push(first);
                if let Some(second) = second {
                    folded.push(second);
                }
            }
        });
    }
    folded.0.into_iter().flatten().map(move |folded| Letter { folded, kazakh })
}

/// At most four characters: a Hangul syllable decomposes into three, «ß» gives two.
#[derive(Default)]
struct Folded([Option<char>; 4]);

impl Folded {
    fn push(&mut self, character: char) {
        if let Some(free) = self.0.iter_mut().find(|place| place.is_none()) {
            *free = Some(character);
        }
    }
}

/// Letters of the Kazakh alphabet that the Russian one lacks, with the Latin schwa often typed for «ә».
fn is_kazakh(character: char) -> bool {
    matches!(character, 'ә' | 'ə' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' | 'і')
}

/// The letters a reader would type instead; most characters are their own look-alike.
fn look_alike(character: char) -> (char, Option<char>) {
    match character {
        'ә' | 'ə' => ('а', None),
        'ғ' | 'ґ' => ('г', None),
        'қ' => ('к', None),
        'ң' => ('н', None),
        'ө' | 'ɵ' => ('о', None),
        'ұ' | 'ү' => ('у', None),
        'һ' => ('х', None),
        'і' => ('и', None),
        'є' => ('е', None),
        'ı' => ('i', None),
        'ł' => ('l', None),
        'ø' => ('o', None),
        'đ' | 'ð' => ('d', None),
        'ŋ' => ('n', None),
        'ς' => ('σ', None),
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        other => (other, None),
    }
}

/// Characters that are not seen and would split or disguise a word: soft hyphen, zero-width and
/// bidirectional controls, the byte order mark.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn every_kazakh_letter_becomes_its_look_alike_in_both_cases() {
        assert_eq!(fold("әғқңөұүһі"), "агкноуухи");
        assert_eq!(fold("ӘҒҚҢӨҰҮҺІ"), "агкноуухи");
    }

    #[test]
    fn yo_becomes_ye_and_short_i_stays_itself() {
        assert_eq!(fold("Ёлка ёж"), "елка еж");
        assert_eq!(fold("йогурт Йод"), "йогурт йод");
        assert_eq!(fold("е\u{0308}ж и\u{0306}од"), "еж йод", "decomposed forms are the same letters");
    }

    #[test]
    fn latin_diacritics_and_stress_marks_disappear() {
        assert_eq!(fold("Méndez Çağ Øre Łódź straße İstanbul"), "mendez cag ore lodz strasse istanbul");
        assert_eq!(fold("за\u{0301}мок"), "замок");
    }

    #[test]
    fn invisible_characters_do_not_split_a_word() {
        assert_eq!(fold("реко\u{00AD}менда\u{200B}ция\u{202E}"), "рекомендация");
    }

    #[test]
    fn a_schwa_typed_as_a_latin_letter_is_the_kazakh_one() {
        assert_eq!(fold("\u{0259}діл"), fold("әділ"));
    }
}
