//! A ledger whose key changed, or was changed by a stranger.

use qadam_ledger::{Checkpoint, Rotation, SignedNote, Signer, SigningKey};
use serde_json::json;

use super::{ORIGIN, Said, kept, signer};

#[tokio::test]
async fn a_ledger_under_another_key_is_not_believed() {
    let other = Signer::new(ORIGIN.parse().unwrap(), SigningKey::generate().unwrap());
    let key = other.verifier().to_string();
    let line = Said::truth().verified_with(Some(&key), None, None).await;
    assert_eq!(line, "NOT verified: the checkpoint: the note is not signed by a known key");
}

/// The truth, signed with another key that follows by these notes.
fn signed_by(present: &Signer, rotations: &[SignedNote]) -> Said {
    let mut said = Said::truth();
    let note: SignedNote = said.checkpoint.parse().unwrap();
    let checkpoint = Checkpoint::open(&note, &[signer().verifier().clone()]).unwrap();
    said.checkpoint = checkpoint.sign(&[present]).unwrap().to_string();
    said.key = present.verifier().to_string();
    said.keys.extend(rotations.iter().map(|note| json!({"key": said.key, "rotation": note.to_string()})));
    said
}

fn another() -> Signer {
    Signer::new(ORIGIN.parse().unwrap(), SigningKey::generate().unwrap())
}

#[tokio::test]
async fn whoever_knows_an_old_key_goes_on_with_the_one_that_follows_it() {
    let (old, middle, present) = (signer(), another(), another());
    let rotations = [Rotation::sign(&old, &middle).unwrap(), Rotation::sign(&middle, &present).unwrap()];
    let said = signed_by(&present, &rotations);
    let (_directory, before) = kept(&Said::truth().checkpoint);
    for key in [Some(&old), Some(&middle), Some(&present), None] {
        let key = key.map(|key| key.verifier().to_string());
        let line = said.clone().verified_with(key.as_deref(), Some(&before), None).await;
        assert!(line.starts_with("verified: 4 entries"), "{line}");
        assert!(line.contains("; nothing was rewritten since the checkpoint of 4 entries"), "{line}");
    }
}

#[tokio::test]
async fn a_key_that_no_trusted_one_vouched_for_is_not_believed() {
    let (old, stranger) = (signer(), another());
    let key = old.verifier().to_string();
    let line = signed_by(&stranger, &[]).verified_with(Some(&key), None, None).await;
    assert_eq!(line, "NOT verified: the checkpoint: the note is not signed by a known key");
    // Its own signature below what the old key signed makes it no successor.
    let mut both = Said::truth();
    let own = signed_by(&stranger, &[]).checkpoint;
    both.checkpoint.push_str(own.lines().last().unwrap());
    both.checkpoint.push('\n');
    assert!(both.verified_with(Some(&key), None, None).await.starts_with("verified: "));
    // A note that the stranger signed alone is none.
    let forged = Rotation::sign(&stranger, &another()).unwrap().to_string();
    let forged = forged.replace(&stranger.verifier().to_string(), &key).parse().unwrap();
    let line = signed_by(&stranger, &[forged]).verified_with(Some(&key), None, None).await;
    assert!(line.starts_with("NOT verified: a key rotation: "), "{line}");
    // Nor is one by which the stranger makes itself the one before.
    let before = Rotation::sign(&stranger, &old).unwrap();
    let line = signed_by(&stranger, &[before]).verified_with(Some(&key), None, None).await;
    assert_eq!(line, "NOT verified: the checkpoint: the note is not signed by a known key");
}
