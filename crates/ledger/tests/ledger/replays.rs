//! Replaying ledgers, honest and tampered with.

use qadam_ledger::{
    Checkpoint, Entry, Failure, Frontier, Kept, KeptError, LastState, LastStates, Leaf, Payload,
    PayloadError, Replay, Salt, Subject, Summary, Suspects,
};
use serde_json::{Value, json};

use crate::fixtures::{ORIGIN, digest};

/// A payload about item `id` whose record becomes `{"state": state}`.
fn payload(id: &str, state: &str) -> Value {
    json!({
        "at": "2025-02-27T10:00:00.000Z",
        "action": "item.changed",
        "subject": {"type": "item", "id": id, "ref": null},
        "actor": {"role": "secretariat", "organisation": "HOST", "digest": "00".repeat(32)},
        "before": null,
        "after": {"state": state},
        "reason": null,
    })
}

fn naming(member: &str, seqs: &[u64]) -> Value {
    let mut value = payload("a", "named");
    value[member] = json!(seqs);
    value
}

fn salt(seq: u64) -> Salt {
    Salt::from_bytes([u8::try_from(seq).unwrap(); 32])
}

fn open(seq: u64, payload: Value) -> Entry {
    let parsed = Payload::from_json(&payload).unwrap();
    let at = "2025-02-27T10:00:01.000Z".parse().unwrap();
    let leaf = Leaf::open(seq, at, parsed.description(), parsed.commit(&salt(seq)).unwrap()).unwrap();
    Entry { leaf, salt: Some(salt(seq)), payload: Some(payload) }
}

fn sealed(seq: u64) -> Entry {
    let leaf = Leaf::sealed(seq, "2025-02-27".parse().unwrap(), digest(&"77".repeat(32))).unwrap();
    Entry { leaf, salt: None, payload: None }
}

fn without_payload(entry: Entry) -> Entry {
    Entry { salt: None, payload: None, ..entry }
}

/// Five entries: two items, one sealed entry between, the first item changed again.
fn ledger() -> Vec<Entry> {
    vec![
        open(0, payload("a", "first")),
        open(1, payload("b", "first")),
        sealed(2),
        open(3, payload("a", "second")),
        sealed(4),
    ]
}

fn checkpoint(entries: &[Entry]) -> Checkpoint {
    let mut frontier = Frontier::empty();
    for entry in entries {
        frontier.append(entry.leaf.hash().unwrap()).unwrap();
    }
    Checkpoint { origin: ORIGIN.parse().unwrap(), size: frontier.size(), root: frontier.root() }
}

fn replay(entries: &[Entry], since: Option<Checkpoint>, until: &Checkpoint) -> Result<Summary, Failure> {
    let mut replay = Replay::new(since.map(Kept::from))?;
    for entry in entries {
        replay.feed(entry)?;
    }
    replay.finish(until)
}

/// Replays entries against their own checkpoint.
fn replayed(entries: &[Entry]) -> Result<Summary, Failure> {
    replay(entries, None, &checkpoint(entries))
}

#[test]
fn an_honest_ledger_is_proved_and_counted() {
    let summary = replayed(&ledger()).unwrap();
    assert_eq!((summary.size, summary.root), (5, checkpoint(&ledger()).root));
    assert_eq!((summary.open, summary.sealed, summary.payloads), (3, 2, 3));
    assert_eq!((summary.withheld, summary.redacted), (0, 0));
    let states: Vec<_> = summary.states.iter().collect();
    let second = LastState::Known(json!({"state": "second"}));
    let first = LastState::Known(json!({"state": "first"}));
    assert_eq!(states, [("item", "a", 3, &second), ("item", "b", 1, &first)]);
}

#[test]
fn the_ledger_without_entries_is_proved() {
    let summary = replayed(&[]).unwrap();
    assert_eq!((summary.size, summary.states.is_empty()), (0, true));
}

#[test]
fn feeding_tells_which_subtrees_are_complete() {
    let mut replay = Replay::new(None).unwrap();
    let counts: Vec<_> = ledger().iter().map(|entry| replay.feed(entry).unwrap().len()).collect();
    assert_eq!((counts, replay.size()), (vec![1, 2, 1, 3, 1], 5));
}

#[test]
fn dropped_swapped_and_repeated_entries_are_named() {
    let mut dropped = ledger();
    dropped.remove(1);
    assert_eq!(replayed(&dropped), Err(Failure::OutOfOrder { expected: 1, found: 2 }));
    let mut swapped = ledger();
    swapped.swap(2, 3);
    assert_eq!(replayed(&swapped), Err(Failure::OutOfOrder { expected: 2, found: 3 }));
    let mut repeated = ledger();
    repeated.insert(1, repeated[0].clone());
    assert_eq!(replayed(&repeated), Err(Failure::OutOfOrder { expected: 1, found: 0 }));
}

#[test]
fn a_changed_payload_or_salt_is_named() {
    let mut entries = ledger();
    entries[1].payload = Some(payload("b", "forged"));
    assert_eq!(replayed(&entries), Err(Failure::DigestDiffers { seq: 1 }));
    let mut entries = ledger();
    entries[3].salt = Some(salt(9));
    assert_eq!(replayed(&entries), Err(Failure::DigestDiffers { seq: 3 }));
}

#[test]
fn a_payload_changed_together_with_its_leaf_breaks_the_root() {
    let mut entries = ledger();
    entries[1] = open(1, payload("b", "forged"));
    let suspects = Suspects { first: 0, last: 4 };
    let failure = replay(&entries, None, &checkpoint(&ledger()));
    assert_eq!(failure, Err(Failure::RootDiffers { size: 5, suspects }));
}

#[test]
fn truncation_is_found_and_so_are_entries_beyond_the_checkpoint() {
    let whole = checkpoint(&ledger());
    assert_eq!(replay(&ledger()[..4], None, &whole), Err(Failure::SizeDiffers { size: 5, fed: 4 }));
    let part = checkpoint(&ledger()[..4]);
    assert_eq!(replay(&ledger(), None, &part), Err(Failure::SizeDiffers { size: 4, fed: 5 }));
}

#[test]
fn an_earlier_checkpoint_exposes_a_ledger_signed_anew() {
    for size in 0..=5 {
        let earlier = checkpoint(&ledger()[..size]);
        assert!(replay(&ledger(), Some(earlier), &checkpoint(&ledger())).is_ok(), "since {size}");
    }
    let mut forged = ledger();
    forged[1] = open(1, payload("b", "forged"));
    for size in 0..=5 {
        let earlier = checkpoint(&ledger()[..size]);
        let size = size as u64;
        let expected = (size > 1).then(|| Failure::Rewritten { size, suspects: Suspects::between(0, size) });
        assert_eq!(replay(&forged, Some(earlier), &checkpoint(&forged)).err(), expected, "since {size}");
    }
}

#[test]
fn a_ledger_shorter_than_it_was_is_rolled_back() {
    let earlier = checkpoint(&ledger());
    let shorter = &ledger()[..3];
    let failure = replay(shorter, Some(earlier), &checkpoint(shorter));
    assert_eq!(failure, Err(Failure::RolledBack { earlier: 5, size: 3 }));
}

#[test]
fn an_earlier_checkpoint_of_another_log_proves_nothing() {
    let earlier = Checkpoint { origin: "other.example/log".parse().unwrap(), ..checkpoint(&ledger()[..2]) };
    assert_eq!(replay(&ledger(), Some(earlier), &checkpoint(&ledger())), Err(Failure::OtherLog));
}

#[test]
fn an_earlier_checkpoint_of_nothing_has_the_root_of_nothing() {
    let earlier = Checkpoint { size: 0, ..checkpoint(&ledger()) };
    let suspects = Suspects::only(0);
    let failure = Replay::new(Some(earlier.into())).err();
    assert_eq!(failure, Some(Failure::Rewritten { size: 0, suspects }));
}

#[test]
fn checkpoints_along_the_way_tell_between_which_entries_something_was_changed() {
    let honest = ledger();
    let mut forged = ledger();
    forged[3] = open(3, payload("a", "forged"));
    for (signed, suspects) in [
        (vec![1, 2, 3, 4, 5], Suspects::only(3)),
        (vec![2, 5], Suspects { first: 2, last: 4 }),
        (vec![5], Suspects { first: 0, last: 4 }),
    ] {
        let mut replay = Replay::new(None).unwrap();
        let mut found = None;
        for entry in &forged {
            replay.feed(entry).unwrap();
            if signed.contains(&replay.size()) && found.is_none() {
                let covered = usize::try_from(replay.size()).unwrap();
                found = replay.hold_against(&checkpoint(&honest[..covered])).err();
            }
        }
        assert_eq!(found.and_then(|failure| failure.suspects()), Some(suspects));
    }
}

#[test]
fn leaves_that_were_kept_tell_which_entry_was_changed() {
    let honest = ledger();
    let leaves = || honest.iter().map(|entry| &entry.leaf);
    let kept = Kept::whole(checkpoint(&honest), leaves()).unwrap();
    let fed = |entries: &[Entry]| {
        let mut replay = Replay::new(Some(kept.clone())).unwrap();
        entries.iter().try_for_each(|entry| replay.feed(entry).map(drop))
    };
    assert_eq!(fed(&honest), Ok(()));
    for seq in [0, 1, 3] {
        let mut forged = ledger();
        forged[seq] = open(seq as u64, payload("b", "forged"));
        assert_eq!(fed(&forged), Err(Failure::Changed { seq: seq as u64 }));
    }
    // What was kept must be what the checkpoint that was kept with it covers.
    let short = Kept::whole(checkpoint(&honest), leaves().take(4));
    assert_eq!(short, Err(KeptError::NotCovered { leaves: 4, size: 5 }));
    let other = Kept::whole(Checkpoint { size: 5, ..checkpoint(&honest[..4]) }, leaves());
    assert_eq!(other, Err(KeptError::NotCovered { leaves: 5, size: 5 }));
}

#[test]
fn a_missing_payload_that_no_entry_explains_is_broken() {
    let mut entries = ledger();
    entries[1] = without_payload(entries[1].clone());
    assert_eq!(replayed(&entries), Err(Failure::PayloadMissing { seq: 1 }));
    // The first of several is named, and naming another one does not help.
    entries[0] = without_payload(entries[0].clone());
    entries.push(open(5, naming("withheld", &[1])));
    assert_eq!(replayed(&entries), Err(Failure::PayloadMissing { seq: 0 }));
}

#[test]
fn a_missing_payload_is_explained_by_a_narrowing_or_a_redaction() {
    let mut entries = ledger();
    entries[0] = without_payload(entries[0].clone());
    entries[1] = without_payload(entries[1].clone());
    entries.push(open(5, naming("withheld", &[0])));
    entries.push(open(6, naming("redacted", &[1])));
    let summary = replayed(&entries).unwrap();
    assert_eq!((summary.withheld, summary.redacted, summary.payloads), (1, 1, 3));
    assert_eq!(summary.states.get("item", "b"), Some((1, &LastState::Withheld)));
    assert_eq!(summary.states.get("item", "a"), Some((6, &LastState::Known(json!({"state": "named"})))));
    // What was narrowed first and redacted later is redacted.
    entries.push(open(7, naming("redacted", &[0])));
    entries.push(open(8, naming("withheld", &[0])));
    let summary = replayed(&entries).unwrap();
    assert_eq!((summary.withheld, summary.redacted), (0, 2));
}

#[test]
fn a_narrowing_whose_own_payload_is_missing_explains_nothing() {
    let mut entries = ledger();
    entries[0] = without_payload(entries[0].clone());
    entries.push(without_payload(open(5, naming("withheld", &[0]))));
    assert_eq!(replayed(&entries), Err(Failure::PayloadMissing { seq: 0 }));
}

#[test]
fn an_entry_explains_only_what_was_before_it() {
    for named in [5, 6] {
        let mut entries = ledger();
        entries.push(open(5, naming("redacted", &[named])));
        assert_eq!(replayed(&entries), Err(Failure::NamesLater { seq: 5, named }));
    }
}

#[test]
fn a_sealed_payload_is_checked_but_explains_and_states_nothing() {
    let value = naming("withheld", &[0]);
    let commitment = Payload::from_json(&value).unwrap().commit(&salt(5)).unwrap();
    let leaf = Leaf::sealed(5, "2025-02-27".parse().unwrap(), commitment).unwrap();
    let entry = Entry { leaf, salt: Some(salt(5)), payload: Some(value) };
    let mut entries = ledger();
    entries.push(entry.clone());
    let summary = replayed(&entries).unwrap();
    assert_eq!((summary.payloads, summary.states.get("item", "a").unwrap().0), (4, 3));
    entries[0] = without_payload(entries[0].clone());
    assert_eq!(replayed(&entries), Err(Failure::PayloadMissing { seq: 0 }));
    entries[5].salt = Some(salt(6));
    assert_eq!(replayed(&entries), Err(Failure::DigestDiffers { seq: 5 }));
}

#[test]
fn salt_and_payload_come_together() {
    let mut entries = ledger();
    entries[3].salt = None;
    assert_eq!(replayed(&entries), Err(Failure::HalfServed { seq: 3 }));
    let mut entries = ledger();
    entries[3].payload = None;
    assert_eq!(replayed(&entries), Err(Failure::HalfServed { seq: 3 }));
}

#[test]
fn a_leaf_must_describe_its_payload() {
    let honest = open(0, payload("a", "first"));
    for (pointer, lie) in [
        ("/action", "item.created"),
        ("/subject/id", "b"),
        ("/actor/role", "officer"),
        ("/actor/organisation", "GPO"),
    ] {
        let mut leaf = serde_json::to_value(&honest.leaf).unwrap();
        *leaf.pointer_mut(pointer).unwrap() = json!(lie);
        let entry = Entry { leaf: Leaf::from_json(leaf).unwrap(), ..honest.clone() };
        assert_eq!(replayed(&[entry]), Err(Failure::DescriptionDiffers { seq: 0 }), "{pointer}");
    }
}

#[test]
fn a_payload_that_breaks_the_rules_is_named_though_its_digest_is_right() {
    let mut value = payload("a", "first");
    value["user"] = json!("x");
    let commitment = qadam_ledger::commit(&salt(0), &value).unwrap();
    let leaf = Leaf::sealed(0, "2025-02-27".parse().unwrap(), commitment).unwrap();
    let failure = replayed(&[Entry { leaf, salt: Some(salt(0)), payload: Some(value) }]);
    assert!(matches!(failure, Err(Failure::PayloadMalformed { seq: 0, source: PayloadError::Members(_) })));
    let mut entry = open(0, payload("a", "first"));
    entry.payload = Some(json!({"share": 0.5}));
    assert!(matches!(
        replayed(&[entry]),
        Err(Failure::PayloadMalformed { seq: 0, source: PayloadError::Canonical(_) })
    ));
}

#[test]
fn an_entry_is_read_as_it_is_served() {
    let served = serde_json::to_value(sealed(2)).unwrap();
    assert_eq!(served.as_object().unwrap().len(), 1, "neither salt nor payload is there");
    let served = serde_json::to_value(open(0, payload("a", "first"))).unwrap();
    assert_eq!(served["salt"], "00".repeat(32));
    assert_eq!(served["payload"], payload("a", "first"));
    assert_eq!(serde_json::from_value::<Entry>(served.clone()).unwrap(), open(0, payload("a", "first")));
    let mut unknown = served;
    unknown["position"] = json!(1);
    assert!(serde_json::from_value::<Entry>(unknown).is_err());
    assert!(!format!("{:?}", open(0, payload("a", "hidden"))).contains("hidden"));
}

#[test]
fn the_last_state_is_that_of_the_highest_number_in_whatever_order_they_come() {
    let subject = Subject { kind: "item".into(), id: "a".into(), reference: None };
    let mut states = LastStates::default();
    for (order, state) in [(5, json!(5)), (9, json!(9)), (7, json!(7)), (9, json!("again"))] {
        states.record(order, &subject, LastState::Known(state));
    }
    assert_eq!((states.len(), states.get("item", "a")), (1, Some((9, &LastState::Known(json!(9))))));
    assert_eq!(states.get("meeting", "a"), None);
}
