//! Documents that are archives, and archives that are none.

use std::io::{Cursor, Write as _};

use qadam_files::archive::{ENTRIES_MAX, READ_MAX, UNPACKED_MAX};
use qadam_files::{FileType, Refusal, take};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const WORD: &str = r#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const WORD_WITH_MACROS: &str = r#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>"#;
const RENAMED_MACROS: &str = r#"<Types><Override PartName="/word/notes.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>"#;
const DISGUISED_MACROS: &str = r#"<Types><Override PartName="/word/notes.bin" ContentType="application/vnd.ms-office.&#118;baProject"/></Types>"#;
const TYPES: &str = "[Content_Types].xml";
const OPEN_TEXT: &str = "application/vnd.oasis.opendocument.text";

fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn verdict(bytes: Vec<u8>) -> Result<FileType, Refusal> {
    take(bytes, "document").map(|kept| kept.file_type)
}

#[test]
fn documents_and_tables_are_known_by_what_they_hold() {
    for (entries, expected) in [
        (vec![(TYPES, WORD), ("word/document.xml", "<w/>")], Ok(FileType::Docx)),
        (
            vec![(TYPES, "<Types/>"), ("xl/workbook.xml", "<x/>"), ("xl/printerSettings1.bin", "x")],
            Ok(FileType::Xlsx),
        ),
        (
            vec![
                (TYPES, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Types/>"),
                ("word/document.xml", ""),
            ],
            Ok(FileType::Docx),
        ),
        (vec![("mimetype", OPEN_TEXT), ("content.xml", "<o/>")], Ok(FileType::Odt)),
        (
            vec![("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<o/>")],
            Ok(FileType::Ods),
        ),
        (vec![("mimetype", "application/epub+zip"), ("content.xml", "<o/>")], Err(Refusal::UnknownType)),
        (vec![("evil.exe", "MZ")], Err(Refusal::UnknownType)),
        (vec![(TYPES, "<Types/>"), ("ppt/presentation.xml", "<p/>")], Err(Refusal::UnknownType)),
    ] {
        assert_eq!(verdict(archive(&entries)), expected, "{entries:?}");
    }
}

#[test]
fn what_could_run_or_reaches_out_of_the_archive_is_refused() {
    let word = ("word/document.xml", "<w/>");
    for entries in [
        vec![(TYPES, WORD), word, ("word/vbaProject.bin", "x")],
        vec![(TYPES, WORD), word, ("word/VBAPROJECT.BIN", "x")],
        vec![(TYPES, WORD_WITH_MACROS), word],
        vec![(TYPES, RENAMED_MACROS), word, ("word/notes.bin", "x")],
        vec![(TYPES, DISGUISED_MACROS), word, ("word/notes.bin", "x")],
        vec![(TYPES, "<?xml version='1.0' encoding='UTF-7'?><Types/>"), word],
        vec![(TYPES, "<Types/>"), ("xl/workbook.xml", "<x/>"), ("xl/macrosheets/sheet1.xml", "x")],
        vec![(TYPES, WORD), word, ("word/embeddings/oleObject1.bin", "x")],
        vec![(TYPES, WORD), word, ("word/activeX/activeX1.xml", "x")],
        vec![("mimetype", OPEN_TEXT), ("content.xml", "<o/>"), ("Basic/Standard/Module1.xml", "x")],
        vec![(TYPES, WORD), word, ("../../etc/passwd", "x")],
        vec![(TYPES, WORD), word, ("a\\..\\b", "x")],
        vec![(TYPES, WORD), word, ("/etc/passwd", "x")],
    ] {
        assert_eq!(verdict(archive(&entries)), Err(Refusal::Unsafe), "{entries:?}");
    }
}

#[test]
fn a_list_of_parts_in_other_letters_is_not_believed() {
    let utf_16: Vec<u8> = RENAMED_MACROS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [(TYPES, utf_16.as_slice()), ("word/document.xml", b"<w/>")] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    assert_eq!(verdict(writer.finish().unwrap().into_inner()), Err(Refusal::Unsafe));
}

#[test]
fn an_archive_that_is_encrypted_is_refused() {
    let mut bytes = archive(&[(TYPES, WORD), ("word/document.xml", "<w/>")]);
    // The flag of encryption, in the headers of the entries and in the directory.
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> =
            (0..bytes.len() - 4).filter(|place| bytes[*place..].starts_with(signature)).collect();
        for place in places {
            bytes[place + flags] |= 1;
        }
    }
    assert_eq!(verdict(bytes), Err(Refusal::Unsafe));
}

#[test]
fn more_than_can_be_looked_into_is_refused() {
    let many: Vec<String> = (0..=ENTRIES_MAX).map(|number| format!("word/part{number}.xml")).collect();
    let mut entries: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "")).collect();
    entries.insert(0, (TYPES, WORD));
    assert_eq!(verdict(archive(&entries)), Err(Refusal::Unsafe));
    let zeros = "0".repeat(1024 * 1024);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    writer.start_file(TYPES, options).unwrap();
    writer.write_all(WORD.as_bytes()).unwrap();
    writer.start_file("word/document.xml", options).unwrap();
    for _ in 0..=UNPACKED_MAX / zeros.len() as u64 {
        writer.write_all(zeros.as_bytes()).unwrap();
    }
    let bomb = writer.finish().unwrap().into_inner();
    assert!(bomb.len() < 512 * 1024, "a bomb is small: {}", bomb.len());
    assert_eq!(verdict(bomb), Err(Refusal::Unsafe));
}

#[test]
fn lists_are_read_into_memory_only_so_far() {
    let long = "a".repeat(usize::try_from(READ_MAX).unwrap() + 1);
    for name in ["mimetype", TYPES, "META-INF/manifest.xml", "_rels/.rels"] {
        let entries = [(name, long.as_str()), ("content.xml", "<o/>")];
        assert_eq!(verdict(archive(&entries)), Err(Refusal::Unsafe), "{name}");
    }
    let as_long = [("mimetype", &long[1..]), ("content.xml", "<o/>")];
    assert_eq!(verdict(archive(&as_long)), Err(Refusal::UnknownType));
}

#[test]
fn entries_that_readers_could_take_for_one_another_are_refused() {
    for (name, other) in [("word/a.xml", "word/A.xml"), ("word/a.xml", "word\\a.xml")] {
        let entries = [(TYPES, WORD), ("word/document.xml", "<w/>"), (name, "1"), (other, "2")];
        assert_eq!(verdict(archive(&entries)), Err(Refusal::Unsafe), "{other}");
    }
    let entries = [(TYPES, WORD), ("word/document.xml", "<w/>"), ("word/a.xml", "1"), ("word/b.xml", "2")];
    let mut bytes = archive(&entries);
    assert_eq!(verdict(bytes.clone()), Ok(FileType::Docx));
    for place in 0..bytes.len() - 10 {
        if bytes[place..].starts_with(b"word/b.xml") {
            bytes[place + 5] = b'a';
        }
    }
    assert_eq!(verdict(bytes), Err(Refusal::Unsafe), "the same name");
}

#[test]
fn a_document_that_fetches_something_when_it_is_opened_is_refused() {
    let list = |kind: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/\
             relationships/{kind}\" Target=\"https://evil.example/a\" TargetMode=\"External\"/></Relationships>"
        )
    };
    for (kind, expected) in [("attachedTemplate", Err(Refusal::Unsafe)), ("hyperlink", Ok(FileType::Docx))] {
        let list = list(kind);
        let part = ("word/_rels/settings.xml.rels", list.as_str());
        assert_eq!(
            verdict(archive(&[(TYPES, WORD), ("word/document.xml", "<w/>"), part])),
            expected,
            "{kind}"
        );
    }
}

#[test]
fn an_open_document_with_a_password_is_refused() {
    let manifest = |inside: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE manifest:manifest><manifest:manifest>\
             <manifest:file-entry manifest:full-path=\"content.xml\">{inside}</manifest:file-entry></manifest:manifest>"
        )
    };
    for (inside, expected) in [
        ("", Ok(FileType::Odt)),
        ("<manifest:encryption-data manifest:checksum=\"x\"/>", Err(Refusal::Unsafe)),
    ] {
        let manifest = manifest(inside);
        let entries =
            [("mimetype", OPEN_TEXT), ("content.xml", "?"), ("META-INF/manifest.xml", manifest.as_str())];
        assert_eq!(verdict(archive(&entries)), expected, "{inside}");
    }
}

#[test]
fn an_archive_that_is_broken_off_is_damaged() {
    let whole = archive(&[(TYPES, WORD), ("word/document.xml", "<w/>")]);
    for length in [4, 40, whole.len() / 2, whole.len() - 1] {
        assert_eq!(verdict(whole[..length].to_vec()), Err(Refusal::Damaged), "{length}");
    }
    let mut changed = whole.clone();
    let data = whole.windows(4).position(|here| here == b"xml\xCD" || here == b"xml\xB3").unwrap_or(60);
    changed[data + 5] ^= 0x55;
    assert_eq!(verdict(changed), Err(Refusal::Damaged));
}
