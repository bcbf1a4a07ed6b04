//! Writing an archive, and reading it again.

use qadam_archive::{ArchiveError, KeyName, MemberName, Writer, sha256};

use crate::fixtures::{head, ledger, place, read, write};

#[test]
fn what_was_written_is_read() {
    let (folder, place) = place();
    let finished = write(&place, None).unwrap();
    let (members, manifest) = read(&place, None).unwrap();
    assert_eq!(manifest, finished.manifest);
    let file = std::fs::read(&place).unwrap();
    assert_eq!((finished.size, finished.sha256), (file.len() as u64, sha256(&file)));
    let names: Vec<MemberName> = members.iter().map(|member| member.name).collect();
    let rows = |part| MemberName::Rows { table: 2, part };
    assert_eq!(names, [rows(1), rows(2), MemberName::File(7)]);
    assert_eq!(members[0].bytes, b"[\"00\",\"first\"]\n[\"01\",null]\n");
    let counted: Vec<_> = manifest.rows.iter().map(|table| (table.table.as_str(), table.rows)).collect();
    assert_eq!(counted, [("empty", 0), ("item", 3)]);
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing else is left: {left:?}");
}

#[test]
fn an_archive_is_read_by_its_owner_alone() {
    let (_folder, place) = place();
    write(&place, None).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn nothing_is_written_over_and_nothing_half_is_left() {
    let (folder, place) = place();
    let begun = Writer::begin(&place, None, head()).unwrap();
    assert!(!place.exists(), "it has no name before it is whole");
    std::fs::write(&place, "somebody else's").unwrap();
    assert!(matches!(begun.finish(ledger(), Vec::new()), Err(ArchiveError::Exists)));
    assert!(matches!(write(&place, None), Err(ArchiveError::Exists)));
    assert_eq!(std::fs::read_to_string(&place).unwrap(), "somebody else's");
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 1);
}

#[test]
fn what_is_given_up_leaves_nothing() {
    let (folder, place) = place();
    let mut writer = Writer::begin(&place, None, head()).unwrap();
    writer.file(1, b"a").unwrap();
    drop(writer);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn keys_go_into_encrypted_archives_alone_and_members_keep_their_order() {
    let (_folder, place) = place();
    let mut writer = Writer::begin(&place, None, head()).unwrap();
    assert!(matches!(writer.key(KeyName::Token, b"secret"), Err(ArchiveError::KeysInTheOpen)));
    writer.file(2, b"b").unwrap();
    assert!(writer.file(2, b"b").is_err());
    assert!(writer.file(1, b"a").is_err());
    assert!(writer.rows(0, b"", 0).is_err());
}
