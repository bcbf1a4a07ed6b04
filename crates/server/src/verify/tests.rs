//! Verifying a small server that lies in one way at a time.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as Segment, Query, State};
use axum::routing::get;
use qadam_ledger::{
    Checkpoint, Day, Frontier, Leaf, Moment, Payload, PayloadActor, Receipt, Rotation, Salt, SignedNote,
    Signer, SigningKey, Subject,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::remote::{Given, verify};
use crate::config::Limits;
use crate::shutdown::{StopSwitch, switch};

const ORIGIN: &str = "register.example/ledger";
const PROPOSAL: &str = "3f0c9a52-7f0e-4a39-9a3c-0d3f6d1c2b11";
const MINISTRY: &str = "5a1f9a52-7f0e-4a39-9a3c-0d3f6d1c2b22";

/// Everything that the server says.
#[derive(Clone)]
struct Said {
    key: String,
    keys: Vec<Value>,
    checkpoint: String,
    entries: Vec<Value>,
    items: Vec<Value>,
    organisations: Vec<Value>,
    terms: Vec<Value>,
}

fn signer() -> Signer {
    let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n\
               -----END PRIVATE KEY-----\n";
    Signer::new(ORIGIN.parse().unwrap(), SigningKey::from_pem(pem).unwrap())
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn payload(kind: &str, id: &str, after: Value) -> Payload {
    Payload {
        at: Moment::Day(day("2026-03-01")),
        action: format!("{kind}.changed"),
        subject: Subject { kind: kind.to_owned(), id: id.to_owned(), reference: None },
        actor: PayloadActor {
            role: "system".to_owned(),
            organisation: None,
            digest: "00".repeat(32).parse().unwrap(),
        },
        before: Value::Null,
        after,
        reason: Value::Null,
        withheld: Vec::new(),
        redacted: Vec::new(),
    }
}

fn organisation() -> Value {
    json!({"id": MINISTRY, "code": "MOH", "names": [{"name": {"ru": "Минздрав"}}], "parent": null})
}

fn term() -> Value {
    json!({"vocabulary": "themes", "code": "health", "place": 0, "name": {"en": "Health"}, "data": {}})
}

/// The proposal as the ledger has it.
fn proposal() -> Value {
    json!({
        "id": PROPOSAL, "ref": "P-2026-0001", "kind": "proposal", "status": "under_review",
        "title": {"ru": "Врачи"}, "owners": [{"organisation": "MOH", "role": "lead"}],
    })
}

/// The proposal as it is served.
fn served() -> Value {
    json!({
        "id": PROPOSAL, "ref": "P-2026-0001", "kind": "proposal", "status": "under_review",
        "title": {"ru": "Врачи"}, "filed_by": null, "overdue": false, "updated_at": "2026-03-01T00:00:00.000Z",
        "owners": [{"organisation": {"id": MINISTRY, "code": "MOH", "name": {}, "url": ""}, "role": "lead"}],
    })
}

/// A tree over open entries, and a sealed one at its end.
fn recorded(records: &[(&str, &str, Value)]) -> (Vec<Value>, Frontier) {
    let mut frontier = Frontier::empty();
    let salt = Salt::from_bytes([7; 32]);
    let mut entries = Vec::new();
    for (kind, id, after) in records {
        let payload = payload(kind, id, after.clone());
        let seq = frontier.size();
        let digest = payload.commit(&salt).unwrap();
        let leaf = Leaf::open(seq, Moment::Day(day("2026-03-01")), payload.description(), digest).unwrap();
        frontier.append(leaf.hash().unwrap()).unwrap();
        entries.push(json!({"leaf": leaf, "salt": salt.to_hex(), "payload": payload.to_json().unwrap()}));
    }
    let sealed = Leaf::sealed(frontier.size(), day("2026-03-02"), sealed_digest()).unwrap();
    frontier.append(sealed.hash().unwrap()).unwrap();
    entries.push(json!({"leaf": sealed}));
    (entries, frontier)
}

fn sealed_digest() -> qadam_ledger::Digest {
    "11".repeat(32).parse().unwrap()
}

fn checkpoint(frontier: &Frontier) -> String {
    let checkpoint =
        Checkpoint { origin: ORIGIN.parse().unwrap(), size: frontier.size(), root: frontier.root() };
    checkpoint.sign(&[&signer()]).unwrap().to_string()
}

impl Said {
    fn truth() -> Self {
        Self::over(&[
            ("organisation", MINISTRY, organisation()),
            ("vocabulary_term", "themes/health", term()),
            ("item", PROPOSAL, proposal()),
        ])
    }

    fn over(records: &[(&str, &str, Value)]) -> Self {
        let (entries, frontier) = recorded(records);
        Self {
            key: signer().verifier().to_string(),
            keys: vec![json!({"key": signer().verifier().to_string(), "rotation": null})],
            checkpoint: checkpoint(&frontier),
            entries,
            items: vec![served()],
            organisations: vec![organisation()],
            terms: vec![term()],
        }
    }

    async fn verified(self) -> String {
        self.verified_with(None, None, None).await
    }

    /// The line that verifying ends with.
    async fn verified_with(self, key: Option<&str>, since: Option<&Path>, receipt: Option<&Path>) -> String {
        let (address, _switch) = self.served().await;
        match verify(&address, &Given { key, since, receipt }).await {
            Ok(proof) => proof.to_string(),
            Err(doubt) => doubt.to_string(),
        }
    }

    async fn served(self) -> (String, StopSwitch) {
        let list = |items: fn(&Said) -> &Vec<Value>| {
            get(async move |State(said): State<Arc<Said>>| axum::Json(json!({"items": items(&said)})))
        };
        let router = Router::new()
            .route("/api/v1/ledger/key", get(async |State(said): State<Arc<Self>>| said.key.clone()))
            .route(
                "/api/v1/ledger/checkpoint",
                get(async |State(said): State<Arc<Self>>| said.checkpoint.clone()),
            )
            .route("/api/v1/ledger/keys", list(|said| &said.keys))
            .route("/api/v1/ledger/entries", get(entries))
            .route("/api/v1/items", list(|said| &said.items))
            .route("/api/v1/meetings", get(async || axum::Json(json!({"items": []}))))
            .route("/api/v1/organisations", list(|said| &said.organisations))
            .route("/api/v1/vocabularies", get(async || axum::Json(json!({"items": [{"code": "themes"}]}))))
            .route(
                "/api/v1/vocabularies/{code}",
                get(async |Segment(_): Segment<String>, State(said): State<Arc<Self>>| {
                    axum::Json(json!({"code": "themes", "items": said.terms}))
                }),
            )
            .with_state(Arc::new(self));
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", socket.local_addr().unwrap());
        let (switch, stop) = switch();
        tokio::spawn(crate::listener::serve(socket, router, Limits::default(), stop));
        (address, switch)
    }
}

#[derive(serde::Deserialize)]
struct Part {
    after: Option<usize>,
    limit: usize,
}

/// Two entries at a time at most, so that there is more than one page.
async fn entries(State(said): State<Arc<Said>>, Query(part): Query<Part>) -> axum::Json<Value> {
    let from = part.after.map_or(0, |after| after + 1);
    let items: Vec<_> = said.entries.iter().skip(from).take(part.limit.min(2)).collect();
    axum::Json(json!({"items": items}))
}

/// A file that is kept until the directory is dropped.
fn kept(text: &str) -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("kept.txt");
    std::fs::write(&path, text).unwrap();
    (directory, path)
}

#[tokio::test]
async fn a_server_that_tells_the_truth_is_verified() {
    assert_eq!(
        Said::truth().verified_with(Some(&Said::truth().key), None, None).await,
        "verified: 4 entries (3 open, 1 sealed) are those that register.example/ledger signed, and 3 records are as \
         their last entries say"
    );
}

#[tokio::test]
async fn a_resource_that_is_not_as_recorded_is_named_with_its_entry() {
    let mut said = Said::truth();
    said.items[0]["kind"] = json!("commitment");
    assert_eq!(
        said.clone().verified().await,
        "NOT verified: P-2026-0001 (item): /kind is not as its last entry 2 says"
    );
    said = Said::truth();
    said.items[0]["status"] = json!("accepted");
    assert_eq!(
        said.verified().await,
        "NOT verified: P-2026-0001 (item): /status is not as its last entry 2 says"
    );
    let mut said = Said::truth();
    said.terms[0]["name"]["kk"] = json!("Денсаулық");
    assert_eq!(
        said.verified().await,
        "NOT verified: health (vocabulary_term): /name/kk is not as its last entry 1 says"
    );
}

#[tokio::test]
async fn a_record_that_is_no_longer_served_is_missed() {
    let said = Said { items: Vec::new(), ..Said::truth() };
    assert_eq!(
        said.verified().await,
        "NOT verified: P-2026-0001 (item): not served, although its last entry 2 says that it is there"
    );
}

#[tokio::test]
async fn a_resource_that_was_never_recorded_or_is_gone_is_not_believed() {
    let mut said = Said::truth();
    let mut other = organisation();
    other["id"] = json!("6a1f9a52-7f0e-4a39-9a3c-0d3f6d1c2b33");
    other["code"] = json!("MOJ");
    said.organisations.push(other);
    assert_eq!(
        said.verified().await,
        "NOT verified: MOJ (organisation): served without an entry in the ledger"
    );
    let gone = Said::over(&[
        ("organisation", MINISTRY, organisation()),
        ("vocabulary_term", "themes/health", term()),
        ("item", PROPOSAL, proposal()),
        ("item", PROPOSAL, Value::Null),
    ]);
    assert_eq!(
        gone.verified().await,
        "NOT verified: P-2026-0001 (item): served although its last entry 3 says that it is gone"
    );
}

#[tokio::test]
async fn a_proposal_that_changed_today_is_pending_and_one_that_says_so_of_an_old_day_is_not() {
    let now = qadam_app::clock::Clock::now(&qadam_app::clock::SystemClock);
    let today = qadam_app::clock::local_day(now, chrono_tz::UTC);
    let mut said = Said::truth();
    said.items[0]["status"] = json!("withdrawn");
    said.items[0]["updated_at"] = json!(format!("{today}T00:00:00.000Z"));
    let line = said.clone().verified().await;
    assert!(line.contains("2 records are as their last entries say; 1 more are pending"), "{line}");
    said.items[0]["updated_at"] = json!("2026-03-01T23:00:00.000Z");
    assert!(said.verified().await.starts_with("NOT verified: P-2026-0001"));
}

#[tokio::test]
async fn a_changed_dropped_or_hidden_entry_is_named() {
    let mut changed = Said::truth();
    changed.entries[1]["payload"]["after"]["place"] = json!(1);
    assert_eq!(
        changed.verified().await,
        "NOT verified: entry 1: the payload is not the one that the digest was made of"
    );
    let mut dropped = Said::truth();
    dropped.entries.remove(1);
    assert_eq!(dropped.verified().await, "NOT verified: entry 2 stands where entry 1 should");
    let mut hidden = Said::truth();
    let entry = hidden.entries[1].as_object_mut().unwrap();
    entry.remove("payload");
    entry.remove("salt");
    assert_eq!(
        hidden.verified().await,
        "NOT verified: entry 1 is broken: the payload is missing, and no entry says why"
    );
    let mut cut = Said::truth();
    cut.entries.pop();
    assert_eq!(cut.verified().await, "NOT verified: the checkpoint covers 4 entries, 3 were served");
}

#[tokio::test]
async fn a_log_that_was_rewritten_and_signed_anew_is_found_by_the_earlier_checkpoint() {
    let (_directory, before) = kept(&Said::truth().checkpoint);
    let line = Said::truth().verified_with(None, Some(&before), None).await;
    assert!(line.contains("; nothing was rewritten since the checkpoint of 4 entries"), "{line}");
    let mut other = term();
    other["place"] = json!(5);
    let mut rewritten = Said::over(&[
        ("organisation", MINISTRY, organisation()),
        ("vocabulary_term", "themes/health", other.clone()),
        ("item", PROPOSAL, proposal()),
    ]);
    rewritten.terms = vec![other];
    assert!(rewritten.clone().verified().await.starts_with("verified: "));
    assert_eq!(
        rewritten.verified_with(None, Some(&before), None).await,
        "NOT verified: rewritten: the first 4 entries are not those of the earlier checkpoint"
    );
}

#[tokio::test]
async fn a_ledger_under_another_key_is_not_believed() {
    let other = Signer::new(ORIGIN.parse().unwrap(), SigningKey::generate().unwrap());
    let key = other.verifier().to_string();
    let line = Said::truth().verified_with(Some(&key), None, None).await;
    assert_eq!(line, "NOT verified: the checkpoint: the note is not signed by a known key");
}

/// The truth, signed with another key that follows by these notes.
fn signed_by(present: &Signer, rotations: &[SignedNote]) -> Said {
    let mut said = Said::truth();
    let note: SignedNote = said.checkpoint.parse().unwrap();
    let checkpoint = Checkpoint::open(&note, &[signer().verifier().clone()]).unwrap();
    said.checkpoint = checkpoint.sign(&[present]).unwrap().to_string();
    said.key = present.verifier().to_string();
    said.keys.extend(rotations.iter().map(|note| json!({"key": said.key, "rotation": note.to_string()})));
    said
}

fn another() -> Signer {
    Signer::new(ORIGIN.parse().unwrap(), SigningKey::generate().unwrap())
}

#[tokio::test]
async fn whoever_knows_an_old_key_goes_on_with_the_one_that_follows_it() {
    let (old, middle, present) = (signer(), another(), another());
    let rotations = [Rotation::sign(&old, &middle).unwrap(), Rotation::sign(&middle, &present).unwrap()];
    let said = signed_by(&present, &rotations);
    let (_directory, before) = kept(&Said::truth().checkpoint);
    for key in [Some(&old), Some(&middle), Some(&present), None] {
        let key = key.map(|key| key.verifier().to_string());
        let line = said.clone().verified_with(key.as_deref(), Some(&before), None).await;
        assert!(line.starts_with("verified: 4 entries"), "{line}");
        assert!(line.contains("; nothing was rewritten since the checkpoint of 4 entries"), "{line}");
    }
}

#[tokio::test]
async fn a_key_that_no_trusted_one_vouched_for_is_not_believed() {
    let (old, stranger) = (signer(), another());
    let key = old.verifier().to_string();
    let line = signed_by(&stranger, &[]).verified_with(Some(&key), None, None).await;
    assert_eq!(line, "NOT verified: the checkpoint: the note is not signed by a known key");
    // Its own signature below what the old key signed makes it no successor.
    let mut both = Said::truth();
    let own = signed_by(&stranger, &[]).checkpoint;
    both.checkpoint.push_str(own.lines().last().unwrap());
    both.checkpoint.push('\n');
    assert!(both.verified_with(Some(&key), None, None).await.starts_with("verified: "));
    // A note that the stranger signed alone is none.
    let forged = Rotation::sign(&stranger, &another()).unwrap().to_string();
    let forged = forged.replace(&stranger.verifier().to_string(), &key).parse().unwrap();
    let line = signed_by(&stranger, &[forged]).verified_with(Some(&key), None, None).await;
    assert!(line.starts_with("NOT verified: a key rotation: "), "{line}");
    // Nor is one by which the stranger makes itself the one before.
    let before = Rotation::sign(&stranger, &old).unwrap();
    let line = signed_by(&stranger, &[before]).verified_with(Some(&key), None, None).await;
    assert_eq!(line, "NOT verified: the checkpoint: the note is not signed by a known key");
}

#[tokio::test]
async fn a_receipt_tells_whether_its_filing_is_there_may_wait_or_was_dropped() {
    let receipt = |digest: &str, until: &str| {
        let receipt = Receipt {
            origin: ORIGIN.parse().unwrap(),
            subject: PROPOSAL.parse().unwrap(),
            digest: digest.repeat(32).parse().unwrap(),
            salt: Salt::from_bytes([9; 32]),
            day: day("2026-03-01"),
            admitted_by: day(until),
        };
        kept(&receipt.sign(&[&signer()]).unwrap().to_string())
    };
    for (digest, until, said) in [
        ("11", "2026-03-03", "; the receipt's filing is entry 3"),
        ("22", "2999-01-01", "; the receipt's filing waits and need not be there yet"),
        ("22", "2026-03-03", "NOT verified: the receipt proves that the filing was dropped"),
    ] {
        let (_directory, path) = receipt(digest, until);
        let line = Said::truth().verified_with(None, None, Some(&path)).await;
        assert!(line.contains(said), "{line}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_neither_verified_nor_accused() {
    let given = Given { key: None, since: None, receipt: None };
    let doubt = verify("http://127.0.0.1:1", &given).await.unwrap_err();
    assert!(doubt.to_string().starts_with("could not verify: GET /api/v1/ledger/key: "), "{doubt}");
    let doubt = verify("ftp://register.example", &given).await.unwrap_err();
    assert_eq!(doubt.to_string(), "could not verify: ftp://register.example is not a web address");
}
