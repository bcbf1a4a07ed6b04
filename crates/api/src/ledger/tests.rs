//! The ledger over HTTP, checked as anybody may check it.

use qadam_app::ledger::sequencer::admit_due;
use qadam_domain::accounts::Role;
use qadam_ledger::{
    Checkpoint, Digest, Entry, Replay, SignedNote, Verifier, verify_consistency, verify_inclusion,
};
use serde_json::Value;

use crate::testing::Register;

const LEDGER: &str = "/api/v1/ledger";

async fn entries(register: &Register, query: &str, token: &str) -> Vec<Value> {
    let answer = register.ask("GET", &format!("{LEDGER}/entries{query}"), token).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    answer.body["items"].as_array().unwrap().clone()
}

async fn checkpoint(register: &Register) -> Checkpoint {
    let key = register.ask("GET", &format!("{LEDGER}/key"), "").await;
    assert_eq!(key.header("content-type"), "text/plain; charset=utf-8");
    let key: Verifier = key.body.as_str().unwrap().trim_end().parse().unwrap();
    let note = register.ask("GET", &format!("{LEDGER}/checkpoint"), "").await;
    assert_eq!(note.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(note.header("cache-control"), "no-cache");
    let note: SignedNote = note.body.as_str().unwrap().parse().unwrap();
    Checkpoint::open(&note, &[key]).unwrap()
}

async fn proof(register: &Register, query: &str) -> Vec<Digest> {
    let answer = register.ask("GET", &format!("{LEDGER}/proofs/{query}"), "").await;
    serde_json::from_value(answer.body["hashes"].clone()).unwrap()
}

#[tokio::test]
async fn what_is_served_replays_to_the_signed_root() {
    let register = Register::start().await;
    admit_due(&register.app).await.unwrap();
    let served = entries(&register, "", "").await;
    // The three organisations of the start.
    assert_eq!(served.len(), 3);
    assert_eq!(served[0]["leaf"]["action"], "organisation.created");
    assert_eq!(served[0]["salt"].as_str().unwrap().len(), 64);
    let mut replay = Replay::new(None).unwrap();
    for entry in served {
        replay.feed(&serde_json::from_value::<Entry>(entry).unwrap()).unwrap();
    }
    assert_eq!(replay.finish(&checkpoint(&register).await).unwrap().size, 3);
}

#[tokio::test]
async fn proofs_lead_to_the_roots_of_checkpoints() {
    let register = Register::start().await;
    admit_due(&register.app).await.unwrap();
    let older = checkpoint(&register).await;
    let admin = register.account("admin", "MFA", Role::Admin).await;
    let path = "/api/v1/organisations/GPO";
    let found = register.ask("GET", path, &admin).await;
    register.patch(path, &admin, &found.body["etag"], serde_json::json!({"aliases": ["ГП"]})).await;
    admit_due(&register.app).await.unwrap();
    let newer = checkpoint(&register).await;
    assert_eq!((older.size, newer.size), (3, 4));

    let hashes = proof(&register, "consistency?from=3&to=4").await;
    verify_consistency(3, 4, &hashes, &older.root, &newer.root).unwrap();
    let first: Entry = serde_json::from_value(entries(&register, "?limit=1", "").await.remove(0)).unwrap();
    let hashes = proof(&register, "inclusion?seq=0&size=4").await;
    verify_inclusion(0, 4, &first.leaf.hash().unwrap(), &hashes, &newer.root).unwrap();
}

#[tokio::test]
async fn proofs_of_what_is_not_there_are_not_found_and_bad_numbers_are_named() {
    let register = Register::start().await;
    admit_due(&register.app).await.unwrap();
    for (query, status, code) in [
        ("inclusion?seq=3&size=3", 404, "not_found"),
        ("inclusion?seq=0&size=4", 404, "not_found"),
        ("consistency?from=3&to=2", 404, "not_found"),
        ("consistency?from=0&to=9007199254740991", 404, "not_found"),
        ("consistency?from=0&to=9007199254740992", 400, "invalid_parameter"),
        ("inclusion?seq=0", 400, "invalid_parameter"),
        ("inclusion?seq=-1&size=3", 400, "invalid_parameter"),
        ("consistency?from=1&to=2&x=1", 400, "unknown_parameter"),
    ] {
        let answer = register.ask("GET", &format!("{LEDGER}/proofs/{query}"), "").await;
        assert_eq!(answer.refusal(), (status, code), "{query}");
    }
    for path in ["checkpoint?x=1", "key?x=1", "entries?x=1"] {
        assert_eq!(
            register.ask("GET", &format!("{LEDGER}/{path}"), "").await.refusal(),
            (400, "unknown_parameter")
        );
    }
    assert_eq!(
        register.ask("GET", &format!("{LEDGER}/entries?limit=0"), "").await.refusal(),
        (400, "invalid_parameter")
    );
}

#[tokio::test]
async fn entries_are_paged_by_their_numbers() {
    let register = Register::start().await;
    admit_due(&register.app).await.unwrap();
    let numbers = async |query: &str| {
        let found = entries(&register, query, "").await;
        found.iter().map(|entry| entry["leaf"]["seq"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(numbers("?limit=2").await, [0, 1]);
    assert_eq!(numbers("?after=0&limit=1").await, [1]);
    assert_eq!(numbers("?after=1&limit=5000").await, [2]);
    assert!(numbers("?after=2").await.is_empty());
    assert!(numbers("?after=9007199254740991").await.is_empty());
}
