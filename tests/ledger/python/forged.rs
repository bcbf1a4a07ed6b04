//! What was kept of a register, tampered with in one way at a time: the verifier goes red each time, and says where.

use std::path::Path;
use std::sync::Mutex;

use qadam_ledger::{Checkpoint, Frontier, Leaf, Payload, Receipt, Salt, Signer, SigningKey, commit};
use qadam_tests::{Left, TestRegister};
use serde_json::{Value, json};

use super::{VERIFIER, keep, python};
use crate::story;

/// A ledger as it is served to everybody.
#[derive(Debug, Clone, Default)]
struct Said {
    entries: Vec<Value>,
    keys: Value,
    checkpoint: String,
}

impl Said {
    async fn by(register: &TestRegister) -> Self {
        let anonymous = register.anonymous();
        let page = anonymous.get("/ledger/entries?limit=1000").await.expect(200);
        let keys = anonymous.get("/ledger/keys").await.expect(200);
        Self {
            entries: page["items"].as_array().unwrap().clone(),
            keys: json!({"items": keys["items"]}),
            checkpoint: anonymous.get("/ledger/checkpoint").await.text(),
        }
    }

    fn keep(&self, folder: &Path) {
        keep(folder, &self.entries, &self.keys, &self.checkpoint);
    }

    /// The number of an open entry whose payload is served, and that no other one depends on.
    fn opened(&self) -> usize {
        let is_plain = |entry: &Value| {
            let payload = &entry["payload"];
            payload["after"].is_object() && payload["withheld"].is_null() && payload["redacted"].is_null()
        };
        self.entries.iter().rposition(is_plain).unwrap()
    }

    /// An entry that is sealed.
    fn sealed(&self) -> usize {
        self.entries.iter().position(|entry| entry["leaf"]["sealed"] == json!(true)).unwrap()
    }

    /// Lets an entry say something else, with a digest that fits.
    fn forge(&mut self, seq: usize) {
        let entry = &mut self.entries[seq];
        entry["payload"]["after"]["status"] = json!("done");
        let salt: Salt = entry["salt"].as_str().unwrap().parse().unwrap();
        let digest = commit(&salt, &entry["payload"]).unwrap();
        Payload::from_json(&entry["payload"]).unwrap();
        entry["leaf"]["digest"] = json!(digest.to_string());
    }

    /// Signs what the entries now add up to.
    fn sign(&mut self, signer: &Signer) {
        let mut frontier = Frontier::empty();
        for entry in &self.entries {
            let leaf = Leaf::from_json(entry["leaf"].clone()).unwrap();
            frontier.append(leaf.hash().unwrap()).unwrap();
        }
        let origin = signer.verifier().name().clone();
        let checkpoint = Checkpoint { origin, size: frontier.size(), root: frontier.root() };
        self.checkpoint = checkpoint.sign(&[signer]).unwrap().to_string();
    }
}

struct Scene {
    folder: tempfile::TempDir,
    older: Said,
    truth: Said,
    signer: Signer,
}

impl Scene {
    async fn new() -> Self {
        let left = Left::on_sqlite().await;
        let said = Mutex::new(Vec::new());
        left.go_on(async |register| {
            story::first_weeks(register).await;
            story::next_weeks(register).await;
            let older = Said::by(register).await;
            story::last_days(register).await;
            *said.lock().unwrap() = vec![older, Said::by(register).await];
        })
        .await;
        let mut said = said.into_inner().unwrap();
        let (truth, older) = (said.pop().unwrap(), said.pop().unwrap());
        let pem = std::fs::read_to_string(left.folder().join("keys/ledger.pem")).unwrap();
        let name = truth.checkpoint.lines().next().unwrap().parse().unwrap();
        let signer = Signer::new(name, SigningKey::from_pem(&pem).unwrap());
        left.remove().await;
        let folder = tempfile::tempdir().unwrap();
        older.keep(&folder.path().join("older"));
        Self { folder, older, truth, signer }
    }

    /// What the verifier says of a ledger that is held against the older copy, or against what else is named.
    fn told(&self, said: &Said, more: &[&str]) -> (Option<i32>, String) {
        let folder = self.folder.path().join("said");
        said.keep(&folder);
        let older = self.folder.path().join("older");
        let key = self.signer.verifier().to_string();
        let mut arguments = vec![folder.to_str().unwrap(), "--key", &key];
        let since = ["--since", older.to_str().unwrap()];
        let since = if more.contains(&"--since") { &[][..] } else { &since[..] };
        arguments.extend(since.iter().chain(more));
        let told = python(Path::new(VERIFIER), &arguments);
        (told.code, told.line)
    }

    /// Tampers with the truth in one way, and expects what is said of it.
    fn refuses(&self, tamper: impl FnOnce(&mut Said), words: &str) {
        let mut said = self.truth.clone();
        tamper(&mut said);
        let (code, line) = self.told(&said, &[]);
        assert!(
            code == Some(1) && line.starts_with("NOT verified: ") && line.contains(words),
            "{words}: {line}"
        );
    }
}

#[tokio::test]
async fn whatever_is_tampered_with_is_found_and_named() {
    let scene = Scene::new().await;
    let (truth, signer) = (&scene.truth, &scene.signer);
    let (code, line) = scene.told(truth, &[]);
    assert!(code == Some(0) && line.contains("payloads are withheld, each by a later entry"), "{line}");
    let (open, sealed) = (truth.opened(), truth.sealed());
    let kept = scene.older.entries.len();
    let of = |seq: usize, what: &str| format!("entry {seq}{what}");

    let other_digest = of(open, ": the payload is not the one that the digest was made of");
    scene.refuses(|said| said.entries[open]["payload"]["after"]["status"] = json!("done"), &other_digest);
    scene.refuses(|said| said.entries[open]["salt"] = json!("00".repeat(32)), &other_digest);
    scene.refuses(|said| said.entries[open]["payload"]["after"] = json!(1.5), "is not an integer below 2^53");
    scene.refuses(|said| remove(said, open, &["salt"]), &of(open, " has only one of salt and payload"));
    scene.refuses(
        |said| remove(said, open, &["salt", "payload"]),
        &of(open, " is broken: the payload is missing"),
    );
    scene.refuses(
        |said| said.entries[open]["leaf"]["action"] = json!("item.edited2"),
        &of(open, ": the leaf does not describe"),
    );
    scene.refuses(
        |said| said.entries[sealed]["leaf"]["action"] = json!("item.filed"),
        &of(sealed, ": a sealed leaf tells more"),
    );
    scene.refuses(
        |said| said.entries[open]["leaf"]["more"] = json!(1),
        &of(open, ": the leaf does not have its seven"),
    );
    scene.refuses(|said| drop(said.entries.remove(sealed)), &of(sealed + 1, " stands where entry"));
    scene.refuses(|said| said.entries.swap(kept, kept + 1), &of(kept + 1, " stands where entry"));
    scene.refuses(|said| drop(said.entries.pop()), "entries, ");
    scene.refuses(|said| said.forge(open), "entries are not those that the checkpoint covers");
    scene.refuses(|said| said.checkpoint = said.checkpoint.replace('\n', "\r\n"), "no signed note");
    let size = format!("\n{}\n", truth.entries.len());
    scene.refuses(|said| said.checkpoint = said.checkpoint.replace(&size, "\n7\n"), "the signature by");
    let stranger = Signer::new(signer.verifier().name().clone(), SigningKey::generate().unwrap());
    scene.refuses(|said| said.sign(&stranger), "not signed by a known key");
    scene.refuses(
        |said| {
            said.sign(&stranger);
            said.keys["items"][0]["key"] = json!(stranger.verifier().to_string());
        },
        "not signed by a known key",
    );
}

/// Takes members out of an entry.
fn remove(said: &mut Said, seq: usize, members: &[&str]) {
    for member in members {
        said.entries[seq].as_object_mut().unwrap().remove(*member);
    }
}

#[tokio::test]
async fn a_ledger_that_was_rewritten_and_signed_anew_is_found_by_what_somebody_kept() {
    let scene = Scene::new().await;
    let kept = scene.older.entries.len();
    let open = scene.older.opened();
    let mut rewritten = scene.truth.clone();
    rewritten.forge(open);
    rewritten.sign(&scene.signer);
    // Whoever kept nothing cannot see it.
    let (code, line) = scene.told(&rewritten, &["--since", ""]);
    assert!(code == Some(0), "{line}");
    let (code, line) = scene.told(&rewritten, &[]);
    assert_eq!(
        (code, line),
        (Some(1), format!("NOT verified: rewritten: entry {open} is not the one that was kept"))
    );
    let note = scene.folder.path().join("older/checkpoint");
    let (code, line) = scene.told(&rewritten, &["--since", note.to_str().unwrap()]);
    let among = format!("rewritten: one of the entries 0 to {} is not as the earlier checkpoint", kept - 1);
    assert!(code == Some(1) && line.contains(&among), "{line}");
    // The older one, in the newer one's place.
    let newer = scene.folder.path().join("newer");
    scene.truth.keep(&newer);
    let (code, line) = scene.told(&scene.older, &["--since", newer.to_str().unwrap()]);
    assert!(
        code == Some(1) && line.contains(&format!("rolled back: the ledger has {kept} entries")),
        "{line}"
    );
}

#[tokio::test]
async fn a_receipt_shows_where_a_filing_is_or_that_it_was_dropped() {
    let scene = Scene::new().await;
    let digest = |seq: usize| scene.truth.entries[seq]["leaf"]["digest"].as_str().unwrap().to_owned();
    let receipt = |digest: &str, until: &str| {
        let receipt = Receipt {
            origin: scene.signer.verifier().name().clone(),
            subject: "3f0c9a52-7f0e-4a39-9a3c-0d3f6d1c2b11".parse().unwrap(),
            digest: digest.parse().unwrap(),
            salt: Salt::from_bytes([9; 32]),
            day: "2026-03-01".parse().unwrap(),
            admitted_by: until.parse().unwrap(),
        };
        receipt.sign(&[&scene.signer]).unwrap().to_string()
    };
    let told = |receipt: &str| {
        let path = scene.folder.path().join("receipt");
        std::fs::write(&path, receipt).unwrap();
        scene.told(&scene.truth, &["--receipt", path.to_str().unwrap()])
    };
    let sealed = scene.truth.sealed();
    let there = receipt(&digest(sealed), "2026-03-03");
    let (code, line) = told(&there);
    assert!(code == Some(0) && line.contains(&format!("the receipt's filing is entry {sealed}")), "{line}");
    let (code, line) = told(&receipt(&"22".repeat(32), "2999-01-01"));
    assert!(code == Some(0) && line.contains("the receipt's filing waits"), "{line}");
    let (code, line) = told(&receipt(&"22".repeat(32), "2026-03-03"));
    assert!(code == Some(1) && line.contains("the receipt proves that the filing was dropped"), "{line}");
    let (code, line) = told(&there.replace("day: 2026-03-01", "day: 2026-03-02"));
    assert!(code == Some(1) && line.contains("the signature by"), "{line}");
}
