//! Ed25519 keys (RFC 8032): the log's private key, kept in a PKCS#8 PEM file, and the public one.

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

const PEM_BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const PEM_END: &str = "-----END PRIVATE KEY-----";

/// Characters of base64 on a line of PEM (RFC 7468).
const PEM_LINE: usize = 64;

/// A key cannot be read, written or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not one PEM block of the type `PRIVATE KEY`.
    #[error("not a PEM file with one PRIVATE KEY")]
    Pem,
    /// The block does not hold an Ed25519 key.
    #[error("not an Ed25519 key in PKCS#8 form")]
    Pkcs8,
    /// The cryptography library refused, for lack of randomness or memory.
    #[error("the cryptography library failed")]
    Library,
}

/// The private key of the log. `Debug` shows the public half only.
pub struct SigningKey {
    pair: Ed25519KeyPair,
    verifying: VerifyingKey,
}

/// A private key as PEM text. It is wiped from memory when dropped, and `Debug` does not show it.
pub struct PrivatePem(Zeroizing<String>);

impl PrivatePem {
    /// The text to be written to a file that only its owner may read.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PrivatePem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PrivatePem(..)")
    }
}

impl SigningKey {
    /// Makes a new key from the randomness of the cryptography library.
    pub fn generate() -> Result<Self, KeyError> {
        Self::new(Ed25519KeyPair::generate().map_err(|_| KeyError::Library)?)
    }

    /// Reads a key from PEM text (RFC 7468 and 8410), as [`SigningKey::to_pem`] and `openssl genpkey` write it. Blanks
    /// around lines are allowed, anything else before or after the block is not.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let body = pem
            .trim_ascii()
            .strip_prefix(PEM_BEGIN)
            .and_then(|rest| rest.strip_suffix(PEM_END))
            .ok_or(KeyError::Pem)?;
        let body: Zeroizing<String> = Zeroizing::new(body.split_ascii_whitespace().collect());
        let der = Zeroizing::new(STANDARD.decode(body.as_bytes()).map_err(|_| KeyError::Pem)?);
        Self::new(Ed25519KeyPair::from_pkcs8(&der).map_err(|_| KeyError::Pkcs8)?)
    }

    /// The key as PEM text, PKCS#8 version 1, which every tool reads.
    pub fn to_pem(&self) -> Result<PrivatePem, KeyError> {
        let der: Pkcs8V1Der<'_> = self.pair.as_der().map_err(|_| KeyError::Library)?;
        let body = Zeroizing::new(STANDARD.encode(der.as_ref()));
        let mut pem = Zeroizing::new(format!("{PEM_BEGIN}\n"));
        for (place, letter) in body.chars().enumerate() {
            if place > 0 && place % PEM_LINE == 0 {
                pem.push('\n');
            }
            pem.push(letter);
        }
        pem.push('\n');
        pem.push_str(PEM_END);
        pem.push('\n');
        Ok(PrivatePem(pem))
    }

    /// The public half.
    pub const fn verifying_key(&self) -> VerifyingKey {
        self.verifying
    }

    /// Signs a message: 64 bytes.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let signature = self.pair.try_sign(message).map_err(|_| KeyError::Library)?;
        Ok(signature.as_ref().to_vec())
    }

    fn new(pair: Ed25519KeyPair) -> Result<Self, KeyError> {
        let bytes = pair.public_key().as_ref().try_into().map_err(|_| KeyError::Library)?;
        Ok(Self { pair, verifying: VerifyingKey::from_bytes(bytes) })
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SigningKey").field("verifying", &self.verifying).finish_non_exhaustive()
    }
}

/// A public key: the 32 bytes of RFC 8032.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifyingKey([u8; 32]);

impl VerifyingKey {
    /// Takes 32 bytes; that they are a point of the curve shows when a signature is checked.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether the signature over the message was made with the private half.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0).verify(message, signature).is_ok()
    }
}
