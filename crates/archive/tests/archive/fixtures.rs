//! A small archive with a member of each kind.

use std::path::{Path, PathBuf};

use qadam_archive::{
    ArchiveError, Column, ColumnKind, Content, FORMAT, Finished, Head, KeyName, Ledger, Lock, Manifest,
    Reader, Table, Unlock, Writer,
};
use tempfile::TempDir;

/// A folder, and the place of an archive in it.
pub(crate) fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("register.qadam");
    (folder, place)
}

pub(crate) fn head() -> Head {
    let column = |name: &str, kind| Column { name: name.to_owned(), kind };
    let table = |name: &str| Table {
        name: name.to_owned(),
        columns: vec![column("id", ColumnKind::Bytes), column("said", ColumnKind::Text)],
    };
    Head {
        about: "A backup.".to_owned(),
        format: FORMAT,
        program: "0.1.0".to_owned(),
        made_at: "2026-03-01T08:00:00Z".to_owned(),
        database: "sqlite".to_owned(),
        origin: Some("register.example/ledger".to_owned()),
        migrations: vec!["first".to_owned()],
        tables: vec![table("empty"), table("item")],
        left_out: vec!["session".to_owned()],
    }
}

pub(crate) fn ledger() -> Ledger {
    Ledger { entries: 0, root: String::new(), checkpoint: None }
}

/// Writes an archive with two parts of a table, a file, and keys where it is locked.
pub(crate) fn write(place: &Path, lock: Option<&Lock>) -> Result<Finished, ArchiveError> {
    let mut writer = Writer::begin(place, lock, head())?;
    writer.rows(1, b"[\"00\",\"first\"]\n[\"01\",null]\n", 2)?;
    writer.rows(1, b"[\"02\",\"third\"]\n", 1)?;
    // Nothing that shrinks, so that the file has more than one block of everything.
    let noise: Vec<u8> =
        (0..40_000_u32).map(|number| number.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
    writer.file(7, &noise)?;
    if lock.is_some() {
        writer.key(KeyName::Ledger, b"secret")?;
    }
    writer.finish(ledger(), Vec::new())
}

/// What reading an archive gives: its members' names, and the manifest.
pub(crate) fn read(place: &Path, unlock: Option<&Unlock>) -> Result<(Vec<Content>, Manifest), ArchiveError> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut members = Vec::new();
        let manifest = Reader::open(place, unlock)?
            .read(async |_head: &Head, content| {
                members.push(content);
                Ok::<_, ArchiveError>(())
            })
            .await?;
        Ok((members, manifest))
    })
}
