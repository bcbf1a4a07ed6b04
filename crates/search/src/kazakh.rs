//! The Kazakh suffix stripper, written on folded letters.
//!
//! No stemmer for Kazakh is to be had in Rust or in PostgreSQL, and none could work on text folded
//! for a Russian keyboard. Kazakh is agglutinative and regular: root, plural, possessive, case, in that
//! order, and each suffix agrees with what precedes it (vowel harmony; a voiced, voiceless or nasal
//! first consonant). So suffixes are taken off from the end, one per slot, each only where it agrees;
//! agreement is what keeps Russian words («правда», «победа») and roots that merely look suffixed whole.
//!
//! Whether «Қазақстан» is a root or an ablative cannot be told without a dictionary. Therefore *every*
//! form passed on the way down is a form of the word, and two words match when they share one: the
//! chain of «Қазақстанда» passes «Қазақстан», where the chain of «Қазақстан» begins.
//! Derivational suffixes (-лық, -шы, -сыз, -лы, -ма, -у) are left on: «министр» is not «министрлік», and
//! «орындау» (to implement) is not «орын» (a place).

/// Where a suffix may stand: what its last letter before it must be, after folding.
#[derive(Clone, Copy)]
enum After {
    /// A vowel («у», «и» are vowels and glides at once).
    Vowel,
    /// A vowel, «р» or «й»: the plural in -лар.
    VowelOrLiquid,
    /// «л», «м», «н», «з», «ж»: the plural in -дар.
    Sonorant,
    /// Any consonant pronounced without voice at the end of a word; б, в, г, д of loans are devoiced.
    Voiceless,
    /// A vowel or a voiced consonant.
    Voiced,
    /// A voiced consonant that is not a nasal, or a glide: genitive in -дың.
    VoicedNotNasal,
    /// A vowel or a voiced consonant that is not a nasal: ablative in -дан.
    VowelOrNotNasal,
    /// A vowel or a nasal: genitive in -ның.
    VowelOrNasal,
    /// A nasal or the possessive vowel: ablative in -нан.
    NasalOrPossessive,
    /// The possessive vowel «ы» or «і».
    Possessive,
    /// A vowel, liquid or nasal: instrumental in -мен.
    NotSibilant,
    /// «з» or «ж»: instrumental in -бен.
    Sibilant,
    /// A consonant or glide.
    Consonant,
}

impl After {
    fn admits(self, last: char) -> bool {
        let vowel = is_vowel(last);
        let nasal = matches!(last, 'м' | 'н');
        let liquid = matches!(last, 'р' | 'л' | 'й' | 'ь');
        let sibilant = matches!(last, 'з' | 'ж');
        let glide = matches!(last, 'у' | 'и' | 'й');
        match self {
            Self::Vowel => vowel,
            Self::VowelOrLiquid => vowel || matches!(last, 'р' | 'й'),
            Self::Sonorant => nasal || sibilant || matches!(last, 'л' | 'ь'),
            Self::Voiceless => !(vowel || nasal || liquid || sibilant),
            Self::Voiced => vowel || nasal || liquid || sibilant,
            Self::VoicedNotNasal => liquid || sibilant || glide,
            Self::VowelOrNotNasal => vowel || liquid || sibilant,
            Self::VowelOrNasal => vowel || nasal,
            Self::NasalOrPossessive => nasal || matches!(last, 'ы' | 'и'),
            Self::Possessive => matches!(last, 'ы' | 'и'),
            Self::NotSibilant => vowel || nasal || liquid,
            Self::Sibilant => sibilant,
            Self::Consonant => !vowel || glide,
        }
    }
}

/// A suffix in its back and its front form, where it may stand, and the fewest letters it may leave.
struct Suffix {
    back: &'static str,
    front: &'static str,
    after: After,
    leaves: usize,
}

const fn suffix(back: &'static str, front: &'static str, after: After) -> Suffix {
    Suffix { back, front, after, leaves: 3 }
}

const fn suffix_leaving(leaves: usize, back: &'static str, front: &'static str, after: After) -> Suffix {
    Suffix { back, front, after, leaves }
}

/// The slots from the end of the word inwards; in each, longer suffixes first.
const SLOTS: [&[Suffix]; 4] = [CASE, POSSESSIVE, PLURAL, PARTICIPLE];

/// Case, the adjective of place (-дағы), and the past tense, which looks like the accusative.
const CASE: &[Suffix] = &[
    suffix("ндагы", "ндеги", After::Possessive),
    suffix("дагы", "деги", After::Voiced),
    suffix("тагы", "теги", After::Voiceless),
    suffix("нын", "нин", After::VowelOrNasal),
    suffix("дын", "дин", After::VoicedNotNasal),
    suffix("тын", "тин", After::Voiceless),
    suffix("нда", "нде", After::Possessive),
    suffix("нан", "нен", After::NasalOrPossessive),
    suffix("дан", "ден", After::VowelOrNotNasal),
    suffix("тан", "тен", After::Voiceless),
    suffix("мен", "мен", After::NotSibilant),
    suffix("бен", "бен", After::Sibilant),
    suffix("пен", "пен", After::Voiceless),
    suffix("на", "не", After::Possessive),
    suffix("га", "ге", After::Voiced),
    suffix("ка", "ке", After::Voiceless),
    suffix("ны", "ни", After::Vowel),
    suffix("ды", "ди", After::Voiced),
    suffix("ты", "ти", After::Voiceless),
    suffix("да", "де", After::Voiced),
    suffix("та", "те", After::Voiceless),
    suffix_leaving(5, "н", "н", After::Possessive),
];

/// Possessives: ours, yours, his; «my» only from longer words, as -ым also forms nouns («білім»).
const POSSESSIVE: &[Suffix] = &[
    suffix("ымыз", "имиз", After::Consonant),
    suffix("ыныз", "иниз", After::Consonant),
    suffix("мыз", "миз", After::Vowel),
    suffix("ныз", "низ", After::Vowel),
    suffix("сы", "си", After::Vowel),
    suffix_leaving(4, "ым", "им", After::Consonant),
    suffix("ы", "и", After::Consonant),
];

/// The plural.
const PLURAL: &[Suffix] = &[
    suffix("лар", "лер", After::VowelOrLiquid),
    suffix("дар", "дер", After::Sonorant),
    suffix("тар", "тер", After::Voiceless),
];

/// The past participle, which takes all the suffixes of a noun («сотталғандардың»).
const PARTICIPLE: &[Suffix] = &[suffix("ган", "ген", After::Voiced), suffix("кан", "кен", After::Voiceless)];

/// Roots that lose a vowel before a possessive: «орын», «орны». Written as they remain, then as they were.
const ELISIONS: [(&str, &str); 3] = [("орн", "орын"), ("халк", "халык"), ("ерк", "ерик")];

/// Every shorter form of a folded Cyrillic word, from the outermost suffix inwards, the word itself excluded.
pub(crate) fn forms(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = word;
    for slot in SLOTS {
        let Some((stripped, suffix)) =
            slot.iter().find_map(|suffix| suffix.strip(rest).map(|rest| (rest, suffix)))
        else {
            continue;
        };
        rest = stripped;
        found.push(rest.to_owned());
        if suffix.back.starts_with(is_vowel) {
            found.extend(before_a_vowel(rest));
        } else if suffix.back == "сы" && rest.ends_with(['ы', 'и', 'у']) {
            // «отырысы» is «отырыс» + -ы as well as it could be «отыры» + -сы.
            found.push(format!("{rest}с"));
        }
    }
    found
}

impl Suffix {
    /// The word without this suffix, where the suffix agrees with what is left.
    fn strip<'word>(&self, word: &'word str) -> Option<&'word str> {
        [self.back, self.front].into_iter().find_map(|ending| {
            let rest = word.strip_suffix(ending)?;
            let last = rest.chars().next_back()?;
            let long_enough = rest.chars().count() >= self.leaves;
            (long_enough && self.after.admits(last) && (self.back == self.front || harmonious(rest, ending)))
                .then_some(rest)
        })
    }
}

/// How a root reads when no vowel follows: «құқығ-» is «құқық», «есеб-» is «есеп», «орн-» is «орын».
fn before_a_vowel(root: &str) -> Option<String> {
    if let Some((_, full)) = ELISIONS.iter().find(|(elided, _)| *elided == root) {
        return Some((*full).to_owned());
    }
    let voiceless =
        |voiced: char, voiceless: &str| root.strip_suffix(voiced).map(|start| format!("{start}{voiceless}"));
    voiceless('г', "к").or_else(|| voiceless('б', "п"))
}

/// Whether the vowel of an ending may follow the last vowel of a root.
///
/// Folding leaves «о», «у» and the only «а» of a root undecided (ө, ү, ә), loans leave «и», «ю», «я».
fn harmonious(root: &str, ending: &str) -> bool {
    let mut vowels = root.chars().rev().filter(|character| is_vowel(*character));
    let Some(last) = vowels.next() else { return false };
    let only = vowels.next().is_none();
    let back_ending = ending.chars().any(|character| matches!(character, 'а' | 'ы'));
    match last {
        'е' | 'э' => !back_ending,
        'ы' => back_ending,
        'а' => back_ending || only,
        _ => true,
    }
}

fn is_vowel(character: char) -> bool {
    matches!(character, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я')
}

#[cfg(test)]
mod tests {
    use super::forms;
    use crate::fold::fold;

    fn stripped(word: &str) -> Vec<String> {
        forms(&fold(word))
    }

    #[test]
    fn suffixes_come_off_one_slot_at_a_time() {
        assert_eq!(stripped("ұсыныстарымызды"), ["усыныстарымыз", "усыныстар", "усыныс"]);
        assert_eq!(stripped("орындарындағы"), ["орындары", "орындар", "орын"]);
        assert_eq!(stripped("сотталғандардың"), ["сотталгандар", "сотталган", "соттал"]);
    }

    #[test]
    fn a_voiced_end_of_a_root_is_restored() {
        assert_eq!(stripped("құқығы"), ["кукыг", "кукык"]);
        assert_eq!(stripped("есебінде"), ["есеби", "есеб", "есеп"]);
        assert_eq!(stripped("орны"), ["орн", "орын"]);
        assert_eq!(stripped("отырысында"), ["отырысы", "отыры", "отырыс"]);
    }

    #[test]
    fn a_suffix_that_does_not_agree_stays() {
        for word in
            ["правда", "победа", "работа", "защита", "орган", "адам", "бала", "заң", "министрлік", "орындау"]
        {
            assert_eq!(stripped(word), Vec::<String>::new(), "{word}");
        }
    }

    #[test]
    fn short_roots_are_left_alone() {
        for word in ["суда", "ісі", "елі", "да", "ы", ""] {
            assert_eq!(stripped(word), Vec::<String>::new(), "{word}");
        }
    }

    #[test]
    fn a_name_that_looks_like_an_ablative_still_meets_its_cases() {
        assert!(stripped("Қазақстанда").contains(&fold("Қазақстан")));
        assert!(stripped("Қазақстанның").contains(&fold("Қазақстан")));
        assert!(stripped("Қазақстаннан").contains(&fold("Қазақстан")));
    }
}
