//! Looking texts up.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, langid, static_loader};

/// The tags of the languages that texts exist in, the state language first.
pub const TAGS: [&str; 3] = ["kk", "ru", "en"];

const KAZAKH: LanguageIdentifier = langid!("kk");
const RUSSIAN: LanguageIdentifier = langid!("ru");
const ENGLISH: LanguageIdentifier = langid!("en");

static_loader! {
    static TEXTS = {
        locales: "../../locales",
        fallback_language: "en",
        // Isolating marks around variables are invisible characters that would get into attributes and exports.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A value that stands in a text in place of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument<'a> {
    /// A text.
    Text(&'a str),
    /// A number; the forms of words follow it.
    Number(i64),
}

impl<'a> From<Argument<'a>> for FluentValue<'a> {
    fn from(argument: Argument<'a>) -> Self {
        match argument {
            Argument::Text(text) => Self::from(text),
            Argument::Number(number) => Self::from(number),
        }
    }
}

/// The text with this key in the language with this tag; English where the tag is none of [`TAGS`].
///
/// A key that does not exist, or whose variables are not given, is given back as it is: a mistake is seen and
/// nothing fails.
pub fn text(tag: &str, key: &str) -> String {
    text_with(tag, key, &[])
}

/// As [`text`], with values for the text's variables.
pub fn text_with(tag: &str, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> String {
    find(tag, key, arguments).unwrap_or_else(|| key.to_owned())
}

/// Whether there is a text with this key, in every language, that needs no variables.
pub fn exists(key: &str) -> bool {
    TAGS.iter().all(|tag| find(tag, key, &[]).is_some())
}

fn find(tag: &str, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> Option<String> {
    let language = match tag {
        "kk" => &KAZAKH,
        "ru" => &RUSSIAN,
        _ => &ENGLISH,
    };
    let values: HashMap<Cow<'static, str>, FluentValue<'_>> = arguments
        .iter()
        .map(|(name, argument)| (Cow::Borrowed(*name), FluentValue::from(*argument)))
        .collect();
    // A language is asked for by itself: the loader's own negotiation would look through all of them each time.
    TEXTS.lookup_single_language(language, key, Some(&values)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_given_in_the_language_asked_for() {
        assert_eq!(text("en", "kind-proposal"), "Proposal");
        assert_eq!(text("ru", "kind-proposal"), "Предложение");
        assert_eq!(text("kk", "kind-proposal"), "Ұсыныс");
    }

    #[test]
    fn an_unknown_tag_reads_english_and_an_unknown_key_is_given_back() {
        assert_eq!(text("fr", "kind-proposal"), "Proposal");
        assert_eq!(text("kk", "no-such-key"), "no-such-key");
        assert!(exists("kind-proposal") && !exists("no-such-key"));
    }

    #[test]
    fn variables_are_filled_without_invisible_marks() {
        let arguments = [("status", Argument::Number(404)), ("code", Argument::Text("not_found"))];
        assert_eq!(text_with("en", "problem-page-status", &arguments), "HTTP status 404, code not_found");
        assert_eq!(text_with("ru", "problem-page-status", &arguments), "Статус HTTP 404, код not_found");
    }
}
