//! Receipts: what a submitter takes away, and can hold against the server later.
//!
//! A sealed entry enters the tree only with the day's batch, and the operator could drop it before. The receipt is the
//! log's signed promise that the entry with this digest will be in the tree by a given day. With its salt the submitter
//! can also show what the entry said. It is a text file and holds no name.

use uuid::Uuid;

use crate::{
    CanonicalError, Day, Digest, KeyName, Leaf, NoteError, Salt, SignedNote, Signer, Verifier, commit,
};

/// The first line. It cannot be that of a checkpoint, whose first line has no blanks: one key may sign both.
const TITLE: &str = "qadam receipt v1";

/// A receipt is malformed, or not signed by its log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not the lines of a receipt in their one spelling.
    #[error("not a receipt")]
    Malformed,
    /// The latest day of admission lies before the day of receipt.
    #[error("the latest day of admission lies before the day of the receipt")]
    Days,
    /// No known key of the origin's own name signed, or a key of another name was to sign.
    #[error("the receipt is not signed by its own log")]
    NotByOrigin,
    /// The note is malformed, or no known key signed it.
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// The promise that an entry will be admitted. `Debug` does not show the salt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Which log; also the name of its keys.
    pub origin: KeyName,
    /// The id of the record that was submitted.
    pub subject: Uuid,
    /// The digest of the entry.
    pub digest: Digest,
    /// The salt of the entry.
    pub salt: Salt,
    /// The day of submission.
    pub day: Day,
    /// The latest day on which the entry is admitted.
    pub admitted_by: Day,
}

/// What a receipt proves, given the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The entry is in the log.
    Admitted {
        /// Where.
        seq: u64,
    },
    /// It is not yet in the log, and need not be.
    Waiting,
    /// It should be in the log and is not: the receipt proves that the server dropped it.
    Dropped,
}

impl Receipt {
    /// The text that is signed: the title and six lines of a name, a colon and a value.
    pub fn to_text(&self) -> String {
        let Self { origin, subject, digest, salt, day, admitted_by } = self;
        let salt = salt.to_hex();
        format!(
            "{TITLE}\norigin: {origin}\nsubject: {subject}\ndigest: {digest}\nsalt: {salt}\nday: {day}\n\
             admitted-by: {admitted_by}\n"
        )
    }

    /// Reads the text.
    pub fn from_text(text: &str) -> Result<Self, ReceiptError> {
        let mut lines = text.lines().skip(1);
        let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(": ");
        let mut read = || {
            Some(Self {
                origin: value("origin")?.parse().ok()?,
                subject: value("subject")?.parse().ok()?,
                digest: value("digest")?.parse().ok()?,
                salt: value("salt")?.parse().ok()?,
                day: value("day")?.parse().ok()?,
                admitted_by: value("admitted-by")?.parse().ok()?,
            })
        };
        let receipt = read().ok_or(ReceiptError::Malformed)?;
        // This also refuses another title, other spellings of the id, carriage returns and further lines.
        if receipt.to_text() == text { receipt.checked() } else { Err(ReceiptError::Malformed) }
    }

    /// Signs with the log's keys: one, or while it is being replaced the old and the new one.
    pub fn sign(&self, signers: &[&Signer]) -> Result<SignedNote, ReceiptError> {
        let receipt = self.clone().checked()?;
        if signers.iter().any(|signer| *signer.verifier().name() != self.origin) {
            return Err(ReceiptError::NotByOrigin);
        }
        Ok(SignedNote::sign(&receipt.to_text(), signers)?)
    }

    /// Checks the signatures and reads the receipt. A key of the origin's name must have signed.
    pub fn open(note: &SignedNote, known: &[Verifier]) -> Result<Self, ReceiptError> {
        let verified = note.verify(known)?;
        let receipt = Self::from_text(verified.text())?;
        if verified.is_signed_by(&receipt.origin) { Ok(receipt) } else { Err(ReceiptError::NotByOrigin) }
    }

    /// Whether this leaf is the one that the receipt promised.
    pub fn proves(&self, leaf: &Leaf) -> bool {
        leaf.digest() == self.digest
    }

    /// Whether this is what the entry said.
    pub fn commits_to(&self, payload: &serde_json::Value) -> Result<bool, CanonicalError> {
        Ok(commit(&self.salt, payload)? == self.digest)
    }

    /// What the receipt proves, given all leaves of a verified log and the day on which they were read.
    pub fn standing<'a>(&self, leaves: impl IntoIterator<Item = &'a Leaf>, today: Day) -> Standing {
        match leaves.into_iter().find(|leaf| self.proves(leaf)) {
            Some(leaf) => Standing::Admitted { seq: leaf.seq() },
            None if today > self.admitted_by => Standing::Dropped,
            None => Standing::Waiting,
        }
    }

    fn checked(self) -> Result<Self, ReceiptError> {
        if self.day <= self.admitted_by { Ok(self) } else { Err(ReceiptError::Days) }
    }
}
