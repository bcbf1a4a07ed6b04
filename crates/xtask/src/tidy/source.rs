//! One Rust file as the rules see it.

use super::masking::mask;
use crate::repository::File;

/// A Rust file beside its code without comments and literals.
pub(super) struct Source<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    /// [`mask`]ed, with the same lines.
    pub(super) code: String,
}

impl<'a> Source<'a> {
    pub(super) fn new(file: &'a File) -> Self {
        Self { path: &file.path, text: &file.text, code: mask(&file.text) }
    }

    /// The code's lines, counted from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// Whether the whole file is test code: in a `tests` folder, or a test module in a file of its own.
    pub(super) fn is_test_file(&self) -> bool {
        self.path.split('/').any(|part| {
            let name = part.strip_suffix(".rs").unwrap_or(part);
            name == "tests" || part.ends_with("_tests.rs")
        })
    }

    /// The number of lines before the tests: all of them in a file without tests, none in a test file.
    ///
    /// A declaration of a test module that lives in a file of its own (`mod tests;`) ends nothing.
    pub(super) fn lines_before_tests(&self) -> usize {
        if self.is_test_file() {
            return 0;
        }
        let lines: Vec<&str> = self.code.lines().collect();
        let test_module = lines.windows(2).position(|pair| {
            matches!(pair, [attribute, item]
                if attribute.trim() == "#[cfg(test)]" && item.trim_end().ends_with('{'))
        });
        test_module.unwrap_or(lines.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_before_tests(path: &str, text: &str) -> usize {
        let file = File { path: path.to_owned(), text: text.to_owned() };
        Source::new(&file).lines_before_tests()
    }

    #[test]
    fn lines_end_where_the_inline_tests_begin() {
        let text = "//! Docs.\nfn a() {}\n#[cfg(test)]\nmod tests {\n}\n";
        assert_eq!(lines_before_tests("crates/app/src/a.rs", text), 2);
    }

    #[test]
    fn a_declared_test_module_ends_nothing() {
        let text = "//! Docs.\n#[cfg(test)]\nmod tests;\nfn a() {}\n";
        assert_eq!(lines_before_tests("crates/app/src/a.rs", text), 4);
    }

    #[test]
    fn a_file_of_tests_has_no_lines_before_them() {
        assert_eq!(lines_before_tests("tests/api/items.rs", "fn a() {}\n"), 0);
        assert_eq!(lines_before_tests("crates/app/src/items/tests.rs", "fn a() {}\n"), 0);
        assert_eq!(lines_before_tests("crates/app/src/attests.rs", "fn a() {}\n"), 1);
    }
}
