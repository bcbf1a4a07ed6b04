//! The tree against the test vectors of Certificate Transparency.

use qadam_ledger::{Frontier, MAX_INTEGER, Node, NodeAddress, TreeError, empty_root, leaf_hash, node_hash};

use crate::fixtures::{LEAVES, ROOTS, StoredTree, digest};

#[test]
fn hashes_of_leaf_node_and_nothing_are_those_of_the_known_answers() {
    assert_eq!(leaf_hash(b""), digest("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"));
    assert_eq!(
        leaf_hash(b"L123456"),
        digest("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")
    );
    assert_eq!(
        node_hash(&leaf_hash(b""), &leaf_hash(b"\x00")),
        digest("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")
    );
    assert_eq!(empty_root(), digest("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

#[test]
fn the_roots_of_the_first_nine_sizes_are_those_of_the_known_answers() {
    let mut frontier = Frontier::empty();
    for (size, root) in ROOTS.iter().enumerate() {
        assert_eq!((frontier.size(), frontier.root()), (size as u64, digest(root)));
        if let Some(leaf) = LEAVES.get(size) {
            frontier.append(leaf_hash(leaf)).unwrap();
        }
    }
}

#[test]
fn appending_tells_which_subtrees_are_complete() {
    let mut frontier = Frontier::empty();
    let appended: Vec<Vec<Node>> =
        LEAVES.iter().take(4).map(|leaf| frontier.append(leaf_hash(leaf)).unwrap()).collect();
    let addresses: Vec<Vec<(u32, u64)>> = appended
        .iter()
        .map(|nodes| nodes.iter().map(|node| (node.address.level, node.address.index)).collect())
        .collect();
    assert_eq!(addresses, [vec![(0, 0)], vec![(0, 1), (1, 0)], vec![(0, 2)], vec![(0, 3), (1, 1), (2, 0)]]);
    assert_eq!(appended[0][0].hash, digest(ROOTS[1]));
    assert_eq!(appended[1][1].hash, digest(ROOTS[2]));
    assert_eq!(appended[3][2].hash, digest(ROOTS[4]));
}

#[test]
fn a_frontier_asks_for_one_hash_for_each_bit_of_the_size() {
    let at = |level, index| NodeAddress { level, index };
    assert_eq!(Frontier::addresses(0), []);
    assert_eq!(Frontier::addresses(1), [at(0, 0)]);
    assert_eq!(Frontier::addresses(6), [at(2, 0), at(1, 2)]);
    assert_eq!(Frontier::addresses(7), [at(2, 0), at(1, 2), at(0, 6)]);
    assert_eq!(Frontier::addresses(1 << 52), [at(52, 0)]);
    assert_eq!(Frontier::addresses(MAX_INTEGER).len(), 53);
}

#[test]
fn a_loaded_frontier_goes_on_where_the_tree_was_left() {
    let hashes: Vec<_> = (0_u32..100).map(|number| leaf_hash(&number.to_be_bytes())).collect();
    let mut tree = StoredTree::of([]);
    for (size, hash) in hashes.into_iter().enumerate() {
        let loaded = Frontier::load(size as u64, |address| tree.at(address)).unwrap();
        assert_eq!(loaded, tree.frontier);
        tree.append(hash);
    }
}

#[test]
fn a_missing_hash_is_named() {
    let tree = StoredTree::of(LEAVES.map(leaf_hash));
    let missing = NodeAddress { level: 1, index: 2 };
    let loaded = Frontier::load(7, |address| tree.at(address).filter(|_| address != missing));
    assert_eq!(loaded, Err(TreeError::Missing(missing)));
}

#[test]
fn a_full_tree_takes_no_leaf() {
    let hash = leaf_hash(b"");
    let mut frontier = Frontier::load(MAX_INTEGER, |_| Some(hash)).unwrap();
    assert_eq!(frontier.append(hash).unwrap().len(), 54);
    assert_eq!(frontier.append(hash), Err(TreeError::Full));
    assert_eq!(frontier.size(), MAX_INTEGER + 1);
}
