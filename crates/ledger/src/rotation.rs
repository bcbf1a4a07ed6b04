//! Rotations: the word of a log's old key that another one follows it.
//!
//! A checkpoint with two signatures does not say this: anybody can add a line of their own below a text that the log
//! signed. So the text of a rotation names both keys, and both sign it. Whoever trusts the old key then trusts the new
//! one, and whoever trusts the new one knows which key signed what is older.

use crate::{NoteError, SignedNote, Signer, Verifier};

/// The first line. It cannot be that of a checkpoint, whose first line has no blanks: one key may sign both.
const TITLE: &str = "qadam key rotation v1";

/// A rotation is malformed, or not signed by both keys.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RotationError {
    /// Not the lines of a rotation in their one spelling.
    #[error("not a key rotation")]
    Malformed,
    /// The keys have different names, or are the same key.
    #[error("a rotation is from one key of a log to another of the same name")]
    Keys,
    /// The note is malformed, or one of the two keys did not sign it.
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// One key of a log follows another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// The key that signed until then.
    pub old: Verifier,
    /// The key that signs since.
    pub new: Verifier,
}

impl Rotation {
    /// Signs the rotation from one key to another with both.
    pub fn sign(old: &Signer, new: &Signer) -> Result<SignedNote, RotationError> {
        let rotation = Self { old: old.verifier().clone(), new: new.verifier().clone() };
        rotation.check()?;
        Ok(SignedNote::sign(&rotation.to_text(), &[old, new])?)
    }

    /// The text that is signed: the title and two lines of a name, a colon and a value.
    pub fn to_text(&self) -> String {
        let Self { old, new } = self;
        format!("{TITLE}\nold: {old}\nnew: {new}\n")
    }

    /// Checks that both keys that the note names signed it. Whether one of them is to be trusted is for
    /// [`successors`] and [`predecessors`] to say.
    pub fn open(note: &SignedNote) -> Result<Self, RotationError> {
        let rotation = Self::from_text(note.unverified_text())?;
        rotation.check()?;
        for key in [&rotation.old, &rotation.new] {
            note.verify(std::slice::from_ref(key))?;
        }
        Ok(rotation)
    }

    fn from_text(text: &str) -> Result<Self, RotationError> {
        let mut lines = text.lines().skip(1);
        let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(": ")?.parse().ok();
        let (Some(old), Some(new)) = (value("old"), value("new")) else {
            return Err(RotationError::Malformed);
        };
        let rotation = Self { old, new };
        // This also refuses another title, other spellings, carriage returns and further lines.
        if rotation.to_text() == text { Ok(rotation) } else { Err(RotationError::Malformed) }
    }

    fn check(&self) -> Result<(), RotationError> {
        if self.old.name() == self.new.name() && self.old != self.new {
            Ok(())
        } else {
            Err(RotationError::Keys)
        }
    }
}

/// The trusted keys and those that follow them, by rotations in any order.
pub fn successors(trusted: &[Verifier], rotations: &[Rotation]) -> Vec<Verifier> {
    follow(trusted, rotations, |rotation| (&rotation.old, &rotation.new))
}

/// The trusted keys and those that came before them, by rotations in any order. They signed what is older; what a key
/// signs after it was followed counts for nothing, so they must not be let speak for the present.
pub fn predecessors(trusted: &[Verifier], rotations: &[Rotation]) -> Vec<Verifier> {
    follow(trusted, rotations, |rotation| (&rotation.new, &rotation.old))
}

fn follow(
    trusted: &[Verifier],
    rotations: &[Rotation],
    step: fn(&Rotation) -> (&Verifier, &Verifier),
) -> Vec<Verifier> {
    let mut known = trusted.to_vec();
    let mut next = 0;
    while let Some(from) = known.get(next).cloned() {
        for (_, to) in rotations.iter().map(step).filter(|(key, _)| **key == from) {
            if !known.contains(to) {
                known.push(to.clone());
            }
        }
        next += 1;
    }
    known
}
