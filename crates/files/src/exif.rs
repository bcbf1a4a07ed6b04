//! The one thing that is kept of an image's EXIF: which side is up.
//!
//! Cameras store what the sensor saw and note how it was held. Without that note a photograph lies on its side.

/// The tag of the orientation, in the first directory (EXIF 2.32, section 4.6.4).
const ORIENTATION: u16 = 0x0112;
/// A number of two bytes.
const SHORT: u16 = 3;
/// Entries of a directory that are looked through at most.
const ENTRIES_MAX: usize = 1_000;

/// How an image is turned: 1 to 8, where 1 is not at all.
pub(crate) fn orientation(tiff: &[u8]) -> Option<u16> {
    let order = match tiff.get(..4)? {
        b"II*\0" => Order::Little,
        b"MM\0*" => Order::Big,
        _ => return None,
    };
    let directory = usize::try_from(order.long(tiff, 4)?).ok()?;
    let entries = usize::from(order.short(tiff, directory)?).min(ENTRIES_MAX);
    (0..entries).find_map(|index| {
        let entry = directory.checked_add(2)?.checked_add(index * 12)?;
        let is_it = order.short(tiff, entry)? == ORIENTATION && order.short(tiff, entry + 2)? == SHORT;
        let value = order.short(tiff, entry.checked_add(8)?)?;
        (is_it && (2..=8).contains(&value)).then_some(value)
    })
}

/// A TIFF structure that holds the orientation and nothing else.
pub(crate) fn with_orientation(value: u16) -> Vec<u8> {
    // Byte order, where the directory is, how many entries it has.
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01".to_vec();
    tiff.extend(ORIENTATION.to_be_bytes());
    tiff.extend(SHORT.to_be_bytes());
    tiff.extend(1_u32.to_be_bytes());
    tiff.extend(value.to_be_bytes());
    // What fills the value up to four bytes, and that there is no next directory.
    tiff.extend([0; 6]);
    tiff
}

#[derive(Debug, Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn short(self, bytes: &[u8], at: usize) -> Option<u16> {
        let two = *bytes.get(at..)?.first_chunk::<2>()?;
        Some(match self {
            Self::Little => u16::from_le_bytes(two),
            Self::Big => u16::from_be_bytes(two),
        })
    }

    fn long(self, bytes: &[u8], at: usize) -> Option<u32> {
        let four = *bytes.get(at..)?.first_chunk::<4>()?;
        Some(match self {
            Self::Little => u32::from_le_bytes(four),
            Self::Big => u32::from_be_bytes(four),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_an_upright_image_needs_no_note() {
        for value in 2..=8 {
            assert_eq!(orientation(&with_orientation(value)), Some(value));
        }
        for nothing in [0, 1, 9] {
            assert_eq!(orientation(&with_orientation(nothing)), None);
        }
    }

    #[test]
    fn it_is_read_in_both_byte_orders_and_behind_other_tags() {
        let mut little = b"II*\0\x08\0\0\0\x02\0".to_vec();
        little.extend(b"\x0F\x01\x02\0\x04\0\0\0Cam\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
        assert_eq!(orientation(&little), Some(6));
    }

    #[test]
    fn nonsense_has_none() {
        for bytes in [
            &b""[..],
            b"II*\0",
            b"MM\0*\xFF\xFF\xFF\xFF",
            b"II*\0\x08\0\0\0\xFF\xFF",
            b"XX*\0\x08\0\0\0\x01\0",
        ] {
            assert_eq!(orientation(bytes), None, "{bytes:?}");
        }
    }
}
