//! Verifying a small server that lies in one way at a time.

mod keys;
mod served;

use std::path::PathBuf;

use qadam_ledger::{Receipt, Salt};
use serde_json::{Value, json};

use self::served::{Said, day, organisation, proposal, signer, term};
use super::remote::{Given, verify};

const ORIGIN: &str = "register.example/ledger";
const PROPOSAL: &str = "3f0c9a52-7f0e-4a39-9a3c-0d3f6d1c2b11";
const MINISTRY: &str = "5a1f9a52-7f0e-4a39-9a3c-0d3f6d1c2b22";

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
        "NOT verified: rewritten: one of the entries 0 to 3 is not as the earlier checkpoint of 4 entries has it"
    );
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
