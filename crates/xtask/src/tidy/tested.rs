//! What documents say is tested, is: each test that they name is there.

use std::collections::HashSet;

use super::Finding;
use super::source::Source;
use super::test_names::tests;
use crate::repository::File;

/// The documents that name the test of each of their rows.
const DOCUMENTS: [&str; 2] = ["docs/ASVS.md", "docs/ATTACKS.md"];

/// What in code marks is longer than this, in words, is the name of a test.
const FEWEST_WORDS: usize = 4;

pub(super) fn check(files: &[File], sources: &[Source<'_>]) -> Vec<Finding> {
    let known: HashSet<&str> = sources.iter().flat_map(tests).map(|(_, name)| name).collect();
    let documents = files.iter().filter(|file| DOCUMENTS.contains(&file.path.as_str()));
    documents.flat_map(|document| missing(document, &known)).collect()
}

fn missing(document: &File, known: &HashSet<&str>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in document.text.lines().enumerate() {
        for name in named(line).filter(|name| !known.contains(name)) {
            let message = format!("there is no test `{name}`");
            findings.push(Finding::error(&document.path, index + 1, message));
        }
    }
    findings
}

/// The names of tests in a line of a document.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2).filter(|code| is_name(code))
}

fn is_name(code: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    code.bytes().all(letters) && code.split('_').filter(|word| !word.is_empty()).count() >= FEWEST_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(document: &str) -> Vec<(usize, String)> {
        let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        let code = file(
            "tests/api/x.rs",
            "#[test]\nfn a_flipped_bit_is_refused() {}\nfn a_flipped_bit_is_shown() {}",
        );
        let files = [file("docs/ASVS.md", document), file("docs/OTHER.md", "`nobody_ever_wrote_this_test`")];
        check(&files, &[Source::new(&code)]).into_iter().map(|found| (found.line, found.message)).collect()
    }

    #[test]
    fn a_test_that_is_named_is_there() {
        assert_eq!(found("| 1 | `a_flipped_bit_is_refused`, `max_age` |"), []);
    }

    #[test]
    fn a_name_that_no_test_has_is_an_error_where_it_stands() {
        let missing = |line, name: &str| (line, format!("there is no test `{name}`"));
        let document = "| a |\n| `a_flipped_bit_is_shown` `a_flipped_bit_is_missed` |";
        let expected = [missing(2, "a_flipped_bit_is_shown"), missing(2, "a_flipped_bit_is_missed")];
        assert_eq!(found(document), expected);
    }
}
