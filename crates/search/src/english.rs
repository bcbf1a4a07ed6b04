//! English stems: Snowball (Porter 2) over one spelling, British and American meeting in it.

use rust_stemmers::{Algorithm, Stemmer};

/// Words by their beginning, with the stem they shall have: Snowball cuts "organization" to "organ" and
/// "university" to "univers", the stem of "universal".
const BY_BEGINNING: [(&str, &str); 2] = [("organiz", "organiz"), ("universit", "universit")];

/// British spellings of single words, singular.
const SPELLINGS: [(&str, &str); 8] = [
    ("behaviour", "behavior"),
    ("centre", "center"),
    ("defence", "defense"),
    ("judgement", "judgment"),
    ("labour", "labor"),
    ("licence", "license"),
    ("offence", "offense"),
    ("programme", "program"),
];

/// Endings of verbs in -ise and of their nouns, with those in -ize.
const ENDINGS: [(&str, &str); 7] = [
    ("isation", "ization"),
    ("isations", "izations"),
    ("ise", "ize"),
    ("ises", "izes"),
    ("ised", "ized"),
    ("ising", "izing"),
    ("isers", "izers"),
];

/// Letters an ending in -ise leaves at least: "rise" and "wise" are no such verbs.
const VERB_CHARACTERS_MIN: usize = 4;

/// The stem of a lower-case English word without diacritics.
pub(crate) fn stem(word: &str) -> String {
    let spelled = one_spelling(word);
    if let Some((_, stem)) = BY_BEGINNING.iter().find(|(beginning, _)| spelled.starts_with(beginning)) {
        return (*stem).to_owned();
    }
    Stemmer::create(Algorithm::English).stem(&spelled).into_owned()
}

/// Words that merely end in -ise ("exercise") change as well: all their forms do, so they still meet.
fn one_spelling(word: &str) -> String {
    let listed = SPELLINGS.iter().find_map(|(british, american)| {
        let rest = word.strip_prefix(british)?;
        matches!(rest, "" | "s").then(|| format!("{american}{rest}"))
    });
    let respelled = || {
        ENDINGS.iter().find_map(|(british, american)| {
            let start = word.strip_suffix(british)?;
            (start.len() >= VERB_CHARACTERS_MIN).then(|| format!("{start}{american}"))
        })
    };
    listed.or_else(respelled).unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for forms in [
            ["recommendation", "recommendations", "recommended"],
            ["torture", "tortured", "torturing"],
            ["organisation", "organizations", "organised"],
            ["criminalisation", "criminalization", "criminalizations"],
            ["centre", "center", "centres"],
        ] {
            let [first, second, third] = forms.map(stem);
            assert_eq!(first, second, "{forms:?}");
            assert_eq!(first, third, "{forms:?}");
        }
    }

    #[test]
    fn words_that_only_look_related_stay_apart() {
        for (one, other) in
            [("organ", "organization"), ("university", "universal"), ("police", "policy"), ("new", "news")]
        {
            assert_ne!(stem(one), stem(other));
        }
    }
}
