//! Making proofs from stored hashes (RFC 9162 sections 2.1.3.1 and 2.1.4.1).
//!
//! A proof needs a handful of the hashes that storage holds. So that an asynchronous caller can fetch them all in one
//! query, and this crate needs to know nothing of queries, a proof is made in two steps: [`ProofPlan::nodes`] says
//! which hashes are needed, [`ProofPlan::complete`] makes the proof of them.

use crate::tree::{complete_subtrees, fold};
use crate::{Digest, NodeAddress};

/// A proof cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The leaf is not in a tree of that size.
    #[error("there is no leaf {seq} in a tree of {size} leaves")]
    NoSuchLeaf {
        /// The leaf asked for.
        seq: u64,
        /// The size of the tree asked for.
        size: u64,
    },
    /// The older tree is larger than the newer.
    #[error("a tree of {from} leaves is not older than one of {to}")]
    NotOlder {
        /// The size of the older tree.
        from: u64,
        /// The size of the newer tree.
        to: u64,
    },
    /// The storage lacks the hash of a complete subtree.
    #[error("the hash of the node at level {} and index {} is missing", .0.level, .0.index)]
    Missing(NodeAddress),
}

/// Which stored hashes make up a proof, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofPlan {
    /// One element for each hash of the proof: the complete subtrees to fold into it.
    hashes: Vec<Vec<NodeAddress>>,
}

impl ProofPlan {
    /// The proof that the leaf `seq` is in the tree of the first `size` leaves.
    pub fn inclusion(seq: u64, size: u64) -> Result<Self, PlanError> {
        if seq >= size {
            return Err(PlanError::NoSuchLeaf { seq, size });
        }
        Ok(Self::descending(size, |start, split, end| {
            if end - start == 1 {
                Step::Stop
            } else if seq < split {
                Step::Left
            } else {
                Step::Right
            }
        }))
    }

    /// The proof that the tree of the first `to` leaves begins with the tree of the first `from` leaves.
    ///
    /// It is empty where there is nothing to prove: between equal sizes, and from the tree without leaves.
    pub fn consistency(from: u64, to: u64) -> Result<Self, PlanError> {
        if from > to {
            return Err(PlanError::NotOlder { from, to });
        }
        if from == 0 || from == to {
            return Ok(Self { hashes: Vec::new() });
        }
        let mut inner = 0;
        let mut plan = Self::descending(to, |start, split, end| {
            inner = start;
            if end == from {
                Step::Stop
            } else if from <= split {
                Step::Left
            } else {
                Step::Right
            }
        });
        // The walk ends at the last subtree of the older tree. If that is the older tree itself, the verifier has it.
        if inner != 0 {
            plan.hashes.insert(0, complete_subtrees(inner, from));
        }
        Ok(plan)
    }

    /// Walks from the root down and collects the siblings passed by, the deepest first. `step` is asked at each
    /// subtree, given where it begins, where its right half begins, and where it ends.
    fn descending(size: u64, mut step: impl FnMut(u64, u64, u64) -> Step) -> Self {
        let (mut start, mut end) = (0, size);
        let mut hashes = Vec::new();
        loop {
            // The left half is the largest complete subtree that leaves something for the right half.
            let split = start + (end - start).div_ceil(2).next_power_of_two();
            match step(start, split, end) {
                Step::Stop => break,
                Step::Left => {
                    hashes.push(complete_subtrees(split, end));
                    end = split;
                }
                Step::Right => {
                    hashes.push(complete_subtrees(start, split));
                    start = split;
                }
            }
        }
        hashes.reverse();
        Self { hashes }
    }

    /// Which stored hashes are needed, each once.
    pub fn nodes(&self) -> impl Iterator<Item = NodeAddress> + '_ {
        self.hashes.iter().flatten().copied()
    }

    /// Makes the proof, given the stored hashes.
    pub fn complete(
        &self,
        hash_at: impl Fn(NodeAddress) -> Option<Digest>,
    ) -> Result<Vec<Digest>, PlanError> {
        let mut proof = Vec::with_capacity(self.hashes.len());
        for addresses in &self.hashes {
            let hashes = addresses
                .iter()
                .map(|&address| hash_at(address).ok_or(PlanError::Missing(address)))
                .collect::<Result<Vec<_>, _>>()?;
            proof.extend(fold(hashes.into_iter()));
        }
        Ok(proof)
    }
}

/// Where a walk down the tree goes next.
enum Step {
    Left,
    Right,
    Stop,
}
