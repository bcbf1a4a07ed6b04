//! How big a file is, what it is called, and that it says what it is.

use super::{Finding, source::Source};

/// Lines of code, tests not counted, above which a file reads better as two.
const LARGE: usize = 250;
/// Lines of code, tests not counted, that no file exceeds.
const TOO_LARGE: usize = 500;
/// Lines of a file that should only declare and re-export modules.
const TOO_LARGE_INDEX: usize = 120;
/// Names that say nothing about what is inside, so that everything ends up there.
const EMPTY_NAMES: [&str; 9] =
    ["common", "helper", "helpers", "manager", "managers", "misc", "shared", "util", "utils"];

pub(super) fn check(source: &Source<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(module_docs(source));
    findings.extend(size(source));
    findings.extend(file_name(source));
    findings.extend(inline_module_names(source));
    findings
}

fn module_docs(source: &Source<'_>) -> Option<Finding> {
    let first = source.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    (!first.starts_with("//!"))
        .then(|| Finding::error(source.path, 1, "begins without `//!` docs that say what it is and why"))
}

fn size(source: &Source<'_>) -> Option<Finding> {
    if source.is_test_file() {
        let lines = source.text.lines().count();
        return (lines > TOO_LARGE).then(|| {
            Finding::warning(source.path, 1, format!("{lines} lines of tests: would it be clearer as two?"))
        });
    }
    let lines = source.lines_before_tests();
    let is_index = source.path.ends_with("/lib.rs") || source.path.ends_with("/mod.rs");
    if is_index && lines > TOO_LARGE_INDEX {
        let message = format!("{lines} lines: a lib.rs or mod.rs has at most {TOO_LARGE_INDEX}");
        return Some(Finding::error(source.path, 1, message));
    }
    if lines > TOO_LARGE {
        let message = format!("{lines} lines without its tests: at most {TOO_LARGE}");
        return Some(Finding::error(source.path, 1, message));
    }
    (lines > LARGE).then(|| {
        Finding::warning(source.path, 1, format!("{lines} lines without its tests: aim under {LARGE}"))
    })
}

fn file_name(source: &Source<'_>) -> Option<Finding> {
    let empty = source
        .path
        .split('/')
        .map(|part| part.strip_suffix(".rs").unwrap_or(part))
        .find(|name| EMPTY_NAMES.contains(name))?;
    let message = format!("`{empty}` says nothing about what is inside");
    Some(Finding::error(source.path, 1, message))
}

fn inline_module_names(source: &Source<'_>) -> Vec<Finding> {
    let named = source.lines().filter_map(|(number, line)| {
        let declaration = line.trim().strip_suffix('{')?.trim_end();
        let (before, name) = declaration.rsplit_once("mod ")?;
        let is_module = before.is_empty() || before.ends_with(' ');
        (is_module && EMPTY_NAMES.contains(&name)).then(|| {
            Finding::error(source.path, number, format!("`{name}` says nothing about what is inside"))
        })
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::File;
    use crate::tidy::Severity;

    fn findings(path: &str, text: &str) -> Vec<(Severity, usize, String)> {
        let file = File { path: path.to_owned(), text: text.to_owned() };
        let found = check(&Source::new(&file));
        found.into_iter().map(|finding| (finding.severity, finding.line, finding.message)).collect()
    }

    fn file_of(lines: usize) -> String {
        format!("//! Docs.\n{}", "fn a() {}\n".repeat(lines - 1))
    }

    #[test]
    fn a_small_documented_file_is_fine() {
        assert_eq!(findings("crates/app/src/items.rs", &file_of(250)), []);
        assert_eq!(findings("crates/app/src/lib.rs", &file_of(120)), []);
    }

    #[test]
    fn a_file_without_docs_is_refused() {
        let found = findings("crates/app/src/items.rs", "// Not docs.\nfn a() {}\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].2.contains("//!"), "{found:?}");
        assert_eq!(findings("crates/app/src/items.rs", "").len(), 1);
    }

    #[test]
    fn a_long_file_warns_and_a_very_long_one_is_refused() {
        assert_eq!(findings("crates/app/src/items.rs", &file_of(251))[0].0, Severity::Warning);
        assert_eq!(findings("crates/app/src/items.rs", &file_of(500))[0].0, Severity::Warning);
        assert_eq!(findings("crates/app/src/items.rs", &file_of(501))[0].0, Severity::Error);
        assert_eq!(findings("tests/src/items/tests.rs", &file_of(900))[0].0, Severity::Warning);
    }

    #[test]
    fn tests_do_not_count_as_length() {
        let text = format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", file_of(250), "fn b() {}\n".repeat(400));
        assert_eq!(findings("crates/app/src/items.rs", &text), []);
    }

    #[test]
    fn an_index_file_stays_short() {
        assert_eq!(findings("crates/app/src/lib.rs", &file_of(121))[0].0, Severity::Error);
        assert_eq!(findings("crates/app/src/items/mod.rs", &file_of(121))[0].0, Severity::Error);
    }

    #[test]
    fn empty_names_are_refused_as_file_folder_and_module() {
        for path in ["crates/app/src/utils.rs", "crates/app/src/helpers/a.rs", "crates/common/src/a.rs"] {
            assert_eq!(findings(path, "//! Docs.\n").len(), 1, "{path}");
        }
        let inline = findings("crates/app/src/a.rs", "//! Docs.\npub(crate) mod misc {\n}\n");
        assert_eq!((inline.len(), inline[0].1), (1, 2));
        assert_eq!(findings("crates/app/src/utility.rs", "//! Docs.\nmod commons {\n}\n"), []);
    }
}
