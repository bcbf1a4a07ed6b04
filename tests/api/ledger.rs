//! The ledger as anybody reads it: the entries replay to the signed checkpoint, what is sealed stays closed, and a
//! receipt stands for what was filed.

use qadam_ledger::{
    Checkpoint, Digest, Entry, Leaf, Receipt, Replay, SignedNote, Standing, Summary, Verifier,
    verify_consistency, verify_inclusion,
};
use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{change, commitment, draft, filed, narrow, part, proposal};

async fn verifier(caller: Caller<'_>) -> Verifier {
    caller.get("/ledger/key").await.text().trim().parse().unwrap()
}

async fn checkpoint(caller: Caller<'_>) -> Checkpoint {
    let note: SignedNote = caller.get("/ledger/checkpoint").await.text().parse().unwrap();
    Checkpoint::open(&note, &[verifier(caller).await]).unwrap()
}

/// All entries as somebody is served them, in pages of seven.
async fn entries(caller: Caller<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let after = entries.last().map_or(String::new(), |last| format!("&after={}", last.leaf.seq()));
        let page = caller.get(&format!("/ledger/entries?limit=7{after}")).await.expect(200);
        let served = page["items"].as_array().unwrap();
        if served.is_empty() {
            return entries;
        }
        entries.extend(served.iter().map(entry));
    }
}

fn entry(served: &Value) -> Entry {
    Entry {
        leaf: Leaf::from_json(served["leaf"].clone()).unwrap(),
        salt: served["salt"].as_str().map(|salt| salt.parse().unwrap()),
        payload: served.get("payload").filter(|payload| !payload.is_null()).cloned(),
    }
}

async fn replay(caller: Caller<'_>, since: Option<Checkpoint>) -> Summary {
    let mut replay = Replay::new(since).unwrap();
    for entry in entries(caller).await {
        replay.feed(&entry).unwrap();
    }
    replay.finish(&checkpoint(caller).await).unwrap()
}

async fn hashes(caller: Caller<'_>, path: &str) -> Vec<Digest> {
    let proof = caller.get(path).await.expect(200);
    proof["hashes"].as_array().unwrap().iter().map(|hash| hash.as_str().unwrap().parse().unwrap()).collect()
}

#[tokio::test]
async fn what_is_served_replays_to_the_signed_checkpoint_and_continues_an_older_one() {
    TestRegister::on_both(async |register| {
        let anonymous = register.anonymous();
        let older = checkpoint(anonymous).await;
        let id = commitment(register, "GPO", "larch").await;
        proposal(register, "birch", "public", "own").await;
        register.pass_days(1);
        register.admit().await;
        let summary = replay(anonymous, Some(older.clone())).await;
        assert!(summary.size > older.size && summary.open > 0 && summary.sealed > 0, "{summary:?}");
        assert_eq!(summary.withheld, 0);
        let item = anonymous.get(&format!("/items/{id}")).await.expect(200);
        let (_, state) = summary.states.get("item", &id).unwrap();
        let qadam_ledger::LastState::Known(record) = state else { panic!("withheld") };
        assert_eq!((&record["status"], &record["ref"]), (&item["status"], &item["ref"]));
    })
    .await;
}

#[tokio::test]
async fn every_entry_is_proved_to_be_in_the_tree_and_every_tree_to_continue_the_older_ones() {
    TestRegister::on_both(async |register| {
        let anonymous = register.anonymous();
        let older = checkpoint(anonymous).await;
        commitment(register, "GPO", "larch").await;
        register.admit().await;
        let newer = checkpoint(anonymous).await;
        for entry in entries(anonymous).await.iter().rev().take(3) {
            let (seq, size) = (entry.leaf.seq(), newer.size);
            let proof = hashes(anonymous, &format!("/ledger/proofs/inclusion?seq={seq}&size={size}")).await;
            verify_inclusion(seq, size, &entry.leaf.hash().unwrap(), &proof, &newer.root).unwrap();
        }
        let (from, to) = (older.size, newer.size);
        let proof = hashes(anonymous, &format!("/ledger/proofs/consistency?from={from}&to={to}")).await;
        verify_consistency(from, to, &proof, &older.root, &newer.root).unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_filed_waits_for_the_day_s_batch_and_stays_closed_to_the_public() {
    TestRegister::on_both(async |register| {
        let before = checkpoint(register.anonymous()).await;
        let id = filed(register, "alder").await;
        register.admit().await;
        assert_eq!(checkpoint(register.anonymous()).await.size, before.size, "nothing shows that day");
        register.pass_days(1);
        register.admit().await;
        let since = usize::try_from(before.size).unwrap();
        for entry in &entries(register.anonymous()).await[since..] {
            assert!(entry.leaf.is_sealed() && entry.payload.is_none() && entry.salt.is_none());
        }
        let told = |entries: Vec<Entry>| {
            entries
                .iter()
                .filter_map(|entry| entry.payload.as_ref())
                .any(|payload| payload.to_string().contains(&id))
        };
        assert!(told(entries(register.secretariat()).await), "the secretariat reads what it sees");
        for caller in [register.officer("GPO"), register.ngo("KIBHR"), register.observer(), register.admin()]
        {
            assert!(!told(entries(caller).await), "{:?}", caller.person());
        }
    })
    .await;
}

#[tokio::test]
async fn an_act_of_a_hidden_submitter_on_a_public_item_is_told_the_day_after_without_its_hour() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "own").await;
        register.pass_days(1);
        register.admit().await;
        let before = checkpoint(register.anonymous()).await.size;
        register.pass(7 * 3600 + 61);
        change(register.ngo("KK"), &id, json!({"to": "withdrawn"})).await;
        register.admit().await;
        assert_eq!(checkpoint(register.anonymous()).await.size, before, "nothing shows at the hour");
        register.pass_days(1);
        register.admit().await;
        register.admit().await;
        let all = entries(register.anonymous()).await;
        let open: Vec<&Value> = all
            .iter()
            .skip(usize::try_from(before).unwrap())
            .filter(|entry| !entry.leaf.is_sealed())
            .filter_map(|entry| entry.payload.as_ref())
            .collect();
        let told = open.iter().find(|payload| payload["subject"]["id"] == *id).unwrap();
        assert_eq!(told["after"]["status"], "withdrawn");
        assert_eq!(told["at"], "2026-03-03", "the day alone");
        assert_eq!(told["actor"]["organisation"], Value::Null);
        replay(register.anonymous(), None).await;
    })
    .await;
}

#[tokio::test]
async fn narrowing_withholds_what_was_open_and_says_so() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "spruce", "public", "own").await;
        register.pass_days(1);
        register.admit().await;
        assert_eq!(replay(register.anonymous(), None).await.withheld, 0);
        narrow(register, &id, "secretariat").await;
        register.pass_days(1);
        register.admit().await;
        register.admit().await;
        let summary = replay(register.anonymous(), None).await;
        assert!(summary.withheld > 0, "{summary:?}");
        let text = register.anonymous().get("/ledger/entries?limit=1000").await.text();
        assert!(!text.contains("spruce"));
    })
    .await;
}

#[tokio::test]
async fn a_receipt_waits_and_then_stands_for_what_was_filed() {
    TestRegister::on_both(async |register| {
        let id = draft(register, "alder").await;
        let moved = register
            .ngo("KK")
            .post(&part(&id, "status-changes"), json!({"to": "submitted"}))
            .await
            .expect(201);
        let note: SignedNote = moved["receipt"].as_str().unwrap().parse().unwrap();
        let anonymous = register.anonymous();
        let receipt = Receipt::open(&note, &[verifier(anonymous).await]).unwrap();
        assert_eq!(receipt.subject.to_string(), id);
        let standing = async |day: &str| {
            let leaves: Vec<Leaf> = entries(anonymous).await.into_iter().map(|entry| entry.leaf).collect();
            receipt.standing(&leaves, day.parse().unwrap())
        };
        assert_eq!(standing("2026-03-02").await, Standing::Waiting);
        register.pass_days(1);
        register.admit().await;
        assert!(matches!(standing("2026-03-03").await, Standing::Admitted { .. }));
    })
    .await;
}
