//! Images come out as they look and with nothing else.

use image::ImageFormat;
use qadam_files::{FileType, take};

use crate::pictures::{SECRETS, decoded, encoded, holds, photograph, screenshot, web_picture};

/// What is kept of EXIF: which side is up.
const TURNED: &[u8] = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";

#[test]
fn nothing_that_does_not_draw_the_image_is_left_and_no_pixel_changes() {
    for (bytes, file_type) in
        [(photograph(), FileType::Jpeg), (screenshot(), FileType::Png), (web_picture(), FileType::Webp)]
    {
        assert!(SECRETS.iter().filter(|secret| holds(&bytes, secret)).count() >= 4, "{file_type:?}");
        let kept = take(bytes.clone(), "picture").unwrap();
        assert_eq!((kept.file_type, kept.metadata_removed), (file_type, true));
        for secret in SECRETS {
            assert!(!holds(&kept.bytes, secret), "{file_type:?}: {}", String::from_utf8_lossy(secret));
        }
        assert_eq!(decoded(&kept.bytes), decoded(&bytes), "{file_type:?}");
        assert!(holds(&kept.bytes, TURNED), "{file_type:?} lost which side is up");
        let again = take(kept.bytes.clone(), "picture").unwrap();
        assert!(!again.metadata_removed && again.bytes == kept.bytes, "{file_type:?} changed once more");
    }
}

#[test]
fn of_a_colour_profile_stays_which_space_it_is() {
    let name: Vec<u8> = "Display P3".encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, head) in [(photograph(), &b"ICC_PROFILE\0\x01\x01"[..]), (web_picture(), b"ICCP")] {
        let kept = take(bytes, "").unwrap().bytes;
        assert!(holds(&kept, head) && holds(&kept, &name));
    }
    let kept = take(screenshot(), "").unwrap().bytes;
    assert!(holds(&kept, b"gAMA") && !holds(&kept, b"iCCP"));
    let mut measured = web_picture();
    let place = measured.windows(8).rposition(|here| here == b"XYZ \0\0\0\0").unwrap();
    measured[place + 9] ^= 1;
    let kept = take(measured, "").unwrap().bytes;
    assert!(!holds(&kept, b"ICCP") && kept[20] & 0b0010_0000 == 0, "nor is it announced");
}

#[test]
fn images_with_nothing_to_remove_stay_as_they_are() {
    for (format, file_type) in [
        (ImageFormat::Jpeg, FileType::Jpeg),
        (ImageFormat::Png, FileType::Png),
        (ImageFormat::WebP, FileType::Webp),
    ] {
        let bytes = encoded(format);
        let kept = take(bytes.clone(), "").unwrap();
        assert_eq!((kept.file_type, kept.metadata_removed), (file_type, false));
        assert_eq!(kept.bytes, bytes);
    }
}

#[test]
fn an_extended_web_picture_announces_only_what_is_left() {
    let kept = take(web_picture(), "").unwrap().bytes;
    // The flags of VP8X: a profile, EXIF for the orientation, no XMP.
    assert_eq!((&kept[12..16], kept[20]), (b"VP8X".as_slice(), 0b0010_1000));
    let length = u32::from_le_bytes([kept[4], kept[5], kept[6], kept[7]]);
    assert_eq!(usize::try_from(length).unwrap() + 8, kept.len());
}

#[test]
fn a_small_copy_in_the_header_of_a_photograph_is_cut_out() {
    let plain = encoded(ImageFormat::Jpeg);
    // JFIF with a copy of one pixel.
    let mut bytes = plain[..2].to_vec();
    bytes.extend(b"\xFF\xE0\0\x13JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01\xAA\xBB\xCC");
    bytes.extend(&plain[20..]);
    let kept = take(bytes.clone(), "").unwrap();
    assert!(kept.metadata_removed && !holds(&kept.bytes, b"\xAA\xBB\xCC"));
    assert!(holds(&kept.bytes, b"\xFF\xE0\0\x10JFIF\0\x01\x02\0\0\x48\0\x48\0\0"));
    assert_eq!(decoded(&kept.bytes), decoded(&bytes));
}
