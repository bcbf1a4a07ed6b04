//! One error over all of this crate's, for callers that pass failures on rather than tell them apart.

/// Anything that this crate can refuse.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A value has no canonical JSON.
    #[error(transparent)]
    Canonical(#[from] crate::CanonicalError),
    /// A checkpoint is malformed, or not signed by its log.
    #[error(transparent)]
    Checkpoint(#[from] crate::CheckpointError),
    /// A text is not the hexadecimal form of the bytes expected.
    #[error(transparent)]
    Hex(#[from] crate::HexError),
    /// What was kept of a ledger is not of one piece.
    #[error(transparent)]
    Kept(#[from] crate::KeptError),
    /// A key cannot be read, written or used.
    #[error(transparent)]
    Key(#[from] crate::KeyError),
    /// A leaf breaks the rules of a leaf.
    #[error(transparent)]
    Leaf(#[from] crate::LeafError),
    /// A text is neither a day nor an instant.
    #[error(transparent)]
    Moment(#[from] crate::MomentError),
    /// A signed note is malformed, or not signed by a known key.
    #[error(transparent)]
    Note(#[from] crate::NoteError),
    /// A payload breaks the rules of a payload.
    #[error(transparent)]
    Payload(#[from] crate::PayloadError),
    /// A proof was asked for that cannot exist, or a stored node is missing.
    #[error(transparent)]
    Plan(#[from] crate::PlanError),
    /// A proof does not prove what it should.
    #[error(transparent)]
    Proof(#[from] crate::ProofError),
    /// A receipt is malformed, or not signed by its log.
    #[error(transparent)]
    Receipt(#[from] crate::ReceiptError),
    /// The ledger is not what it claims to be.
    #[error(transparent)]
    Replay(#[from] crate::Failure),
    /// A rotation is malformed, or not signed by both keys.
    #[error(transparent)]
    Rotation(#[from] crate::RotationError),
    /// The tree cannot take another leaf, or a stored node is missing.
    #[error(transparent)]
    Tree(#[from] crate::TreeError),
}
