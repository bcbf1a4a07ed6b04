//! The letter to the head of a body that owes a word: a draft, which a person reads, signs and sends.

use crate::texts::{Argument, text, text_with};

/// What a letter is about, in the words of its language. A text that is empty is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponseLetterWords<'a> {
    /// For what the item waits: `review`, `answer` or `confirmation`.
    pub clock: &'a str,
    /// The platform's name.
    pub platform: &'a str,
    /// The name of the body that owes the word.
    pub body: &'a str,
    /// The item's ref, or the code it has before.
    pub reference: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What it asks for, in full.
    pub asked: &'a str,
    /// The day on which the wait began.
    pub since: &'a str,
    /// The last day on which the word was in time.
    pub due: &'a str,
    /// Whole days since the wait began.
    pub days: u32,
    /// Where the item is read.
    pub url: &'a str,
}

/// A letter in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its subject.
    pub subject: String,
    /// Its text, paragraphs separated by an empty line.
    pub text: String,
}

/// How long nothing was heard: "No answer after 62 days", by what is waited for.
pub fn silence(tag: &str, clock: &str, days: u32) -> String {
    text_with(tag, &format!("silence-{clock}"), &[("days", Argument::Number(days.into()))])
}

/// The letter in the language with this tag.
pub fn response_letter(tag: &str, words: &ResponseLetterWords<'_>) -> Letter {
    let silence = silence(tag, words.clock, words.days);
    let subject = [("ref", Argument::Text(words.reference)), ("silence", Argument::Text(&silence))];
    let paragraphs = [
        text_with(tag, "response_letter-addressee", &[("body", Argument::Text(words.body))]),
        text_with(
            tag,
            &format!("response_letter-opening-{}", words.clock),
            &[("platform", Argument::Text(words.platform))],
        ),
        facts(tag, words, &silence),
        words.asked.to_owned(),
        text(tag, &format!("response_letter-request-{}", words.clock)),
        text(tag, "response_letter-meeting"),
    ];
    let filled: Vec<_> = paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty()).collect();
    Letter { subject: text_with(tag, "response_letter-subject", &subject), text: filled.join("\n\n") }
}

fn facts(tag: &str, words: &ResponseLetterWords<'_>, silence: &str) -> String {
    let lines = [
        ("response_letter-fact-ref", "ref", words.reference),
        ("response_letter-fact-title", "title", words.title),
        ("response_letter-fact-since", "since", words.since),
        ("response_letter-fact-due", "due", words.due),
        ("response_letter-fact-silence", "silence", silence),
        ("response_letter-fact-url", "url", words.url),
    ];
    let line = |(key, name, value)| text_with(tag, key, &[(name, Argument::Text(value))]);
    lines.map(line).join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::TAGS;

    const WORDS: ResponseLetterWords<'_> = ResponseLetterWords {
        clock: "answer",
        platform: "Register",
        body: "Ministry of Health",
        reference: "P-2026-0001",
        title: "Doctors in custody",
        asked: "Let a doctor see everybody within a day.",
        since: "2 March 2026",
        due: "1 April 2026",
        days: 62,
        url: "https://register.example/items/P-2026-0001",
    };

    #[test]
    fn a_letter_says_whose_word_is_missing_on_what_and_since_when() {
        let letter = response_letter("en", &WORDS);
        assert_eq!(letter.subject, "P-2026-0001: no answer after 62 days");
        assert_eq!(
            letter.text,
            "To the head of: Ministry of Health\n\n\
             On the platform “Register” a matter was put before your organisation for its answer. No answer has been \
             received.\n\n\
             Number: P-2026-0001\n\
             Title: Doctors in custody\n\
             Waiting since: 2 March 2026\n\
             Due by: 1 April 2026\n\
             To date: no answer after 62 days\n\
             Address: https://register.example/items/P-2026-0001\n\n\
             Let a doctor see everybody within a day.\n\n\
             Please give the answer on the platform, or say by when it will be given and who is in charge of it.\n\n\
             Until then the matter is shown as unanswered, and it will be put on the list of the next meeting."
        );
    }

    #[test]
    fn in_every_language_every_wait_has_a_letter_with_all_its_facts() {
        let mut seen = std::collections::BTreeSet::new();
        for tag in TAGS {
            for clock in ["review", "answer", "confirmation"] {
                let Letter { subject, text } = response_letter(tag, &ResponseLetterWords { clock, ..WORDS });
                assert!(subject.contains(WORDS.reference) && subject.contains("62"), "{subject}");
                let facts =
                    [WORDS.body, WORDS.platform, WORDS.title, WORDS.asked, WORDS.since, WORDS.due, WORDS.url];
                for fact in facts {
                    assert!(text.contains(fact), "{tag} {clock} {fact}: {text}");
                }
                assert!(!text.contains("response_letter-") && !text.contains('$'), "{text}");
                assert!(seen.insert((subject, text)), "{tag} {clock} is another's");
            }
        }
    }

    #[test]
    fn what_is_not_said_leaves_no_empty_paragraph() {
        let letter = response_letter("kk", &ResponseLetterWords { asked: "", ..WORDS });
        assert!(!letter.text.contains("\n\n\n"), "{}", letter.text);
    }

    #[test]
    fn words_follow_the_number_of_days() {
        let silences = |tag| [1, 2, 5, 21].map(|days| silence(tag, "answer", days));
        assert_eq!(
            silences("en"),
            [
                "no answer after 1 day",
                "no answer after 2 days",
                "no answer after 5 days",
                "no answer after 21 days"
            ]
        );
        assert_eq!(
            silences("ru"),
            ["нет ответа 1 день", "нет ответа 2 дня", "нет ответа 5 дней", "нет ответа 21 день"]
        );
        assert_eq!(silence("kk", "answer", 5), "5 күн бойы жауап жоқ");
    }
}
