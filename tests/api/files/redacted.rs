//! Redaction of evidence: its words go, its file goes, and the ledger still holds.

use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use super::{address, brought, described};
use crate::scenes::{commitment, part};

/// The leaves of entries about evidence that somebody reads, oldest first.
async fn leaves(caller: Caller<'_>, evidence: &Value) -> Vec<u64> {
    let entries = caller.get("/ledger/entries?limit=1000").await.expect(200);
    let entries = entries["items"].as_array().unwrap().iter();
    let about = entries.filter(|entry| entry["payload"]["subject"]["id"] == evidence["id"]);
    about.map(|entry| entry["leaf"]["seq"].as_u64().unwrap()).collect()
}

fn redaction(seqs: &[u64]) -> Value {
    json!({"seqs": seqs, "ground": "person_at_risk", "reason": {"en": "It named a person."}})
}

#[tokio::test]
async fn redacted_evidence_loses_its_file_at_once_and_everybody_can_see_that_it_was_redacted() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let evidence = brought(register.officer("GPO"), &id, "names.txt", b"Seen.").await;
        let other = brought(register.officer("GPO"), &id, "a.txt", b"Heard.").await;
        register.admit().await;
        let seqs = leaves(register.anonymous(), &evidence).await;
        assert_eq!(seqs.len(), 1);
        register.secretariat().post("/ledger/redactions", redaction(&seqs)).await.expect(201);
        for caller in [register.anonymous(), register.officer("GPO"), register.secretariat()] {
            caller.get(&address(&evidence)).await.refused("not_found");
            let left = caller.get(address(&evidence).trim_end_matches("/file")).await.expect(200);
            assert_eq!((&left["kind"], &left["file"]), (&json!("file"), &json!(null)));
        }
        register.anonymous().get(&address(&other)).await.expect_bytes(b"Heard.");
        assert_eq!(register.files().len(), 1, "the file is deleted at once");
        assert_eq!(register.peek("SELECT COUNT(*) FROM evidence_file").await, 1);
        register.admit().await;
        let entries = register.anonymous().get("/ledger/entries?limit=1000").await;
        let sha256 = evidence["file"]["sha256"].as_str().unwrap();
        assert!(!entries.text().contains("names.txt") && !entries.text().contains(sha256));
        let told = entries.expect(200)["items"].as_array().unwrap().last().unwrap()["payload"].clone();
        assert_eq!((&told["subject"]["id"], &told["redacted"]), (&evidence["id"], &json!(seqs)));
        assert_eq!((&told["after"]["kind"], &told["after"]["file"]), (&json!("file"), &json!(null)));
    })
    .await;
}

#[tokio::test]
async fn a_file_of_hidden_evidence_goes_from_all_its_entries_whichever_is_named() {
    TestRegister::on_both(async |register| {
        for (level, named) in [("secretariat", 0), ("members", 0), ("public", 0), ("public", 1)] {
            let id = commitment(register, "GPO", &format!("{level} {named}")).await;
            let made = register.ngo("KK").bring(
                &part(&id, "evidence"),
                &described(Some(level)),
                "names.txt",
                b"Seen.",
            );
            let evidence = made.await.expect(201)["evidence"].clone();
            register.pass_days(1);
            register.admit().await;
            register.admit().await;
            let seqs = leaves(register.secretariat(), &evidence).await;
            // What a hidden author says in public is sealed, and told the public a day later.
            assert_eq!(seqs.len(), if level == "public" { 2 } else { 1 }, "{level}");
            register
                .secretariat()
                .post("/ledger/redactions", redaction(&seqs[named..=named]))
                .await
                .expect(201);
            for caller in [register.anonymous(), register.ngo("KK"), register.secretariat()] {
                caller.get(&address(&evidence)).await.refused("not_found");
            }
            register.pass_days(1);
            register.admit().await;
            register.admit().await;
            let entries = register.secretariat().get("/ledger/entries?limit=1000").await.text();
            assert!(!entries.contains("names.txt"), "{level}");
        }
        assert!(register.files().is_empty());
    })
    .await;
}
