//! What each Cargo.toml of the workspace depends on.

use anyhow::{Context, Result};
use toml::{Table, Value};

use crate::repository::File;

/// How a package depends on another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// In what is built and shipped; build scripts count as such.
    Normal,
    /// In its tests only.
    Development,
}

/// One line of a `[dependencies]` table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dependency {
    /// The package's own name, also where the manifest calls it something else.
    pub(super) package: String,
    pub(super) kind: Kind,
    /// Where the manifest says so, counted from 1.
    pub(super) line: usize,
}

/// One package of the workspace.
#[derive(Debug)]
pub(super) struct Manifest {
    /// Path of its Cargo.toml below the root.
    pub(super) path: String,
    pub(super) package: String,
    pub(super) dependencies: Vec<Dependency>,
}

impl Manifest {
    /// The package's folder below the root: `crates/domain`.
    pub(super) fn folder(&self) -> &str {
        self.path.strip_suffix("/Cargo.toml").unwrap_or_default()
    }
}

const SECTIONS: [(&str, Kind); 3] = [
    ("dependencies", Kind::Normal),
    ("build-dependencies", Kind::Normal),
    ("dev-dependencies", Kind::Development),
];

/// The manifests of all packages among `files`; the root's own gives the names that others inherit.
pub(super) fn read_all(files: &[File]) -> Result<Vec<Manifest>> {
    let root = files.iter().find(|file| file.path == "Cargo.toml").context("no Cargo.toml at the root")?;
    let root: Table = root.text.parse().context("reading Cargo.toml")?;
    let inherited = root
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(Value::as_table)
        .cloned()
        .unwrap_or_default();
    files
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml"))
        .map(|file| read(file, &inherited).with_context(|| format!("reading {}", file.path)))
        .collect()
}

fn read(file: &File, inherited: &Table) -> Result<Manifest> {
    let table: Table = file.text.parse()?;
    let package = table
        .get("package")
        .and_then(|package| package.get("name"))
        .and_then(Value::as_str)
        .context("no package name")?;
    let targets = table.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let mut dependencies = Vec::new();
    for tables in std::iter::once(&table).chain(targets.filter_map(Value::as_table)) {
        for (section, kind) in SECTIONS {
            let entries = tables.get(section).and_then(Value::as_table);
            for (key, entry) in entries.into_iter().flatten() {
                let package = own_name(entry).or_else(|| own_name(inherited.get(key)?)).unwrap_or(key);
                let line = line_of(&file.text, section, key);
                dependencies.push(Dependency { package: package.to_owned(), kind, line });
            }
        }
    }
    Ok(Manifest { path: file.path.clone(), package: package.to_owned(), dependencies })
}

/// The name under `package = "…"` where a dependency is renamed.
fn own_name(entry: &Value) -> Option<&str> {
    entry.get("package")?.as_str()
}

/// The line that declares `key` in a table called `section`, with or without a target before its name.
fn line_of(text: &str, section: &str, key: &str) -> usize {
    let mut in_section = false;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            let header = header.trim_end_matches(']');
            in_section = header == section || header.ends_with(&format!(".{section}"));
            if header.ends_with(&format!("{section}.{key}")) {
                return index + 1;
            }
        } else if in_section && declares(line, key) {
            return index + 1;
        }
    }
    1
}

fn declares(line: &str, key: &str) -> bool {
    line.trim_start_matches('"').strip_prefix(key).is_some_and(|rest| rest.starts_with(['.', ' ', '=', '"']))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = "[workspace.dependencies]\nqadam-domain = { path = \"crates/domain\" }\n\
                        orm = { package = \"sea-orm\", version = \"2\" }\n";

    fn manifest(text: &str) -> Manifest {
        let files = [
            File { path: "Cargo.toml".to_owned(), text: ROOT.to_owned() },
            File { path: "crates/app/Cargo.toml".to_owned(), text: text.to_owned() },
        ];
        read_all(&files).unwrap().remove(0)
    }

    #[test]
    fn every_dependency_table_is_read_with_its_lines() {
        let read = manifest(
            "[package]\nname = \"qadam-app\"\n\n[dependencies]\nqadam-domain.workspace = true\nuuid = \"1\"\n\n\
             [dev-dependencies]\nproptest = \"1\"\n\n[target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n",
        );
        assert_eq!((read.package.as_str(), read.folder()), ("qadam-app", "crates/app"));
        let found: Vec<_> =
            read.dependencies.iter().map(|found| (found.package.as_str(), found.kind, found.line)).collect();
        assert_eq!(
            found,
            [
                ("qadam-domain", Kind::Normal, 5),
                ("uuid", Kind::Normal, 6),
                ("proptest", Kind::Development, 9),
                ("libc", Kind::Normal, 12),
            ]
        );
    }

    #[test]
    fn a_renamed_dependency_is_known_by_its_own_name() {
        let read = manifest(
            "[package]\nname = \"qadam-app\"\n[dependencies]\norm.workspace = true\n\
             [dependencies.database]\npackage = \"sqlx\"\nversion = \"0.9\"\n",
        );
        let mut names: Vec<_> = read.dependencies.iter().map(|found| found.package.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["sea-orm", "sqlx"]);
    }

    #[test]
    fn a_manifest_without_a_package_is_an_error() {
        let files = [
            File { path: "Cargo.toml".to_owned(), text: String::new() },
            File { path: "crates/app/Cargo.toml".to_owned(), text: "[dependencies]\n".to_owned() },
        ];
        assert!(read_all(&files).is_err());
    }
}
