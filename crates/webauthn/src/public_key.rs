//! Keys of credentials: read as authenticators write them (COSE, RFC 9053), kept as a number and bytes.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey, UnparsedPublicKey, VerificationAlgorithm,
};
use ciborium::Value;

use crate::Refusal;

/// The length of a coordinate, and of a key of Ed25519, in bytes.
const COORDINATE: usize = 32;
/// How many members a key has at most: those of the algorithms that are offered, and as many again.
const MEMBERS_MAX: usize = 16;
/// What a point begins with whose two coordinates follow.
const UNCOMPRESSED: u8 = 4;

/// With what a credential signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

impl Algorithm {
    /// Those that are offered, the one that most devices know first. RSA is not: its keys and signatures are long, and
    /// whatever makes passkeys knows one of these.
    pub const OFFERED: [Self; 2] = [Self::Es256, Self::EdDsa];

    /// Its number in the registry of COSE algorithms.
    pub const fn number(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::EdDsa => -8,
        }
    }

    /// The algorithm with a number, if it is one that is offered.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::OFFERED.into_iter().find(|algorithm| algorithm.number() == number)
    }

    /// Kind of key and curve in the registries of COSE.
    const fn family(self) -> (i64, i64) {
        match self {
            Self::Es256 => (2, 1),
            Self::EdDsa => (1, 6),
        }
    }

    fn verification(self) -> &'static dyn VerificationAlgorithm {
        match self {
            Self::Es256 => &ECDSA_P256_SHA256_ASN1,
            Self::EdDsa => &ED25519,
        }
    }
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// What it verifies.
    pub algorithm: Algorithm,
    /// The key: an uncompressed point, or the 32 bytes of Ed25519.
    pub bytes: Vec<u8>,
}

impl PublicKey {
    /// Reads a key of an algorithm that is offered. Points that are not on the curve are none.
    pub(crate) fn from_cose(value: Value) -> Result<Self, Refusal> {
        read(value).filter(Self::is_one).ok_or(Refusal::PublicKey)
    }

    fn is_one(&self) -> bool {
        match self.algorithm {
            Algorithm::Es256 => ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &self.bytes).is_ok(),
            Algorithm::EdDsa => ParsedPublicKey::new(&ED25519, &self.bytes).is_ok(),
        }
    }

    /// Whether the key signed a message.
    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        let key = UnparsedPublicKey::new(self.algorithm.verification(), &self.bytes);
        key.verify(message, signature).map_err(|_| Refusal::Signature)
    }
}

fn read(value: Value) -> Option<PublicKey> {
    let members = Members::new(value)?;
    let algorithm = Algorithm::from_number(members.number(3)?)?;
    if (members.number(1)?, members.number(-1)?) != algorithm.family() {
        return None;
    }
    let x = members.coordinate(-2)?;
    let bytes = match algorithm {
        Algorithm::EdDsa => x.to_vec(),
        Algorithm::Es256 => [&[UNCOMPRESSED], x, members.coordinate(-3)?].concat(),
    };
    Some(PublicKey { algorithm, bytes })
}

/// The members of a map whose names are numbers.
struct Members(Vec<(i64, Value)>);

impl Members {
    /// `None` where one is named twice: two readers could read two keys; or where there are more than any key has.
    fn new(value: Value) -> Option<Self> {
        let Value::Map(pairs) = value else { return None };
        if pairs.len() > MEMBERS_MAX {
            return None;
        }
        let mut members: Vec<(i64, Value)> = Vec::with_capacity(pairs.len());
        for (name, value) in pairs {
            let name = i64::try_from(name.as_integer()?).ok()?;
            if members.iter().any(|(known, _)| *known == name) {
                return None;
            }
            members.push((name, value));
        }
        Some(Self(members))
    }

    fn get(&self, name: i64) -> Option<&Value> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    fn number(&self, name: i64) -> Option<i64> {
        i64::try_from(self.get(name)?.as_integer()?).ok()
    }

    fn coordinate(&self, name: i64) -> Option<&[u8]> {
        self.get(name)?.as_bytes().map(Vec::as_slice).filter(|bytes| bytes.len() == COORDINATE)
    }
}
