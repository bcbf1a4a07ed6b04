//! Checkpoints: three lines and their signatures.

use proptest::prelude::{ProptestConfig, prop_assert, proptest};
use qadam_ledger::{Checkpoint, CheckpointError, NoteError, SignedNote, Verifier};

use crate::fixtures::{
    FIRST_PEM, FIRST_VERIFIER, ORIGIN, ROOTS, SECOND_PEM, SECOND_VERIFIER, digest, signer,
};

/// Signed with both keys by Python's `cryptography`.
const NOTE: &str = "qadam.example/log
8
XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

— qadam.example/log M8Gn4R3nYek5upgNYNvDIsoP/9UmOqZzwxRnlYUEH4KwllCvo0yRdbKHjVJ34OEP6KGG6I5eQRk/arzWuhHeCedRRwU=
— qadam.example/log hc8CwbVPeJRY6BHdBn6CuFWfvfLNHk8hs4+A53qGbq+HswMP/Y9bb6bbdbQ4GifjTF2RSE2q3/7cedH4dMouJhAx2ws=
";

fn checkpoint() -> Checkpoint {
    Checkpoint { origin: ORIGIN.parse().unwrap(), size: 8, root: digest(ROOTS[8]) }
}

fn open(note: &str, known: &[&str]) -> Result<Checkpoint, CheckpointError> {
    let note: SignedNote = note.parse()?;
    let known: Vec<Verifier> = known.iter().map(|text| text.parse().unwrap()).collect();
    Checkpoint::open(&note, &known)
}

#[test]
fn a_checkpoint_is_signed_byte_for_byte_as_the_known_answer() {
    let note = checkpoint().sign(&[&signer(FIRST_PEM), &signer(SECOND_PEM)]).unwrap();
    assert_eq!(note.to_string(), NOTE);
}

#[test]
fn either_of_two_keys_opens_it() {
    for known in [&[FIRST_VERIFIER][..], &[SECOND_VERIFIER], &[FIRST_VERIFIER, SECOND_VERIFIER]] {
        assert_eq!(open(NOTE, known).unwrap(), checkpoint());
    }
    assert_eq!(open(NOTE, &[]), Err(CheckpointError::Note(NoteError::NoKnownKey)));
}

#[test]
fn the_text_is_read_in_its_one_spelling_only() {
    let text = checkpoint().to_text();
    assert_eq!(Checkpoint::from_text(&text).unwrap(), checkpoint());
    let empty = Checkpoint { size: 0, ..checkpoint() };
    assert_eq!(Checkpoint::from_text(&empty.to_text()).unwrap(), empty);
    let wrong = [
        String::new(),
        text.trim_end().to_owned(),
        format!("{text}extension\n"),
        format!("{text}\n"),
        text.replace("\n8\n", "\n08\n"),
        text.replace("\n8\n", "\n+8\n"),
        text.replace("\n8\n", "\n-8\n"),
        text.replace("\n8\n", "\n\n"),
        text.replace("\n8\n", "\n18446744073709551616\n"),
        text.replace("qadam.example/log", ""),
        text.replace("qadam.example/log", "qadam log"),
        text.replace('\n', "\r\n"),
        text.replace("Qyg=", "Qyh="),
        text.replace("Qyg=", "Qyg"),
        text.replace("XcnaeacGWamtVZy3", ""),
    ];
    for wrong in wrong {
        assert_eq!(Checkpoint::from_text(&wrong), Err(CheckpointError::Malformed), "{wrong:?}");
    }
}

#[test]
fn the_key_of_another_log_neither_signs_nor_opens() {
    let other = Checkpoint { origin: "other.example/log".parse().unwrap(), ..checkpoint() };
    assert_eq!(other.sign(&[&signer(FIRST_PEM)]), Err(CheckpointError::NotByOrigin));
    let forged = SignedNote::sign(&other.to_text(), &[&signer(FIRST_PEM)]).unwrap().to_string();
    assert_eq!(open(&forged, &[FIRST_VERIFIER]), Err(CheckpointError::NotByOrigin));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_flipped_bit_in_the_signed_note_is_refused(place in 0..NOTE.len(), bit in 0_u32..8) {
        let mut bytes = NOTE.as_bytes().to_vec();
        bytes[place] ^= 1 << bit;
        // A flipped bit may leave no text at all, or turn the signer into an unknown one.
        if let Ok(note) = String::from_utf8(bytes) {
            let opened = open(&note, &[FIRST_VERIFIER, SECOND_VERIFIER]);
            prop_assert!(opened.is_err() || opened == Ok(checkpoint()), "{note}");
            if place < checkpoint().to_text().len() {
                prop_assert!(opened.is_err(), "{note}");
            }
        }
    }
}
