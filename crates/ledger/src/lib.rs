//! The tamper-evident ledger, as far as it can be computed from values alone.
//!
//! Every change of a record is one *entry*. What is public about it for ever is its [`Leaf`]; what was changed is
//! its [`Payload`], which only those may read who may see the subject. The leaf commits to the payload through a
//! salted [`Digest`], so a payload can be withheld or deleted and the tree still proves that nothing else moved.
//! The leaves form an RFC 9162 Merkle tree; its size and root, signed, are a [`Checkpoint`]; whoever keeps one can
//! later prove that no earlier change was rewritten or dropped, by the operator least of all.
//!
//! Nothing here reads a file, a database or a clock. The layers above bring the bytes:
//!
//! | who | uses |
//! | --- | --- |
//! | writing an entry | [`Payload`], [`Salt`], [`actor_digest`], [`Leaf`], [`Frontier::append`] |
//! | serving proofs | [`ProofPlan`]: says which stored [`NodeAddress`]es it needs, then folds their hashes |
//! | signing | [`Signer`], [`Checkpoint::sign`], [`Receipt::sign`] |
//! | replacing the key | [`Rotation::sign`]; [`successors`] and [`predecessors`] follow from a key that is trusted |
//! | verifying | [`verify_inclusion`], [`verify_consistency`], [`Checkpoint::open`], [`Receipt::open`], [`Replay`] |
//!
//! # Formats
//!
//! - JSON is hashed in the form of RFC 8785 ([`canonical_json`]), with integers below 2^53 as the only numbers.
//! - The tree is that of RFC 9162 section 2.1: SHA-256, prefix `0x00` for leaves, `0x01` for nodes.
//! - Checkpoints and receipts are C2SP signed notes (<https://c2sp.org/signed-note>), Ed25519; a checkpoint's body is
//!   that of <https://c2sp.org/tlog-checkpoint>.
//!
//! # Example
//!
//! Two entries are admitted, the log signs for both, and a reader who trusts its key checks that the first is there.
//!
//! ```
//! use std::collections::HashMap;
//!
//! use qadam_ledger::{
//!     Checkpoint, Digest, Frontier, KeyName, Leaf, ProofPlan, Signer, SigningKey, verify_inclusion,
//! };
//!
//! # fn main() -> Result<(), qadam_ledger::Error> {
//! let origin: KeyName = "qadam.example/log".parse()?;
//! let first = Leaf::sealed(0, "2026-03-01".parse()?, Digest::from_bytes([1; 32]))?;
//! let second = Leaf::sealed(1, "2026-03-01".parse()?, Digest::from_bytes([2; 32]))?;
//!
//! // The writer stores the nodes that each leaf completes.
//! let mut stored = HashMap::new();
//! let mut frontier = Frontier::load(0, |address| stored.get(&address).copied())?;
//! for leaf in [&first, &second] {
//!     stored.extend(frontier.append(leaf.hash()?)?.into_iter().map(|node| (node.address, node.hash)));
//! }
//! let signer = Signer::new(origin.clone(), SigningKey::generate()?);
//! let note = Checkpoint { origin, size: frontier.size(), root: frontier.root() }.sign(&[&signer])?;
//!
//! // A proof names the nodes it needs before it is made.
//! let plan = ProofPlan::inclusion(0, 2)?;
//! assert_eq!(plan.nodes().count(), 1);
//! let proof = plan.complete(|address| stored.get(&address).copied())?;
//!
//! let checkpoint = Checkpoint::open(&note, &[signer.verifier().clone()])?;
//! verify_inclusion(0, checkpoint.size, &first.hash()?, &proof, &checkpoint.root)?;
//! # Ok(())
//! # }
//! ```

mod canonical;
mod checkpoint;
mod entry;
mod error;
mod failure;
mod hash;
mod hex;
mod kept;
mod key;
mod leaf;
mod moment;
mod note;
mod payload;
mod plan;
mod proof;
mod receipt;
mod replay;
mod rotation;
mod salt;
mod signer;
mod states;
mod subject;
mod suspects;
mod tree;

pub use canonical::{CanonicalError, MAX_DEPTH, MAX_INTEGER, canonical_json};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use entry::Entry;
pub use error::Error;
pub use failure::Failure;
pub use hash::Digest;
pub use hex::HexError;
pub use kept::{Kept, KeptError};
pub use key::{KeyError, PrivatePem, SigningKey, VerifyingKey};
pub use leaf::{Admission, Leaf, LeafError};
pub use moment::{Day, Instant, Moment, MomentError};
pub use note::{MAX_NOTE_LENGTH, MAX_SIGNATURES, NoteError, SignedNote, Verified};
pub use payload::{Payload, PayloadActor, PayloadError};
pub use plan::{PlanError, ProofPlan};
pub use proof::{ProofError, verify_consistency, verify_inclusion};
pub use receipt::{Receipt, ReceiptError, Standing};
pub use replay::{Replay, Summary};
pub use rotation::{Rotation, RotationError, predecessors, successors};
pub use salt::{Salt, actor_digest, commit};
pub use signer::{KeyName, Signer, Verifier};
pub use states::{LastState, LastStates};
pub use subject::{CIVIL_SOCIETY_ROLE, Description, LeafActor, Subject};
pub use suspects::Suspects;
pub use tree::{Frontier, Node, NodeAddress, TreeError, empty_root, leaf_hash, node_hash};
