//! The tree against two independent implementations: `ct-merkle`, and the verifier in Python that outsiders use.

use std::fmt::Write as _;
use std::process::Command;

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
fn a_thousand_random_pairs_of_sizes_agree_with_two_independent_implementations() {
    let mut numbers = Numbers(2025);
    let mut pairs: Vec<(u64, u64)> = (0..PAIRS)
        .map(|_| {
            let size = 1 + numbers.below(LARGEST);
            (numbers.below(size), size)
        })
        .collect();
    pairs.sort_by_key(|&(_, size)| size);

    // What the verifier in Python is asked, and what it must answer.
    let mut asked = Asked::default();
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
        inclusion_agrees(&ours, &theirs, smaller, &mut asked);
        asked.flip(&mut numbers);
        consistency_agrees(&ours, &theirs, &their_roots, smaller + 1, &mut asked);
        asked.flip(&mut numbers);
    }
    asked.of_python();
}

fn inclusion_agrees(
    ours: &StoredTree,
    theirs: &MemoryBackedTree<Sha256, Vec<u8>>,
    seq: u64,
    asked: &mut Asked,
) {
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
    asked.note("inclusion", (seq, size), &proof, &leaf_hash(&leaf), &ours.frontier.root());
}

fn consistency_agrees(
    ours: &StoredTree,
    theirs: &MemoryBackedTree<Sha256, Vec<u8>>,
    their_roots: &[RootHash<Sha256>],
    from: u64,
    asked: &mut Asked,
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
    asked.note("consistency", (from, to), &proof, &older, &ours.frontier.root());
}

/// Questions to the verifier in Python, a line each.
#[derive(Default)]
struct Asked {
    lines: String,
    /// The last of them, in parts: kind, numbers and digests in hexadecimal.
    last: Option<(&'static str, (u64, u64), Vec<String>)>,
}

impl Asked {
    /// A proof that holds: of a leaf or of an older root, in a newer one.
    fn note(
        &mut self,
        kind: &'static str,
        numbers: (u64, u64),
        proof: &[Digest],
        of: &Digest,
        root: &Digest,
    ) {
        let digests = [of, root].into_iter().chain(proof).map(ToString::to_string).collect();
        self.last = Some((kind, numbers, digests));
        self.write(true);
    }

    /// The last proof with a bit of it flipped, which does not hold.
    fn flip(&mut self, numbers: &mut Numbers) {
        let Some((_, _, digests)) = &mut self.last else { return };
        let place = usize::try_from(numbers.below(digests.len() as u64)).unwrap();
        let mut bytes = *digests[place].parse::<Digest>().unwrap().as_bytes();
        let bit = usize::try_from(numbers.below(256)).unwrap();
        bytes[bit / 8] ^= 1 << (bit % 8);
        digests[place] = Digest::from_bytes(bytes).to_string();
        self.write(false);
    }

    fn write(&mut self, holds: bool) {
        let Some((kind, (one, other), digests)) = &self.last else { return };
        writeln!(self.lines, "{holds} {kind} {one} {other} {}", digests.join(" ")).unwrap();
    }

    /// Asks.
    fn of_python(&self) {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/verifier");
        let questions = std::env::temp_dir().join(format!("qadam-proofs-{}", std::process::id()));
        std::fs::write(&questions, &self.lines).unwrap();
        let output = Command::new("python3")
            .args(["-B", "-c", PROOFS, folder])
            .arg(&questions)
            .output()
            .expect("python3 is installed: the verifier that outsiders use is written in it");
        std::fs::remove_file(&questions).unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(said.trim(), format!("{} hold, {} do not", 2 * PAIRS, 2 * PAIRS));
    }
}

/// Reads the questions and compares the answers. The folder of the verifier and the file of the questions come behind.
const PROOFS: &str = r#"
import sys
sys.path.insert(0, sys.argv[1])
from qadam_verify import is_consistent, is_included
counts = {True: 0, False: 0}
for line in open(sys.argv[2]):
    holds, kind, one, other, *digests = line.split()
    of, root, *proof = map(bytes.fromhex, digests)
    if kind == "inclusion":
        answer = is_included(int(one), int(other), of, proof, root)
    else:
        answer = is_consistent(int(one), int(other), proof, of, root)
    if answer != (holds == "true"):
        sys.exit(f"{answer} where {holds} is right: {line}")
    counts[answer] += 1
print(f"{counts[True]} hold, {counts[False]} do not")
"#;
