//! What can be wrong with a ledger, each with the place where it shows.

use crate::{CanonicalError, PayloadError, Suspects, TreeError};

/// The first thing that shows that the ledger is not what it claims to be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Entries are missing, swapped or repeated.
    #[error("entry {found} stands where entry {expected} should")]
    OutOfOrder {
        /// The `seq` that should have come.
        expected: u64,
        /// The `seq` that came.
        found: u64,
    },
    /// Salt without payload, or payload without salt.
    #[error("entry {seq} has only one of salt and payload")]
    HalfServed {
        /// Which entry.
        seq: u64,
    },
    /// The payload was changed after its digest was made, or the other way round.
    #[error("entry {seq}: the payload is not the one that the digest was made of")]
    DigestDiffers {
        /// Which entry.
        seq: u64,
    },
    /// The payload is none.
    #[error("entry {seq}: {source}")]
    PayloadMalformed {
        /// Which entry.
        seq: u64,
        /// What is wrong with it.
        source: PayloadError,
    },
    /// The leaf tells another action, subject or actor than the payload.
    #[error("entry {seq}: the leaf does not describe the payload")]
    DescriptionDiffers {
        /// Which entry.
        seq: u64,
    },
    /// An entry withholds or redacts itself or one after it.
    #[error("entry {seq} withholds or redacts entry {named}, which is not before it")]
    NamesLater {
        /// Which entry.
        seq: u64,
        /// The `seq` that it names.
        named: u64,
    },
    /// An open entry's payload is missing, and no entry says that it was withheld or redacted.
    #[error("entry {seq} is broken: the payload is missing, and no entry says why")]
    PayloadMissing {
        /// Which entry.
        seq: u64,
    },
    /// The leaf has no hash.
    #[error("entry {seq}: {source}")]
    LeafMalformed {
        /// Which entry.
        seq: u64,
        /// What is wrong with it.
        source: CanonicalError,
    },
    /// The tree cannot be computed.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// An entry is not the one that somebody kept.
    #[error("rewritten: entry {seq} is not the one that was kept")]
    Changed {
        /// Which entry.
        seq: u64,
    },
    /// An entry that the earlier checkpoint covers was changed.
    #[error("rewritten: {suspects} is not as the earlier checkpoint of {size} entries has it")]
    Rewritten {
        /// The size of the earlier checkpoint.
        size: u64,
        /// Which entries it may be.
        suspects: Suspects,
    },
    /// The log is shorter than it was.
    #[error("rolled back: the log has {size} entries and had {earlier}: entry {size} is missing")]
    RolledBack {
        /// The size of the earlier checkpoint.
        earlier: u64,
        /// How many entries are still there.
        size: u64,
    },
    /// The two checkpoints are of different logs.
    #[error("the earlier checkpoint is of another log")]
    OtherLog,
    /// Fewer or more entries were fed than the checkpoint covers.
    #[error("the checkpoint covers {size} entries, {fed} were served")]
    SizeDiffers {
        /// The size of the checkpoint.
        size: u64,
        /// How many entries were fed.
        fed: u64,
    },
    /// The entries are not those that the checkpoint covers.
    #[error("{suspects} is not as the checkpoint of {size} entries has it")]
    RootDiffers {
        /// The size of the checkpoint.
        size: u64,
        /// Which entries it may be.
        suspects: Suspects,
    },
}

impl Failure {
    /// Which entries are in doubt: the first that is missing, where some are. Nothing where it is not about entries.
    pub const fn suspects(&self) -> Option<Suspects> {
        match *self {
            Self::OutOfOrder { expected: seq, .. }
            | Self::HalfServed { seq }
            | Self::DigestDiffers { seq }
            | Self::PayloadMalformed { seq, .. }
            | Self::DescriptionDiffers { seq }
            | Self::NamesLater { seq, .. }
            | Self::PayloadMissing { seq }
            | Self::LeafMalformed { seq, .. }
            | Self::Changed { seq }
            | Self::RolledBack { size: seq, .. } => Some(Suspects::only(seq)),
            Self::SizeDiffers { size, fed } => Some(Suspects::only(if size < fed { size } else { fed })),
            Self::Rewritten { suspects, .. } | Self::RootDiffers { suspects, .. } => Some(suspects),
            Self::Tree(_) | Self::OtherLog => None,
        }
    }
}
