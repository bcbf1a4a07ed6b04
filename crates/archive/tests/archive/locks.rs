//! Encrypted archives.

use age::secrecy::ExposeSecret as _;
use qadam_archive::{ArchiveError, KeyName, Lock, MemberName, Unlock};

use crate::fixtures::{place, read, write};

const PASSPHRASE: &str = "correct horse battery staple\n";

fn pair() -> (String, String) {
    let identity = age::x25519::Identity::generate();
    (identity.to_public().to_string(), identity.to_string().expose_secret().to_owned())
}

#[test]
fn what_was_encrypted_for_somebody_is_read_by_them_alone() {
    let (_folder, place) = place();
    let ((first, first_secret), (second, second_secret)) = (pair(), pair());
    write(&place, Some(&Lock::recipients([first.as_str(), second.as_str()]).unwrap())).unwrap();
    for secret in [&first_secret, &second_secret] {
        let file = format!("# created: 2026-03-01T08:00:00Z\n{secret}\n");
        let (members, _) = read(&place, Some(&Unlock::identities(&file).unwrap())).unwrap();
        assert_eq!(members.last().unwrap().name, MemberName::Key(KeyName::Ledger));
    }
    let other = Unlock::identities(&pair().1).unwrap();
    assert!(matches!(read(&place, Some(&other)), Err(ArchiveError::WrongKey)));
    let passphrase = Unlock::passphrase(PASSPHRASE).unwrap();
    assert!(matches!(read(&place, Some(&passphrase)), Err(ArchiveError::WrongKey)));
    assert!(matches!(read(&place, None), Err(ArchiveError::Locked)));
    let bytes = std::fs::read(&place).unwrap();
    assert!(!bytes.windows(9).any(|window| window == b"organisat" || window == b"evidence"));
}

#[test]
fn a_passphrase_opens_what_it_closed() {
    let (_folder, place) = place();
    write(&place, Some(&Lock::passphrase(PASSPHRASE).unwrap())).unwrap();
    assert!(read(&place, Some(&Unlock::passphrase(PASSPHRASE).unwrap())).is_ok());
    let wrong = Unlock::passphrase("correct horse battery stable").unwrap();
    assert!(matches!(read(&place, Some(&wrong)), Err(ArchiveError::WrongKey)));
}

#[test]
fn a_changed_byte_of_an_encrypted_archive_is_found() {
    let (_folder, place) = place();
    let (recipient, secret) = pair();
    write(&place, Some(&Lock::recipients([recipient.as_str()]).unwrap())).unwrap();
    let unlock = Unlock::identities(&secret).unwrap();
    let whole = std::fs::read(&place).unwrap();
    for at in (0..whole.len()).filter(|at| *at < 300 || *at > whole.len() - 100 || at % 211 == 0) {
        let mut changed = whole.clone();
        changed[at] ^= 0x01;
        std::fs::write(&place, &changed).unwrap();
        assert!(read(&place, Some(&unlock)).is_err(), "byte {at} of {}", whole.len());
    }
}

#[test]
fn what_is_no_key_and_what_is_too_short_is_refused() {
    assert!(matches!(Lock::recipients(["age1nobody"]), Err(ArchiveError::BadKey(_))));
    assert!(matches!(Lock::passphrase("fourteen chars"), Err(ArchiveError::BadKey(_))));
    assert!(matches!(Lock::passphrase("\nsecond line is not read"), Err(ArchiveError::BadKey(_))));
    assert!(Lock::passphrase("fifteen letters").is_ok());
    assert!(matches!(Unlock::identities("# only a comment\n"), Err(ArchiveError::BadKey(_))));
    assert!(matches!(Unlock::identities("age1public"), Err(ArchiveError::BadKey(_))));
}

#[test]
fn a_key_for_what_is_open_is_told() {
    let (_folder, place) = place();
    write(&place, None).unwrap();
    let unlock = Unlock::identities(&pair().1).unwrap();
    assert!(matches!(read(&place, Some(&unlock)), Err(ArchiveError::NotLocked)));
    std::fs::write(&place, "PK\x03\x04 something else").unwrap();
    assert!(matches!(read(&place, None), Err(ArchiveError::Foreign)));
}
