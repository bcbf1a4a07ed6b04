//! Why a register was not backed up, or a backup not examined or restored.

use qadam_archive::ArchiveError;
use qadam_storage::StorageError;
use qadam_storage::files::FileStoreError;
use qadam_storage::portable::RestorationError;

use crate::error::AppError;

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The archive.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The database that is written.
    #[error(transparent)]
    Restoration(RestorationError),
    /// The store of files.
    #[error(transparent)]
    Files(#[from] FileStoreError),
    /// A file of a key, or the place of the database.
    #[error("{0}: {1}")]
    Place(String, std::io::Error),
    /// What the archive holds contradicts itself.
    #[error("it is not whole: {0}")]
    Contradiction(String),
    /// The database has another schema than the program.
    #[error(
        "the database has an older schema: migrate it first, or back it up with the program that wrote it"
    )]
    OlderSchema,
    /// There is another file where one is to be put.
    #[error("the store of files has another file under the name {0}")]
    OtherFile(String),
    /// There are files where some are to be put, and nobody said that they may be there.
    #[error("the store of files is in use: it has the file {0}")]
    FilesInUse(String),
    /// Somebody asked for the end.
    #[error("it was interrupted")]
    Interrupted,
    /// What the register says of itself.
    #[error("{0}")]
    Register(String),
}

impl BackupError {
    /// Whether what failed may have been done nevertheless, so that nothing of it is taken back.
    pub const fn is_uncertain(&self) -> bool {
        matches!(self, Self::Restoration(RestorationError::Uncertain(_)))
    }
}

impl From<RestorationError> for BackupError {
    fn from(error: RestorationError) -> Self {
        match error {
            RestorationError::Interrupted => Self::Interrupted,
            error => Self::Restoration(error),
        }
    }
}

impl From<AppError> for BackupError {
    fn from(error: AppError) -> Self {
        Self::Register(error.to_string())
    }
}

/// What the archive holds contradicts itself.
pub(super) fn contradiction(what: impl Into<String>) -> BackupError {
    BackupError::Contradiction(what.into())
}
