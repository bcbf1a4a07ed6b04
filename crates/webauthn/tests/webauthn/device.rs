//! A device with a passkey, in software. What it answers can be bent in any one place before it is signed.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Somebody was present.
pub const PRESENT: u8 = 1;
/// Somebody was verified.
pub const VERIFIED: u8 = 1 << 2;
/// The key may be copied.
pub const ELIGIBLE: u8 = 1 << 3;
/// The key was copied.
pub const BACKED_UP: u8 = 1 << 4;
/// A credential follows.
pub const ATTESTED: u8 = 1 << 6;
/// Extensions follow.
pub const EXTENDED: u8 = 1 << 7;

/// The key of a device.
#[derive(Debug)]
pub enum Key {
    /// On P-256.
    Es256(Box<EcdsaKeyPair>),
    /// On curve 25519.
    EdDsa(Box<Ed25519KeyPair>),
}

/// A device that has one passkey. All that it says can be changed.
#[derive(Debug)]
pub struct Device {
    /// What it signs with.
    pub key: Key,
    /// The credential's identifier.
    pub credential_id: Vec<u8>,
    /// Whose it is, as it was told.
    pub user_handle: Vec<u8>,
    /// The site's identifier.
    pub party: String,
    /// The type in the client data; empty where the ceremony's own is said.
    pub ceremony: String,
    /// The site that the browser is on.
    pub origin: String,
    /// What the browser adds to the client data.
    pub added: String,
    /// What was done, beside what follows.
    pub flags: u8,
    /// How often it signed; stays 0 where it does not count.
    pub sign_count: u32,
    /// What follows the authenticator's data.
    pub trailing: Vec<u8>,
}

/// What is brought when a passkey was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// `clientDataJSON`.
    pub client_data: Vec<u8>,
    /// `attestationObject`.
    pub attestation_object: Vec<u8>,
}

/// What is brought when a passkey signed.
#[derive(Debug, Clone)]
pub struct Said {
    /// `clientDataJSON`.
    pub client_data: Vec<u8>,
    /// `authenticatorData`.
    pub authenticator_data: Vec<u8>,
    /// `signature`.
    pub signature: Vec<u8>,
    /// `userHandle`.
    pub user_handle: Vec<u8>,
}

impl Device {
    /// A device on a site, with a key on P-256.
    pub fn new(origin: &str, credential_id: &[u8]) -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        Self::with(Key::Es256(Box::new(key)), origin, credential_id)
    }

    /// One with a key on curve 25519.
    pub fn with_ed25519(origin: &str, credential_id: &[u8]) -> Self {
        let key = Ed25519KeyPair::generate().unwrap();
        Self::with(Key::EdDsa(Box::new(key)), origin, credential_id)
    }

    fn with(key: Key, origin: &str, credential_id: &[u8]) -> Self {
        let host = origin.split("://").last().unwrap_or_default();
        Self {
            key,
            credential_id: credential_id.to_vec(),
            user_handle: Vec::new(),
            party: host.split(':').next().unwrap_or_default().to_owned(),
            ceremony: String::new(),
            origin: origin.to_owned(),
            added: r#","crossOrigin":false"#.to_owned(),
            flags: PRESENT | VERIFIED | ELIGIBLE | BACKED_UP,
            sign_count: 0,
            trailing: Vec::new(),
        }
    }

    /// Makes the passkey, in answer to a challenge.
    pub fn make(&self, challenge: &[u8]) -> Made {
        let mut data = self.authenticator_data(ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.credential_id.len()).unwrap().to_be_bytes());
        data.extend(&self.credential_id);
        data.extend(self.cose());
        data.extend(&self.trailing);
        Made {
            client_data: self.client_data("webauthn.create", challenge),
            attestation_object: attestation_object(&data),
        }
    }

    /// Signs in with it, in answer to a challenge.
    pub fn sign(&self, challenge: &[u8]) -> Said {
        let client_data = self.client_data("webauthn.get", challenge);
        let mut authenticator_data = self.authenticator_data(0);
        authenticator_data.extend(&self.trailing);
        let signed = [&*authenticator_data, digest(&SHA256, &client_data).as_ref()].concat();
        let signature = match &self.key {
            Key::Es256(key) => key.sign(&SystemRandom::new(), &signed).unwrap().as_ref().to_vec(),
            Key::EdDsa(key) => key.sign(&signed).as_ref().to_vec(),
        };
        Said { client_data, authenticator_data, signature, user_handle: self.user_handle.clone() }
    }

    /// The public key as authenticators write it.
    pub fn cose(&self) -> Vec<u8> {
        match &self.key {
            Key::Es256(key) => {
                let point = key.public_key().as_ref();
                [
                    &[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32],
                    &point[1..33],
                    &[0x22, 0x58, 32],
                    &point[33..],
                ]
                .concat()
            }
            Key::EdDsa(key) => {
                [&[0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32], key.public_key().as_ref()].concat()
            }
        }
    }

    fn authenticator_data(&self, more: u8) -> Vec<u8> {
        let mut data = digest(&SHA256, self.party.as_bytes()).as_ref().to_vec();
        data.push(self.flags | more);
        data.extend(self.sign_count.to_be_bytes());
        data
    }

    fn client_data(&self, ceremony: &str, challenge: &[u8]) -> Vec<u8> {
        let ceremony = if self.ceremony.is_empty() { ceremony } else { &self.ceremony };
        let (challenge, origin, added) = (URL_SAFE_NO_PAD.encode(challenge), &self.origin, &self.added);
        format!(r#"{{"type":"{ceremony}","challenge":"{challenge}","origin":"{origin}"{added}}}"#)
            .into_bytes()
    }
}

/// An attestation object without an attestation.
pub fn attestation_object(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap().to_be_bytes();
    let before = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59";
    [before, &length[..], data].concat()
}
