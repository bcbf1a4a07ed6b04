//! What the commands about backups have in common: their keys, how they tell how far they are, how they fail.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use qadam_app::backups::{ArchiveError, BackupError, Lock, Progress, Unlock};
use tokio::task::JoinHandle;

use crate::command_line::{Backup, Opening};
use crate::failure::Failure;
use crate::shutdown;

/// After how many rows more something is told.
const STEP: u64 = 50_000;

/// For whom a backup is to be encrypted, if it is.
pub(crate) fn lock(arguments: &Backup) -> Result<Option<Lock>, Failure> {
    if let Some(path) = &arguments.passphrase_file {
        let text = read(path)?;
        return Lock::passphrase(&text).map(Some).map_err(|error| misused(path, &error));
    }
    if arguments.encrypt_to.is_empty() {
        return Ok(None);
    }
    let recipients = arguments.encrypt_to.iter().map(String::as_str);
    Lock::recipients(recipients).map(Some).map_err(|error| Failure::Misused(format!("--encrypt-to: {error}")))
}

/// What opens a backup, if it was given.
pub(crate) fn unlock(arguments: &Opening) -> Result<Option<Unlock>, Failure> {
    let opened = match (&arguments.identity, &arguments.passphrase_file) {
        (Some(path), _) => (path, Unlock::identities(&read(path)?)),
        (None, Some(path)) => (path, Unlock::passphrase(&read(path)?)),
        (None, None) => return Ok(None),
    };
    let (path, unlock) = opened;
    unlock.map(Some).map_err(|error| misused(path, &error))
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| misused(path, &error))
}

fn misused(path: &Path, cause: &dyn std::fmt::Display) -> Failure {
    Failure::Misused(format!("{}: {cause}", path.display()))
}

/// A failure with the file it is about: what could not be asked for is told from what did not work.
pub(crate) fn failed(file: &Path, error: &BackupError) -> Failure {
    let text = format!("{}: {error}", file.display());
    match error {
        BackupError::Archive(
            ArchiveError::Exists
            | ArchiveError::Locked
            | ArchiveError::NotLocked
            | ArchiveError::BadKey(_)
            | ArchiveError::KeysInTheOpen,
        ) => Failure::Misused(text),
        _ => Failure::Failed(text),
    }
}

/// Tells how far something is: in one line that moves on a terminal, in the log elsewhere. Goes on until the system asks
/// for the end.
pub(crate) struct Watcher {
    stopped: Arc<AtomicBool>,
    listening: JoinHandle<()>,
    what: &'static str,
    terminal: bool,
    told: u64,
}

impl Watcher {
    /// Begins to listen for the end.
    pub(crate) fn begin(what: &'static str) -> Self {
        let stopped = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stopped);
        let listening = tokio::spawn(async move {
            if shutdown::signal().await.is_ok() {
                flag.store(true, Ordering::Release);
            }
        });
        Self { stopped, listening, what, terminal: io::stderr().is_terminal(), told: 0 }
    }

    /// Tells, and says whether to go on.
    pub(crate) fn reached(&mut self, progress: Progress) -> bool {
        let Progress { rows, files } = progress;
        if rows + files >= self.told + STEP {
            self.told = rows + files;
            if self.terminal {
                // A line that nobody sees is no reason to stop.
                let _unseen = write!(io::stderr(), "\r{}: {rows} rows, {files} files", self.what);
            } else {
                tracing::info!(rows, files, "{}", self.what);
            }
        }
        !self.stopped.load(Ordering::Acquire)
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.listening.abort();
        if self.terminal && self.told > 0 {
            let _unseen = writeln!(io::stderr());
        }
    }
}
