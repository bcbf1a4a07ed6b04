//! Restoring a backup.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use qadam_archive::{Content, Head, KeyName, MemberName, Reader, Unlock, sync_folder_of};
use qadam_domain::ids::Uuid;
use qadam_storage::files::{FilePlace, FileStore};
use qadam_storage::portable::Restoration;
use tempfile::TempPath;
use zeroize::Zeroizing;

use super::error::{BackupError, contradiction};
use super::examining::Examined;
use super::{Progress, Watch, files, tell};
use crate::keys::{self, KeyFiles};

/// Where a backup is restored to.
#[derive(Debug, Clone)]
pub struct Destination {
    /// The database's address while it is written.
    pub url: String,
    /// A database that is a file gets its name once it is whole: the file as it is written, and its name.
    pub file: Option<(PathBuf, PathBuf)>,
    /// Where files go.
    pub files: FilePlace,
    /// Whether files may lie there already: what an interrupted restoration left, or those of a register that is gone.
    /// One that still runs removes files that no row of its own names.
    pub files_may_lie: bool,
    /// Where keys go, where the backup holds them.
    pub keys: KeyFiles,
}

/// What was put down beside the database, to be taken away again if it comes to nothing.
#[derive(Default)]
struct Placed {
    store: Option<FileStore>,
    files: Vec<Uuid>,
    keys: Vec<PathBuf>,
}

/// How many files are looked for before anything is done, where none may lie there.
const SOUGHT: usize = 20;

/// Restores a backup that was examined. Fails with nothing left behind, unless what is left cannot be removed or it is
/// uncertain whether it failed ([`BackupError::is_uncertain`]).
pub async fn restore(
    place: &Path,
    unlock: Option<&Unlock>,
    examined: &Examined,
    to: &Destination,
    watch: Watch<'_>,
) -> Result<(), BackupError> {
    if !to.files_may_lie {
        find_no_files(examined, &to.files).await?;
    }
    let head = &examined.manifest.head;
    let restoration = match Restoration::begin(&to.url, &head.migrations, &head.tables).await {
        Ok(restoration) => restoration,
        Err(error) => {
            remove_begun(to);
            return Err(error.into());
        }
    };
    let mut placed = Placed::default();
    let outcome = match fill(place, unlock, examined, to, &restoration, &mut placed, &mut *watch).await {
        Ok(()) => {
            let done = Progress { rows: examined.rows, files: examined.files };
            match restoration.finish(&mut || watch(done)).await {
                Ok(()) => rename(to),
                Err(error) => Err(error.into()),
            }
        }
        Err(error) => {
            // What failed is told, and not that it could not be given up cleanly: a transaction ends with its connection.
            let _abandoned = restoration.abandon().await;
            Err(error)
        }
    };
    if outcome.as_ref().is_err_and(|error| !error.is_uncertain()) {
        remove_begun(to);
        placed.take_away().await;
    }
    outcome
}

/// That the store does not have the first of the files.
async fn find_no_files(examined: &Examined, place: &FilePlace) -> Result<(), BackupError> {
    let names = examined.manifest.members.iter().filter_map(|member| match member.name.parse() {
        Ok(MemberName::File(object)) => Some(Uuid::from_u128(object)),
        _ => None,
    });
    let sought: Vec<Uuid> = names.take(SOUGHT).collect();
    if sought.is_empty() {
        return Ok(());
    }
    let store = FileStore::open(place)?;
    for object in sought {
        if store.get(object).await?.is_some() {
            return Err(BackupError::FilesInUse(object.simple().to_string()));
        }
    }
    Ok(())
}

async fn fill(
    place: &Path,
    unlock: Option<&Unlock>,
    examined: &Examined,
    to: &Destination,
    restoration: &Restoration,
    placed: &mut Placed,
    watch: Watch<'_>,
) -> Result<(), BackupError> {
    let mut progress = Progress::default();
    let manifest = Reader::open(place, unlock)?
        .read(async |head: &Head, content: Content| {
            match content.name {
                MemberName::Rows { table, .. } => {
                    let table = head.tables.get(usize::from(table) - 1);
                    let table = table.ok_or_else(|| contradiction("rows of no table"))?;
                    let rows = content.bytes.split_inclusive(|byte| *byte == b'\n').count() as u64;
                    restoration.insert(table, &content.bytes, rows).await?;
                    progress.rows += rows;
                }
                MemberName::File(object) => {
                    placed.put(to, Uuid::from_u128(object), content.bytes).await?;
                    progress.files += 1;
                }
                MemberName::Key(key) => placed.write_key(&to.keys, key, content.bytes)?,
                MemberName::Head | MemberName::Manifest => {}
            }
            tell(watch, progress)
        })
        .await?;
    // Read a second time, it might be another file by now.
    if manifest == examined.manifest {
        Ok(())
    } else {
        Err(contradiction("it was changed while it was restored"))
    }
}

impl Placed {
    async fn put(&mut self, to: &Destination, object: Uuid, content: Vec<u8>) -> Result<(), BackupError> {
        let store = match &self.store {
            Some(store) => store,
            None => self.store.insert(FileStore::open(&to.files)?),
        };
        if files::lies(store, object, &content).await? {
            return if to.files_may_lie {
                Ok(())
            } else {
                Err(BackupError::FilesInUse(object.simple().to_string()))
            };
        }
        // Before: a store whose answer is lost may have it.
        self.files.push(object);
        Ok(store.put(object, content.into()).await?)
    }

    fn write_key(&mut self, files: &KeyFiles, key: KeyName, content: Vec<u8>) -> Result<(), BackupError> {
        let path = match key {
            KeyName::Ledger => &files.ledger,
            KeyName::Token => &files.token,
            KeyName::Sealing => &files.sealing,
        };
        let content = Zeroizing::new(content);
        // One that was kept apart, or that an interrupted restoration left.
        if fs::read(path).is_ok_and(|there| Zeroizing::new(there) == content) {
            return Ok(());
        }
        keys::create(path, &content)
            .map_err(|error| BackupError::Place(path.display().to_string(), error))?;
        self.keys.push(path.clone());
        Ok(())
    }

    async fn take_away(self) {
        for key in &self.keys {
            if let Err(error) = fs::remove_file(key) {
                tracing::warn!(%error, "a key that was written was not removed");
            }
        }
        let Some(store) = self.store else { return };
        for object in self.files {
            if let Err(error) = store.remove(object).await {
                tracing::warn!(%error, %object, "a file that was put down was not removed");
            }
        }
    }
}

/// Gives a database that is a file its name, once the disk has it. Once it has it, nothing makes that a failure.
fn rename(to: &Destination) -> Result<(), BackupError> {
    let Some((begun, place)) = &to.file else { return Ok(()) };
    let named = || {
        fs::File::open(begun)?.sync_all()?;
        // It takes nobody's place, on file systems without links neither.
        Ok(TempPath::try_from_path(begun)?.persist_noclobber(place)?)
    };
    named().map_err(|error: io::Error| BackupError::Place(place.display().to_string(), error))?;
    if let Err(error) = sync_folder_of(place) {
        tracing::warn!(%error, "the name of the restored database may not outlive a power cut");
    }
    Ok(())
}

fn remove_begun(to: &Destination) {
    if let Some((begun, _)) = &to.file
        && let Err(error) = fs::remove_file(begun)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "the database that was begun was not removed");
    }
}
