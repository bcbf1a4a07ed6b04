//! Every changed byte of an archive is found, wherever it is.

use crate::fixtures::{place, read, write};

#[test]
fn a_changed_byte_anywhere_is_found() {
    let (_folder, place) = place();
    write(&place, None).unwrap();
    let whole = std::fs::read(&place).unwrap();
    // Each byte of what surrounds the members, and some between.
    let edge = 200;
    let places = (0..whole.len()).filter(|at| *at < edge || *at > whole.len() - edge || at % 53 == 0);
    for at in places {
        let mut changed = whole.clone();
        changed[at] ^= 1 << (at % 8);
        std::fs::write(&place, &changed).unwrap();
        assert!(read(&place, None).is_err(), "byte {at} of {}", whole.len());
    }
    std::fs::write(&place, &whole).unwrap();
    assert!(read(&place, None).is_ok());
}

#[test]
fn a_missing_end_and_an_added_one_are_found() {
    let (_folder, place) = place();
    write(&place, None).unwrap();
    let whole = std::fs::read(&place).unwrap();
    for length in [0, 1, 100, whole.len() / 2, whole.len() - 52, whole.len() - 1] {
        std::fs::write(&place, &whole[..length]).unwrap();
        assert!(read(&place, None).is_err(), "{length}");
    }
    for more in [&b"\0"[..], &whole, b"\x50\x2A\x4D\x18\0\0\0\0"] {
        std::fs::write(&place, [&whole, more].concat()).unwrap();
        assert!(read(&place, None).is_err());
    }
}
