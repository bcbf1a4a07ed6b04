//! Ed25519 keys against the examples of RFC 8032 and RFC 8410.

use qadam_ledger::{KeyError, SigningKey, VerifyingKey};

use crate::fixtures::FIRST_PEM;

/// RFC 8410, section 10.3, and the public key of its section 10.1.
const RFC_8410: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
";
const RFC_8410_PUBLIC: &str = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";

/// RFC 8032, section 7.1, test 1: the empty message.
const RFC_8032: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
";
const RFC_8032_PUBLIC: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const RFC_8032_SIGNATURE: &str = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

#[test]
fn the_key_of_rfc_8410_is_read_and_written_byte_for_byte() {
    let key = SigningKey::from_pem(RFC_8410).unwrap();
    assert_eq!(hex(key.verifying_key().as_bytes()), RFC_8410_PUBLIC);
    assert_eq!(key.to_pem().unwrap().as_str(), RFC_8410);
}

#[test]
fn the_signature_of_rfc_8032_is_made_and_accepted() {
    let key = SigningKey::from_pem(RFC_8032).unwrap();
    assert_eq!(hex(key.verifying_key().as_bytes()), RFC_8032_PUBLIC);
    let signature = key.sign(b"").unwrap();
    assert_eq!(hex(&signature), RFC_8032_SIGNATURE);
    assert!(key.verifying_key().verifies(b"", &signature));
}

#[test]
fn a_signature_does_not_serve_another_message_key_or_spelling() {
    let key = SigningKey::from_pem(RFC_8032).unwrap();
    let signature = key.sign(b"message").unwrap();
    assert!(key.verifying_key().verifies(b"message", &signature));
    assert!(!key.verifying_key().verifies(b"massage", &signature));
    assert!(!SigningKey::from_pem(RFC_8410).unwrap().verifying_key().verifies(b"message", &signature));
    assert!(!key.verifying_key().verifies(b"message", &signature[..63]));
    assert!(!VerifyingKey::from_bytes([0xff; 32]).verifies(b"message", &signature));
    for bit in 0..512 {
        let mut flipped = signature.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(!key.verifying_key().verifies(b"message", &flipped), "bit {bit}");
    }
}

#[test]
fn a_generated_key_survives_its_file_and_is_like_no_other() {
    let key = SigningKey::generate().unwrap();
    let pem = key.to_pem().unwrap();
    let read = SigningKey::from_pem(pem.as_str()).unwrap();
    assert_eq!(read.verifying_key(), key.verifying_key());
    assert!(key.verifying_key().verifies(b"m", &read.sign(b"m").unwrap()));
    assert_ne!(SigningKey::generate().unwrap().verifying_key(), key.verifying_key());
}

#[test]
fn only_one_private_key_block_is_read() {
    let crlf = FIRST_PEM.replace('\n', "\r\n");
    assert!(SigningKey::from_pem(&crlf).is_ok());
    for wrong in [
        "",
        "-----BEGIN PRIVATE KEY-----",
        &FIRST_PEM.replace("PRIVATE", "PUBLIC"),
        &FIRST_PEM.replace("MC4", "M*4"),
        &format!("{FIRST_PEM}{FIRST_PEM}"),
        &format!("a comment\n{FIRST_PEM}"),
    ] {
        assert_eq!(SigningKey::from_pem(wrong).err(), Some(KeyError::Pem), "{wrong}");
    }
    // The object identifier of X25519 (1.3.101.110) in place of that of Ed25519 (1.3.101.112).
    let other = FIRST_PEM.replace("K2VwBCIE", "K2VuBCIE");
    assert_eq!(SigningKey::from_pem(&other).err(), Some(KeyError::Pkcs8));
}

#[test]
fn debug_output_shows_the_public_half_only() {
    let key = SigningKey::from_pem(RFC_8032).unwrap();
    let shown = format!("{key:?}");
    assert!(shown.starts_with("SigningKey { verifying: VerifyingKey([215, 90, 152, 1, "), "{shown}");
    // The first bytes of the seed: 9d 61 b1 9d.
    assert!(!shown.contains("157, 97, 177, 157"), "{shown}");
    assert_eq!(format!("{:?}", key.to_pem().unwrap()), "PrivatePem(..)");
}
