//! ARCHITECTURE.md and the workspace speak of the same crates.

use super::{Finding, manifest::Manifest};
use crate::repository::File;

const PAGE: &str = "ARCHITECTURE.md";
const CRATES: &str = "crates/";

pub(super) fn check(files: &[File], manifests: &[Manifest]) -> Vec<Finding> {
    let Some(page) = files.iter().find(|file| file.path == PAGE) else {
        return vec![Finding::error(PAGE, 1, "missing: it says which crate is for what")];
    };
    let folders: Vec<&str> = manifests.iter().map(Manifest::folder).collect();
    let mut findings: Vec<Finding> = folders
        .iter()
        .filter(|folder| !names(&page.text, folder))
        .map(|folder| Finding::error(PAGE, 1, format!("does not say what `{folder}` is for")))
        .collect();
    for (index, line) in page.text.lines().enumerate() {
        for folder in mentioned(line).filter(|folder| !folders.contains(&folder.as_str())) {
            findings.push(Finding::error(PAGE, index + 1, format!("`{folder}` does not exist")));
        }
    }
    findings
}

/// Whether the page names `folder` as a whole word, as code or with what is inside it.
fn names(page: &str, folder: &str) -> bool {
    page.match_indices(folder).any(|(at, _)| {
        let before = page.get(..at).and_then(|text| text.chars().next_back());
        let after = page.get(at + folder.len()..).and_then(|text| text.chars().next());
        let continues = |character: char| character.is_alphanumeric() || "-_".contains(character);
        !before.is_some_and(|character| continues(character) || character == '/')
            && !after.is_some_and(continues)
    })
}

/// The folders below `crates/` that a line mentions.
fn mentioned(line: &str) -> impl Iterator<Item = String> {
    line.match_indices(CRATES).filter_map(|(at, _)| {
        let rest = line.get(at + CRATES.len()..)?;
        let name: String = rest
            .chars()
            .take_while(|character| character.is_alphanumeric() || "-_".contains(*character))
            .collect();
        (!name.is_empty()).then(|| format!("{CRATES}{name}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(page: &str) -> Vec<(usize, String)> {
        let manifests: Vec<Manifest> = ["crates/domain", "migrations"]
            .into_iter()
            .map(|folder| Manifest {
                path: format!("{folder}/Cargo.toml"),
                package: String::new(),
                dependencies: vec![],
            })
            .collect();
        let files = [File { path: PAGE.to_owned(), text: page.to_owned() }];
        check(&files, &manifests).into_iter().map(|finding| (finding.line, finding.message)).collect()
    }

    #[test]
    fn a_page_that_names_all_crates_is_fine() {
        assert_eq!(findings("`crates/domain/src/moves.rs` holds moves;\n`migrations/` the schema.\n"), []);
    }

    #[test]
    fn a_crate_that_the_page_forgets_is_found() {
        let found = findings("`crates/domain` only; immigrations do not count.\n");
        assert_eq!(found, [(1, "does not say what `migrations` is for".to_owned())]);
    }

    #[test]
    fn a_crate_that_does_not_exist_is_found_at_its_line() {
        let found = findings("`migrations`\n`crates/domain` and `crates/gone`\n");
        assert_eq!(found, [(2, "`crates/gone` does not exist".to_owned())]);
    }

    #[test]
    fn a_missing_page_is_found() {
        assert_eq!(check(&[], &[]).len(), 1);
    }
}
