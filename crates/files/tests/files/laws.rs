//! What holds for whatever anybody sends.

use proptest::prelude::*;
use qadam_files::take;

use crate::pictures::{SECRETS, decoded, holds, photograph, png_chunk, screenshot, web_picture};

/// A beginning that is believed, so that what follows is looked at.
const BEGINNINGS: [&[u8]; 6] =
    [b"", b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1A\n", b"RIFF\xFF\0\0\0WEBP", b"PK\x03\x04", b"%PDF-"];

proptest! {
    #[test]
    fn no_bytes_make_it_stumble(
        begin in 0..BEGINNINGS.len(),
        rest in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        let sent = [BEGINNINGS[begin], rest.as_slice()].concat();
        let Ok(kept) = take(sent.clone(), "x.csv") else { return Ok(()) };
        // What is kept is what it is said to be, the same for whoever looks again, and larger by no more than the note of
        // which side is up and a colour profile.
        prop_assert_eq!(kept.metadata_removed, kept.bytes != sent);
        prop_assert!(!kept.bytes.is_empty() && kept.bytes.len() <= sent.len() + 1_024);
        let again = take(kept.bytes.clone(), "x.csv").unwrap();
        prop_assert_eq!((again.file_type, again.bytes), (kept.file_type, kept.bytes));
    }

    #[test]
    fn images_end_where_they_end_whatever_follows(which in 0_usize..3, rest in proptest::collection::vec(any::<u8>(), 1..400)) {
        let image = [photograph(), screenshot(), web_picture()][which].clone();
        let alone = take(image.clone(), "").unwrap();
        let kept = take([image, rest].concat(), "").unwrap();
        prop_assert_eq!(kept.bytes, alone.bytes);
    }

    #[test]
    fn changed_images_are_refused_or_clean(which in 0_usize..3, changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..6)) {
        let mut bytes = [photograph(), screenshot(), web_picture()][which].clone();
        for (place, byte) in changes {
            let place = place % bytes.len();
            bytes[place] = byte;
        }
        if let Ok(kept) = take(bytes, "") {
            let again = take(kept.bytes.clone(), "").unwrap();
            prop_assert!(!again.metadata_removed);
        }
    }

    #[test]
    fn texts_of_any_kind_never_stay_in_a_picture(kind in "[a-z][a-zA-Z][A-Z][a-zA-Z]", text in "[ -~]{12,80}") {
        prop_assume!(!["tRNS", "cHRM", "gAMA", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"].contains(&kind.as_str()));
        let plain = crate::pictures::encoded(image::ImageFormat::Png);
        let kind: [u8; 4] = kind.as_bytes().try_into().unwrap();
        let bytes = [&plain[..33], &png_chunk(kind, text.as_bytes()), &plain[33..]].concat();
        let kept = take(bytes, "").unwrap();
        prop_assert!(kept.metadata_removed && !holds(&kept.bytes, text.as_bytes()));
        prop_assert_eq!(decoded(&kept.bytes), decoded(&plain));
    }
}

#[test]
fn the_secrets_are_in_what_the_laws_are_tried_with() {
    let all = [photograph(), screenshot(), web_picture()].concat();
    assert!(SECRETS.iter().all(|secret| holds(&all, secret)));
}
