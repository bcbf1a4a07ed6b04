//! No file speaks of the machine it was written on, or of where packages are downloaded from.

use super::Finding;
use crate::repository::File;

/// Beginnings of paths and names of hosts, put together here so that this file is not found itself.
const PLACES: [&str; 4] = [
    concat!("/", "work/"),
    concat!("/", "root/"),
    concat!("static.", "crates.io"),
    concat!("index.", "crates.io"),
];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            for place in PLACES.iter().filter(|place| names_the_place(line, place)) {
                let message = format!("`{place}` names a place outside the project");
                findings.push(Finding::error(&file.path, index + 1, message));
            }
        }
    }
    findings
}

/// Whether `place` stands in `line` by itself and not within an address such as `https://example.org/work/`.
fn names_the_place(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|character| character.is_alphanumeric() || "._-~*%)}]".contains(character))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_found(text: String) -> Vec<usize> {
        check(&[File { path: "README.md".to_owned(), text }])
            .into_iter()
            .map(|finding| finding.line)
            .collect()
    }

    #[test]
    fn machine_paths_are_found_at_their_line() {
        let text = format!("fine\ncd {}project\nfile:/{}x\n", concat!("/", "work/"), concat!("/", "root/"));
        assert_eq!(lines_found(text), [2, 3]);
    }

    #[test]
    fn package_hosts_are_found() {
        assert_eq!(lines_found(format!("https://{}/crates", concat!("static.", "crates.io"))), [1]);
    }

    #[test]
    fn folders_of_an_address_are_not_places_of_a_machine() {
        let text = format!("https://example.org{}a\nsrc{}b\n", concat!("/", "work/"), concat!("/", "root/"));
        assert_eq!(lines_found(text), Vec::<usize>::new());
    }
}
