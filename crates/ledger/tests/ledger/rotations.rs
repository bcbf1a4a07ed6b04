//! Rotations: which keys a reader trusts who trusts one.

use qadam_ledger::{
    NoteError, Rotation, RotationError, SignedNote, Signer, SigningKey, Verifier, predecessors, successors,
};

use crate::fixtures::{FIRST_PEM, FIRST_VERIFIER, ORIGIN, SECOND_PEM, SECOND_VERIFIER, signer};

/// Signed by a Python that follows RFC 8032, section 6.
const NOTE: &str = "qadam key rotation v1
old: qadam.example/log+33c1a7e1+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4
new: qadam.example/log+85cf02c1+ASmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X

— qadam.example/log M8Gn4TdsI6ua6Et5dAqnUlI4mCbuDEyIyEtM6eRbtVLpkeg2yA/LGg4dWQgqj8bMv8wi+MzOBed2YIEdpeUoM1OwZgk=
— qadam.example/log hc8CwZXPXAdbcY+JN11ollHQArhbewZCjjYt0mgO0S4+iBfv+bb+dDqTwHnR9XRyep2sKb9jLWTykoYPd2MxxHh22w4=
";

fn verifier(text: &str) -> Verifier {
    text.parse().unwrap()
}

fn open(note: &str) -> Result<Rotation, RotationError> {
    Rotation::open(&note.parse::<SignedNote>()?)
}

#[test]
fn a_rotation_is_signed_byte_for_byte_as_the_known_answer_and_read_back() {
    let (old, new) = (signer(FIRST_PEM), signer(SECOND_PEM));
    assert_eq!(Rotation::sign(&old, &new).unwrap().to_string(), NOTE);
    let rotation = open(NOTE).unwrap();
    assert_eq!((rotation.old, rotation.new), (verifier(FIRST_VERIFIER), verifier(SECOND_VERIFIER)));
}

#[test]
fn a_rotation_needs_the_signatures_of_both_keys() {
    let lines: Vec<&str> = NOTE.split_inclusive('\n').collect();
    let (text, first, second) = (lines[..4].concat(), lines[4], lines[5]);
    for signature in [first, second] {
        let missing = open(&format!("{text}{signature}"));
        assert_eq!(missing, Err(RotationError::Note(NoteError::NoKnownKey)));
    }
    assert!(open(&format!("{text}{second}{first}")).is_ok(), "in either order");
    let swapped =
        format!("qadam key rotation v1\nold: {SECOND_VERIFIER}\nnew: {FIRST_VERIFIER}\n\n{first}{second}");
    assert!(matches!(open(&swapped), Err(RotationError::Note(NoteError::WrongSignature(_)))));
}

#[test]
fn other_spellings_and_other_texts_are_no_rotation() {
    for (from, to) in [("v1", "v2"), ("old: ", "old:  "), ("old: ", "key: "), ("\nnew: ", "\r\nnew: ")] {
        assert!(open(&NOTE.replace(from, to)).is_err(), "{from:?} for {to:?}");
    }
    assert_eq!(open(&NOTE.replace("new: ", "day: ")), Err(RotationError::Malformed));
}

#[test]
fn a_key_follows_no_key_of_another_name_and_not_itself() {
    let stranger =
        Signer::new("other.example/log".parse().unwrap(), SigningKey::from_pem(SECOND_PEM).unwrap());
    assert_eq!(Rotation::sign(&signer(FIRST_PEM), &stranger), Err(RotationError::Keys));
    assert_eq!(Rotation::sign(&signer(FIRST_PEM), &signer(FIRST_PEM)), Err(RotationError::Keys));
}

#[test]
fn trust_goes_from_a_key_to_those_that_follow_and_never_beside() {
    let signers: Vec<Signer> =
        (0..4).map(|_| Signer::new(ORIGIN.parse().unwrap(), SigningKey::generate().unwrap())).collect();
    let keys: Vec<Verifier> = signers.iter().map(|signer| signer.verifier().clone()).collect();
    let rotation = |from: usize, to: usize| {
        Rotation::open(&Rotation::sign(&signers[from], &signers[to]).unwrap()).unwrap()
    };
    // 0 → 1 → 2 in another order, and the stolen 0 to the thief's 3.
    let rotations = [rotation(1, 2), rotation(0, 1), rotation(0, 3)];
    let trusted = |key: usize| std::slice::from_ref(&keys[key]);
    assert_eq!(successors(trusted(1), &rotations), [keys[1].clone(), keys[2].clone()]);
    assert_eq!(successors(trusted(2), &rotations), [keys[2].clone()]);
    assert_eq!(predecessors(trusted(2), &rotations), [2, 1, 0].map(|key: usize| keys[key].clone()));
    assert_eq!(predecessors(trusted(0), &rotations), [keys[0].clone()]);
    assert!(!successors(trusted(1), &rotations).contains(&keys[3]));
}
