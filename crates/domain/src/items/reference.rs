//! Refs (`P-2026-0001`), the numbers people quote, and filing codes, which stand in for them before publication.

use std::fmt;
use std::str::FromStr;

use super::status::Kind;

/// The number of a published item: kind, local year of publication, and its place in that year.
///
/// Numbers run per kind and year without gaps and are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// What the item is.
    pub kind: Kind,
    /// The local year of its first publication.
    pub year: i32,
    /// Its place in that year, from 1.
    pub number: u32,
}

impl fmt::Display for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}-{:04}", self.kind.letter(), self.year, self.number)
    }
}

/// A text that is no ref.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a ref such as P-2026-0001")]
pub struct NotAReference;

impl FromStr for Reference {
    type Err = NotAReference;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('-');
        let (Some(letter), Some(year), Some(number), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotAReference);
        };
        let kind = Kind::ALL.into_iter().find(|kind| letter.len() == 1 && letter.starts_with(kind.letter()));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || !(4..=9).contains(&number.len()) || !digits(year) || !digits(number) {
            return Err(NotAReference);
        }
        let reference = Self {
            kind: kind.ok_or(NotAReference)?,
            year: year.parse().map_err(|_| NotAReference)?,
            number: number.parse().map_err(|_| NotAReference)?,
        };
        // One spelling for each number: `P-2026-00001` is not `P-2026-0001`.
        if reference.number > 0 && reference.to_string() == text { Ok(reference) } else { Err(NotAReference) }
    }
}

/// The letters of a filing code: no vowels and no look-alikes, so that no word and no misreading arises.
const FILING_ALPHABET: &[u8; 24] = b"BCDFGHJKLMNPQRSTVWXZ2456";

/// How many letters a filing code has: 24^10 codes, about 46 bits.
const FILING_LENGTH: usize = 10;

/// Makes a filing code from random bytes, in two groups: `BCDFG-HJKLM`.
///
/// It is shown to the submitter and the secretariat before the item has a ref, and says nothing about when or
/// how many items were filed.
pub fn filing_code(random: [u8; 16]) -> String {
    let mut value = u128::from_be_bytes(random);
    let mut code = String::with_capacity(FILING_LENGTH + 1);
    for place in 0..FILING_LENGTH {
        if place == FILING_LENGTH / 2 {
            code.push('-');
        }
        let index = usize::try_from(value % 24).unwrap_or_default();
        code.push(char::from(FILING_ALPHABET.get(index).copied().unwrap_or(b'B')));
        value /= 24;
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_ref_is_written_with_four_digits_or_more() {
        let reference = Reference { kind: Kind::Commitment, year: 2026, number: 7 };
        assert_eq!(reference.to_string(), "C-2026-0007");
        assert_eq!(
            "R-2026-12345".parse(),
            Ok(Reference { kind: Kind::Recommendation, year: 2026, number: 12345 })
        );
    }

    #[test]
    fn other_spellings_are_refused() {
        for bad in [
            "",
            "C",
            "C-2026",
            "C-2026-7",
            "c-2026-0007",
            "C-2026-00007",
            "X-2026-0001",
            "C-26-0001",
            "C-2026-0000",
            "C-2026-0001-1",
            "CC-2026-0001",
            "C-2026-+001",
            "-2026-0001",
        ] {
            assert_eq!(bad.parse::<Reference>(), Err(NotAReference), "{bad}");
        }
    }

    #[test]
    fn filing_codes_come_from_all_letters_and_hide_their_order() {
        assert_eq!(filing_code([0; 16]), "BBBBB-BBBBB");
        let mut one = [0; 16];
        one[15] = 23;
        assert_eq!(filing_code(one), "6BBBB-BBBBB");
        one[15] = 24;
        assert_eq!(filing_code(one), "BCBBB-BBBBB");
    }

    proptest! {
        #[test]
        fn refs_are_read_back(kind in 0usize..3, year in 1000i32..10000, number in 1u32..999_999_999) {
            let reference = Reference { kind: Kind::ALL[kind], year, number };
            prop_assert_eq!(reference.to_string().parse::<Reference>(), Ok(reference));
        }
    }
}
