//! Lower-case hexadecimal, the one form in which digests and salts are written.
//!
//! Reading is as strict as writing: upper case is refused, so that equal bytes always have equal texts.

use std::fmt;

/// A text is not the lower-case hexadecimal form of the number of bytes expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} lower-case hexadecimal digits")]
pub struct HexError {
    /// How many digits were expected.
    pub expected: usize,
}

/// Shows bytes in hexadecimal.
pub(crate) struct Hex<'a>(pub(crate) &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// Reads exactly `N` bytes.
pub(crate) fn decode<const N: usize>(text: &str) -> Result<[u8; N], HexError> {
    let error = HexError { expected: 2 * N };
    let (pairs, _) = text.as_bytes().as_chunks::<2>();
    if text.len() != 2 * N {
        return Err(error);
    }
    let mut bytes = [0; N];
    for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(high).zip(digit(low)).map(|(high, low)| high << 4 | low).ok_or(error)?;
    }
    Ok(bytes)
}

fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    }
}
