//! Proofs against the test vectors of Certificate Transparency, and what must not pass for a proof.

use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_assert, proptest};
use proptest::sample::Index;
use qadam_ledger::{
    Digest, NodeAddress, PlanError, ProofError, ProofPlan, leaf_hash, verify_consistency, verify_inclusion,
};

use crate::fixtures::{LEAVES, ROOTS, StoredTree, digest};

/// Size, leaf and proof.
const INCLUSION: [(u64, u64, &[&str]); 7] = [
    (1, 0, &[]),
    (2, 0, &["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"]),
    (2, 1, &["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"]),
    (3, 2, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        5,
        1,
        &[
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
    (
        8,
        0,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        8,
        5,
        &[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
];

/// The two sizes and the proof.
const CONSISTENCY: [(u64, u64, &[&str]); 4] = [
    (1, 1, &[]),
    (
        1,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        2,
        5,
        &[
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
    (
        6,
        8,
        &[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
];

fn known_root(size: u64) -> Digest {
    digest(ROOTS[usize::try_from(size).unwrap()])
}

fn digests(hexes: &[&str]) -> Vec<Digest> {
    hexes.iter().map(|hex| digest(hex)).collect()
}

#[test]
fn inclusion_proofs_are_those_of_the_known_answers() {
    let tree = StoredTree::of(LEAVES.map(leaf_hash));
    for (size, seq, expected) in INCLUSION {
        let plan = ProofPlan::inclusion(seq, size).unwrap();
        assert_eq!(plan.complete(|address| tree.at(address)).unwrap(), digests(expected), "{seq} in {size}");
    }
}

#[test]
fn consistency_proofs_are_those_of_the_known_answers() {
    let tree = StoredTree::of(LEAVES.map(leaf_hash));
    for (from, to, expected) in CONSISTENCY {
        let plan = ProofPlan::consistency(from, to).unwrap();
        assert_eq!(plan.complete(|address| tree.at(address)).unwrap(), digests(expected), "{from} to {to}");
    }
}

#[test]
fn the_known_proofs_are_accepted_for_their_own_numbers_only() {
    for (size, seq, proof) in INCLUSION {
        let hash = leaf_hash(LEAVES[usize::try_from(seq).unwrap()]);
        for (other_size, other_seq) in (0..=9).flat_map(|size| (0..=9).map(move |seq| (size, seq))) {
            let root = known_root(size);
            let verified = verify_inclusion(other_seq, other_size, &hash, &digests(proof), &root);
            let may = same_path((seq, size), (other_seq, other_size));
            assert_eq!(verified.is_ok(), may, "{seq} in {size} as {other_seq} in {other_size}");
        }
    }
    for (from, to, proof) in CONSISTENCY {
        let verified = verify_consistency(from, to, &digests(proof), &known_root(from), &known_root(to));
        assert_eq!(verified, Ok(()), "{from} to {to}");
    }
}

/// Whether two leaves have the same siblings on the same sides, so that one proof serves both and only the signed
/// size tells them apart: the leaves and sizes of this table were found by hand.
fn same_path(one: (u64, u64), other: (u64, u64)) -> bool {
    let alike: &[&[(u64, u64)]] = &[
        &[(0, 2)],
        &[(1, 2), (2, 3), (4, 5), (8, 9)],
        &[(0, 8), (0, 7), (0, 6), (0, 5)],
        &[(1, 5), (1, 6), (1, 7), (1, 8)],
        &[(5, 7), (5, 8)],
    ];
    one == other || alike.iter().any(|group| group.contains(&one) && group.contains(&other))
}

#[test]
fn proofs_that_cannot_exist_are_refused() {
    assert_eq!(ProofPlan::inclusion(0, 0), Err(PlanError::NoSuchLeaf { seq: 0, size: 0 }));
    assert_eq!(ProofPlan::inclusion(8, 8), Err(PlanError::NoSuchLeaf { seq: 8, size: 8 }));
    assert_eq!(ProofPlan::consistency(9, 8), Err(PlanError::NotOlder { from: 9, to: 8 }));
    let (hash, root) = (leaf_hash(b""), known_root(8));
    assert_eq!(verify_inclusion(8, 8, &hash, &[], &root), Err(ProofError::Impossible));
    assert_eq!(verify_inclusion(0, 0, &hash, &[], &root), Err(ProofError::Impossible));
    assert_eq!(verify_consistency(9, 8, &[], &root, &root), Err(ProofError::Impossible));
}

#[test]
fn between_equal_sizes_and_from_nothing_only_the_roots_count() {
    let (empty, four, eight) = (known_root(0), known_root(4), known_root(8));
    assert_eq!(ProofPlan::consistency(0, 8).unwrap().complete(|_| None), Ok(vec![]));
    assert_eq!(ProofPlan::consistency(8, 8).unwrap().complete(|_| None), Ok(vec![]));
    assert_eq!(verify_consistency(0, 8, &[], &empty, &eight), Ok(()));
    assert_eq!(verify_consistency(0, 8, &[], &four, &eight), Err(ProofError::Root));
    assert_eq!(verify_consistency(0, 8, &[four], &empty, &eight), Err(ProofError::Length));
    assert_eq!(verify_consistency(8, 8, &[], &eight, &eight), Ok(()));
    assert_eq!(verify_consistency(8, 8, &[], &four, &eight), Err(ProofError::Root));
    assert_eq!(verify_consistency(8, 8, &[four], &eight, &eight), Err(ProofError::Length));
    assert_eq!(verify_consistency(4, 8, &[], &four, &eight), Err(ProofError::Length));
    assert_eq!(verify_consistency(0, 0, &[], &empty, &empty), Ok(()));
}

#[test]
fn a_missing_hash_is_named() {
    let plan = ProofPlan::inclusion(5, 8).unwrap();
    let needed: Vec<_> = plan.nodes().map(|address| (address.level, address.index)).collect();
    assert_eq!(needed, [(0, 4), (1, 3), (2, 0)]);
    let missing = NodeAddress { level: 0, index: 4 };
    assert_eq!(plan.complete(|_| None), Err(PlanError::Missing(missing)));
}

#[test]
fn a_proof_reads_few_hashes_even_of_the_largest_tree() {
    let size = (1 << 53) - 1;
    for seq in [0, 1, size / 2, size / 2 + 1, size - 2, size - 1] {
        assert!(ProofPlan::inclusion(seq, size).unwrap().nodes().count() <= 106, "inclusion of {seq}");
        let plan = ProofPlan::consistency(seq + 1, size).unwrap();
        assert!(plan.nodes().count() <= 106, "consistency from {}", seq + 1);
    }
    assert!(ProofPlan::inclusion(u64::MAX - 1, u64::MAX).unwrap().nodes().count() <= 128);
}

fn tree_of(size: u64) -> StoredTree {
    StoredTree::of((0..size).map(|number| leaf_hash(&number.to_be_bytes())))
}

fn flipped(digest: &Digest, bit: usize) -> Digest {
    let mut bytes = *digest.as_bytes();
    bytes[bit / 8] ^= 1 << (bit % 8);
    Digest::from_bytes(bytes)
}

/// A number and a size not less than it.
fn pair() -> impl Strategy<Value = (u64, u64)> {
    (1_u64..300).prop_flat_map(|size| (0..size, Just(size)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_inclusion_proof_holds_and_with_any_bit_flipped_does_not(
        (seq, size) in pair(), bit in 0_usize..256, place in any::<Index>(),
    ) {
        let tree = tree_of(size);
        let (hash, root) = (leaf_hash(&seq.to_be_bytes()), tree.frontier.root());
        let mut proof = ProofPlan::inclusion(seq, size).unwrap().complete(|address| tree.at(address)).unwrap();
        prop_assert!(verify_inclusion(seq, size, &hash, &proof, &root).is_ok());
        prop_assert!(verify_inclusion(seq, size, &flipped(&hash, bit), &proof, &root).is_err());
        prop_assert!(verify_inclusion(seq, size, &hash, &proof, &flipped(&root, bit)).is_err());
        let longer = [proof.as_slice(), &[root]].concat();
        prop_assert!(verify_inclusion(seq, size, &hash, &longer, &root).is_err());
        if !proof.is_empty() {
            let shorter = &proof[..proof.len() - 1];
            prop_assert!(verify_inclusion(seq, size, &hash, shorter, &root).is_err());
            let place = place.index(proof.len());
            proof[place] = flipped(&proof[place], bit);
            prop_assert!(verify_inclusion(seq, size, &hash, &proof, &root).is_err());
        }
    }

    #[test]
    fn a_consistency_proof_holds_and_with_any_bit_flipped_does_not(
        (from, to) in pair(), bit in 0_usize..256, place in any::<Index>(),
    ) {
        let tree = tree_of(to);
        let (older, newer) = (tree_of(from).frontier.root(), tree.frontier.root());
        let mut proof = ProofPlan::consistency(from, to).unwrap().complete(|address| tree.at(address)).unwrap();
        prop_assert!(verify_consistency(from, to, &proof, &older, &newer).is_ok());
        prop_assert!(verify_consistency(from, to, &proof, &flipped(&older, bit), &newer).is_err());
        let longer = [proof.as_slice(), &[newer]].concat();
        prop_assert!(verify_consistency(from, to, &longer, &older, &newer).is_err());
        if from > 0 {
            prop_assert!(verify_consistency(from, to, &proof, &older, &flipped(&newer, bit)).is_err());
            let shorter = &proof[..proof.len() - 1];
            prop_assert!(verify_consistency(from, to, shorter, &older, &newer).is_err());
            let place = place.index(proof.len());
            proof[place] = flipped(&proof[place], bit);
            prop_assert!(verify_consistency(from, to, &proof, &older, &newer).is_err());
        }
    }
}
