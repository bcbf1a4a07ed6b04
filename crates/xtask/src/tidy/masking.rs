//! Rust source with comments and literals blanked out.
//!
//! Rules look for constructs in code. A comment that mentions one, or a test that holds one in a string, is not
//! a construct; blanking both first keeps the rules themselves to plain text search. Lines stay where they are.

/// The source with every comment, string and character literal replaced by spaces, line breaks kept.
pub(super) fn mask(source: &str) -> String {
    let mut masked = String::with_capacity(source.len());
    let mut rest = source;
    let mut previous = ' ';
    while let Some(first) = rest.chars().next() {
        let length = literal_or_comment(rest, previous).unwrap_or(0);
        let (taken, after) = rest.split_at(length.max(first.len_utf8()));
        if length > 0 {
            masked.extend(taken.chars().map(|character| if character == '\n' { '\n' } else { ' ' }));
        } else {
            masked.push(first);
        }
        previous = if length > 0 { ' ' } else { first };
        rest = after;
    }
    masked
}

/// The length in bytes of the comment or literal that `text` begins with.
fn literal_or_comment(text: &str, previous: char) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return Some(block_comment(text));
    }
    if text.starts_with('"') {
        return Some(quoted(text, '"'));
    }
    if text.starts_with('\'') {
        return character(text);
    }
    // A prefix begins a literal only where a word begins: the `r` of `for"` does not.
    if previous.is_alphanumeric() || previous == '_' {
        return None;
    }
    raw_string(text)
}

/// Block comments nest in Rust.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else if let Some(character) = rest.chars().next() {
            at += character.len_utf8();
        } else {
            break;
        }
    }
    text.len()
}

/// A literal from its opening quote to the first closing one that no backslash escapes.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == quote {
            return at + 1;
        }
    }
    text.len()
}

/// A character literal; `None` for a lifetime.
fn character(text: &str) -> Option<usize> {
    let mut characters = text.char_indices().skip(1);
    let (_, content) = characters.next()?;
    let (after, next) = characters.next()?;
    match (content, next) {
        ('\\', _) => Some(quoted(text, '\'')),
        (_, '\'') => Some(after + 1),
        _ => None,
    }
}

/// `r"…"`, `r#"…"#`, and both with `b` or `c` before them.
fn raw_string(text: &str) -> Option<usize> {
    let after_prefix = ["r", "br", "cr"].iter().find_map(|prefix| {
        let rest = text.strip_prefix(prefix)?;
        rest.trim_start_matches('#').starts_with('"').then_some(rest)
    })?;
    let hashes = after_prefix.find('"')?;
    let closing = format!("\"{}", "#".repeat(hashes));
    let opened = text.len() - after_prefix.len() + hashes + 1;
    let content = text.get(opened..)?;
    Some(content.find(&closing).map_or(text.len(), |end| opened + end + closing.len()))
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn comments_become_blanks_and_lines_stay() {
        assert_eq!(mask("a // b\nc"), "a     \nc");
        assert_eq!(mask("a/* x /* y */\n z */b"), "a            \n     b");
        assert_eq!(mask("//! docs"), "        ");
    }

    #[test]
    fn strings_become_blanks_with_their_escapes() {
        assert_eq!(mask(r#"f("a\"b", c)"#), "f(      , c)");
        assert_eq!(mask("f(r#\"a\"b\"#, c)"), "f(        , c)");
        assert_eq!(mask("f(br\"a\\\", c)"), "f(      , c)");
    }

    #[test]
    fn a_lifetime_is_code_and_a_character_is_not() {
        assert_eq!(mask("<'a>('b', '\\'', '\"')"), "<'a>(   ,     ,    )");
        assert_eq!(mask("&'static str"), "&'static str");
    }

    #[test]
    fn a_word_that_ends_in_r_starts_no_raw_string() {
        assert_eq!(mask("for\"x\"y"), "for   y");
    }

    #[test]
    fn an_unfinished_literal_runs_to_the_end() {
        assert_eq!(mask("a \"bc"), "a    ");
        assert_eq!(mask("a /* bc"), "a      ");
    }

    #[test]
    fn letters_of_several_bytes_are_kept_whole() {
        assert_eq!(mask("қ \"ә\" ң"), "қ     ң");
    }
}
