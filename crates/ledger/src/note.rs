//! Signed notes (<https://c2sp.org/signed-note>): a text and below it, after an empty line, its signatures.
//!
//! Checkpoints and receipts are both notes, so that one verifier serves both and any other tool that knows the format
//! reads them. A note may carry several signatures: while a key is being replaced, the old and the new one both sign.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::{KeyError, KeyName, Signer, Verifier};

/// The longest note read, in bytes. Ours have a few hundred; witnesses add theirs.
pub const MAX_NOTE_LENGTH: usize = 1 << 20;

/// The most signatures read; the specification demands at least 16.
pub const MAX_SIGNATURES: usize = 100;

/// What a signature line begins with: an em dash and a space.
const SIGNATURE_PREFIX: &str = "\u{2014} ";

/// A signed note is malformed, or not signed by a known key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The name of a key is empty or has a character that it must not have.
    #[error("the name of a key must have no white space, control character or plus sign, and not be empty")]
    Name,
    /// A verifier key is not `name+id+key`, not Ed25519, or the id is not that of name and key.
    #[error("not a verifier key")]
    VerifierKey,
    /// Longer than [`MAX_NOTE_LENGTH`].
    #[error("the note is too long")]
    TooLong,
    /// More signatures than [`MAX_SIGNATURES`], or none.
    #[error("the note must have between 1 and {MAX_SIGNATURES} signatures")]
    SignatureCount,
    /// The text does not end in a newline, or there is a control character in it.
    #[error("the text of a note must end in a newline and have no control characters")]
    Text,
    /// Below the text is something other than signature lines.
    #[error("the note is malformed")]
    Malformed,
    /// Two different known keys have the same name and id.
    #[error("there are two keys named {0} with one id")]
    AmbiguousKey(KeyName),
    /// A signature by a known key is wrong.
    #[error("the signature by {0} is wrong")]
    WrongSignature(KeyName),
    /// None of the signatures is by a known key.
    #[error("the note is not signed by a known key")]
    NoKnownKey,
    /// Signing failed.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// A text with signatures. The text is told only once a signature was checked: [`SignedNote::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    signatures: Vec<NoteSignature>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct NoteSignature {
    name: KeyName,
    id: [u8; 4],
    bytes: Vec<u8>,
}

/// The text of a note whose signatures by known keys are all right, and there is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<'a> {
    text: &'a str,
    signers: Vec<&'a KeyName>,
}

impl Verified<'_> {
    /// The signed text, with its final newline.
    pub const fn text(&self) -> &str {
        self.text
    }

    /// Whether a known key of this name signed.
    pub fn is_signed_by(&self, name: &KeyName) -> bool {
        self.signers.contains(&name)
    }
}

impl SignedNote {
    /// Signs a text, which must end in a newline, with each of the keys.
    pub fn sign(text: &str, signers: &[&Signer]) -> Result<Self, NoteError> {
        check_text(text)?;
        if signers.is_empty() || signers.len() > MAX_SIGNATURES {
            return Err(NoteError::SignatureCount);
        }
        let signatures = signers
            .iter()
            .map(|signer| {
                let bytes = signer.sign(text.as_bytes())?;
                Ok(NoteSignature {
                    name: signer.verifier().name().clone(),
                    id: signer.verifier().id(),
                    bytes,
                })
            })
            .collect::<Result<_, KeyError>>()?;
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// The text, which nobody may have signed: to find in it which keys should have, or to show what was checked
    /// elsewhere.
    pub fn unverified_text(&self) -> &str {
        &self.text
    }

    /// Checks every signature by one of these keys and returns the text.
    ///
    /// Signatures by other keys are ignored, as they must be. One wrong signature by a known key spoils the note.
    pub fn verify<'a>(&'a self, known: &'a [Verifier]) -> Result<Verified<'a>, NoteError> {
        let mut signers = Vec::new();
        for signature in &self.signatures {
            let Some(verifier) = signature.verifier_among(known)? else { continue };
            if !verifier.key().verifies(self.text.as_bytes(), &signature.bytes) {
                return Err(NoteError::WrongSignature(signature.name.clone()));
            }
            signers.push(verifier.name());
        }
        if signers.is_empty() {
            Err(NoteError::NoKnownKey)
        } else {
            Ok(Verified { text: &self.text, signers })
        }
    }
}

impl NoteSignature {
    fn verifier_among<'a>(&self, known: &'a [Verifier]) -> Result<Option<&'a Verifier>, NoteError> {
        let mut matching =
            known.iter().filter(|verifier| *verifier.name() == self.name && verifier.id() == self.id);
        let first = matching.next();
        match matching.find(|other| first != Some(*other)) {
            Some(_) => Err(NoteError::AmbiguousKey(self.name.clone())),
            None => Ok(first),
        }
    }

    fn parse(line: &str) -> Result<Self, NoteError> {
        let (name, base64) = line
            .strip_prefix(SIGNATURE_PREFIX)
            .and_then(|rest| rest.split_once(' '))
            .ok_or(NoteError::Malformed)?;
        let bytes = STANDARD.decode(base64).map_err(|_| NoteError::Malformed)?;
        match bytes.split_first_chunk() {
            Some((&id, signature)) if !signature.is_empty() => {
                Ok(Self { name: KeyName::new(name)?, id, bytes: signature.to_vec() })
            }
            _ => Err(NoteError::Malformed),
        }
    }
}

impl FromStr for SignedNote {
    type Err = NoteError;

    fn from_str(note: &str) -> Result<Self, NoteError> {
        if note.len() > MAX_NOTE_LENGTH {
            return Err(NoteError::TooLong);
        }
        // The text may have empty lines; the last one divides. Its newline before belongs to the text.
        let (text, below) =
            note.rfind("\n\n").and_then(|at| note.split_at_checked(at + 1)).ok_or(NoteError::Malformed)?;
        check_text(text)?;
        let lines = below
            .strip_prefix('\n')
            .and_then(|lines| lines.strip_suffix('\n'))
            .ok_or(NoteError::Malformed)?;
        if lines.split('\n').count() > MAX_SIGNATURES {
            return Err(NoteError::SignatureCount);
        }
        let signatures = lines.split('\n').map(NoteSignature::parse).collect::<Result<_, _>>()?;
        Ok(Self { text: text.to_owned(), signatures })
    }
}

impl fmt::Display for SignedNote {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}", self.text)?;
        for NoteSignature { name, id, bytes } in &self.signatures {
            let signature = STANDARD.encode([id.as_slice(), bytes].concat());
            writeln!(formatter, "{SIGNATURE_PREFIX}{name} {signature}")?;
        }
        Ok(())
    }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    let control = |letter: char| letter < ' ' && letter != '\n';
    if text.ends_with('\n') && !text.contains(control) { Ok(()) } else { Err(NoteError::Text) }
}
