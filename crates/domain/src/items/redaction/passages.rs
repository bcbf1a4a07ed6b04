//! Passages that are taken out of a text, and the mark that stands in their place.

use crate::text::{Lines, TextError, clean};

/// What stands where a passage stood.
pub const MARK: &str = "[…]";
/// The shortest passage, in characters: as long as the mark, so that no text grows.
pub const PASSAGE_MIN: usize = 3;
/// The longest passage, in characters.
pub const PASSAGE_MAX: usize = 1_000;
/// How many passages are taken out at once at most.
pub const PASSAGES_MAX: usize = 50;

/// Why a passage cannot be taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PassageError {
    /// It is no text that anybody could have written here.
    #[error(transparent)]
    Text(#[from] TextError),
    /// It is shorter than the mark, or has no letter and no digit.
    #[error("a passage has at least {PASSAGE_MIN} characters, one of them a letter or a digit")]
    TooShort,
    /// It has a character of the mark.
    #[error("a passage has none of the characters of the mark, {MARK}")]
    Marked,
}

/// A passage as it stands in texts: these are kept in NFC, trimmed, with line feeds.
pub fn passage(text: &str) -> Result<String, PassageError> {
    let text = clean(text, PASSAGE_MAX, Lines::Several)?;
    if text.chars().any(|character| MARK.contains(character)) {
        return Err(PassageError::Marked);
    }
    if text.chars().count() < PASSAGE_MIN || !text.chars().any(char::is_alphanumeric) {
        return Err(PassageError::TooShort);
    }
    Ok(text)
}

/// Passages to be taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passages {
    /// Longest first: one that stands within another leaves nothing of it behind.
    longest_first: Vec<String>,
}

impl Passages {
    /// These passages, each as [`passage`] gave it.
    pub fn new(mut passages: Vec<String>) -> Self {
        passages.sort_by_key(|passage| std::cmp::Reverse(passage.len()));
        Self { longest_first: passages }
    }

    /// The text without them; `None` where none stands in it.
    pub fn taken_out_of(&self, text: &str) -> Option<String> {
        self.occur_in(text).then(|| {
            self.longest_first.iter().fold(text.to_owned(), |text, passage| text.replace(passage, MARK))
        })
    }

    /// Whether one of them stands in a text.
    pub fn occur_in(&self, text: &str) -> bool {
        self.longest_first.iter().any(|passage| text.contains(passage.as_str()))
    }
}

/// Whether a text is another one with passages taken out: what stands between the marks stands there in the same order, and
/// nothing else does.
pub fn is_rendition(original: &str, now: &str) -> bool {
    let mut kept = now.split(MARK);
    // Before the first mark and after the last one stands what stood there.
    let Some(mut left) = kept.next().and_then(|first| original.strip_prefix(first)) else { return false };
    let mut rest: Vec<&str> = kept.collect();
    let Some(last) = rest.pop() else { return left.is_empty() };
    for piece in rest {
        match left.split_once(piece) {
            Some((_, after)) => left = after,
            None => return false,
        }
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn passages(texts: &[&str]) -> Passages {
        Passages::new(texts.iter().map(|text| passage(text).unwrap()).collect())
    }

    #[test]
    fn a_passage_is_taken_out_wherever_it_stands_and_a_longer_one_first() {
        let text = "Larch fell. The larch of Old Larch, larch.";
        assert_eq!(
            passages(&["arch", "Old Larch"]).taken_out_of(text).unwrap(),
            "L[…] fell. The l[…] of […], l[…]."
        );
        assert_eq!(passages(&["birch"]).taken_out_of(text), None);
    }

    #[test]
    fn passages_are_as_long_as_the_mark_and_have_none_of_its_characters() {
        for (text, error) in [
            ("", PassageError::Text(TextError::Empty)),
            ("Ab", PassageError::TooShort),
            (" A ", PassageError::TooShort),
            ("...", PassageError::TooShort),
            ("a […] b", PassageError::Marked),
            ("one]", PassageError::Marked),
            ("a\u{202e}bc", PassageError::Text(TextError::Forbidden(0x202e))),
        ] {
            assert_eq!(passage(text), Err(error), "{text}");
        }
        assert_eq!(passage(" И. П.\r\nХ ").as_deref(), Ok("И. П.\nХ"));
        assert_eq!(
            passage(&"a".repeat(PASSAGE_MAX + 1)),
            Err(PassageError::Text(TextError::TooLong { max: PASSAGE_MAX }))
        );
    }

    #[test]
    fn a_rendition_keeps_the_order_and_adds_nothing() {
        for (original, now, is) in [
            ("one two three", "one two three", true),
            ("one two three", "one […] three", true),
            ("one two three", "[…]", true),
            ("one two three", "[…] three", true),
            ("one two three", "one […]", true),
            ("one two three", "o[…]t[…]e", true),
            ("one two three", "three […] one", false),
            ("one two three", "one […] four", false),
            ("one two three", "one three", false),
            ("one two three", "one two three four", false),
            ("one […] three", "one […] three", true),
            ("aa", "a[…]a[…]a", false),
        ] {
            assert_eq!(is_rendition(original, now), is, "{original} | {now}");
        }
    }

    proptest! {
        #[test]
        fn what_was_taken_out_is_gone_nothing_grew_and_the_rest_is_as_it_was(
            text in "[abc d\\[\\]…]{0,60}",
            taken in prop::collection::vec("[abc d]{1,6}", 1..4),
        ) {
            let taken: Vec<String> = taken.iter().filter_map(|text| passage(text).ok()).collect();
            let passages = Passages::new(taken);
            let now = passages.taken_out_of(&text).unwrap_or_else(|| text.clone());
            prop_assert!(!passages.occur_in(&now));
            prop_assert!(now.chars().count() <= text.chars().count());
            prop_assert!(is_rendition(&text, &now));
        }
    }
}
