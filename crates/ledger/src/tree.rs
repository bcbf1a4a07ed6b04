//! The Merkle tree of RFC 9162 section 2.1, grown one leaf at a time.
//!
//! What is stored are the hashes of complete subtrees only: they never change again, so that a table of them needs
//! INSERT and nothing else. The subtree at level `l` and index `i` covers the leaves from `i * 2^l` up to, but not
//! including, `(i + 1) * 2^l`; level 0 are the leaf hashes. Everything else (root, proofs) is folded from them.

use crate::{Digest, MAX_INTEGER};

/// RFC 9162 puts a different byte before leaves and nodes, so that neither can be passed off as the other.
const LEAF_PREFIX: &[u8] = &[0x00];
const NODE_PREFIX: &[u8] = &[0x01];

/// The hash of a leaf: SHA-256(0x00 ‖ bytes).
pub fn leaf_hash(bytes: &[u8]) -> Digest {
    Digest::of(&[LEAF_PREFIX, bytes])
}

/// The hash of a node over two subtrees: SHA-256(0x01 ‖ left ‖ right).
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    Digest::of(&[NODE_PREFIX, left.as_bytes(), right.as_bytes()])
}

/// The root of the tree without leaves: SHA-256 of nothing.
pub fn empty_root() -> Digest {
    Digest::of(&[])
}

/// The tree cannot be grown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// Another leaf's `seq` would not be below 2^53.
    #[error("the tree is full")]
    Full,
    /// The storage lacks the hash of a complete subtree.
    #[error("the hash of the node at level {} and index {} is missing", .0.level, .0.index)]
    Missing(NodeAddress),
}

/// Where the hash of a complete subtree is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeAddress {
    /// The height of the subtree, from 0 for a leaf.
    pub level: u32,
    /// Its place among the subtrees of its level, from 0.
    pub index: u64,
}

/// A hash to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where.
    pub address: NodeAddress,
    /// What.
    pub hash: Digest,
}

/// All that is needed of a tree to grow it and to know its root: the hashes of the largest complete subtrees, one for
/// each bit set in the size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// From left to right, so from the largest subtree to the smallest.
    peaks: Vec<Digest>,
}

impl Frontier {
    /// The frontier of the tree without leaves.
    pub const fn empty() -> Self {
        Self { size: 0, peaks: Vec::new() }
    }

    /// Which stored hashes [`Frontier::load`] will ask for: at most 53.
    pub fn addresses(size: u64) -> Vec<NodeAddress> {
        complete_subtrees(0, size)
    }

    /// Takes up a stored tree where it was left, given the hashes at [`Frontier::addresses`].
    pub fn load(size: u64, hash_at: impl Fn(NodeAddress) -> Option<Digest>) -> Result<Self, TreeError> {
        let peaks = Self::addresses(size)
            .into_iter()
            .map(|address| hash_at(address).ok_or(TreeError::Missing(address)))
            .collect::<Result<_, _>>()?;
        Ok(Self { size, peaks })
    }

    /// How many leaves there are; the `seq` of the next one.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree as it is now.
    pub fn root(&self) -> Digest {
        fold(self.peaks.iter().copied()).unwrap_or_else(empty_root)
    }

    /// Adds a leaf and returns the complete subtrees that it completes, the leaf itself first.
    pub fn append(&mut self, leaf_hash: Digest) -> Result<Vec<Node>, TreeError> {
        if self.size > MAX_INTEGER {
            return Err(TreeError::Full);
        }
        let mut completed = Node { address: NodeAddress { level: 0, index: self.size }, hash: leaf_hash };
        let mut nodes = vec![completed];
        // An odd index means that the sibling on the left is complete, and is the last peak.
        while completed.address.index % 2 == 1
            && let Some(left) = self.peaks.pop()
        {
            completed.hash = node_hash(&left, &completed.hash);
            completed.address.level += 1;
            completed.address.index /= 2;
            nodes.push(completed);
        }
        self.peaks.push(completed.hash);
        self.size += 1;
        Ok(nodes)
    }
}

/// The complete subtrees that make up the leaves from `start` up to, but not including, `end`, from left to right.
///
/// RFC 9162 only ever asks for ranges that begin at a multiple of a power of two not less than their length; there
/// the subtrees get smaller from left to right, and [`fold`] of their hashes is the hash of the range.
pub(crate) fn complete_subtrees(start: u64, end: u64) -> Vec<NodeAddress> {
    let mut addresses = Vec::new();
    let mut next = start;
    while let Some(level) = end.checked_sub(next).and_then(u64::checked_ilog2) {
        addresses.push(NodeAddress { level, index: next >> level });
        next += 1 << level;
    }
    addresses
}

/// The hash over adjacent subtrees that get smaller from left to right; nothing over no subtree.
pub(crate) fn fold(hashes: impl DoubleEndedIterator<Item = Digest>) -> Option<Digest> {
    hashes.rev().reduce(|right, left| node_hash(&left, &right))
}
