//! `qadam verify-backup`.

use std::fmt::Write as _;

use qadam_app::backups::{self, ArchiveError, BackupError, Examined, Trust};

use crate::archives::{Watcher, failed, unlock};
use crate::command_line::VerifyBackup;
use crate::failure::Failure;
use crate::output;

pub(super) async fn run(arguments: &VerifyBackup) -> Result<(), Failure> {
    let unlock = unlock(&arguments.opening)?;
    let trust = Trust { key: arguments.key.clone(), payloads: true };
    let mut watcher = Watcher::begin("verifying");
    let outcome =
        backups::examine(&arguments.file, unlock.as_ref(), &trust, &mut |progress| watcher.reached(progress))
            .await;
    drop(watcher);
    match outcome {
        Ok(examined) => output::line(&said_of(&examined, arguments.key.is_some())),
        Err(
            error @ (BackupError::Contradiction(_)
            | BackupError::Archive(ArchiveError::Damaged(_) | ArchiveError::Refused(_))),
        ) => {
            output::line(&format!("NOT verified: {error}"))?;
            Err(Failure::Failed(format!("{} is not the backup that was made", arguments.file.display())))
        }
        Err(error) => Err(failed(&arguments.file, &error)),
    }
}

/// What was proved, in one line.
pub(super) fn said_of(examined: &Examined, key_was_given: bool) -> String {
    let Examined { manifest, rows, files, keys, signed_by, .. } = examined;
    let head = &manifest.head;
    let signed = signed_by.as_ref().map_or_else(
        || "are there, for nothing was signed yet".to_owned(),
        |origin| format!("are those that {origin} signed"),
    );
    let mut line = format!(
        "verified: {rows} rows of {} tables and {files} files are as they were at {} ({}, program {}), and the {} entries \
         of the ledger {signed}",
        head.tables.len(),
        head.made_at,
        head.database,
        head.program,
        manifest.ledger.entries
    );
    if !manifest.absent_files.is_empty() {
        // Writing to a text does not fail.
        let _written = write!(line, "; {} files were missing when it was made", manifest.absent_files.len());
    }
    if !keys.is_empty() {
        // Writing to a text does not fail.
        let _written = write!(line, "; it holds {} keys of the register", keys.len());
    }
    if !key_was_given {
        line += "; the key is the backup's own (give --key to hold it against yours)";
    }
    line
}
