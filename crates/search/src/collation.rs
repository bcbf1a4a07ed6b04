//! Alphabetical order: a key under which a title sorts, compared byte by byte.
//!
//! Neither database sorts Kazakh, and each sorts Russian by a library of its own, so the order is made here, once
//! when a title is written: ә after а, ғ after г, қ after к, as in the Kazakh alphabet
//! (<https://unicode.org/reports/tr10/> would ask for tables of a megabyte). What differs only in case, accents or
//! punctuation has one key.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::fold::is_invisible;

/// How many letters of a title are compared.
const LETTERS_MAX: usize = 120;

/// The Kazakh alphabet in its order. Russian and the letters of its neighbours have their places in it.
const CYRILLIC: &str = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

/// The Latin alphabet in its order.
const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";

/// The language in which a reader expects the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// Kazakh letters first, ё a letter of its own.
    Kazakh,
    /// Russian letters first, ё sorted as е.
    Russian,
    /// Latin letters first.
    English,
}

/// The key of a text: words apart by one space, then digits, the reader's letters, those of the other alphabet, and
/// everything else.
///
/// ```
/// use qadam_search::{Alphabet, sort_key};
///
/// assert!(sort_key("Қамау", Alphabet::Kazakh) > sort_key("Кәмелет", Alphabet::Kazakh));
/// assert!(sort_key("Қамау", Alphabet::Kazakh) < sort_key("Лимит", Alphabet::Kazakh));
/// ```
pub fn sort_key(text: &str, alphabet: Alphabet) -> String {
    let mut key = String::new();
    let mut letters = 0;
    let mut apart = false;
    for character in text.nfc().filter(|character| !is_invisible(*character)).flat_map(char::to_lowercase) {
        if !character.is_alphanumeric() && !is_combining_mark(character) {
            apart = !key.is_empty();
            continue;
        }
        for letter in bare(character, alphabet).into_iter().flatten() {
            if std::mem::take(&mut apart) {
                key.push(' ');
            }
            key.push(place(letter, alphabet));
            letters += 1;
            if letters == LETTERS_MAX {
                return key;
            }
        }
    }
    key
}

/// A lower-case letter as the alphabets have it: without accents, but й and ё stay letters.
fn bare(character: char, alphabet: Alphabet) -> [Option<char>; 2] {
    match character {
        'ё' if alphabet != Alphabet::Kazakh => [Some('е'), None],
        // The Latin schwa is often typed for the Kazakh one.
        'ə' => [Some('ә'), None],
        'й' | 'ё' => [Some(character), None],
        'ß' => [Some('s'), Some('s')],
        'æ' => [Some('a'), Some('e')],
        'ø' => [Some('o'), None],
        'ł' => [Some('l'), None],
        'ı' => [Some('i'), None],
        _ => {
            let mut base = None;
            decompose_canonical(character, |part| {
                if !is_combining_mark(part) && base.is_none() {
                    base = Some(part);
                }
            });
            [base, None]
        }
    }
}

/// A letter as the character of the key: those of both alphabets stand in their order after the digits of ASCII.
fn place(letter: char, alphabet: Alphabet) -> char {
    let (first, second) = match alphabet {
        Alphabet::Kazakh | Alphabet::Russian => (CYRILLIC, LATIN),
        Alphabet::English => (LATIN, CYRILLIC),
    };
    let index = first.chars().chain(second.chars()).position(|known| known == letter);
    index.and_then(|index| u8::try_from(index).ok()).map_or(letter, |index| char::from(b':' + index))
}

#[cfg(test)]
mod tests {
    use super::{Alphabet, sort_key};

    /// Texts in the order of their keys; what has the same key stays as it stood.
    fn sorted<'a>(alphabet: Alphabet, texts: &[&'a str]) -> Vec<&'a str> {
        let mut texts = texts.to_vec();
        texts.reverse();
        texts.sort_by_key(|text| sort_key(text, alphabet));
        texts
    }

    #[test]
    fn kazakh_letters_follow_their_neighbours() {
        let order = [
            "2 бап",
            "Азаматтық",
            "Әділет",
            "Бас прокуратура",
            "Гуманизм",
            "Ғимарат",
            "Еңбек",
            "Ёлка",
            "Жаза",
            "Йод",
            "Кәмелет",
            "Қамау",
            "Лимит",
            "Нақты",
            "Оңалту",
            "Өтемақы",
            "Полиция",
            "Түрме",
            "Уақыт",
            "Ұлттық",
            "Үкімет",
            "Фото",
            "Хат",
            "һәм",
            "Цех",
            "Ыстық",
            "Іс",
            "Экспертиза",
            "Astana",
        ];
        assert_eq!(sorted(Alphabet::Kazakh, &order), order);
    }

    #[test]
    fn yo_is_a_letter_in_kazakh_and_ye_in_russian() {
        assert_eq!(sorted(Alphabet::Russian, &["Ежегодно", "Ёлка", "Ель"]), ["Ежегодно", "Ёлка", "Ель"]);
        assert_eq!(sorted(Alphabet::Kazakh, &["Ежегодно", "Ель", "Ёлка"]), ["Ежегодно", "Ель", "Ёлка"]);
        assert_eq!(sort_key("щётка", Alphabet::Russian), sort_key("ЩЕТКА", Alphabet::Russian));
    }

    #[test]
    fn each_reader_finds_the_own_letters_first() {
        let order = ["CAT", "Zone", "Акт", "Ясность"];
        assert_eq!(sorted(Alphabet::English, &order), order);
        let order = ["Акт", "Ясность", "CAT", "Zone"];
        assert_eq!(sorted(Alphabet::Russian, &order), order);
    }

    #[test]
    fn a_word_that_ends_comes_before_one_that_goes_on() {
        let order = ["Court hearing", "Court room", "Courts", "Курс"];
        assert_eq!(sorted(Alphabet::English, &order), order);
    }

    #[test]
    fn case_accents_and_punctuation_make_no_difference() {
        let key = |text| sort_key(text, Alphabet::English);
        assert_eq!(key("«Méndez»  principles\u{AD}!"), key("mendez principles"));
        assert_eq!(key("e\u{301}tat"), key("Etat"));
        assert_eq!(key("Straße"), key("strasse"));
        assert_eq!(key("—"), "");
    }

    #[test]
    fn a_key_is_of_ascii_and_bounded() {
        let key = sort_key(&"Әя zѣ9 ".repeat(300), Alphabet::Kazakh);
        assert!(key.chars().filter(|character| *character != ' ').count() == 120, "{key}");
        let key = sort_key("әя az 09", Alphabet::Kazakh);
        assert_eq!(key, ";c d} 09");
    }

    #[test]
    fn other_scripts_come_last_and_stay_apart() {
        let order = ["Zone", "Ясность", "日本", "本日"];
        assert_eq!(sorted(Alphabet::English, &order), order);
    }
}
