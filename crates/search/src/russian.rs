//! Russian stems: Snowball, with what it misses in the words of this field put right.

use rust_stemmers::{Algorithm, Stemmer};

/// Words by their beginning, with the stem they shall have.
///
/// Snowball cuts «правила» (rules) to «прав», the stem of «права» (rights), and gives «тюрем», the
/// genitive plural of «тюрьма» (prison), a stem of its own.
const BY_BEGINNING: [(&str, &str); 2] = [("правил", "правил"), ("тюрем", "тюрьм")];

/// Longer endings make another word: «правительство».
const ENDING_CHARACTERS_MAX: usize = 3;

/// A stem shorter than this keeps its vowel: «срок», «урок».
const FLEETING_STEM_CHARACTERS_MIN: usize = 5;

/// The stem of a folded Russian word.
pub(crate) fn stem(word: &str) -> String {
    let listed = BY_BEGINNING.iter().find(|(beginning, _)| {
        word.strip_prefix(beginning).is_some_and(|ending| ending.chars().count() <= ENDING_CHARACTERS_MAX)
    });
    if let Some((_, stem)) = listed {
        return (*stem).to_owned();
    }
    let stem = Stemmer::create(Algorithm::Russian).stem(word).into_owned();
    without_fleeting_vowel(&stem).unwrap_or(stem)
}

/// «пыток» and «пытки», «список» and «списка» have one stem: the vowel before the last «к» comes and
/// goes. It is dropped wherever it stands between consonants, also where it never goes («человек»):
/// what counts is that all forms of one word meet.
fn without_fleeting_vowel(stem: &str) -> Option<String> {
    let start = stem.strip_suffix("ок").or_else(|| stem.strip_suffix("ек"))?;
    let consonant =
        start.ends_with(|last| !matches!(last, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я'));
    (consonant && stem.chars().count() >= FLEETING_STEM_CHARACTERS_MIN).then(|| format!("{start}к"))
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for forms in [
            ["рекомендация", "рекомендациями", "рекомендаций"],
            ["пытки", "пыток", "пыткам"],
            ["тюрьма", "тюрем", "тюрьмах"],
            ["ребенок", "ребенка", "ребенком"],
            ["правило", "правил", "правилами"],
            ["человек", "человека", "человеком"],
            ["срок", "срока", "сроками"],
        ] {
            let [first, second, third] = forms.map(stem);
            assert_eq!(first, second, "{forms:?}");
            assert_eq!(first, third, "{forms:?}");
        }
    }

    #[test]
    fn rules_rights_and_government_stay_apart() {
        assert_ne!(stem("правила"), stem("права"));
        assert_ne!(stem("правительство"), stem("правила"));
        assert_ne!(stem("правда"), stem("права"));
    }
}
