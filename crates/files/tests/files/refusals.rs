//! What is taken as text, and what is not taken at all.

use image::ImageFormat;
use qadam_files::{FileType, Refusal, take};

use crate::pictures::encoded;

#[test]
fn files_are_what_their_content_says_and_not_what_they_are_called() {
    for (content, name, expected) in [
        (&b""[..], "report.pdf", Err(Refusal::Empty)),
        (b" \r\n", "note.txt", Err(Refusal::Empty)),
        (b"%PDF-1.7\n...\n%%EOF\n", "anything.exe", Ok(FileType::Pdf)),
        (b"%PDF-1.7\n...", "report.pdf", Err(Refusal::Damaged)),
        (b"<!DOCTYPE html><script>alert(1)</script>", "report.pdf", Err(Refusal::UnknownType)),
        (b"\xEF\xBB\xBF \n<html>", "note.txt", Err(Refusal::UnknownType)),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.png", Err(Refusal::UnknownType)),
        (b"<?xml version='1.0'?><svg/>", "a.txt", Err(Refusal::UnknownType)),
        ("Куәгер айтты\n".as_bytes(), "айғақ", Ok(FileType::Text)),
        (b"a,b\r\n1,2\r\n", "table.CSV", Ok(FileType::Csv)),
        (b"a,b\r\n1,2\r\n", "table.html", Ok(FileType::Text)),
        // Windows-1251, UTF-16, a NUL, an escape sequence.
        (b"\xCA\xE0\xE7", "note.txt", Err(Refusal::UnknownType)),
        (b"\xFF\xFEa\0", "note.txt", Err(Refusal::UnknownType)),
        (b"a\0b", "note.txt", Err(Refusal::UnknownType)),
        (b"\x1B[2Jgone", "note.txt", Err(Refusal::UnknownType)),
        (b"MZ\x90\0", "photo.jpg", Err(Refusal::UnknownType)),
        (b"\x7FELF", "photo.jpg", Err(Refusal::UnknownType)),
        (b"GIF89a\x01\0\x01\0\0\0\0;", "photo.jpg", Err(Refusal::UnknownType)),
        // Word before 2007, and what a password makes of a new one.
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "note.docx", Err(Refusal::UnknownType)),
        // Another format before a document.
        (b"GIF89a%PDF-1.7\n%%EOF", "report.pdf", Err(Refusal::UnknownType)),
        (b"\xFF\xD8\xFF\xE0", "photo.jpg", Err(Refusal::Damaged)),
        (b"\x89PNG\r\n\x1A\n", "photo.png", Err(Refusal::Damaged)),
        (b"RIFF\x04\0\0\0WEBP", "photo.webp", Err(Refusal::Damaged)),
    ] {
        let found = take(content.to_vec(), name).map(|kept| kept.file_type);
        assert_eq!(found, expected, "{} as {name}", String::from_utf8_lossy(content));
    }
}

#[test]
fn an_image_that_is_also_something_else_loses_what_it_also_is() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        for also in [&b"PK\x03\x04 an archive"[..], b"<script>alert(1)</script>", b"%PDF-1.7 %%EOF"] {
            let kept = take([&encoded(format), also].concat(), "photo").unwrap();
            assert!(kept.metadata_removed);
            assert_eq!(kept.bytes, encoded(format));
        }
    }
}

#[test]
fn an_image_that_was_broken_off_is_damaged_wherever_that_was() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(format);
        // Up to its signature it is not even one.
        for length in 20..whole.len() - 1 {
            assert_eq!(take(whole[..length].to_vec(), ""), Err(Refusal::Damaged), "{format:?} {length}");
        }
    }
}

#[test]
fn a_chunk_that_changed_on_its_way_is_noticed() {
    let mut bytes = encoded(ImageFormat::Png);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    assert_eq!(take(bytes, ""), Err(Refusal::Damaged));
}
