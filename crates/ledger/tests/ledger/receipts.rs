//! Receipts: what they promise and what they prove.

use qadam_ledger::{Checkpoint, Day, Leaf, NoteError, Receipt, ReceiptError, SignedNote, Standing, Verifier};
use serde_json::json;

use crate::fixtures::{
    FIRST_PEM, FIRST_VERIFIER, ORIGIN, PAYLOAD_DIGEST, SECOND_VERIFIER, digest, payload, salt, signer,
};

/// Signed by Python's `cryptography`.
const NOTE: &str = "qadam receipt v1
origin: qadam.example/log
subject: 3f0c9a52-7f0e-4a39-9a3c-0d3f6d1c2b11
digest: 7c312232e259349f08a863635637f6ae2179d87ad854eb276dc807c471649af1
salt: 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
day: 2026-03-01
admitted-by: 2026-03-02

— qadam.example/log M8Gn4XZRfUxDJ8th9X71RP7MIKXXpIN+XcrhDPlNU6fwb+dRct9CO+Ih2usu5dMiImXfiyOpRRHpNCyfGtOh+2z2qAw=
";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn receipt() -> Receipt {
    Receipt {
        origin: ORIGIN.parse().unwrap(),
        subject: "3f0c9a52-7f0e-4a39-9a3c-0d3f6d1c2b11".parse().unwrap(),
        digest: digest(PAYLOAD_DIGEST),
        salt: salt(),
        day: day("2026-03-01"),
        admitted_by: day("2026-03-02"),
    }
}

fn open(note: &str, known: &str) -> Result<Receipt, ReceiptError> {
    let note: SignedNote = note.parse()?;
    let known: [Verifier; 1] = [known.parse().unwrap()];
    Receipt::open(&note, &known)
}

#[test]
fn a_receipt_is_signed_byte_for_byte_as_the_known_answer_and_read_back() {
    assert_eq!(receipt().sign(&[&signer(FIRST_PEM)]).unwrap().to_string(), NOTE);
    assert_eq!(open(NOTE, FIRST_VERIFIER).unwrap(), receipt());
    assert_eq!(open(NOTE, SECOND_VERIFIER), Err(ReceiptError::Note(NoteError::NoKnownKey)));
}

#[test]
fn a_changed_receipt_is_refused() {
    for (from, to) in
        [("03-02", "03-03"), ("salt: 00", "salt: 01"), ("digest: 7c", "digest: 7d"), ("2b11", "2b12")]
    {
        let changed = NOTE.replace(from, to);
        assert_ne!(changed, NOTE);
        let expected = ReceiptError::Note(NoteError::WrongSignature(ORIGIN.parse().unwrap()));
        assert_eq!(open(&changed, FIRST_VERIFIER), Err(expected), "{from} to {to}");
    }
}

#[test]
fn the_text_is_read_in_its_one_spelling_only() {
    let text = receipt().to_text();
    assert_eq!(Receipt::from_text(&text).unwrap(), receipt());
    let wrong = [
        text.replace("receipt v1", "receipt v2"),
        text.replace("2b11", "2B11"),
        text.replace("day: ", "day:"),
        text.replace('\n', "\r\n"),
        text.replace("subject: 3f0c9a52-7f0e-4a39-9a3c-0d3f6d1c2b11\n", ""),
        format!("{text}more: 1\n"),
        text.trim_end().to_owned(),
    ];
    for wrong in wrong {
        assert_eq!(Receipt::from_text(&wrong), Err(ReceiptError::Malformed), "{wrong}");
    }
}

#[test]
fn a_receipt_cannot_promise_the_past() {
    let backdated = Receipt { admitted_by: day("2026-02-28"), ..receipt() };
    assert_eq!(backdated.sign(&[&signer(FIRST_PEM)]), Err(ReceiptError::Days));
    assert_eq!(Receipt::from_text(&backdated.to_text()), Err(ReceiptError::Days));
    let same_day = Receipt { admitted_by: day("2026-03-01"), ..receipt() };
    assert!(same_day.sign(&[&signer(FIRST_PEM)]).is_ok());
}

#[test]
fn the_key_of_another_log_neither_signs_nor_opens() {
    let other = Receipt { origin: "other.example/log".parse().unwrap(), ..receipt() };
    assert_eq!(other.sign(&[&signer(FIRST_PEM)]), Err(ReceiptError::NotByOrigin));
    let forged = SignedNote::sign(&other.to_text(), &[&signer(FIRST_PEM)]).unwrap().to_string();
    assert_eq!(open(&forged, FIRST_VERIFIER), Err(ReceiptError::NotByOrigin));
}

#[test]
fn a_receipt_does_not_pass_for_a_checkpoint_nor_a_checkpoint_for_a_receipt() {
    assert!(Checkpoint::from_text(&receipt().to_text()).is_err());
    let checkpoint = Checkpoint { origin: ORIGIN.parse().unwrap(), size: 8, root: digest(PAYLOAD_DIGEST) };
    assert!(Receipt::from_text(&checkpoint.to_text()).is_err());
}

#[test]
fn a_receipt_shows_what_the_entry_said() {
    assert_eq!(receipt().commits_to(&payload()), Ok(true));
    let mut other = payload();
    other["after"]["status"] = json!("declined");
    assert_eq!(receipt().commits_to(&other), Ok(false));
}

#[test]
fn an_entry_is_admitted_waits_or_was_dropped() {
    let other = Leaf::sealed(0, day("2026-03-02"), digest(&"11".repeat(32))).unwrap();
    let own = Leaf::sealed(1, day("2026-03-02"), digest(PAYLOAD_DIGEST)).unwrap();
    assert!(receipt().proves(&own));
    assert!(!receipt().proves(&other));
    for today in ["2026-03-01", "2026-03-02", "2027-01-01"] {
        assert_eq!(receipt().standing([&other, &own], day(today)), Standing::Admitted { seq: 1 });
    }
    assert_eq!(receipt().standing([&other], day("2026-03-02")), Standing::Waiting);
    assert_eq!(receipt().standing([&other], day("2026-03-03")), Standing::Dropped);
}

#[test]
fn debug_output_does_not_show_the_salt() {
    let shown = format!("{:?}", receipt());
    assert!(shown.contains("salt: Salt(..)"), "{shown}");
}
