//! Checkpoints (<https://c2sp.org/tlog-checkpoint>): the log's signed word on what it holds.
//!
//! A checkpoint is worth what its copies are worth: printed in a report or kept by a member, it binds the operator.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::{Digest, KeyName, NoteError, SignedNote, Signer, Verifier};

/// A checkpoint is malformed, or not signed by its log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not three lines of origin, size and root in their one spelling.
    #[error("not a checkpoint")]
    Malformed,
    /// No known key of the origin's own name signed, or a key of another name was to sign.
    #[error("the checkpoint is not signed by its own log")]
    NotByOrigin,
    /// The note is malformed, or no known key signed it.
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// The state of a log: how many leaves it has and the root over them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log; also the name of its keys.
    pub origin: KeyName,
    /// How many leaves.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Digest,
}

impl Checkpoint {
    /// The text that is signed: three lines.
    pub fn to_text(&self) -> String {
        let Self { origin, size, root } = self;
        format!("{origin}\n{size}\n{}\n", STANDARD.encode(root.as_bytes()))
    }

    /// Reads the text. Extension lines are refused: this log writes none, for no monitor could check them.
    pub fn from_text(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.lines();
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(CheckpointError::Malformed);
        };
        let origin = KeyName::new(origin).map_err(|_| CheckpointError::Malformed)?;
        let size = size.parse().map_err(|_| CheckpointError::Malformed)?;
        let root = STANDARD.decode(root).map_err(|_| CheckpointError::Malformed)?;
        let root = Digest::from_bytes(root.try_into().map_err(|_| CheckpointError::Malformed)?);
        let checkpoint = Self { origin, size, root };
        // This also refuses signs, leading zeros, carriage returns and further lines.
        if checkpoint.to_text() == text { Ok(checkpoint) } else { Err(CheckpointError::Malformed) }
    }

    /// Signs with the log's keys: one, or while it is being replaced the old and the new one.
    pub fn sign(&self, signers: &[&Signer]) -> Result<SignedNote, CheckpointError> {
        if signers.iter().any(|signer| *signer.verifier().name() != self.origin) {
            return Err(CheckpointError::NotByOrigin);
        }
        Ok(SignedNote::sign(&self.to_text(), signers)?)
    }

    /// Checks the signatures and reads the checkpoint. A key of the origin's name must have signed: the known keys of
    /// other logs do not speak for this one.
    pub fn open(note: &SignedNote, known: &[Verifier]) -> Result<Self, CheckpointError> {
        let verified = note.verify(known)?;
        let checkpoint = Self::from_text(verified.text())?;
        if verified.is_signed_by(&checkpoint.origin) {
            Ok(checkpoint)
        } else {
            Err(CheckpointError::NotByOrigin)
        }
    }
}
