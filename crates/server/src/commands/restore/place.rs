//! Where a register is restored to: where nothing is but its keys, and what an interrupted restoration left.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use qadam_app::backups::{self, Destination, Examined, KeyName, MemberName};
use qadam_app::keys::KeyFiles;
use qadam_app::settings::FilePlace;
use qadam_ledger::{SigningKey, Verifier};

use crate::config::{Configuration, sqlite_path, sqlite_url};
use crate::failure::Failure;

/// What may lie in a data directory before a register does: its keys, which were kept apart, and what file systems put
/// into their roots.
const NOT_IN_THE_WAY: [&str; 2] = ["keys", "lost+found"];
/// What SQLite puts beside a database. Of another one they would be taken for parts of this one.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The place, and what an interrupted restoration may have left there.
pub(super) struct Place {
    pub(super) destination: Destination,
    /// Files that lie where the register's own will, under names as they have them.
    left: Vec<PathBuf>,
}

impl Place {
    /// The place that the settings name, if nothing is in the way.
    pub(super) async fn find(configuration: &Configuration, files_may_lie: bool) -> Result<Self, Failure> {
        let url = configuration.database_url();
        let file = if let Some(place) = sqlite_path(&url) {
            Some(free(place)?)
        } else {
            let occupied = backups::occupied(&url).await;
            if let Some(table) = occupied.map_err(|error| Failure::failed("the database", error))? {
                return Err(misused(&format!("the database is not empty: it has the table {table}")));
            }
            None
        };
        let files = configuration.file_place();
        let own = match &files {
            FilePlace::Folder(folder) if folder.starts_with(&configuration.data_dir) => {
                Some(folder.as_path())
            }
            _ => None,
        };
        let mut left = Vec::new();
        let begun = file.as_ref().map(|(begun, _)| begun.as_path());
        if let Some(found) = in_the_way(&configuration.data_dir, begun, own, &mut left)? {
            return Err(in_data_directory(&found));
        }
        if let Some(begun) = begun.filter(|begun| begun.exists()) {
            // Of a restoration that was killed.
            remove(begun)?;
        }
        // In the data directory nothing but what an interrupted restoration left is let be.
        let files_may_lie = files_may_lie || own.is_some();
        let destination = Destination {
            url: file.as_ref().map_or(url, |(begun, _)| sqlite_url(begun)),
            file,
            files,
            files_may_lie,
            keys: KeyFiles::of(&configuration.settings(configuration.listen.address)),
        };
        Ok(Self { destination, left })
    }

    /// That what lies there belongs to this backup: keys and files.
    pub(super) fn fits(&self, examined: &Examined) -> Result<(), Failure> {
        self.fits_what_is_left(examined)?;
        let keys = &self.destination.keys;
        for (name, path) in key_files(keys) {
            if path.exists() && examined.keys.contains(&name) && !is_in(examined, name, path)? {
                let path = path.display();
                return Err(misused(&format!("{path} is there already, and the backup holds another")));
            }
        }
        fits_the_ledger(&keys.ledger, examined)
    }

    /// Files of another backup would lie there for good: nobody would know of them.
    fn fits_what_is_left(&self, examined: &Examined) -> Result<(), Failure> {
        let names: BTreeSet<MemberName> =
            examined.manifest.members.iter().filter_map(|member| member.name.parse().ok()).collect();
        for path in &self.left {
            match object_of(path) {
                Some((object, whole)) if names.contains(&MemberName::File(object)) => {
                    if !whole {
                        remove(path)?;
                    }
                }
                _ => return Err(in_data_directory(path)),
            }
        }
        Ok(())
    }
}

/// The files of the keys.
pub(super) const fn key_files(keys: &KeyFiles) -> [(KeyName, &PathBuf); 3] {
    [(KeyName::Ledger, &keys.ledger), (KeyName::Token, &keys.token), (KeyName::Sealing, &keys.sealing)]
}

/// The file of a database as it is written, and its name, where there is none yet.
fn free(place: PathBuf) -> Result<(PathBuf, PathBuf), Failure> {
    let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if place.symlink_metadata().is_ok() {
        let place = place.display();
        return Err(misused(&format!("{place} is there already: a backup takes no other's place")));
    }
    for suffix in BESIDE {
        let beside = place.with_file_name(format!("{name}{suffix}"));
        if beside.symlink_metadata().is_ok() {
            let beside = beside.display();
            return Err(misused(&format!(
                "{beside} is there already: it belongs to a database that is gone"
            )));
        }
    }
    Ok((place.with_file_name(format!("{name}.restoring")), place))
}

/// The first thing in the data directory that a register could miss. Empty folders, and files under the names of evidence in
/// the folder for them (`own`), are what an interrupted restoration leaves.
fn in_the_way(
    data_dir: &Path,
    begun: Option<&Path>,
    own: Option<&Path>,
    left: &mut Vec<PathBuf>,
) -> Result<Option<PathBuf>, Failure> {
    let failed = |error: std::io::Error| Failure::failed(&format!("data_dir: {}", data_dir.display()), error);
    let mut folders = vec![data_dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            entries => entries.map_err(failed)?,
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            let harmless = folder == data_dir && NOT_IN_THE_WAY.iter().any(|name| path.ends_with(name));
            if harmless || Some(path.as_path()) == begun {
                continue;
            }
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && own.is_some_and(|own| is_evidence(&path, own)) {
                left.push(path);
            } else {
                return Ok(Some(path));
            }
        }
    }
    Ok(None)
}

/// Whether a file lies where the store would put it.
fn is_evidence(path: &Path, own: &Path) -> bool {
    let Some((object, _)) = object_of(path) else { return false };
    let folder = format!("{object:032x}").get(..2).map(|letters| own.join(letters));
    path.parent() == folder.as_deref()
}

/// The name of the file that lies there, and whether it is whole: the beginning of one has a number behind it.
fn object_of(path: &Path) -> Option<(u128, bool)> {
    let name = path.file_name()?.to_str()?;
    let (object, number) =
        name.split_once('#').map_or((name, None), |(object, number)| (object, Some(number)));
    let begun = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    let Ok(MemberName::File(object)) = format!("files/{object}").parse() else { return None };
    (number.is_none() || begun).then_some((object, number.is_none()))
}

/// Whether a key is the one that the backup holds.
fn is_in(examined: &Examined, name: KeyName, path: &Path) -> Result<bool, Failure> {
    let content = fs::read(path).map_err(|error| misused(&format!("{}: {error}", path.display())))?;
    let name = MemberName::Key(name).to_string();
    let member = examined.manifest.members.iter().find(|member| member.name == name);
    Ok(member.is_some_and(|member| member.sha256 == backups::sha256(&content)))
}

/// A key that lies there is the register's: none is written over, and another one could not go on with its ledger.
fn fits_the_ledger(file: &Path, examined: &Examined) -> Result<(), Failure> {
    let (true, Some(signs)) = (file.exists(), &examined.ledger_key) else { return Ok(()) };
    let wrong = |error: &dyn std::fmt::Display| misused(&format!("{}: {error}", file.display()));
    let pem = fs::read_to_string(file).map_err(|error| wrong(&error))?;
    let key = SigningKey::from_pem(&pem).map_err(|error| wrong(&error))?;
    let signs: Verifier = signs.parse().map_err(|error| wrong(&error))?;
    if signs.key() == key.verifying_key() {
        Ok(())
    } else {
        Err(wrong(&"is not the key that signs this ledger"))
    }
}

fn remove(path: &Path) -> Result<(), Failure> {
    fs::remove_file(path).map_err(|error| Failure::failed(&path.display().to_string(), error))
}

fn in_data_directory(found: &Path) -> Failure {
    misused(&format!("data_dir: is not empty: there is {}", found.display()))
}

fn misused(why: &str) -> Failure {
    Failure::Misused(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OBJECT: &str = "0f8fad5bd9cb469fa16570867728950e";

    fn found(data_dir: &Path) -> (Option<PathBuf>, Vec<PathBuf>) {
        let mut left = Vec::new();
        let begun = data_dir.join("qadam.db.restoring");
        let found = in_the_way(data_dir, Some(&begun), Some(&data_dir.join("files")), &mut left).unwrap();
        (found, left)
    }

    #[test]
    fn what_an_interrupted_restoration_leaves_is_in_nobodys_way() {
        let place = tempfile::tempdir().unwrap();
        let data_dir = place.path().join("data");
        assert_eq!(found(&data_dir), (None, Vec::new()), "there is no folder yet");
        let folder = data_dir.join("files/0f");
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(data_dir.join("files/ab")).unwrap();
        fs::create_dir_all(data_dir.join("keys")).unwrap();
        fs::write(data_dir.join("keys/ledger.pem"), "kept apart").unwrap();
        fs::write(data_dir.join("qadam.db.restoring"), "half").unwrap();
        assert_eq!(found(&data_dir), (None, Vec::new()));
        fs::write(folder.join(OBJECT), "whole").unwrap();
        fs::write(folder.join(format!("{OBJECT}#1")), "ha").unwrap();
        let (none, mut left) = found(&data_dir);
        left.sort_unstable();
        assert_eq!((none, left), (None, vec![folder.join(OBJECT), folder.join(format!("{OBJECT}#1"))]));
    }

    #[test]
    fn anything_else_is_in_the_way() {
        for path in [
            "qadam.db",
            "note.txt",
            "files/note.txt",
            &format!("files/{OBJECT}"),
            &format!("files/ff/{OBJECT}"),
            &format!("files/0f/{OBJECT}#x"),
            &format!("other/0f/{OBJECT}"),
            "deep/keys/ledger.pem",
        ] {
            let place = tempfile::tempdir().unwrap();
            let path = place.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "somebody's").unwrap();
            assert_eq!(found(place.path()).0.as_ref(), Some(&path));
        }
    }

    #[test]
    fn what_another_database_left_beside_the_place_is_told() {
        let place = tempfile::tempdir().unwrap();
        let database = place.path().join("qadam.db");
        assert!(free(database.clone()).is_ok());
        for suffix in BESIDE {
            let beside = place.path().join(format!("qadam.db{suffix}"));
            fs::write(&beside, "").unwrap();
            assert!(matches!(free(database.clone()), Err(Failure::Misused(_))), "{suffix}");
            fs::remove_file(beside).unwrap();
        }
    }
}
