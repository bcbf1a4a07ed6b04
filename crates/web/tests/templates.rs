//! Templates hold no text of their own, and every text that they name exists with the variables that they give it.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The templates, with their names.
fn templates() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut all = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().display().to_string();
                all.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(all.len() >= 8, "the templates are not where they were");
    all
}

/// A template without what stands between two marks.
fn without(text: &str, opening: &str, closing: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once(opening) {
        kept.push_str(before);
        rest = after.split_once(closing).map_or("", |(_, after)| after);
    }
    kept + rest
}

/// The values of attributes that people read.
fn read_attributes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["title=\"", "alt=\"", "aria-label=\"", "placeholder=\"", "data-head=\"", "content=\""] {
        for (at, _) in text.match_indices(name) {
            found.push(text[at + name.len()..].split('"').next().unwrap().to_owned());
        }
    }
    found
}

#[test]
fn no_template_holds_a_text_of_its_own() {
    // What programs read: the width of the page, the name of the kind of page.
    let for_programs = ["width=device-width, initial-scale=1", "light dark", "website", "noindex"];
    for (name, text) in templates() {
        let text = without(&without(&without(&text, "{%", "%}"), "{{", "}}"), "{#", "#}");
        for value in read_attributes(&text) {
            let read = value.chars().any(char::is_alphabetic) && !for_programs.contains(&&*value);
            assert!(!read, "{name}: {value:?}");
        }
        // What is typed as it stands is no text: commands and addresses.
        let text = without(&text, "<code>", "</code>");
        let text = without(&text, "<pre translate=\"no\">", "</pre>");
        let shown = without(&text, "<", ">");
        let letters: String = shown.chars().filter(|letter| letter.is_alphabetic()).collect();
        assert_eq!(letters, "", "{name}");
    }
}

/// The keys in calls of a method: the first argument, and the names of variables that follow.
fn calls(text: &str, method: &str) -> Vec<Vec<String>> {
    let mut calls = Vec::new();
    for (at, found) in text.match_indices(&format!("page.{method}(\"")) {
        let arguments = &text[at + found.len() - 1..];
        let quoted = arguments.split('"').enumerate().filter(|(place, _)| place % 2 == 1);
        calls.push(quoted.map(|(_, text)| text.to_owned()).take(3).collect());
    }
    calls
}

/// The keys that macros are called with: what is quoted and is no name of a field or kind of one.
fn called(text: &str) -> Vec<String> {
    let for_browsers = ["new-password", "current-password"];
    let calls = text.split("{% call ").skip(1).map(|rest| rest.split("%}").next().unwrap());
    let quoted = calls.flat_map(|call| call.split('"').skip(1).step_by(2));
    let keys = quoted.filter(|word| word.contains('-') && !for_browsers.contains(word));
    keys.map(str::to_owned).collect()
}

/// Whether a text names variables beside these, or not these, in a language.
fn variables(tag: &str, key: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(tag);
    let files = fs::read_dir(folder).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    for file in files {
        let mut lines = file.lines().skip_while(|line| !line.starts_with(&format!("{key} =")));
        if let Some(first) = lines.next() {
            let rest = lines.take_while(|line| line.starts_with(' '));
            let text: String = std::iter::once(first).chain(rest).collect::<Vec<_>>().join("\n");
            let named = text.split('$').skip(1);
            return named
                .map(|rest| {
                    rest.chars()
                        .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
                        .collect()
                })
                .collect();
        }
    }
    panic!("{key} does not exist in {tag}");
}

#[test]
fn every_text_that_a_template_names_exists_with_its_variables() {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let mut named = 0;
    for (name, text) in templates() {
        let mut check = |key: &str, given: &BTreeSet<String>| {
            named += 1;
            for tag in qadam_localisation::TAGS {
                assert_eq!(&variables(tag, key), given, "{name}: {key} in {tag}");
            }
        };
        for key in called(&text) {
            check(&key, &BTreeSet::new());
        }
        for call in calls(&text, "t") {
            check(&call[0], &BTreeSet::new());
        }
        for call in calls(&text, "count") {
            check(&call[0], &set(&["count", "number"]));
        }
        for call in calls(&text, "say") {
            check(&call[0], &set(&[&call[1]]));
        }
    }
    assert!(named > 100, "{named}");
}
