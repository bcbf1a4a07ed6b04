//! A running demonstration, checked over HTTP as anybody does.

use std::path::Path;
use std::time::{Duration, Instant};

use qadam_tests::socket::{text, visit};
use serde_json::json;

use super::{Told, VERIFIER, python};
use crate::program::{Demonstration, verify};

/// When a ledger that does not grow has failed the test.
const PATIENCE: Duration = Duration::from_mins(1);

/// The verifier that the program's own page leads to.
fn served(demonstration: &Demonstration, folder: &Path) -> std::path::PathBuf {
    let page = visit(demonstration.url(), "/en/verify", None, None).expect("a page").body;
    let begin = page.find("/assets/qadam_verify.").expect("the page leads to the verifier");
    let address = page[begin..].split('"').next().unwrap();
    let file = visit(demonstration.url(), address, None, None).expect("the verifier").body;
    let path = folder.join("qadam_verify.py");
    std::fs::write(&path, file).unwrap();
    path
}

fn checkpoint(url: &str) -> String {
    text(url, "/ledger/checkpoint").expect("a checkpoint").1
}

/// Files a proposal, and writes something down that everybody reads. Gives the receipt.
fn go_on(demonstration: &Demonstration) -> String {
    let before = checkpoint(demonstration.url());
    let member = demonstration.sign_in("ngo_member", "KK");
    let new = json!({"kind": "proposal", "title": {"en": "Keep a record of visits"}, "addressees": ["GPO"]});
    let id = demonstration.post("/items", Some(&member), &new)["id"].as_str().unwrap().to_owned();
    let filed = demonstration.post(
        &format!("/items/{id}/status-changes"),
        Some(&member),
        &json!({"to": "submitted"}),
    );
    let officer = demonstration.sign_in("officer", "GPO");
    let new =
        json!({"kind": "commitment", "title": {"en": "Keep a record of visits"}, "due_on": "2030-12-31"});
    let id = demonstration.post("/items", Some(&officer), &new)["id"].as_str().unwrap().to_owned();
    demonstration.post(&format!("/items/{id}/status-changes"), Some(&officer), &json!({"to": "planned"}));
    let begin = Instant::now();
    while checkpoint(demonstration.url()) == before {
        assert!(begin.elapsed() < PATIENCE, "what is open is admitted within a second");
        std::thread::yield_now();
    }
    filed["receipt"].as_str().expect("a receipt").to_owned()
}

fn proved(told: &Told, parts: &[&str]) {
    assert!(told.code == Some(0) && told.line.starts_with("verified: "), "{told:?}");
    for part in parts {
        assert!(told.line.contains(part), "{part}: {told:?}");
    }
}

#[test]
fn the_verifier_that_a_running_program_serves_proves_its_ledger_and_what_was_kept_of_it() {
    let demonstration = Demonstration::start();
    let url = demonstration.url();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let verifier = served(&demonstration, folder.path());
    assert_eq!(std::fs::read(&verifier).unwrap(), std::fs::read(VERIFIER).unwrap(), "as in the repository");

    proved(&python(&verifier, &[url, "--save", &at("kept")]), &["payloads are as their digests say"]);
    std::fs::write(at("receipt"), go_on(&demonstration)).unwrap();
    let key = text(url, "/ledger/key").unwrap().1;
    let (kept, key) = (at("kept"), key.trim());
    let all = python(&verifier, &[url, "--key", key, "--since", &kept, "--receipt", &at("receipt")]);
    proved(&all, &["nothing was rewritten since", "the receipt's filing waits"]);
    assert!(!all.line.contains("own"), "the key was brought along: {all:?}");
    let note = at("kept/checkpoint");
    proved(&python(&verifier, &[url, "--since", &note, "--quick"]), &["goes on from the earlier checkpoint"]);
    proved(&python(&verifier, &[&kept, "--key", key]), &[]);
    // The program's own verifier reads the same copy.
    let own = verify(&["--url", url, "--since", &kept]);
    let said = String::from_utf8(own.stdout).unwrap();
    assert!(own.status.success() && said.contains("nothing was rewritten since"), "{said}");
}

#[test]
fn where_nobody_answers_nothing_is_known() {
    let told = python(Path::new(VERIFIER), &["http://127.0.0.1:1"]);
    assert!(
        told.code == Some(2) && told.line.starts_with("could not verify: GET http://127.0.0.1:1/"),
        "{told:?}"
    );
    let told = python(Path::new(VERIFIER), &["/nowhere"]);
    assert!(told.code == Some(2) && told.line.starts_with("could not verify: "), "{told:?}");
}
