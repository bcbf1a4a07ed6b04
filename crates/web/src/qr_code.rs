//! A text as a QR code (ISO/IEC 18004), drawn as one path.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// The light border that readers need, in modules.
const BORDER: i32 = 4;

/// How many modules a side has with its border, and the path of the dark ones. `None` for a text that is too long.
pub(crate) fn draw(text: &str) -> Option<(usize, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _infallible = write!(path, "M{} {}h1v1h-1z", x + BORDER, y + BORDER);
        }
    }
    Some((usize::try_from(code.size() + 2 * BORDER).ok()?, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_drawn_within_its_border_and_one_too_long_is_not() {
        let (side, path) =
            draw("otpauth://totp/register.example:a%40b.example?secret=JBSWY3DPEHPK3PXP").unwrap();
        assert!(side >= 29 && path.starts_with("M4 4h1v1h-1z"), "{side} {path:.20}");
        assert_eq!(draw(&"x".repeat(5_000)), None);
    }
}
