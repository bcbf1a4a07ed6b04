//! Holding an archive against itself.

use std::collections::BTreeMap;
use std::path::Path;

use qadam_archive::{
    Cell, ColumnKind, Content, Head, KeyName, Manifest, MemberName, Reader, Table, Unlock, parse_row,
};
use qadam_storage::items::recorded_file;

use super::error::{BackupError, contradiction};
use super::ledger::{LedgerCheck, Signed};
use super::{Progress, Watch, tell};

pub use super::ledger::Trust;

/// What was found of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// What it says of itself, all of which is so.
    pub manifest: Manifest,
    /// How many rows it holds.
    pub rows: u64,
    /// How many files it holds.
    pub files: u64,
    /// The keys that it holds.
    pub keys: Vec<KeyName>,
    /// The key that signs the ledger, as its checkpoints name it; none where it was never signed.
    pub ledger_key: Option<String>,
    /// The name under which the ledger was signed; none where nothing was signed yet.
    pub signed_by: Option<String>,
}

/// Reads an archive to its end and compares all that can be compared.
pub async fn examine(
    place: &Path,
    unlock: Option<&Unlock>,
    trust: &Trust,
    watch: Watch<'_>,
) -> Result<Examined, BackupError> {
    let mut examination = Examination::begin(trust);
    let manifest = Reader::open(place, unlock)?
        .read(async |head: &Head, content| {
            examination.take(head, &content)?;
            tell(watch, examination.progress)?;
            Ok::<_, BackupError>(())
        })
        .await?;
    examination.end(manifest)
}

/// An examination that is under way.
struct Examination<'a> {
    progress: Progress,
    rows: BTreeMap<usize, u64>,
    /// What rows say of files: their SHA-256, in hexadecimal.
    recorded: BTreeMap<u128, [u8; 32]>,
    files: u64,
    keys: Vec<KeyName>,
    ledger: LedgerCheck<'a>,
}

impl<'a> Examination<'a> {
    fn begin(trust: &'a Trust) -> Self {
        Self {
            progress: Progress::default(),
            rows: BTreeMap::new(),
            recorded: BTreeMap::new(),
            files: 0,
            keys: Vec::new(),
            ledger: LedgerCheck::begin(trust),
        }
    }

    fn take(&mut self, head: &Head, content: &Content) -> Result<(), BackupError> {
        match content.name {
            MemberName::Rows { table, .. } => {
                let place = usize::from(table) - 1;
                // The reader has compared the number with the head.
                let table = head.tables.get(place).ok_or_else(|| contradiction("rows of no table"))?;
                self.take_rows(place, table, &content.bytes)
            }
            MemberName::File(object) => {
                self.files += 1;
                self.progress.files += 1;
                // Taken out: what is left in the end is missing.
                match self.recorded.remove(&object) {
                    Some(sha256) if super::files::is(&content.bytes, &sha256) => Ok(()),
                    Some(_) => {
                        Err(contradiction(format!("the file {object:032x} is not the one that was recorded")))
                    }
                    None => Err(contradiction(format!("no row names the file {object:032x}"))),
                }
            }
            MemberName::Key(key) => {
                self.keys.push(key);
                Ok(())
            }
            MemberName::Head | MemberName::Manifest => Ok(()),
        }
    }

    fn take_rows(&mut self, place: usize, table: &Table, bytes: &[u8]) -> Result<(), BackupError> {
        let lines =
            bytes.strip_suffix(b"\n").ok_or_else(|| contradiction("a part of a table without an end"))?;
        let mut rows = 0;
        for line in lines.split(|byte| *byte == b'\n') {
            rows += 1;
            let cells = parse_row(line, &table.columns)
                .map_err(|error| contradiction(format!("a row of {}: {error}", table.name)))?;
            let row = Row { table, cells };
            self.ledger.take(&row)?;
            self.note_file(&row);
        }
        *self.rows.entry(place).or_default() += rows;
        self.progress.rows += rows;
        Ok(())
    }

    fn note_file(&mut self, row: &Row<'_>) {
        if row.table.name == "contribution"
            && row.text("kind") == Some("evidence")
            && let Some(file) = row.text("content").and_then(recorded_file)
        {
            self.recorded.insert(file.object.as_u128(), file.sha256);
        }
    }

    fn end(mut self, manifest: Manifest) -> Result<Examined, BackupError> {
        for (place, table) in manifest.head.tables.iter().enumerate() {
            let said = manifest.rows.get(place).filter(|said| said.table == table.name).map(|said| said.rows);
            let found = self.rows.get(&place).copied().unwrap_or(0);
            if said != Some(found) {
                let what = format!("{} has {found} rows, and the manifest says otherwise", table.name);
                return Err(contradiction(what));
            }
        }
        if manifest.rows.len() != manifest.head.tables.len() {
            return Err(contradiction("the manifest counts rows of tables that there are not"));
        }
        for absent in &manifest.absent_files {
            let object = u128::from_str_radix(&absent.object, 16).unwrap_or_default();
            if self.recorded.remove(&object).is_none() {
                return Err(contradiction(format!(
                    "the file {} is said to be absent and is not named",
                    absent.object
                )));
            }
        }
        if let Some(object) = self.recorded.keys().next() {
            return Err(contradiction(format!(
                "the file {object:032x} is not there, and the manifest does not say so"
            )));
        }
        let Signed { key: ledger_key, origin: signed_by } = self.ledger.end(&manifest)?;
        let rows = self.rows.values().sum();
        Ok(Examined { rows, files: self.files, keys: self.keys, ledger_key, signed_by, manifest })
    }
}

/// A row with its table.
pub(super) struct Row<'a> {
    pub(super) table: &'a Table,
    pub(super) cells: Vec<Cell>,
}

impl Row<'_> {
    fn cell(&self, column: &str, kind: ColumnKind) -> Option<&Cell> {
        let place = self.table.columns.iter().position(|known| known.name == column && known.kind == kind)?;
        self.cells.get(place)
    }

    pub(super) fn text(&self, column: &str) -> Option<&str> {
        match self.cell(column, ColumnKind::Text)? {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn integer(&self, column: &str) -> Option<i64> {
        match self.cell(column, ColumnKind::Integer)? {
            Cell::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// 32 bytes.
    pub(super) fn digest(&self, column: &str) -> Option<[u8; 32]> {
        match self.cell(column, ColumnKind::Bytes)? {
            Cell::Bytes(bytes) => bytes.as_slice().try_into().ok(),
            _ => None,
        }
    }
}
