//! Making a backup.

use std::fs;
use std::path::Path;

use chrono::{DateTime, SecondsFormat};
use qadam_archive::{Absent, FORMAT, Finished, Head, KeyName, Ledger, Lock, Writer};
use qadam_domain::calendar::Timestamp;
use qadam_ledger::Frontier;
use qadam_storage::files::{FilePlace, FileStore, rows as file_rows};
use qadam_storage::portable::{LEFT_OUT, Snapshot};
use qadam_storage::{Store, ledger as stored, settings};
use zeroize::Zeroizing;

use super::error::BackupError;
use super::files::{self, FAILURES_MAX, NamedFile, Taken};
use super::{Progress, Watch, tell};
use crate::application::ORIGIN;
use crate::keys::KeyFiles;

/// For whoever finds the file and knows nothing of it.
const ABOUT: &str = "A backup of a register of recommendations and commitments, made by Qadam. It is a tar compressed by \
    zstd (and, if it was encrypted, encrypted by age before that). `tables` holds rows, one JSON array a line, with the \
    values of the columns named below in their order: whole numbers, texts, and bytes in hexadecimal; times are \
    milliseconds since 1970 in UTC. `files` holds what was brought as evidence. manifest.json, the last member, has the \
    length and SHA-256 of all others.";

/// What is backed up.
#[derive(Debug)]
pub struct Source<'a> {
    /// The database.
    pub store: &'a Store,
    /// Where files lie.
    pub files: &'a FilePlace,
    /// The keys, where they are to go with it.
    pub keys: Option<&'a KeyFiles>,
    /// The version of the program.
    pub program: &'a str,
    /// Now.
    pub now: Timestamp,
}

/// Backs up into a file that is not there yet. What is there in the end is whole; where files are absent, the manifest
/// names them, and everything else is there.
pub async fn make(
    source: &Source<'_>,
    place: &Path,
    lock: Option<&Lock>,
    watch: Watch<'_>,
) -> Result<Finished, BackupError> {
    if source.store.pending_migrations().await? > 0 {
        return Err(BackupError::OlderSchema);
    }
    let keys = source.keys.map(read_keys).transpose()?;
    let snapshot = Snapshot::take(source.store).await?;
    let mut archive = Writer::begin(place, lock, head(source, &snapshot).await?)?;
    let mut progress = Progress::default();
    write_rows(&snapshot, &mut archive, &mut progress, watch).await?;
    let (ledger, named) = (ledger(&snapshot).await?, files::named(&snapshot).await?);
    // Files are never changed: those that were named a moment ago can be read without keeping the database waiting.
    snapshot.end().await?;
    let absent = write_files(source, &named, &mut archive, &mut progress, watch).await?;
    for (name, content) in keys.iter().flatten() {
        archive.key(*name, content)?;
    }
    tell(watch, progress)?;
    Ok(archive.finish(ledger, absent)?)
}

async fn head(source: &Source<'_>, snapshot: &Snapshot) -> Result<Head, BackupError> {
    let made_at = DateTime::from_timestamp_millis(source.now.0).unwrap_or_default();
    Ok(Head {
        about: ABOUT.to_owned(),
        format: FORMAT,
        program: source.program.to_owned(),
        made_at: made_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        database: snapshot.database().to_owned(),
        origin: settings::get(snapshot, ORIGIN).await?,
        migrations: snapshot.migrations().to_vec(),
        tables: snapshot.tables().cloned().collect(),
        left_out: LEFT_OUT.iter().map(|table| (*table).to_owned()).collect(),
    })
}

async fn write_rows(
    snapshot: &Snapshot,
    archive: &mut Writer,
    progress: &mut Progress,
    watch: Watch<'_>,
) -> Result<(), BackupError> {
    for table in 0..snapshot.tables().count() {
        let mut rows = snapshot.rows(table).await?;
        while let Some(part) = rows.next().await? {
            archive.rows(table, &part.lines, part.rows)?;
            progress.rows += part.rows;
            tell(watch, *progress)?;
        }
    }
    Ok(())
}

/// What the ledger is. One whose tree is damaged is backed up as well, and found damaged by whoever examines it.
async fn ledger(snapshot: &Snapshot) -> Result<Ledger, BackupError> {
    let entries = stored::size(snapshot).await?;
    let nodes = stored::nodes(snapshot, &Frontier::addresses(entries)).await?;
    let frontier = Frontier::load(entries, |address| nodes.get(&address).copied());
    Ok(Ledger {
        entries,
        root: frontier.map(|frontier| frontier.root().to_string()).unwrap_or_default(),
        checkpoint: stored::checkpoint(snapshot).await?.map(|(_, note)| note),
    })
}

async fn write_files(
    source: &Source<'_>,
    named: &[NamedFile],
    archive: &mut Writer,
    progress: &mut Progress,
    watch: Watch<'_>,
) -> Result<Vec<Absent>, BackupError> {
    let mut absent = Vec::new();
    if named.is_empty() {
        return Ok(absent);
    }
    let store = FileStore::open(source.files)?;
    let mut unread_in_a_row = 0;
    for file in named {
        let object = file.recorded.object;
        let why = match files::take(&store, &file.recorded).await {
            Taken::Whole(content) => {
                archive.file(object.as_u128(), &content)?;
                unread_in_a_row = 0;
                progress.files += 1;
                tell(watch, *progress)?;
                continue;
            }
            Taken::Missing if !file_rows::is_needed(&source.store.read(), object).await? => {
                "it was taken out of the register while the backup was made: make it again".to_owned()
            }
            Taken::Missing => "it is not in the store".to_owned(),
            Taken::Changed => "what lies in the store is not what was recorded".to_owned(),
            Taken::Unread(error) => {
                unread_in_a_row += 1;
                if unread_in_a_row == FAILURES_MAX {
                    return Err(error.into());
                }
                error.to_string()
            }
        };
        absent.push(Absent { object: object.simple().to_string(), evidence: file.evidence.to_string(), why });
    }
    Ok(absent)
}

/// A key with what its file holds.
type Key = (KeyName, Zeroizing<Vec<u8>>);

fn read_keys(files: &KeyFiles) -> Result<Vec<Key>, BackupError> {
    let places = [
        (KeyName::Ledger, &files.ledger),
        (KeyName::Token, &files.token),
        (KeyName::Sealing, &files.sealing),
    ];
    let read = places.into_iter().map(|(name, path)| {
        let content =
            fs::read(path).map_err(|error| BackupError::Place(path.display().to_string(), error))?;
        Ok((name, Zeroizing::new(content)))
    });
    read.collect()
}
