//! What a text typed by a person may contain.
//!
//! Control characters, lone format characters that reorder what is read (bidirectional overrides) and invisible
//! separators are refused, not removed: a register must not alter what somebody filed. Text is brought to Unicode
//! NFC once, here, so that equal texts are equal bytes.

use unicode_normalization::UnicodeNormalization;

/// The longest title, in characters.
pub const TITLE_MAX: usize = 300;
/// The longest running text (summary, grounds, answer, reason), in characters.
pub const BODY_MAX: usize = 20_000;
/// The longest short label (an office, a name, a document symbol), in characters.
pub const LABEL_MAX: usize = 300;
/// The longest web address, in characters.
pub const URL_MAX: usize = 2_000;

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// More than the allowed number of characters.
    #[error("the text is longer than {max} characters")]
    TooLong {
        /// The limit, in characters.
        max: usize,
    },
    /// A control or direction-changing character.
    #[error("the text contains a character that is not allowed: U+{0:04X}")]
    Forbidden(u32),
}

/// Whether lines may be broken in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// One line: no line feed, no tab.
    Single,
    /// Several: line feed and tab are allowed.
    Several,
}

/// Normalises to NFC, trims white space at both ends, and refuses what the module documentation names.
///
/// Line ends are brought to a line feed.
pub fn clean(text: &str, max: usize, lines: Lines) -> Result<String, TextError> {
    // A hostile text must not cost more than a longest allowed one: NFC never shrinks a text below a third.
    if text.len() > max.saturating_mul(24) {
        return Err(TextError::TooLong { max });
    }
    let unified = text.replace("\r\n", "\n");
    let normal: String = unified.trim().nfc().collect();
    if let Some(bad) = normal.chars().find(|character| is_forbidden(*character, lines)) {
        return Err(TextError::Forbidden(u32::from(bad)));
    }
    match normal.chars().count() {
        0 => Err(TextError::Empty),
        length if length > max => Err(TextError::TooLong { max }),
        _ => Ok(normal),
    }
}

/// Whether a character may not stand in a text: C0, DEL and C1 controls, line and paragraph separators,
/// bidirectional embeddings, overrides and isolates, byte-order marks, interlinear marks and noncharacters.
fn is_forbidden(character: char, lines: Lines) -> bool {
    match character {
        '\n' | '\t' => lines == Lines::Single,
        '\u{0}'..='\u{1F}'
        | '\u{7F}'..='\u{9F}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{061C}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{FDD0}'..='\u{FDEF}'
        | '\u{E0000}'..='\u{E007F}' => true,
        other => u32::from(other) & 0xFFFE == 0xFFFE,
    }
}

/// Whether a web address may be stored: `https` or `http`, a host, no white space, no credentials.
pub fn is_web_address(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty()
        && !host.contains('@')
        && address.chars().count() <= URL_MAX
        && !address
            .chars()
            .any(|character| character.is_whitespace() || character.is_control() || character == '"')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn controls_and_direction_marks_are_refused_by_name() {
        for bad in [
            '\u{0}',
            '\u{1}',
            '\u{B}',
            '\u{7F}',
            '\u{85}',
            '\u{202E}',
            '\u{2066}',
            '\u{2028}',
            '\u{FEFF}',
            '\u{1FFFF}',
        ] {
            let text = format!("до{bad}после");
            assert_eq!(
                clean(&text, 50, Lines::Several),
                Err(TextError::Forbidden(u32::from(bad))),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn line_breaks_are_allowed_only_where_lines_are() {
        assert_eq!(clean("a\r\nb", 50, Lines::Several), Ok("a\nb".to_owned()));
        assert_eq!(clean("a\nb", 50, Lines::Single), Err(TextError::Forbidden(10)));
        assert_eq!(clean("a\tb", 50, Lines::Single), Err(TextError::Forbidden(9)));
    }

    #[test]
    fn the_limit_counts_characters_and_not_bytes() {
        assert_eq!(clean("көмек", 5, Lines::Single), Ok("көмек".to_owned()));
        assert_eq!(clean("көмек!", 5, Lines::Single), Err(TextError::TooLong { max: 5 }));
        assert_eq!(clean("  \n ", 5, Lines::Several), Err(TextError::Empty));
        assert_eq!(clean(&"x".repeat(1000), 5, Lines::Single), Err(TextError::TooLong { max: 5 }));
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(clean("и\u{306}", 5, Lines::Single), Ok("й".to_owned()));
    }

    #[test]
    fn only_plain_web_addresses_are_stored() {
        for good in ["https://docs.un.org/en/CAT/C/KAZ/CO/4", "http://gov.kz", "https://a.kz?x=1#y"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "https://",
            "ftp://a.kz",
            "https://user@a.kz/",
            "https://a.kz/\u{a0}x",
            "//a.kz",
            "https://a.kz/\"x",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            if let Ok(once) = clean(&text, 400, Lines::Several) {
                prop_assert_eq!(clean(&once, 400, Lines::Several), Ok(once));
            }
        }
    }
}
