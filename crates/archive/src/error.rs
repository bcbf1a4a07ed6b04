//! Why an archive was not written or cannot be read.

/// What is wrong with an archive, or with the place it was to be written to.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The system refuses to read or write.
    #[error("{0}")]
    System(#[from] std::io::Error),
    /// There is something at the place where the archive is to be.
    #[error("there is a file already, and a backup takes no other's place")]
    Exists,
    /// It is neither an archive nor an encrypted one.
    #[error("this is not a backup: it begins as none does")]
    Foreign,
    /// It is encrypted, and nothing was given to open it.
    #[error("it is encrypted: give --identity or --passphrase-file")]
    Locked,
    /// It is not encrypted, and something was given to open it.
    #[error("it is not encrypted, although a key for it was given")]
    NotLocked,
    /// What was given does not open it.
    #[error("it was encrypted for another key or passphrase, or its beginning is damaged")]
    WrongKey,
    /// What was given cannot be a key.
    #[error("{0}")]
    BadKey(String),
    /// Something in it is not as it was written.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// A newer program wrote it.
    #[error(
        "it has format {0}, and this program reads up to {1}: use the program that wrote it, or a newer one"
    )]
    Newer(u32, u32),
    /// Something that no archive holds, whoever wrote it.
    #[error("it is refused: {0}")]
    Refused(String),
    /// A key was to be written into an archive that is not encrypted.
    #[error("keys go into an encrypted backup alone")]
    KeysInTheOpen,
}

impl ArchiveError {
    /// Something that is not as it was written.
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }

    /// A failure to read what should be there: where the bytes make no sense, they are not those that were written.
    pub(crate) fn reading(what: &str, error: &std::io::Error) -> Self {
        Self::Damaged(format!("{what}: {error}"))
    }
}
