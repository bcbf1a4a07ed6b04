//! Checking proofs (RFC 9162 sections 2.1.3.2 and 2.1.4.2). The names in the comments are those of the RFC.

use crate::{Digest, empty_root, node_hash};

/// A proof does not prove what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The leaf is not in a tree of that size, or the older tree is larger than the newer.
    #[error("no such proof can exist")]
    Impossible,
    /// The proof has more or fewer hashes than the sizes ask for.
    #[error("the proof has the wrong length")]
    Length,
    /// The proof leads to another root than the one given.
    #[error("the proof leads to another root")]
    Root,
}

/// Checks that the leaf with this hash is the one at `seq` in the tree of `size` leaves with this root.
pub fn verify_inclusion(
    seq: u64,
    size: u64,
    leaf_hash: &Digest,
    proof: &[Digest],
    root: &Digest,
) -> Result<(), ProofError> {
    if seq >= size {
        return Err(ProofError::Impossible);
    }
    let mut walk = Walk { node: seq, last: size - 1 };
    let mut hash = *leaf_hash;
    for sibling in proof {
        hash = match walk.up()? {
            Side::Left => node_hash(sibling, &hash),
            Side::Right => node_hash(&hash, sibling),
        };
    }
    walk.finish()?;
    same(&hash, root)
}

/// Checks that the tree of `to` leaves with the root `to_root` begins with the tree of `from` leaves with the root
/// `from_root`.
///
/// Between equal sizes and from the tree without leaves, which RFC 9162 leaves out, the proof must be empty and the
/// roots must be equal, or the older one that of the empty tree.
pub fn verify_consistency(
    from: u64,
    to: u64,
    proof: &[Digest],
    from_root: &Digest,
    to_root: &Digest,
) -> Result<(), ProofError> {
    if from > to {
        return Err(ProofError::Impossible);
    }
    if from == to || from == 0 {
        let expected = if from == to { to_root } else { &empty_root() };
        return if proof.is_empty() { same(expected, from_root) } else { Err(ProofError::Length) };
    }
    // An older tree that is complete is itself the first hash, and not repeated in the proof.
    let (first, rest) = match proof.split_first() {
        None => return Err(ProofError::Length),
        Some(_) if from.is_power_of_two() => (from_root, proof),
        Some(split) => split,
    };
    let mut walk = Walk { node: from - 1, last: to - 1 };
    walk.skip_right_children();
    // `fr` and `sr`: the roots of the older and of the newer tree, as far as they have come.
    let (mut older, mut newer) = (*first, *first);
    for sibling in rest {
        match walk.up()? {
            Side::Left => {
                older = node_hash(sibling, &older);
                newer = node_hash(sibling, &newer);
            }
            Side::Right => newer = node_hash(&newer, sibling),
        }
    }
    walk.finish()?;
    same(&older, from_root).and_then(|()| same(&newer, to_root))
}

fn same(found: &Digest, expected: &Digest) -> Result<(), ProofError> {
    if found == expected { Ok(()) } else { Err(ProofError::Root) }
}

/// On which side of the path a hash of the proof stands.
enum Side {
    Left,
    Right,
}

/// The way from a node to the root: `fn` and `sn`, the node's index and the last index of its level.
struct Walk {
    node: u64,
    last: u64,
}

impl Walk {
    /// One hash of the proof further up.
    fn up(&mut self) -> Result<Side, ProofError> {
        if self.last == 0 {
            return Err(ProofError::Length);
        }
        let side = if self.node % 2 == 1 {
            Side::Left
        } else if self.node == self.last {
            // The last node of a level without a sibling is moved up until it has one.
            while self.node.is_multiple_of(2) && self.node != 0 {
                self.parent();
            }
            Side::Left
        } else {
            Side::Right
        };
        self.parent();
        Ok(side)
    }

    /// Up while the node is a right child: there the older tree is complete.
    fn skip_right_children(&mut self) {
        while self.node % 2 == 1 {
            self.parent();
        }
    }

    fn parent(&mut self) {
        self.node >>= 1;
        self.last >>= 1;
    }

    /// The root must be reached exactly.
    fn finish(&self) -> Result<(), ProofError> {
        if self.last == 0 { Ok(()) } else { Err(ProofError::Length) }
    }
}
