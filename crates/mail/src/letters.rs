//! The texts of letters.

use chrono::NaiveDate;
use qadam_domain::language::{Language, LanguageMap};
use qadam_localisation::{Argument, text, text_with};

/// A letter to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address it goes to.
    pub to: String,
    /// What stands above it, in one line.
    pub subject: String,
    /// The text: plain, lines ended by line feeds.
    pub text: String,
    /// The languages it is written in, one after the other.
    pub languages: Vec<Language>,
}

/// What a one-time link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkPurpose {
    /// To come in for the first time.
    Invitation,
    /// To choose another password; the person asked for it.
    Recovery,
    /// The same, asked for by an administrator: a colleague has to vouch first.
    VouchedRecovery,
}

impl LinkPurpose {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Invitation, Self::Recovery, Self::VouchedRecovery];

    const fn key(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Recovery => "recovery",
            Self::VouchedRecovery => "vouched_recovery",
        }
    }
}

/// What a letter with a one-time link says.
#[derive(Debug, Clone, Copy)]
pub struct LinkLetter<'a> {
    /// The address it goes to.
    pub to: &'a str,
    /// The language its reader is written to in.
    pub language: Language,
    /// The name of the register.
    pub platform: &'a LanguageMap,
    /// What the link is for.
    pub purpose: LinkPurpose,
    /// The link.
    pub url: &'a str,
    /// For how many minutes it holds.
    pub minutes: i64,
}

/// What happened to somebody's account, which they are told for the case that it was not them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountEvent {
    /// Another password was chosen by a link.
    PasswordRecovered,
    /// Another password was chosen by somebody who was signed in.
    PasswordChanged,
    /// An authenticator app was added.
    SecondFactorAdded,
    /// An authenticator app was removed.
    SecondFactorRemoved,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// An identity at a provider was connected.
    IdentityAdded,
    /// An identity at a provider was removed.
    IdentityRemoved,
}

impl AccountEvent {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::PasswordRecovered,
        Self::PasswordChanged,
        Self::SecondFactorAdded,
        Self::SecondFactorRemoved,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::IdentityAdded,
        Self::IdentityRemoved,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::PasswordRecovered => "password_recovered",
            Self::PasswordChanged => "password_changed",
            Self::SecondFactorAdded => "second_factor_added",
            Self::SecondFactorRemoved => "second_factor_removed",
            Self::PasskeyAdded => "passkey_added",
            Self::PasskeyRemoved => "passkey_removed",
            Self::IdentityAdded => "identity_added",
            Self::IdentityRemoved => "identity_removed",
        }
    }
}

/// What a letter about an account says.
#[derive(Debug, Clone, Copy)]
pub struct NoticeLetter<'a> {
    /// The address it goes to.
    pub to: &'a str,
    /// The language its reader is written to in.
    pub language: Language,
    /// The name of the register.
    pub platform: &'a LanguageMap,
    /// What happened.
    pub event: AccountEvent,
    /// Where another password is asked for. It lets nobody in by itself.
    pub recovery: &'a str,
}

/// A letter about what happened to somebody's account (NIST SP 800-63B-4, section 4.6: recovery and new authenticators
/// are told to whoever has the account).
pub fn notice_letter(letter: &NoticeLetter<'_>) -> Letter {
    let tag = letter.language.tag();
    let platform = letter.platform.get(letter.language).unwrap_or_default();
    let named = [("platform", Argument::Text(platform))];
    let paragraphs = [
        text(tag, "mail-greeting"),
        text_with(tag, &format!("mail-{}-about", letter.event.key()), &named),
        text(tag, "mail-notice-not_you"),
        letter.recovery.to_owned(),
        platform.to_owned(),
    ];
    Letter {
        to: letter.to.to_owned(),
        subject: text_with(tag, "mail-notice-subject", &named),
        text: format!("{}\n", paragraphs.join("\n\n")),
        languages: vec![letter.language],
    }
}

/// What a letter about a draft says that will be deleted.
#[derive(Debug, Clone, Copy)]
pub struct DraftLetter<'a> {
    /// The address it goes to.
    pub to: &'a str,
    /// The language its reader is written to in.
    pub language: Language,
    /// The name of the register.
    pub platform: &'a LanguageMap,
    /// The day on which it will be deleted.
    pub until: NaiveDate,
    /// Where its writer finds it.
    pub address: &'a str,
}

/// A letter that something unfinished will be deleted. It does not say what.
pub fn draft_letter(letter: &DraftLetter<'_>) -> Letter {
    let tag = letter.language.tag();
    let platform = letter.platform.get(letter.language).unwrap_or_default();
    let day = letter.until.to_string();
    let named = [("platform", Argument::Text(platform)), ("day", Argument::Text(&day))];
    let paragraphs = [
        text(tag, "mail-greeting"),
        text_with(tag, "mail-draft-about", &named),
        letter.address.to_owned(),
        platform.to_owned(),
    ];
    Letter {
        to: letter.to.to_owned(),
        subject: text_with(tag, "mail-draft-subject", &named),
        text: format!("{}\n", paragraphs.join("\n\n")),
        languages: vec![letter.language],
    }
}

/// What a letter with the day's checkpoint says.
#[derive(Debug, Clone, Copy)]
pub struct CheckpointLetter<'a> {
    /// The address it goes to: of somebody who keeps checkpoints, and need not be known to the register.
    pub to: &'a str,
    /// The languages of the register, in each of which it says what it is.
    pub languages: &'a [Language],
    /// The name of the register.
    pub platform: &'a LanguageMap,
    /// How many entries the ledger had.
    pub size: u64,
    /// The local day of the letter.
    pub today: NaiveDate,
    /// The local day on which it was signed.
    pub signed_on: NaiveDate,
    /// The signed note (C2SP), which is what is kept.
    pub note: &'a str,
    /// Where it is read how checkpoints are compared, below which each language has its page.
    pub address: &'a str,
}

/// A letter with a checkpoint of the ledger. Nobody who holds the register can change what others keep of it.
pub fn checkpoint_letter(letter: &CheckpointLetter<'_>) -> Letter {
    let size = i64::try_from(letter.size).unwrap_or(i64::MAX);
    let (number, day) = (letter.size.to_string(), letter.signed_on.to_string());
    let mut paragraphs = Vec::new();
    for language in letter.languages {
        let tag = language.tag();
        let platform = letter.platform.get(*language).unwrap_or_default();
        let named = [
            ("platform", Argument::Text(platform)),
            ("count", Argument::Number(size)),
            ("number", Argument::Text(&number)),
            ("day", Argument::Text(&day)),
        ];
        paragraphs.push(text_with(tag, "mail-checkpoint-about", &named));
        paragraphs.push(format!("{}/{tag}/verify", letter.address));
    }
    let first = letter.languages.first().copied().unwrap_or(Language::English);
    let platform = letter.platform.get(first).unwrap_or_default();
    let today = letter.today.to_string();
    let named = [("platform", Argument::Text(platform)), ("day", Argument::Text(&today))];
    Letter {
        to: letter.to.to_owned(),
        subject: text_with(first.tag(), "mail-checkpoint-subject", &named),
        // The note last and whole, its lines as they are: it is cut out of the letter and compared.
        text: format!("{}\n\n{}", paragraphs.join("\n\n"), letter.note),
        languages: letter.languages.to_vec(),
    }
}

/// A letter with a one-time link.
pub fn link_letter(letter: &LinkLetter<'_>) -> Letter {
    let tag = letter.language.tag();
    let platform = letter.platform.get(letter.language).unwrap_or_default();
    let key = letter.purpose.key();
    let named = [("platform", Argument::Text(platform))];
    let about = text_with(tag, &format!("mail-{key}-about"), &named);
    let paragraphs = [
        text(tag, "mail-greeting"),
        about,
        letter.url.to_owned(),
        holds(tag, letter.minutes),
        text(tag, &format!("mail-{key}-not_you")),
        platform.to_owned(),
    ];
    Letter {
        to: letter.to.to_owned(),
        subject: text_with(tag, &format!("mail-{key}-subject"), &named),
        text: format!("{}\n", paragraphs.join("\n\n")),
        languages: vec![letter.language],
    }
}

/// For how long a link holds: in days where it is some, else in minutes.
fn holds(tag: &str, minutes: i64) -> String {
    const DAY: i64 = 24 * 60;
    let (key, count) =
        if minutes >= DAY { ("mail-holds_days", minutes / DAY) } else { ("mail-holds_minutes", minutes) };
    let number = count.to_string();
    text_with(tag, key, &[("count", Argument::Number(count)), ("number", Argument::Text(&number))])
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://register.example/setup?token=abc";

    fn platform() -> LanguageMap {
        LanguageMap {
            kk: Some("Тізілім".to_owned()),
            ru: Some("Реестр".to_owned()),
            en: Some("Register".to_owned()),
        }
    }

    #[test]
    fn each_letter_is_written_in_each_language_and_holds_its_link_on_a_line_of_its_own() {
        let platform = platform();
        let mut subjects = std::collections::BTreeSet::new();
        for purpose in LinkPurpose::ALL {
            for language in [Language::Kazakh, Language::Russian, Language::English] {
                let minutes = if purpose == LinkPurpose::Recovery { 10 } else { 7 * 24 * 60 };
                let to = "somebody@example.org";
                let letter = link_letter(&LinkLetter {
                    to,
                    language,
                    platform: &platform,
                    purpose,
                    url: URL,
                    minutes,
                });
                assert!(letter.text.lines().any(|line| line == URL), "{letter:?}");
                assert!(letter.text.contains(platform.get(language).unwrap()), "{letter:?}");
                assert!(!letter.text.contains("mail-") && !letter.text.contains('{'), "{letter:?}");
                assert!(!letter.subject.contains('\n') && !letter.subject.starts_with("mail-"), "{letter:?}");
                assert!(letter.text.contains(if minutes == 10 { "10" } else { "7" }), "{letter:?}");
                subjects.insert(letter.subject);
            }
        }
        assert!(subjects.len() >= 6, "{subjects:?}");
    }

    #[test]
    fn each_notice_says_in_each_language_what_happened_and_where_to_turn() {
        let platform = platform();
        let mut texts = std::collections::BTreeSet::new();
        for event in AccountEvent::ALL {
            for language in [Language::Kazakh, Language::Russian, Language::English] {
                let (to, recovery) = ("somebody@example.org", URL);
                let letter =
                    notice_letter(&NoticeLetter { to, language, platform: &platform, event, recovery });
                assert!(letter.text.lines().any(|line| line == URL), "{letter:?}");
                assert!(!letter.text.contains("mail-") && !letter.text.contains('{'), "{letter:?}");
                assert!(letter.subject.contains(platform.get(language).unwrap()), "{letter:?}");
                texts.insert(letter.text);
            }
        }
        assert_eq!(texts.len(), 24, "each says something else");
    }

    #[test]
    fn a_letter_about_a_draft_says_until_when_it_is_kept_and_nothing_of_it() {
        let platform = platform();
        for language in [Language::Kazakh, Language::Russian, Language::English] {
            let until = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
            let (to, address) = ("somebody@example.org", URL);
            let letter = draft_letter(&DraftLetter { to, language, platform: &platform, until, address });
            assert!(letter.text.contains("2026-03-01") && letter.text.lines().any(|line| line == URL));
            assert!(!letter.text.contains("mail-") && !letter.text.contains('{'), "{letter:?}");
            assert!(letter.subject.contains(platform.get(language).unwrap()), "{letter:?}");
        }
    }

    #[test]
    fn a_letter_with_a_checkpoint_says_in_each_language_what_it_is_and_holds_the_note_as_it_is() {
        let platform = platform();
        let note = "register.example/ledger\n21\nc2lnbmVk\n\n\u{2014} register.example/ledger YWJj\n";
        let letter = checkpoint_letter(&CheckpointLetter {
            to: "keeper@example.org",
            languages: &[Language::Kazakh, Language::Russian, Language::English],
            platform: &platform,
            size: 21,
            today: NaiveDate::from_ymd_opt(2026, 3, 2).unwrap(),
            signed_on: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap(),
            note,
            address: "https://register.example",
        });
        assert!(letter.text.ends_with(&format!("\n\n{note}")), "{letter:?}");
        for tag in ["kk", "ru", "en"] {
            let address = format!("https://register.example/{tag}/verify");
            assert!(letter.text.lines().any(|line| line == address), "{letter:?}");
        }
        assert_eq!(letter.text.matches("2026-03-01").count(), 3, "{letter:?}");
        assert!(letter.subject.ends_with("2026-03-02"), "{letter:?}");
        assert!(letter.text.contains("21 запись.") && letter.text.contains("21 entries"), "{letter:?}");
        assert!(!letter.text.contains("mail-") && !letter.text.contains('{'), "{letter:?}");
    }
}
