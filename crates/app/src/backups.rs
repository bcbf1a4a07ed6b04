//! Backups: the whole register in one file, and the register from that file again.
//!
//! * [`make`] reads the database as it is at one moment while the register goes on, then the files that it names, and
//!   writes an archive (`qadam_archive`);
//! * [`examine`] reads an archive to its end and holds it against itself: every member, every row, the ledger's tree and
//!   its signature;
//! * [`restore`] writes an archive that was examined into an empty database and an empty store, all or nothing.
//!
//! Rows are kept in a form that either database takes. A register can so move from SQLite to PostgreSQL and back, and
//! what is restored needs no program of another age than the one that restores it.

mod error;
mod examining;
mod files;
mod ledger;
mod making;
mod restoring;

pub use error::BackupError;
pub use examining::{Examined, Trust, examine};
pub use making::{Source, make};
pub use qadam_archive::{
    Absent, ArchiveError, Finished, Head, KeyName, Lock, Manifest, MemberName, Unlock, sha256,
};
pub use qadam_storage::portable::{LEFT_OUT, occupied, unknown_migration};
pub use restoring::{Destination, restore};

/// How far it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows that were read or written.
    pub rows: u64,
    /// Files that were read or written.
    pub files: u64,
}

/// Is told how far it is, and says whether to go on: where it says no, all is left as if nothing had begun.
pub type Watch<'a> = &'a mut dyn FnMut(Progress) -> bool;

/// Tells how far it is.
fn tell(watch: &mut dyn FnMut(Progress) -> bool, progress: Progress) -> Result<(), BackupError> {
    if watch(progress) { Ok(()) } else { Err(BackupError::Interrupted) }
}
