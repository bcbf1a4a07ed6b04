//! The tree against an independent implementation, `ct-merkle`.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use qadam_ledger::{Digest, ProofPlan, leaf_hash, verify_consistency, verify_inclusion};
use sha2::Sha256;

use crate::fixtures::StoredTree;

const PAIRS: usize = 1_000;
const LARGEST: u64 = 2_000;

/// Numbers that look random and are the same in every run (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

fn bytes(proof: &[Digest]) -> Vec<u8> {
    proof.iter().flat_map(|digest| *digest.as_bytes()).collect()
}

/// What the other implementation made, as ours reads it.
fn digests(bytes: &[u8]) -> Vec<Digest> {
    bytes.chunks_exact(32).map(|chunk| Digest::from_bytes(chunk.try_into().unwrap())).collect()
}

#[test]
fn a_thousand_random_pairs_of_sizes_agree_with_an_independent_implementation() {
    let mut numbers = Numbers(2025);
    let mut pairs: Vec<(u64, u64)> = (0..PAIRS)
        .map(|_| {
            let size = 1 + numbers.below(LARGEST);
            (numbers.below(size), size)
        })
        .collect();
    pairs.sort_by_key(|&(_, size)| size);

    let mut ours = StoredTree::of([]);
    let mut theirs = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let mut their_roots = vec![theirs.root()];
    for (smaller, size) in pairs {
        while ours.frontier.size() < size {
            let leaf = ours.frontier.size().to_be_bytes().to_vec();
            ours.append(leaf_hash(&leaf));
            theirs.push(leaf);
            their_roots.push(theirs.root());
        }
        let root = ours.frontier.root();
        assert_eq!(root.as_bytes().as_slice(), theirs.root().as_bytes().as_slice(), "root at {size}");
        inclusion_agrees(&ours, &theirs, smaller);
        consistency_agrees(&ours, &theirs, &their_roots, smaller + 1);
    }
}

fn inclusion_agrees(ours: &StoredTree, theirs: &MemoryBackedTree<Sha256, Vec<u8>>, seq: u64) {
    let size = ours.frontier.size();
    let proof = ProofPlan::inclusion(seq, size).unwrap().complete(|address| ours.at(address)).unwrap();
    let expected = theirs.prove_inclusion(usize::try_from(seq).unwrap());
    assert_eq!(bytes(&proof), expected.as_bytes(), "inclusion of {seq} in {size}");

    let leaf = seq.to_be_bytes().to_vec();
    let verified =
        verify_inclusion(seq, size, &leaf_hash(&leaf), &digests(expected.as_bytes()), &ours.frontier.root());
    assert_eq!(verified, Ok(()));
    let read = InclusionProof::<Sha256>::try_from_bytes(bytes(&proof)).unwrap();
    theirs.root().verify_inclusion(&leaf, seq, &read).unwrap();
}

fn consistency_agrees(
    ours: &StoredTree,
    theirs: &MemoryBackedTree<Sha256, Vec<u8>>,
    their_roots: &[RootHash<Sha256>],
    from: u64,
) {
    let to = ours.frontier.size();
    let proof = ProofPlan::consistency(from, to).unwrap().complete(|address| ours.at(address)).unwrap();
    let expected = theirs.prove_consistency(usize::try_from(to - from).unwrap());
    assert_eq!(bytes(&proof), expected.as_bytes(), "consistency of {from} with {to}");

    let their_older = &their_roots[usize::try_from(from).unwrap()];
    let older = Digest::from_bytes(their_older.as_bytes().as_slice().try_into().unwrap());
    let verified = verify_consistency(from, to, &digests(expected.as_bytes()), &older, &ours.frontier.root());
    assert_eq!(verified, Ok(()));
    let read = ConsistencyProof::<Sha256>::try_from_bytes(bytes(&proof)).unwrap();
    theirs.root().verify_consistency(their_older, &read).unwrap();
}
