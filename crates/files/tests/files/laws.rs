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
        let _verdict = take([BEGINNINGS[begin], rest.as_slice()].concat(), "x.csv");
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
        prop_assume!(!["tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"].contains(&kind.as_str()));
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
