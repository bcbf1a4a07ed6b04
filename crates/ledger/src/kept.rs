//! What somebody kept of a ledger, to hold it against the ledger later.

use crate::{Checkpoint, Digest, Frontier, Leaf, TreeError};

/// What was kept is not of one piece.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeptError {
    /// The leaves are not those that the checkpoint covers.
    #[error(
        "the {leaves} entries that were kept are not those of the checkpoint of {size} that was kept with them"
    )]
    NotCovered {
        /// How many leaves were kept.
        leaves: usize,
        /// The size of the checkpoint.
        size: u64,
    },
    /// A leaf has no hash.
    #[error(transparent)]
    Leaf(#[from] crate::CanonicalError),
    /// The tree over the leaves cannot be computed.
    #[error(transparent)]
    Tree(#[from] TreeError),
}

/// An earlier checkpoint, and the leaves that it covers where somebody kept those, too.
///
/// The checkpoint alone shows *that* something was rewritten. With the leaves, 32 bytes each, it shows *what*: they need
/// no trust of their own, because the checkpoint is over them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    checkpoint: Checkpoint,
    leaves: Vec<Digest>,
}

impl From<Checkpoint> for Kept {
    fn from(checkpoint: Checkpoint) -> Self {
        Self { checkpoint, leaves: Vec::new() }
    }
}

impl Kept {
    /// A checkpoint with all leaves that it covers, in order.
    pub fn whole<'a>(
        checkpoint: Checkpoint,
        leaves: impl IntoIterator<Item = &'a Leaf>,
    ) -> Result<Self, KeptError> {
        let leaves: Vec<Digest> = leaves.into_iter().map(Leaf::hash).collect::<Result<_, _>>()?;
        let mut frontier = Frontier::empty();
        for leaf in &leaves {
            frontier.append(*leaf)?;
        }
        if (frontier.size(), frontier.root()) == (checkpoint.size, checkpoint.root) {
            Ok(Self { checkpoint, leaves })
        } else {
            Err(KeptError::NotCovered { leaves: leaves.len(), size: checkpoint.size })
        }
    }

    /// The checkpoint.
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The hash of a leaf as it was, where that was kept.
    pub(crate) fn leaf(&self, seq: u64) -> Option<&Digest> {
        self.leaves.get(usize::try_from(seq).ok()?)
    }
}
