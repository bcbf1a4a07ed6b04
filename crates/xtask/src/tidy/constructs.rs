//! Constructs that the project does without, wherever they stand.

use super::{Finding, source::Source};

/// What must not appear in code, and what to do instead.
const FORBIDDEN: [(&str, &str); 6] = [
    ("#[ignore", "a test that does not run proves nothing: fix it or remove it"),
    ("#[allow(", "use #[expect(lint, reason = \"…\")], which fails once it is no longer needed"),
    ("#![allow(", "use #![expect(lint, reason = \"…\")], which fails once it is no longer needed"),
    ("todo!(", "finish it, or leave it out"),
    ("unimplemented!(", "finish it, or leave it out"),
    ("dbg!(", "remove what was for debugging"),
];

/// What must not appear in tests: a test that waits for time to pass is slow today and fails tomorrow.
const FORBIDDEN_IN_TESTS: [&str; 2] = ["thread::sleep", "time::sleep"];

pub(super) fn check(source: &Source<'_>) -> Vec<Finding> {
    let before_tests = source.lines_before_tests();
    let mut findings = Vec::new();
    for (number, line) in source.lines() {
        for (construct, instead) in FORBIDDEN {
            if begins_in(line, construct) {
                findings.push(Finding::error(source.path, number, format!("`{construct}`: {instead}")));
            }
        }
        let sleep = FORBIDDEN_IN_TESTS.iter().find(|sleep| line.contains(**sleep));
        if let (true, Some(sleep)) = (number > before_tests, sleep) {
            let message = format!("`{sleep}` in a test: wait for the event, or move the clock");
            findings.push(Finding::error(source.path, number, message));
        }
    }
    findings
}

/// Whether `construct` stands in `line` and is not the end of a longer word.
fn begins_in(line: &str, construct: &str) -> bool {
    line.match_indices(construct).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|character| character.is_alphanumeric() || character == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::File;

    fn lines_found(path: &str, text: &str) -> Vec<usize> {
        let file = File { path: path.to_owned(), text: text.to_owned() };
        check(&Source::new(&file)).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn forbidden_constructs_are_found_at_their_line() {
        let text = "#![allow(dead_code)]\n#[ignore = \"slow\"]\n#[allow(x)]\nfn a() { todo!() }\n";
        assert_eq!(lines_found("crates/app/src/a.rs", text), [1, 2, 3, 4]);
    }

    #[test]
    fn comments_strings_and_longer_names_are_not_constructs() {
        let text = "// todo!()\nlet a = \"#[ignore]\";\nmy_todo!();\n#[expect(x, reason = \"y\")]\n";
        assert_eq!(lines_found("crates/app/src/a.rs", text), Vec::<usize>::new());
    }

    #[test]
    fn sleeping_is_refused_in_tests_only() {
        let text =
            "fn a() { std::thread::sleep(x) }\n#[cfg(test)]\nmod tests {\ntokio::time::sleep(x).await;\n}\n";
        assert_eq!(lines_found("crates/app/src/a.rs", text), [4]);
        assert_eq!(lines_found("tests/api/a.rs", "use tokio::time::sleep;\n"), [1]);
    }
}
