//! Nothing that is released has the places at which tests let the program end: they are there where
//! `debug_assertions` are, which no profile turns on or off by itself.

use super::Finding;
use crate::repository::File;

/// The setting of a profile, and the same for the compiler.
const SETTING: &str = "debug-assertions";

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let settings = files.iter().filter(|file| {
        file.path == "Cargo.toml" || file.path.ends_with("/Cargo.toml") || file.path.starts_with(".cargo/")
    });
    settings.flat_map(check_one).collect()
}

fn check_one(file: &File) -> Vec<Finding> {
    let lines = file.text.lines().enumerate().filter(|(_, line)| line.contains(SETTING));
    let found = lines.map(|(index, _)| {
        let message = format!("`{SETTING}` brings the places of qadam-failpoints into what is released");
        Finding::error(&file.path, index + 1, message)
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&[File { path: path.to_owned(), text: text.to_owned() }]).len()
    }

    #[test]
    fn no_profile_decides_over_the_places_at_which_tests_end_the_program() {
        let text = "[profile.release]\ndebug-assertions = true\n";
        assert_eq!(found("Cargo.toml", text), 1);
        assert_eq!(found("crates/server/Cargo.toml", text), 1);
        assert_eq!(found(".cargo/config.toml", "rustflags = [\"-Cdebug-assertions\"]"), 1);
        assert_eq!(found("Cargo.toml", "[profile.release]\nstrip = \"debuginfo\"\n"), 0);
    }
}
