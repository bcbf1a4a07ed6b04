//! Values that several tests start from. The digests, signatures and keys were computed with Python's `hashlib` and
//! `cryptography`, not with this crate.

use std::collections::HashMap;

use qadam_ledger::{Digest, Frontier, NodeAddress, Salt, Signer, SigningKey};
use serde_json::{Value, json};

pub(crate) const ORIGIN: &str = "qadam.example/log";

/// The key of the seed 00 01 .. 1f.
pub(crate) const FIRST_PEM: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f
-----END PRIVATE KEY-----
";
pub(crate) const FIRST_VERIFIER: &str =
    "qadam.example/log+33c1a7e1+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";

/// The key of the seed 20 21 .. 3f.
pub(crate) const SECOND_PEM: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEICAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/
-----END PRIVATE KEY-----
";
pub(crate) const SECOND_VERIFIER: &str =
    "qadam.example/log+85cf02c1+ASmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X";

/// The leaves of the test vectors of Certificate Transparency.
pub(crate) const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];

/// The roots over the first 0, 1, .. 8 of them.
pub(crate) const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

pub(crate) fn digest(hex: &str) -> Digest {
    hex.parse().unwrap()
}

/// 00 01 .. 1f.
pub(crate) fn salt() -> Salt {
    Salt::from_bytes(std::array::from_fn(|place| u8::try_from(place).unwrap()))
}

pub(crate) fn signer(pem: &str) -> Signer {
    Signer::new(ORIGIN.parse().unwrap(), SigningKey::from_pem(pem).unwrap())
}

/// A payload whose digest behind [`salt`] is [`PAYLOAD_DIGEST`].
pub(crate) fn payload() -> Value {
    json!({
        "at": "2025-02-27T10:00:00.123Z",
        "action": "item.status_changed",
        "subject": {"type": "item", "id": "3f0c9a52-7f0e-4a39-9a3c-0d3f6d1c2b11", "ref": "C-2025-0001"},
        "actor": {"role": "officer", "organisation": "GPO", "digest": "00".repeat(32)},
        "before": {"status": "announced"},
        "after": {"status": "planned", "title": {"kk": "Қадам"}},
        "reason": null,
    })
}

pub(crate) const PAYLOAD_DIGEST: &str = "7c312232e259349f08a863635637f6ae2179d87ad854eb276dc807c471649af1";

/// A tree with all that a database would hold of it.
pub(crate) struct StoredTree {
    pub(crate) frontier: Frontier,
    pub(crate) nodes: HashMap<NodeAddress, Digest>,
}

impl StoredTree {
    pub(crate) fn of(leaf_hashes: impl IntoIterator<Item = Digest>) -> Self {
        let mut tree = Self { frontier: Frontier::empty(), nodes: HashMap::new() };
        for hash in leaf_hashes {
            tree.append(hash);
        }
        tree
    }

    pub(crate) fn append(&mut self, hash: Digest) {
        for node in self.frontier.append(hash).unwrap() {
            assert_eq!(
                self.nodes.insert(node.address, node.hash),
                None,
                "{:?} is written twice",
                node.address
            );
        }
    }

    pub(crate) fn at(&self, address: NodeAddress) -> Option<Digest> {
        self.nodes.get(&address).copied()
    }
}
