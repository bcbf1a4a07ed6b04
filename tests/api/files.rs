//! Evidence as files: who brings one, who gets it, what is kept of it, and how many there may be.

mod hostile;
mod limits;
mod lost;
mod redacted;
mod stories;

use std::io::Cursor;

use image::{DynamicImage, ImageFormat};
use qadam_tests::Caller;
use serde_json::{Value, json};

use crate::scenes::part;

/// Where evidence of a kind `file` is described.
fn described(level: Option<&str>) -> Value {
    let mut evidence = json!({"kind": "file", "title": {"en": "Act of inspection"}, "number": "14"});
    if let Some(level) = level {
        evidence["text_level"] = json!(level);
    }
    evidence
}

/// Brings a file, and gives the evidence.
async fn brought(caller: Caller<'_>, id: &str, name: &str, content: &[u8]) -> Value {
    caller.bring(&part(id, "evidence"), &described(None), name, content).await.expect(201)["evidence"].clone()
}

/// The address of the file of evidence.
fn address(evidence: &Value) -> String {
    evidence["file"]["url"].as_str().unwrap().to_owned()
}

/// A photograph that tells where it was taken, and is turned.
fn photograph() -> Vec<u8> {
    let mut plain = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(8, 4).write_to(&mut plain, ImageFormat::Jpeg).unwrap();
    let plain = plain.into_inner();
    let mut tiff = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0".to_vec();
    tiff.extend(b"\x0F\x01\x02\0\x09\0\0\0\x26\0\0\0\0\0\0\x0049.0000N\0");
    let length = u16::try_from(tiff.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xFF, 0xE1], &length, &tiff, &plain[2..]].concat()
}

fn holds(bytes: &[u8], sought: &[u8]) -> bool {
    bytes.windows(sought.len()).any(|here| here == sought)
}

/// SHA-256 in hexadecimal digits.
fn sha256(bytes: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    qadam_ledger::Digest::from_bytes(digest.as_ref().try_into().unwrap()).to_string()
}
