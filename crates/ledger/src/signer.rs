//! Keys with names, as signed notes know them (<https://c2sp.org/signed-note>).
//!
//! A note says of each signature by which name and key id it was made. The id is four bytes over name, algorithm and
//! public key, so that a log which changes its key keeps its name.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::hex::{self, Hex};
use crate::{Digest, KeyError, NoteError, SigningKey, VerifyingKey};

/// The byte that says Ed25519 in key ids and verifier keys.
const ED25519: u8 = 0x01;

/// The name of a key, which for a log is its origin: `qadam.example/log`. Not empty; no white space, no control
/// characters, no plus sign.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(String);

impl KeyName {
    /// Takes a text that is fit for a name.
    pub fn new(name: &str) -> Result<Self, NoteError> {
        let unfit = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '+';
        if name.is_empty() || name.contains(unfit) {
            return Err(NoteError::Name);
        }
        Ok(Self(name.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for KeyName {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        Self::new(text)
    }
}

/// A private key with its name.
#[derive(Debug)]
pub struct Signer {
    key: SigningKey,
    verifier: Verifier,
}

impl Signer {
    /// Gives a key its name.
    pub fn new(name: KeyName, key: SigningKey) -> Self {
        let verifier = Verifier::new(name, key.verifying_key());
        Self { key, verifier }
    }

    /// The public half.
    pub const fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// Signs a message: 64 bytes.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        self.key.sign(message)
    }
}

/// A public key with its name. Its text, `name+id+key`, is what `GET /ledger/key` serves and what those keep who want
/// to verify without asking the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier {
    name: KeyName,
    id: [u8; 4],
    key: VerifyingKey,
}

impl Verifier {
    /// Gives a key its name.
    pub fn new(name: KeyName, key: VerifyingKey) -> Self {
        let digest = Digest::of(&[name.0.as_bytes(), b"\n", &[ED25519], key.as_bytes()]);
        let [first, second, third, fourth, ..] = *digest.as_bytes();
        Self { name, id: [first, second, third, fourth], key }
    }

    /// The name.
    pub const fn name(&self) -> &KeyName {
        &self.name
    }

    /// The key id: the first four bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ public key).
    pub const fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The public key.
    pub const fn key(&self) -> VerifyingKey {
        self.key
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut key = vec![ED25519];
        key.extend_from_slice(self.key.as_bytes());
        write!(formatter, "{}+{}+{}", self.name, Hex(&self.id), STANDARD.encode(key))
    }
}

impl FromStr for Verifier {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        // The key is base64, where a plus sign may stand; neither the name nor the id has one.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::VerifierKey);
        };
        let id: [u8; 4] = hex::decode(id).map_err(|_| NoteError::VerifierKey)?;
        let key = STANDARD.decode(key).map_err(|_| NoteError::VerifierKey)?;
        let Some((&ED25519, key)) = key.split_first() else { return Err(NoteError::VerifierKey) };
        let key = key.try_into().map_err(|_| NoteError::VerifierKey)?;
        let verifier = Self::new(KeyName::new(name)?, VerifyingKey::from_bytes(key));
        if verifier.id == id { Ok(verifier) } else { Err(NoteError::VerifierKey) }
    }
}
