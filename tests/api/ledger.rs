//! The ledger as anybody reads it: the entries replay to the signed checkpoint, what is sealed stays closed, and a
//! receipt stands for what was filed.

use qadam_app::ledger::signing_keys;
use qadam_ledger::{
    Checkpoint, Digest, Entry, Leaf, Receipt, Replay, Rotation, SignedNote, SigningKey, Standing, Summary,
    Verifier, verify_consistency, verify_inclusion,
};
use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{change, commitment, create, draft, filed, narrow, part, proposal};

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

pub(crate) async fn replay(caller: Caller<'_>, since: Option<Checkpoint>) -> Summary {
    let mut replay = Replay::new(since.map(Into::into)).unwrap();
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
async fn a_name_that_becomes_public_is_told_in_the_payload_and_never_in_the_leaf() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "birch", "public", "public").await;
        register.admit().await;
        let told: Vec<_> = entries(register.anonymous())
            .await
            .into_iter()
            .filter(|entry| entry.leaf.canonical_json().unwrap().contains("item_filing"))
            .collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(!told[0].leaf.canonical_json().unwrap().contains("KK"), "{told:?}");
        let item = register.anonymous().get(&format!("/items/{id}")).await.expect(200);
        assert_eq!(item["filed_by"][0]["code"], "KK");
        replay(register.anonymous(), None).await;
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

/// The leaves that tell what an item says, newest first, as the secretariat reads them in its history.
async fn leaves(register: &TestRegister, id: &str) -> Vec<u64> {
    let history = register.secretariat().get(&part(id, "history")).await.expect(200);
    let entries = history["items"].as_array().unwrap();
    let of_text = entries.iter().filter(|entry| entry["axis"] == "text");
    of_text.filter_map(|entry| entry["seq"].as_u64()).collect()
}

fn redaction(seqs: &[u64]) -> Value {
    json!({"seqs": seqs, "ground": "person_at_risk", "reason": {"en": "It named a person."}})
}

#[tokio::test]
async fn a_redaction_removes_payloads_for_everybody_and_the_ledger_still_holds() {
    TestRegister::on_both(async |register| {
        let title = json!({"en": "Stop ill-treatment", "ru": "Прекратить пытки larch"});
        let new =
            json!({"kind": "commitment", "title": title, "original_language": "en", "due_on": "2026-12-31"});
        let id = create(register.officer("GPO"), new).await;
        change(register.officer("GPO"), &id, json!({"to": "planned"})).await;
        let cleaned = json!({"title": {"ru": "Прекратить пытки"}});
        let edited = register.secretariat().patch(&format!("/items/{id}"), cleaned);
        edited.header("if-match", "*").await.expect(200);
        register.admit().await;
        let older = checkpoint(register.anonymous()).await;
        let named = leaves(register, &id).await;
        assert_eq!(named.len(), 2, "planned and edited, in words");
        let answer = register.secretariat().post("/ledger/redactions", redaction(&named)).await.expect(201);
        assert_eq!((&answer["id"], &answer["title"]["ru"]), (&json!(id), &json!("Прекратить пытки")));
        register.admit().await;
        for caller in [register.anonymous(), register.secretariat(), register.officer("GPO")] {
            let all = entries(caller).await;
            for entry in all.iter().filter(|entry| named.contains(&entry.leaf.seq())) {
                assert!(entry.payload.is_none() && entry.salt.is_none(), "{:?}", caller.person());
            }
            assert!(!caller.get("/ledger/entries?limit=1000").await.text().contains("larch"));
            assert!(!caller.get(&part(&id, "history")).await.text().contains("larch"));
        }
        let all = entries(register.anonymous()).await;
        let told = all.last().unwrap().payload.as_ref().unwrap();
        let mut ascending = named.clone();
        ascending.sort_unstable();
        assert_eq!((&told["action"], &told["redacted"]), (&json!("item.redacted"), &json!(ascending)));
        assert_eq!(told["actor"]["role"], "secretariat");
        assert_eq!(told["actor"]["organisation"], "MFA");
        let ground = json!({"ground": "person_at_risk", "text": {"en": "It named a person."}});
        assert_eq!(told["reason"], ground);
        assert_eq!(told["after"]["title"], answer["title"], "the whole record as it stands");
        assert_eq!(told["after"]["status"], "planned");
        let summary = replay(register.anonymous(), Some(older)).await;
        assert_eq!((summary.redacted, summary.withheld), (2, 0));
        let (_, state) = summary.states.get("item", &id).unwrap();
        assert_eq!(*state, qadam_ledger::LastState::Known(told["after"].clone()));
    })
    .await;
}

#[tokio::test]
async fn a_redaction_of_a_sealed_entry_tells_the_public_nothing_of_it() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "own").await;
        register.pass_days(1);
        register.admit().await;
        let sealed: Vec<u64> = entries(register.secretariat())
            .await
            .iter()
            .filter(|entry| entry.leaf.is_sealed())
            .filter(|entry| entry.payload.as_ref().is_some_and(|payload| payload["subject"]["id"] == *id))
            .map(|entry| entry.leaf.seq())
            .collect();
        assert!(!sealed.is_empty());
        let before = checkpoint(register.anonymous()).await.size;
        register.secretariat().post("/ledger/redactions", redaction(&sealed)).await.expect(201);
        register.admit().await;
        assert_eq!(checkpoint(register.anonymous()).await.size, before, "nothing shows that day");
        register.pass_days(1);
        register.admit().await;
        register.admit().await;
        let since = usize::try_from(before).unwrap();
        let shown = entries(register.anonymous()).await;
        assert!(shown.len() > since && shown[since..].iter().all(|entry| entry.leaf.is_sealed()));
        let told = entries(register.secretariat()).await;
        let told: Vec<&Value> = told[since..].iter().filter_map(|entry| entry.payload.as_ref()).collect();
        assert!(told.iter().any(|payload| payload["action"] == "item.redacted"), "{told:?}");
        assert_eq!(replay(register.anonymous(), None).await.redacted, 0);
    })
    .await;
}

#[tokio::test]
async fn a_redaction_that_is_redacted_leaves_nothing_missing_without_a_word_and_a_narrowing_is_kept() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        register.admit().await;
        let named = leaves(register, &id).await;
        let secretariat = register.secretariat();
        secretariat.post("/ledger/redactions", redaction(&named)).await.expect(201);
        register.admit().await;
        assert_eq!(replay(register.anonymous(), None).await.redacted, named.len() as u64);
        let first = leaves(register, &id).await.into_iter().filter(|seq| !named.contains(seq));
        let first: Vec<u64> = first.collect();
        assert_eq!(first.len(), 1, "the redaction itself");
        secretariat.post("/ledger/redactions", redaction(&first)).await.expect(201);
        register.admit().await;
        assert_eq!(replay(register.anonymous(), None).await.redacted, named.len() as u64 + 1);

        let public = crate::scenes::proposal(register, "maple", "public", "own").await;
        register.pass_days(1);
        register.admit().await;
        crate::scenes::narrow(register, &public, "members").await;
        register.admit().await;
        let open = entries(register.anonymous()).await;
        let narrowing = open.iter().filter(|entry| {
            entry
                .leaf
                .description()
                .is_some_and(|told| told.action == "item.narrowed" && told.subject.id == public)
        });
        let narrowing: Vec<u64> = narrowing.map(|entry| entry.leaf.seq()).collect();
        assert_eq!(narrowing.len(), 1);
        let answer = secretariat.post("/ledger/redactions", redaction(&narrowing)).await;
        answer.invalid("/seqs/0", "unknown_reference");
    })
    .await;
}

#[tokio::test]
async fn leaves_of_nothing_of_another_item_or_twice_are_refused_and_nothing_is_removed() {
    TestRegister::on_both(async |register| {
        let one = commitment(register, "GPO", "larch").await;
        let other = commitment(register, "GPO", "maple").await;
        let unseen = filed(register, "alder").await;
        register.pass_days(1);
        register.admit().await;
        let (first, second) = (leaves(register, &one).await[0], leaves(register, &other).await[0]);
        let history = register.ngo("KK").get(&part(&unseen, "history")).await.expect(200);
        let named = history["items"].as_array().unwrap().iter().find(|entry| entry["axis"] == "identity");
        let own = named.unwrap()["seq"].as_u64().unwrap();
        let before = register.amount_stored().await;
        for (seqs, pointer, code) in [
            (vec![], "/seqs", "too_short"),
            ((0..101).collect(), "/seqs", "too_many"),
            (vec![first, 9_999_999], "/seqs/1", "unknown_reference"),
            (vec![first, second], "/seqs/1", "contradiction"),
            (vec![first, first], "/seqs/1", "duplicate"),
            // An organisation's entry, and who filed, which the secretariat may not know.
            (vec![0], "/seqs/0", "unknown_reference"),
            (vec![own], "/seqs/0", "unknown_reference"),
        ] {
            let answer = register.secretariat().post("/ledger/redactions", redaction(&seqs)).await;
            assert_eq!(answer.code(), "invalid", "{seqs:?}");
            let error = &answer.json()["errors"][0];
            assert_eq!(
                (&error["pointer"], &error["code"]),
                (&json!(format!("#{pointer}")), &json!(code)),
                "{seqs:?}"
            );
        }
        assert_eq!(register.amount_stored().await, before);
        let redacted = register.secretariat().post("/ledger/redactions", redaction(&[first])).key("once");
        redacted.await.expect(201);
        let again = register.secretariat().post("/ledger/redactions", redaction(&[first])).key("once");
        assert_eq!(again.await.expect(201)["id"], one);
        register.admit().await;
        assert_eq!(replay(register.anonymous(), None).await.redacted, 1);
    })
    .await;
}

#[tokio::test]
async fn a_rotation_is_signed_with_both_keys_recorded_and_ends_the_signing_with_the_old_one() {
    TestRegister::on_both(async |register| {
        let anonymous = register.anonymous();
        let old = verifier(anonymous).await;
        let only = anonymous.get("/ledger/keys").await.expect(200);
        assert_eq!(only["items"], json!([{"key": old.to_string(), "rotation": null}]));
        assert!(only["self"].as_str().unwrap().ends_with("/api/v1/ledger/keys"), "{only}");
        let key = SigningKey::generate().unwrap();
        let new = signing_keys::rotate(register.app(), key).await.unwrap();
        assert_eq!((new.name(), verifier(anonymous).await), (old.name(), new.clone()));
        let note: SignedNote = anonymous.get("/ledger/checkpoint").await.text().parse().unwrap();
        for known in [&old, &new] {
            Checkpoint::open(&note, std::slice::from_ref(known)).unwrap();
        }
        let keys = anonymous.get("/ledger/keys").await.expect(200);
        let rotation: SignedNote = keys["items"][1]["rotation"].as_str().unwrap().parse().unwrap();
        assert_eq!(Rotation::open(&rotation).unwrap(), Rotation { old, new });
        let size = replay(anonymous, None).await.size;
        let refused = qadam_app::ledger::sequencer::admit_due(register.app()).await.unwrap_err();
        assert!(refused.to_string().contains("all nodes need the same key file"), "{refused}");
        assert_eq!(checkpoint(anonymous).await.size, size, "nothing is admitted that it cannot sign");
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
