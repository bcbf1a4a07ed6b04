//! What leaves the server and must come back unchanged or say nothing: sealed cursors, keyed digests.
//!
//! Cursors are encrypted (ChaCha20-Poly1305), because they contain sort values and ledger positions. Validators
//! and digests of secrets are HMAC-SHA-256. Every use has its own purpose, which is part of what is authenticated.

use std::fmt::Write as _;

use aws_lc_rs::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::keys::SealingKey;
use crate::random::{Random, bytes};

/// Length of a nonce in bytes.
const NONCE: usize = 12;

/// Seals and digests with the deployment's key.
pub struct Sealer {
    fingerprint: String,
    cipher: Option<LessSafeKey>,
    mac: hmac::Key,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Sealer(…)")
    }
}

impl Sealer {
    /// A sealer with a key. Encryption and digests use keys of their own, derived from it.
    pub fn new(key: &SealingKey) -> Self {
        let root = hmac::Key::new(hmac::HMAC_SHA256, &key.0);
        let derive = |purpose: &[u8]| hmac::sign(&root, purpose);
        let cipher = UnboundKey::new(&CHACHA20_POLY1305, derive(b"qadam sealed cursors").as_ref());
        Self {
            fingerprint: hexadecimal(derive(b"qadam fingerprint of the sealing key").as_ref()),
            cipher: cipher.ok().map(LessSafeKey::new),
            mac: hmac::Key::new(hmac::HMAC_SHA256, derive(b"qadam keyed digests").as_ref()),
        }
    }

    /// What tells the key from others and says nothing of it: 64 hexadecimal digits.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Seals a text for a purpose. The result is URL-safe.
    pub fn seal(&self, random: &dyn Random, purpose: &str, text: &str) -> Option<String> {
        let nonce: [u8; NONCE] = bytes(random);
        let mut sealed = text.as_bytes().to_vec();
        self.cipher
            .as_ref()?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(purpose.as_bytes()),
                &mut sealed,
            )
            .ok()?;
        let mut whole = nonce.to_vec();
        whole.append(&mut sealed);
        Some(URL_SAFE_NO_PAD.encode(whole))
    }

    /// Opens what [`Sealer::seal`] made for the same purpose; `None` for anything else.
    pub fn open(&self, purpose: &str, sealed: &str) -> Option<String> {
        let whole = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = whole.split_at_checked(NONCE)?;
        let mut sealed = sealed.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let open =
            self.cipher.as_ref()?.open_in_place(nonce, Aad::from(purpose.as_bytes()), &mut sealed).ok()?;
        String::from_utf8(open.to_vec()).ok()
    }

    /// A keyed digest of parts for a purpose: 32 bytes. Parts are told apart by their lengths.
    pub fn digest(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.mac);
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            context.update(part);
        }
        let mut digest = [0; 32];
        for (to, from) in digest.iter_mut().zip(context.sign().as_ref()) {
            *to = *from;
        }
        digest
    }

    /// A short keyed digest for validators: 16 URL-safe characters, 96 bits.
    pub fn tag(&self, purpose: &str, parts: &[&[u8]]) -> String {
        let mut tag = URL_SAFE_NO_PAD.encode(self.digest(purpose, parts));
        tag.truncate(16);
        tag
    }
}

/// Bytes in hexadecimal, in lower case.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256 of a token, which is what is stored of it. Tokens are random, so no key is needed.
pub fn token_digest(token: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (to, from) in bytes.iter_mut().zip(digest::digest(&digest::SHA256, token.as_bytes()).as_ref()) {
        *to = *from;
    }
    bytes
}

/// A random token of 256 bits, URL-safe.
pub fn token(random: &dyn Random) -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>(random))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandomness;

    fn sealer() -> Sealer {
        Sealer::new(&SealingKey([7; 32]))
    }

    #[test]
    fn what_was_sealed_is_opened_for_its_purpose_alone() {
        let random = SystemRandomness;
        let sealed = sealer().seal(&random, "items", "2025-12-31").unwrap();
        assert_eq!(sealer().open("items", &sealed).as_deref(), Some("2025-12-31"));
        assert_eq!(sealer().open("meetings", &sealed), None);
        assert_eq!(Sealer::new(&SealingKey([8; 32])).open("items", &sealed), None);
    }

    #[test]
    fn a_changed_character_opens_nothing() {
        let sealed = sealer().seal(&SystemRandomness, "items", "2025-12-31").unwrap();
        for index in 0..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(changed == sealed || sealer().open("items", &changed).is_none(), "{index}");
        }
        assert_eq!(sealer().open("items", ""), None);
        assert_eq!(sealer().open("items", "AAAA"), None);
    }

    #[test]
    fn parts_are_told_apart_by_their_lengths() {
        let sealer = sealer();
        assert_ne!(sealer.digest("p", &[b"ab", b"c"]), sealer.digest("p", &[b"a", b"bc"]));
        assert_ne!(sealer.digest("p", &[b"a"]), sealer.digest("q", &[b"a"]));
        assert_eq!(sealer.tag("p", &[b"a"]).len(), 16);
    }
}
