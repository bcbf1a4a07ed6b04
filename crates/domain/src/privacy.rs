//! Signs that a text names a private person: what whoever writes is asked about before others read it.
//!
//! A sign is no proof: offices have telephones and ministers have names. A text without signs is no proof either. So
//! nothing is refused by a sign; it is shown, and whoever publishes says that they looked.

use chrono::NaiveDate;

/// How many signs of one text are told.
const SIGNS_MAX: usize = 20;

/// What a part of a text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignKind {
    /// An individual identification number (ЖСН, ИИН): twelve digits with the day of birth and a check digit, as the Law
    /// on national registers of identification numbers of 2007 forms it.
    PersonalNumber,
    /// A telephone number of Kazakhstan.
    Phone,
    /// A mail address.
    Email,
    /// The number of a bank card.
    Card,
    /// A name with a patronymic or initials.
    Name,
}

impl SignKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::PersonalNumber, Self::Phone, Self::Email, Self::Card, Self::Name];

    /// The code by which texts name it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PersonalNumber => "personal_number",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Card => "card",
            Self::Name => "name",
        }
    }
}

/// A part of a text that looks as if it named a private person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sign {
    /// What it looks like.
    pub kind: SignKind,
    /// The part.
    pub part: String,
}

/// The signs in a text, each once, in the order of their kinds; at most 20.
pub fn signs(text: &str) -> Vec<Sign> {
    let mut found: Vec<Sign> = numbers(text).chain(words(text)).collect();
    found.sort();
    found.dedup();
    found.truncate(SIGNS_MAX);
    found
}

fn numbers(text: &str) -> impl Iterator<Item = Sign> {
    let sign = |(part, digits): (&str, Vec<u8>)| {
        let kind = number_kind(&digits)?;
        Some(Sign { kind, part: part.to_owned() })
    };
    runs(text).into_iter().filter_map(sign)
}

/// The runs of digits in a text, with single blanks, hyphens and brackets between them.
fn runs(text: &str) -> Vec<(&str, Vec<u8>)> {
    let mut runs = Vec::new();
    let mut digits = Vec::new();
    let mut begun = 0;
    let mut ended = 0;
    for (at, character) in text.char_indices() {
        if let Some(digit) = character.to_digit(10) {
            if digits.is_empty() {
                begun = at;
            }
            digits.push(u8::try_from(digit).unwrap_or_default());
            ended = at + character.len_utf8();
        } else if !joins(character) || text.get(ended..at).is_some_and(|between| between.chars().count() > 1)
        {
            take(text, begun..ended, &mut digits, &mut runs);
        }
    }
    take(text, begun..ended, &mut digits, &mut runs);
    runs
}

fn take<'a>(
    text: &'a str,
    part: std::ops::Range<usize>,
    digits: &mut Vec<u8>,
    runs: &mut Vec<(&'a str, Vec<u8>)>,
) {
    let digits = std::mem::take(digits);
    if let Some(part) = text.get(part).filter(|_| !digits.is_empty()) {
        runs.push((part, digits));
    }
}

/// Whether a character stands within numbers.
const fn joins(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{202f}' | '-' | '(' | ')')
}

fn number_kind(digits: &[u8]) -> Option<SignKind> {
    match digits {
        [7 | 8, 7, rest @ ..] if rest.len() == 9 => Some(SignKind::Phone),
        _ if digits.len() == 12 && is_personal_number(digits) => Some(SignKind::PersonalNumber),
        _ if digits.len() == 16 && has_luhn_digit(digits) => Some(SignKind::Card),
        _ => None,
    }
}

/// Whether twelve digits are an individual's number: a day of birth, a century with a sex, a check digit.
fn is_personal_number(digits: &[u8]) -> bool {
    let &[y1, y2, m1, m2, d1, d2, century, .., check] = digits else { return false };
    let two = |tens: u8, ones: u8| u32::from(tens) * 10 + u32::from(ones);
    let year = match century {
        1 | 2 => 1800,
        3 | 4 => 1900,
        5 | 6 => 2000,
        _ => return false,
    } + two(y1, y2);
    let born =
        i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, two(m1, m2), two(d1, d2)));
    born.is_some() && check_digit(digits) == Some(check)
}

/// The check digit of the first eleven: by two rows of weights, as the number's rules say; a number for which both give
/// ten is not given out.
fn check_digit(digits: &[u8]) -> Option<u8> {
    let weighed = |shift: usize| {
        let weights = (0..11).map(|place| (place + shift) % 11 + 1);
        let sum: usize = digits.iter().zip(weights).map(|(digit, weight)| usize::from(*digit) * weight).sum();
        u8::try_from(sum % 11).ok().filter(|digit| *digit < 10)
    };
    weighed(0).or_else(|| weighed(2))
}

/// Whether the last digit checks the others as those of bank cards do (ISO/IEC 7812).
fn has_luhn_digit(digits: &[u8]) -> bool {
    let value = |(place, digit): (usize, &u8)| match place % 2 {
        0 => u32::from(*digit),
        _ => u32::from(*digit) * 2 / 10 + u32::from(*digit) * 2 % 10,
    };
    digits.iter().any(|digit| *digit > 0) && digits.iter().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}

fn words(text: &str) -> impl Iterator<Item = Sign> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let bare = word.trim_matches(|character: char| !character.is_alphanumeric());
        let next = words.get(at + 1).copied().unwrap_or_default();
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
        if is_mail_address(bare) {
            found.push(Sign { kind: SignKind::Email, part: bare.to_owned() });
        } else if is_patronymic(bare) && is_capitalised(before) {
            found.push(Sign { kind: SignKind::Name, part: format!("{before} {bare}") });
        } else if is_initialled(word, next) || is_initialled(next, word) {
            found.push(Sign { kind: SignKind::Name, part: format!("{word} {}", trimmed(next)) });
        }
    }
    found.into_iter()
}

/// Whether these are initials and a surname.
fn is_initialled(initials: &str, surname: &str) -> bool {
    are_initials(initials) && is_capitalised(surname)
}

fn trimmed(word: &str) -> &str {
    word.trim_end_matches([',', ';', ':', ')', '»', '"'])
}

fn is_mail_address(word: &str) -> bool {
    let Some((name, host)) = word.split_once('@') else { return false };
    let ends = host.rsplit_once('.').map(|(_, end)| end);
    !name.is_empty() && ends.is_some_and(|end| end.len() >= 2 && end.chars().all(char::is_alphabetic))
}

/// Endings of patronymics in Russian and Kazakh.
const PATRONYMICS: [&str; 12] =
    ["ович", "евич", "ьич", "овна", "евна", "ична", "ұлы", "улы", "қызы", "кызы", "ovich", "ovna"];

fn is_patronymic(word: &str) -> bool {
    let lower = word.to_lowercase();
    is_capitalised(word)
        && word.chars().count() >= 6
        && PATRONYMICS.iter().any(|ending| {
            lower.ends_with(ending)
                || ["а", "у", "ем", "ы", "е", "ой", "ның", "ға", "ге"]
                    .iter()
                    .any(|case| lower.strip_suffix(case).is_some_and(|stem| stem.ends_with(ending)))
        })
}

/// Whether a word begins with a capital letter and goes on with small ones.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars().skip_while(|character| !character.is_alphanumeric());
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        && !word.ends_with(['.', '!', '?'])
}

/// Whether a word is one or two initials: "А.", "А.Б.".
fn are_initials(word: &str) -> bool {
    let word = word.trim_end_matches([',', ';', ':', ')']);
    let parts: Vec<&str> = word.split_terminator('.').collect();
    let is_initial = |part: &&str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    word.ends_with('.') && parts.len() == 2 && parts.iter().all(is_initial)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kinds(text: &str) -> Vec<SignKind> {
        signs(text).into_iter().map(|sign| sign.kind).collect()
    }

    /// The number of nobody: the check digit of these eleven digits.
    fn personal_number(first: &str) -> Option<String> {
        let digits: Vec<u8> = first.bytes().map(|byte| byte - b'0').collect();
        check_digit(&digits).map(|check| format!("{first}{check}"))
    }

    #[test]
    fn what_names_a_person_is_found() {
        let number = personal_number("90010130000").unwrap();
        let spaced = format!("{} {}", &number[..6], &number[6..]);
        let found = [
            (format!("ИИН {number}."), SignKind::PersonalNumber),
            (format!("ЖСН: {spaced}"), SignKind::PersonalNumber),
            ("тел. +7 (701) 123-45-67".to_owned(), SignKind::Phone),
            ("звонить 87011234567".to_owned(), SignKind::Phone),
            ("пишите на somebody@example.kz, пожалуйста".to_owned(), SignKind::Email),
            ("4000 0000 0000 0002".to_owned(), SignKind::Card),
            ("заявитель Образец Образцович сообщил".to_owned(), SignKind::Name),
            ("Үлгі Үлгібекұлы деген азамат".to_owned(), SignKind::Name),
            ("гражданин О.О. Образцов".to_owned(), SignKind::Name),
            ("следователь Образцов О.О. отказал".to_owned(), SignKind::Name),
        ];
        for (text, kind) in found {
            assert_eq!(kinds(&text), [kind], "{text}");
        }
    }

    #[test]
    fn what_registers_are_full_of_is_not_taken_for_a_person() {
        let texts = [
            "Приказ № 124-НҚ от 31.03.2025, пункт 15 (а)",
            "CAT/C/KAZ/CO/4, para. 19",
            "1 234 567 890 тенге из бюджета 2026 года",
            "Уголовный кодекс Республики Казахстан, статья 146. Пытки",
            "Адам құқықтары жөніндегі уәкіл. Ұлттық алдын алу тетігі",
            "Ministry of Foreign Affairs. A. The State party",
            "100 000 000 000",
            "https://adilet.zan.kz/rus/docs/V2500035902",
        ];
        for text in texts {
            assert_eq!(signs(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange_to_be_looked_at(text in "\\PC{0,200}") {
            for sign in signs(&text) {
                prop_assert!(!sign.part.is_empty());
            }
        }

        #[test]
        fn a_personal_number_is_found_wherever_it_stands(
            day in 1u32..28, month in 1u32..=12, year in 0u32..100, rest in 0u32..10_000,
            before in "[а-я ,:]{0,20}", after in "[а-я ,.]{0,20}",
        ) {
            let first = format!("{year:02}{month:02}{day:02}3{rest:04}");
            if let Some(number) = personal_number(&first) {
                let text = format!("{before}{number}{after}");
                prop_assert!(kinds(&text).contains(&SignKind::PersonalNumber), "{}", text);
            }
        }

        #[test]
        fn a_changed_digit_is_no_longer_a_personal_number(place in 7usize..11, add in 1u8..10) {
            let number = personal_number("90010130000").unwrap();
            let mut digits: Vec<u8> = number.bytes().map(|byte| byte - b'0').collect();
            digits[place] = (digits[place] + add) % 10;
            // Another serial number may have the same check digit under the second row of weights alone.
            prop_assume!(check_digit(&digits) != digits.get(11).copied());
            let text: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
            prop_assert!(kinds(&text).is_empty());
        }
    }
}
