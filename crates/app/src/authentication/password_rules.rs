//! Which passwords may be chosen: the rules of NIST SP 800-63B-4, section 3.1.1.2, for a password that is the only
//! factor.
//!
//! 15 characters at least, all of Unicode, no demands on what kinds of characters there are, no expiry. Refused
//! is what attackers try first: common passwords, keyboard walks, repetitions and sequences, and what they know
//! already (the platform, the account's own address and name). A password is refused when hardly anything is
//! left of it once all that is taken away, so that "Qadam-Qadam-2026" is as common as "qadam".

use std::sync::LazyLock;

use qadam_domain::language::LanguageMap;
use qadam_search::fold;
use qadam_storage::accounts::Account;
use unicode_normalization::UnicodeNormalization;

use crate::error::{AppError, FieldCode};

/// The shortest password, in characters.
pub const PASSWORD_MIN: usize = 15;

/// The longest password, in characters.
pub const PASSWORD_MAX: usize = 256;

/// How many characters must be left when everything common is taken away.
const UNCOMMON_MIN: usize = 6;

/// With fewer letters and digits than this, punctuation counts as part of the password.
const LETTERS_MIN: usize = 8;

/// Where a chosen password stands in a request.
const POINTER: &str = "/password";

/// The shortest word of a name or an address that is taken away.
const WORD_MIN: usize = 3;

/// Common passwords in the form in which they are compared, the longest first.
static COMMON: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lines = include_str!("common_passwords.txt").lines().filter(|line| !line.starts_with('#'));
    let mut common: Vec<_> = lines.map(comparable).filter(|word| !word.is_empty()).collect();
    common.sort_by_key(|word| std::cmp::Reverse(word.len()));
    common
});

/// What an attacker knows of this platform and this account.
#[derive(Debug, Default)]
pub(super) struct Known(Vec<String>);

impl Known {
    /// What is known of the platform.
    pub(super) fn of_platform(name: &LanguageMap) -> Self {
        let mut known = Self::default();
        for (_, text) in name.entries() {
            known.add(text);
        }
        known
    }

    /// What is known of an account besides.
    pub(super) fn and_account(mut self, account: &Account) -> Self {
        self.add(&account.email);
        self.add(&account.name);
        self
    }

    /// Adds a text and each of its words.
    fn add(&mut self, text: &str) {
        let words = text.split(|character: char| !character.is_alphanumeric());
        let words = words.chain([text]).map(comparable);
        self.0.extend(words.filter(|word| word.chars().count() >= WORD_MIN));
        self.0.sort_by_key(|word| std::cmp::Reverse(word.len()));
    }
}

/// Whether a password may be chosen. Says at `/password` why not.
pub(super) fn check(password: &str, known: &Known) -> Result<(), AppError> {
    match refusal(password, known) {
        Some(code) => Err(AppError::field(POINTER, code)),
        None => Ok(()),
    }
}

fn refusal(password: &str, known: &Known) -> Option<FieldCode> {
    // NFC makes a character of three at most, so this is longer than any password that may be chosen.
    if password.len() > PASSWORD_MAX * 4 * 3 {
        return Some(FieldCode::TooLong);
    }
    let normal: String = password.nfc().collect();
    if normal.chars().any(char::is_control) {
        return Some(FieldCode::ForbiddenCharacter);
    }
    match normal.chars().count() {
        length if length < PASSWORD_MIN => Some(FieldCode::TooShort),
        length if length > PASSWORD_MAX => Some(FieldCode::TooLong),
        _ if uncommon_length(&normal, known) < UNCOMMON_MIN => Some(FieldCode::TooCommon),
        _ => None,
    }
}

/// How many characters are left of a password without what is common or known.
fn uncommon_length(password: &str, known: &Known) -> usize {
    let mut left = comparable(password);
    for word in known.0.iter().chain(COMMON.iter()) {
        if left.contains(word.as_str()) {
            left = left.replace(word.as_str(), "");
        }
    }
    let left: Vec<char> = left.chars().collect();
    without_runs(period(&left))
}

/// The form in which passwords are compared: folded, without spaces and punctuation. What is nearly nothing but
/// punctuation keeps it.
fn comparable(text: &str) -> String {
    let folded = fold(text);
    let letters: String = folded.chars().filter(|character| character.is_alphanumeric()).collect();
    if letters.chars().count() < LETTERS_MIN.min(folded.chars().count()) {
        return folded.chars().filter(|character| !character.is_whitespace()).collect();
    }
    letters
}

/// The shortest beginning of which the whole is a repetition: "abcabcab" is "abc" said again and again.
fn period(characters: &[char]) -> &[char] {
    (1..characters.len())
        .map(|length| characters.split_at(length))
        .find(|(unit, rest)| unit.iter().cycle().zip(rest.iter()).all(|(expected, found)| expected == found))
        .map_or(characters, |(unit, _)| unit)
}

/// How many characters there are when one that goes on as the two before it did ("aaaa", "4567", "dcba") counts
/// for nothing.
fn without_runs(characters: &[char]) -> usize {
    let step = |from: char, to: char| i64::from(u32::from(to)) - i64::from(u32::from(from));
    let goes_on = characters.windows(3).filter(|window| match window {
        [first, second, third] => {
            let (before, after) = (step(*first, *second), step(*second, *third));
            before == after && before.abs() <= 1
        }
        _ => false,
    });
    characters.len() - goes_on.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let mut known = Known::of_platform(&LanguageMap {
            kk: Some("Қадам: азаптауға қарсы тізілім".to_owned()),
            ru: Some("Кадам: реестр рекомендаций".to_owned()),
            en: Some("Qadam: register of recommendations".to_owned()),
        });
        known.add("officer.one@ministry.example");
        known.add("Айгүл Example-Person");
        known
    }

    fn verdict(password: &str) -> Option<FieldCode> {
        refusal(password, &known())
    }

    #[test]
    fn long_unguessable_passwords_of_every_kind_are_taken() {
        for good in [
            "vermilion teapot gale 9",
            "kumquat-saddle-orbit",
            "xK4#vR9!mQ2$wZ7",
            "шалфей зонт берег",
            "көбелек шамшырақ түн",
            "ÄÖÜß quetzal nimbus",
            "    padded inside    out    ",
            "correct pony battery staple",
            "73914 40268 55017",
            "🦊🌲🚲🍋🎻🧊🌋🧵🥁🪁🦉🍄🧭🎲🪴",
            "(}{;~<[]|/^+=-:&",
            "Passwordtwkzqvnp",
            "all lower case words here",
            "二十五個不同的漢字組成的長密碼啊",
        ] {
            assert_eq!(verdict(good), None, "{good}");
        }
        assert_eq!(verdict(&"kumquat saddle ".repeat(17)), None);
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        for short in ["", "x", "xK4#vR9!mQ2$wZ", "көбелек шамшыр"] {
            assert_eq!(verdict(short), Some(FieldCode::TooShort), "{short}");
        }
        let long: String = ('\u{4E00}'..).step_by(7).take(257).collect();
        assert_eq!(verdict(&long), Some(FieldCode::TooLong));
        let longest: String = long.chars().take(256).collect();
        assert_eq!(verdict(&longest), None);
        assert_eq!(verdict(&"x".repeat(1_000_000)), Some(FieldCode::TooLong));
    }

    #[test]
    fn length_is_counted_in_composed_characters() {
        let composed = "йжйшйщйцйхйфйвй";
        assert_eq!(composed.chars().count(), 15);
        assert_eq!(verdict(composed), None);
        let decomposed = "йжйшйщйцйхйфйв".replace('й', "и\u{306}");
        assert_eq!(verdict(&decomposed), Some(FieldCode::TooShort));
    }

    #[test]
    fn what_attackers_try_first_is_refused() {
        for common in [
            "passwordpassword",
            "Password12345678",
            "P@ssw0rd P@ssw0rd",
            "1234567890123456",
            "qwertyuiopasdfgh",
            "1q2w3e4r5t6y7u8i9o0p",
            "йцукенгшщзхъ123",
            "парольпароль2026",
            "ҚұпияСөзҚұпияСөз",
            "correct horse battery staple",
            "I Love You Forever!",
            "aaaaaaaaaaaaaaaaaaaa",
            "abcdefghijklmnopq",
            "zyxwvutsrqponmlkj",
            "ab1ab1ab1ab1ab1ab1",
            "               ",
            "!!!!!!!!!!!!!!!!",
            "!@#$%^&*()_+!@#$%^&*()_+",
        ] {
            assert_eq!(verdict(common), Some(FieldCode::TooCommon), "{common}");
        }
    }

    #[test]
    fn what_is_known_of_platform_and_person_is_refused() {
        for common in [
            "Qadam-Qadam-2026",
            "қадам қадам қадам 1",
            "register of recommendations",
            "officer.one@ministry.example",
            "OfficerMinistry1",
            "айгул айгул айгул",
        ] {
            assert_eq!(verdict(common), Some(FieldCode::TooCommon), "{common}");
            assert_ne!(refusal(common, &Known::default()), Some(FieldCode::TooShort), "{common}");
        }
    }

    #[test]
    fn control_characters_are_refused() {
        for bad in ["vermilion\u{0}teapot gale", "vermilion teapot gale\n", "vermilion\u{85}teapot gale"] {
            assert_eq!(verdict(bad), Some(FieldCode::ForbiddenCharacter), "{bad:?}");
        }
    }
}
