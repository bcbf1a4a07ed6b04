//! Laws that hold for every text, however strange.

use proptest::prelude::*;
use qadam_search::{INDEX_BYTES_MAX, Query, TOKEN_CHARACTERS_MAX, fold, index_text};

/// Words of the three languages, joined words, numbers, and now and then anything at all.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[а-яёәғқңөұүһі]{1,14}",
        2 => "[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яәғқңөұүһі]{2,10}(дың|ларды|ында|ымызды|ями|ов|ами)",
        2 => "[a-zA-Z]{1,12}",
        1 => "[A-Z]{1,3}[-/][0-9]{1,4}([-/.][A-Z0-9]{1,4}){0,4}",
        1 => "[0-9]{1,6}",
        1 => "\\PC{1,10}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 0..30).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,60}") {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn folding_the_query_changes_no_letter_it_looks_for(text in text(), query in word()) {
        let index = index_text([&text]);
        // A folded query may be cut by Russian rules too, so it finds at least as much.
        if Query::parse(&query).is_some_and(|query| query.matches(&index)) {
            prop_assert!(Query::parse(&fold(&query)).is_some_and(|query| query.matches(&index)));
        }
    }

    #[test]
    fn every_word_of_a_text_finds_it_and_so_does_each_beginning(text in text(), pick in any::<prop::sample::Index>(), length in 1_usize..20) {
        let words: Vec<&str> = text.split(' ').collect();
        let word = pick.get(&words);
        let index = index_text([&text]);
        if let Some(query) = Query::parse(word) {
            prop_assert!(query.matches(&index), "{word:?} in {text:?}");
        }
        // A stray Latin letter in a Cyrillic word is put right only once the word is long enough to show it.
        let beginning: String = word.chars().take(length).collect();
        if word.chars().all(char::is_alphanumeric) && !fold(word).chars().any(|c| c.is_ascii_lowercase())
            && let Some(query) = Query::parse(&beginning)
        {
            prop_assert!(query.matches(&index), "{beginning:?} in {text:?}");
        }
    }

    #[test]
    fn a_whole_text_finds_itself(text in text()) {
        if let Some(query) = Query::parse(&text) {
            prop_assert!(query.matches(&index_text([&text])));
        }
    }

    #[test]
    fn parts_are_found_wherever_they_are_divided(texts in prop::collection::vec(text(), 1..4)) {
        prop_assert_eq!(index_text(&texts), index_text([texts.join("\n")]));
    }

    #[test]
    fn more_text_never_hides_what_was_found(text in text(), more in text(), query in text()) {
        if let Some(query) = Query::parse(&query) && query.matches(&index_text([&text])) {
            prop_assert!(query.matches(&index_text([&more, &text])));
        }
    }

    #[test]
    fn tokens_are_distinct_bounded_letters_and_digits(text in "\\PC{0,300}") {
        let index = index_text([&text]);
        prop_assert!(index.len() <= INDEX_BYTES_MAX);
        let tokens: Vec<&str> = index.split(' ').filter(|token| !token.is_empty()).collect();
        prop_assert_eq!(tokens.join(" "), index.clone());
        let distinct: std::collections::HashSet<_> = tokens.iter().collect();
        prop_assert_eq!(distinct.len(), tokens.len());
        for token in tokens {
            prop_assert!(token.chars().all(char::is_alphanumeric), "{:?}", token);
            prop_assert!(token.chars().count() <= TOKEN_CHARACTERS_MAX);
            prop_assert!(!token.contains(|c: char| c.is_ascii_uppercase()));
        }
    }

    #[test]
    fn an_expression_is_only_tokens_and_operators(query in "\\PC{0,200}") {
        if let Some(query) = Query::parse(&query) {
            let is_token = |piece: &str| !piece.is_empty() && piece.chars().all(char::is_alphanumeric);
            for (expression, quote, rest) in [(query.to_fts5(), '"', "()* ANDOR"), (query.to_tsquery(), '\'', "():*&| ")] {
                for (place, piece) in expression.split(quote).enumerate() {
                    let sound = if place % 2 == 1 { is_token(piece) } else { piece.chars().all(|c| rest.contains(c)) };
                    prop_assert!(sound, "{piece:?} in {expression}");
                }
            }
        }
    }
}
