//! Archives that nobody here wrote: whole by their digest, and refused for what they hold.

use std::io::Write as _;
use std::path::Path;

use aws_lc_rs::digest::{SHA256, digest};
use qadam_archive::{ArchiveError, Manifest, Member, sha256};
use tar::{Builder, EntryType, Header};

use crate::fixtures::{head, ledger, place, read};

/// Puts members into an archive of the right form, whatever they are.
fn forge(place: &Path, members: &[(&str, EntryType, Vec<u8>)]) {
    let mut builder = Builder::new(zstd::Encoder::new(Vec::new(), 3).unwrap());
    for (path, kind, content) in members {
        let mut header = Header::new_ustar();
        // Past the checks of the one who writes honestly.
        let name = &mut header.as_old_mut().name;
        name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_entry_type(*kind);
        header.set_size(content.len() as u64);
        header.set_mode(0o600);
        header.set_cksum();
        builder.append(&header, content.as_slice()).unwrap();
    }
    sealed(place, builder);
}

/// Ends an archive as one ends that is whole.
fn sealed(place: &Path, builder: Builder<zstd::Encoder<'_, Vec<u8>>>) {
    let mut bytes = builder.into_inner().unwrap().finish().unwrap();
    let seal = digest(&SHA256, &bytes);
    bytes.write_all(b"\x51\x2A\x4D\x18\x2C\0\0\0qadam-sha256").unwrap();
    bytes.write_all(seal.as_ref()).unwrap();
    std::fs::write(place, bytes).unwrap();
}

fn plain(path: &'static str, content: &[u8]) -> (&'static str, EntryType, Vec<u8>) {
    (path, EntryType::Regular, content.to_vec())
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

fn manifest(members: &[(&str, EntryType, Vec<u8>)]) -> Manifest {
    let members = members.iter().map(|(name, _, content)| Member {
        name: (*name).to_owned(),
        size: content.len() as u64,
        sha256: sha256(content),
    });
    Manifest {
        head: head(),
        rows: Vec::new(),
        ledger: ledger(),
        absent_files: Vec::new(),
        members: members.collect(),
    }
}

/// What comes of an archive with these members between its head and its manifest.
fn outcome(between: &[(&'static str, EntryType, Vec<u8>)]) -> Result<usize, ArchiveError> {
    let (_folder, place) = place();
    let mut members = vec![plain("backup.json", &json(&head()))];
    members.extend_from_slice(between);
    let manifest = json(&manifest(&members));
    members.push(plain("manifest.json", &manifest));
    forge(&place, &members);
    read(&place, None).map(|(members, _)| members.len())
}

#[test]
fn names_that_no_member_has_are_refused() {
    let rows = plain("tables/002-item/000001.jsonl", b"");
    assert_eq!(outcome(std::slice::from_ref(&rows)).unwrap(), 1, "what is forged well is read");
    for path in [
        "../escape",
        "/etc/passwd",
        "files/../../x",
        "tables/003-other/000001.jsonl",
        "tables/002-other/000001.jsonl",
        "tables/0002-item/0000001.jsonl",
        "note.txt",
    ] {
        assert!(matches!(outcome(&[plain(path, b"x")]), Err(ArchiveError::Refused(_))), "{path}");
    }
}

#[test]
fn links_folders_and_headers_for_others_are_refused() {
    let name = "files/00000000000000000000000000000001";
    for kind in [
        EntryType::Symlink,
        EntryType::Link,
        EntryType::Directory,
        EntryType::GNULongName,
        EntryType::XHeader,
        EntryType::XGlobalHeader,
        EntryType::GNUSparse,
        EntryType::Char,
    ] {
        assert!(matches!(outcome(&[(name, kind, Vec::new())]), Err(ArchiveError::Refused(_))), "{kind:?}");
    }
}

#[test]
fn members_that_come_twice_or_out_of_order_are_refused() {
    let file = |number: char| {
        let name = if number == '1' {
            "files/00000000000000000000000000000001"
        } else {
            "files/00000000000000000000000000000002"
        };
        plain(name, b"x")
    };
    let rows = plain("tables/002-item/000001.jsonl", b"");
    for members in [vec![file('1'), file('1')], vec![file('2'), file('1')], vec![file('1'), rows]] {
        assert!(matches!(outcome(&members), Err(ArchiveError::Refused(_))), "{members:?}");
    }
}

#[test]
fn a_member_that_says_that_it_is_huge_is_refused_before_it_is_read() {
    let (_folder, place) = place();
    let mut builder = Builder::new(zstd::Encoder::new(Vec::new(), 3).unwrap());
    let content = json(&head());
    for (path, size, content) in [
        ("backup.json", content.len() as u64, content.as_slice()),
        ("files/00000000000000000000000000000001", 1 << 40, &b""[..]),
    ] {
        let mut header = Header::new_ustar();
        header.set_path(path).unwrap();
        header.set_size(size);
        header.set_cksum();
        builder.append(&header, content).unwrap();
    }
    sealed(&place, builder);
    assert!(matches!(read(&place, None), Err(ArchiveError::Refused(_))));
}

#[test]
fn a_member_that_the_manifest_does_not_name_or_that_is_missing_is_found() {
    let (_folder, place) = place();
    let first = plain("backup.json", &json(&head()));
    let file = plain("files/00000000000000000000000000000001", b"x");
    let other = plain("files/00000000000000000000000000000001", b"y");
    for (present, named) in [
        (vec![first.clone(), file.clone()], vec![first.clone()]),
        (vec![first.clone()], vec![first.clone(), file.clone()]),
        (vec![first.clone(), file], vec![first.clone(), other]),
    ] {
        let mut members = present;
        members.push(plain("manifest.json", &json(&manifest(&named))));
        forge(&place, &members);
        assert!(matches!(read(&place, None), Err(ArchiveError::Damaged(_))));
    }
    forge(&place, &[first]);
    assert!(matches!(read(&place, None), Err(ArchiveError::Damaged(_))), "no manifest");
    let headless = plain("files/00000000000000000000000000000001", b"x");
    forge(&place, &[headless]);
    assert!(matches!(read(&place, None), Err(ArchiveError::Refused(_))), "no head");
}

#[test]
fn a_newer_format_is_told_from_damage() {
    let (_folder, place) = place();
    forge(&place, &[plain("backup.json", br#"{"format": 2, "something": "new"}"#)]);
    assert!(matches!(read(&place, None), Err(ArchiveError::Newer(2, 1))));
}
