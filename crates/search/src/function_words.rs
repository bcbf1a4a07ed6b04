//! Words that say nothing alone and are therefore not demanded of a text.
//!
//! All words of a query must be found; without this list «право на защиту» would miss a title that
//! says «право защиты». They stay in the index: a query made of them alone looks for them.

/// Whether a folded word is a function word of Kazakh, Russian or English, or a single letter.
pub(crate) fn is_function_word(word: &str) -> bool {
    let mut characters = word.chars();
    let single_letter = characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none();
    single_letter || KAZAKH.contains(&word) || RUSSIAN.contains(&word) || ENGLISH.contains(&word)
}

/// Folded: «және», «үшін», «туралы», «бойынша», «мен» and the like.
const KAZAKH: [&str; 12] =
    ["жане", "мен", "бен", "пен", "ушин", "туралы", "бойынша", "немесе", "да", "де", "та", "те"];

/// Without «не»: it changes what is said.
const RUSSIAN: [&str; 15] =
    ["во", "на", "по", "об", "от", "до", "из", "за", "со", "ко", "при", "для", "или", "под", "про"];

const ENGLISH: [&str; 16] =
    ["of", "the", "to", "and", "or", "in", "on", "at", "an", "for", "by", "is", "as", "be", "with", "from"];

#[cfg(test)]
mod tests {
    use super::{ENGLISH, KAZAKH, RUSSIAN, is_function_word};
    use crate::fold::fold;

    #[test]
    fn the_lists_are_written_folded() {
        for word in KAZAKH.into_iter().chain(RUSSIAN).chain(ENGLISH) {
            assert_eq!(fold(word), word);
        }
    }

    #[test]
    fn a_digit_is_not_a_function_word() {
        assert!(is_function_word("и"));
        assert!(!is_function_word("4"));
        assert!(!is_function_word("суд"));
    }
}
