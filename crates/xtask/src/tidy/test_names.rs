//! Test names are sentences: a failing test says by its name what is no longer true.

use super::{Finding, source::Source};

/// Fewest words in a test's name.
const FEWEST_WORDS: usize = 3;

pub(super) fn check(source: &Source<'_>) -> Vec<Finding> {
    let short = tests(source).filter(|(_, name)| words(name) < FEWEST_WORDS);
    short
        .map(|(number, name)| {
            let message = format!("test `{name}`: say in {FEWEST_WORDS} or more words what is true");
            Finding::error(source.path, number, message)
        })
        .collect()
}

/// The tests of a file: the line and the name of each.
pub(super) fn tests<'a>(source: &'a Source<'_>) -> impl Iterator<Item = (usize, &'a str)> {
    let mut is_test = false;
    source.lines().filter_map(move |(number, line)| {
        is_test = is_test || attributes(line).any(marks_a_test);
        let name = function_name(line)?;
        std::mem::take(&mut is_test).then_some((number, name))
    })
}

/// The paths of the attributes in a line: `tokio::test` of `#[tokio::test(flavor = …)]`.
fn attributes(line: &str) -> impl Iterator<Item = &str> {
    line.split("#[").skip(1).filter_map(|rest| rest.split([']', '(', ' ']).next())
}

fn marks_a_test(attribute: &str) -> bool {
    attribute.rsplit("::").next().is_some_and(|last| last == "test" || last == "rstest")
}

fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let is_keyword = before.is_empty() || before.ends_with([' ', '\t', ']']);
    let name = after.trim_start().split(['(', '<']).next()?.trim();
    (is_keyword && !name.is_empty()).then_some(name)
}

fn words(name: &str) -> usize {
    name.split('_').filter(|word| !word.is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::File;

    fn lines_found(text: &str) -> Vec<usize> {
        let file = File { path: "tests/api/items.rs".to_owned(), text: text.to_owned() };
        check(&Source::new(&file)).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_sentence_is_a_good_test_name() {
        assert_eq!(lines_found("#[test]\nfn a_flipped_bit_is_refused() {}\n"), Vec::<usize>::new());
    }

    #[test]
    fn one_or_two_words_are_too_few() {
        let text = "#[test]\nfn works() {}\n#[tokio::test(flavor = \"current_thread\")]\nasync fn create_item() {}\n";
        assert_eq!(lines_found(text), [2, 4]);
    }

    #[test]
    fn functions_that_are_no_tests_are_called_as_they_like() {
        let text =
            "#[cfg(test)]\nfn item() {}\n#[test]\n#[should_panic]\nfn an_empty_name_fails() {}\nfn x() {}\n";
        assert_eq!(lines_found(text), Vec::<usize>::new());
    }

    #[test]
    fn underscores_alone_are_not_words() {
        assert_eq!(lines_found("#[test]\nfn works__now_() {}\n"), [2]);
    }
}
