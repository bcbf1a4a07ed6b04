//! Salts, and the digests that hide what they commit to.
//!
//! A status or the name of an organisation is guessable; its bare hash would give it away. Hashed behind 32 random
//! bytes it says nothing until the salt is shown, and once salt and payload are deleted, nothing ever again.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use uuid::Uuid;

use crate::hex::{self, Hex, HexError};
use crate::{CanonicalError, Digest, canonical_json};

/// 32 random bytes, fresh for each use. They are a secret of those who may read what they hide, so that `Debug` does
/// not show them and there is no `Display`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; 32]);

impl Salt {
    /// Takes 32 bytes, which must come from a cryptographic source of randomness.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// 64 lower-case hexadecimal digits.
    pub fn to_hex(&self) -> String {
        Hex(&self.0).to_string()
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Salt(..)")
    }
}

impl FromStr for Salt {
    type Err = HexError;

    fn from_str(text: &str) -> Result<Self, HexError> {
        hex::decode(text).map(Self)
    }
}

impl Serialize for Salt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_hex())
    }
}

impl<'de> Deserialize<'de> for Salt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The digest of an entry: SHA-256(salt ‖ RFC 8785 JSON of the payload).
pub fn commit(salt: &Salt, payload: &Value) -> Result<Digest, CanonicalError> {
    Ok(Digest::of(&[&salt.0, canonical_json(payload)?.as_bytes()]))
}

/// The digest that stands for the person who acted: SHA-256(salt ‖ user id as lower-case hyphenated text).
///
/// The salt is a second one beside the entry's, fresh for each entry and never served: two entries of one person do
/// not show that they are of one person.
pub fn actor_digest(salt: &Salt, user: Uuid) -> Digest {
    let mut buffer = Uuid::encode_buffer();
    Digest::of(&[&salt.0, user.hyphenated().encode_lower(&mut buffer).as_bytes()])
}
