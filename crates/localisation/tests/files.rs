//! The files of texts agree with each other: the same keys in the same files with the same variables.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use qadam_localisation::{Argument, TAGS, text_with};

/// Key → the variables its text uses.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn locales() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales")
}

fn files_of(tag: &str) -> BTreeSet<String> {
    std::fs::read_dir(locales().join(tag))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// Reads the messages of a file: a key begins a line, its text goes on in indented lines.
fn keys_of(tag: &str, file: &str) -> Keys {
    let text = std::fs::read_to_string(locales().join(tag).join(file)).unwrap();
    let mut keys = Keys::new();
    let mut current = None;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut value = line;
        if !line.starts_with([' ', '}']) && !line.is_empty() {
            let (key, rest) = line.split_once(" =").unwrap_or_else(|| panic!("{tag}/{file}: {line}"));
            assert!(keys.insert(key.to_owned(), BTreeSet::new()).is_none(), "{tag}/{file}: {key} twice");
            current = Some(key.to_owned());
            value = rest;
        }
        for part in value.split('$').skip(1) {
            let end = part.find(|character: char| !character.is_ascii_alphanumeric() && character != '_');
            let name = &part[..end.unwrap_or(part.len())];
            keys.get_mut(current.as_ref().unwrap()).unwrap().insert(name.to_owned());
        }
    }
    keys
}

#[test]
fn every_key_exists_in_all_three_languages_with_the_same_variables() {
    let files = files_of("en");
    assert!(files.contains("problems.ftl") && files.contains("workflow.ftl"));
    for tag in TAGS {
        assert_eq!(files_of(tag), files, "{tag}");
        for file in &files {
            assert_eq!(keys_of(tag, file), keys_of("en", file), "{tag}/{file}");
        }
    }
}

#[test]
fn no_key_stands_in_two_files() {
    let mut seen = BTreeSet::new();
    for file in files_of("en") {
        for key in keys_of("en", &file).into_keys() {
            assert!(seen.insert(key.clone()), "{key} stands twice");
        }
    }
}

/// The text of a key with a number for each of its variables.
fn filled(tag: &str, key: &str, variables: &BTreeSet<String>) -> String {
    let arguments: Vec<(&'static str, Argument<'_>)> = variables
        .iter()
        .map(|name| (&*Box::leak(name.clone().into_boxed_str()), Argument::Number(7)))
        .collect();
    text_with(tag, key, &arguments)
}

#[test]
fn every_key_of_the_files_is_served_in_every_language() {
    for file in files_of("en") {
        for (key, variables) in keys_of("en", &file) {
            for tag in TAGS {
                assert_ne!(filled(tag, &key, &variables), key, "{tag}");
            }
        }
    }
}

#[test]
fn no_text_was_forgotten_when_the_others_were_translated() {
    for file in files_of("en") {
        for (key, variables) in keys_of("en", &file) {
            let [kazakh, russian, english] = TAGS.map(|tag| filled(tag, &key, &variables));
            let differ = russian != english && kazakh != english && kazakh != russian;
            assert!(differ, "{key}: {kazakh} / {russian} / {english}");
        }
    }
}
