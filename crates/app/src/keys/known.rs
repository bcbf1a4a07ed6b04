//! Keys that are no secret: published as examples, or what somebody types who has to put something there.

use qadam_ledger::VerifyingKey;

/// Why such a key is refused.
pub(super) const PUBLISHED: &str = "is known to others: let the program make one, or bring one of your own";

/// Public halves of Ed25519 keys whose private halves are in print.
const EXAMPLES: [&str; 6] = [
    // RFC 8032, section 7.1, tests 1 to 3; the first is also the example of RFC 8037.
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    // RFC 8410, section 10.3.
    "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1",
    // The key of zeros, and the one that counts from 0 to 31.
    "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
    "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8",
];

/// Whether the private half of a key is in print.
pub(super) fn is_published(key: &VerifyingKey) -> bool {
    EXAMPLES.contains(&super::encode_hex(key.as_bytes()).as_str())
}

/// Whether 32 bytes are the first that come to mind: all alike, or counted up or down.
pub(super) fn is_guessed(key: &[u8; 32]) -> bool {
    [0, 1, u8::MAX]
        .iter()
        .any(|step| key.windows(2).all(|pair| matches!(pair, [from, to] if from.wrapping_add(*step) == *to)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use qadam_ledger::SigningKey;

    /// The key with this seed, by way of a PEM file.
    fn key_of(seed: [u8; 32]) -> SigningKey {
        let mut der = vec![
            0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
        ];
        der.extend(seed);
        let body = STANDARD.encode(der);
        SigningKey::from_pem(&format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"))
            .unwrap()
    }

    fn seed(text: &str) -> [u8; 32] {
        super::super::decode_hex(text).unwrap()
    }

    #[test]
    fn keys_of_standards_and_of_lazy_hands_are_known() {
        let mut counted = [0; 32];
        for (number, byte) in (0..).zip(counted.iter_mut()) {
            *byte = number;
        }
        for known in [
            seed("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"),
            seed("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"),
            seed("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"),
            seed("d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842"),
            [0; 32],
            counted,
        ] {
            assert!(is_published(&key_of(known).verifying_key()), "{known:?}");
        }
        assert!(!is_published(&SigningKey::generate().unwrap().verifying_key()));
    }

    #[test]
    fn bytes_that_are_alike_or_counted_are_guessed() {
        let mut counted = [0; 32];
        for (number, byte) in (250..=u8::MAX).chain(0..).zip(counted.iter_mut()) {
            *byte = number;
        }
        let mut back = counted;
        back.reverse();
        for guessed in [[0; 32], [0xff; 32], [0x41; 32], counted, back] {
            assert!(is_guessed(&guessed), "{guessed:?}");
        }
        let mut other = counted;
        other[20] ^= 1;
        assert!(!is_guessed(&other));
    }
}
