//! Text in UTF-8, and tables of text.

use crate::{FileType, Refusal};

/// Whether bytes are text, and which.
///
/// What begins as markup is a page or a picture that runs scripts: it is not taken as text either, for somebody will
/// give it its old name again.
pub(crate) fn text_type(bytes: &[u8], name: &str) -> Result<FileType, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::UnknownType)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let forbidden = |character: char| character.is_control() && !"\t\n\r\u{C}".contains(character);
    // Readers of PDF look for its beginning in the first kilobyte, whatever stands before it.
    let is_also_pdf = bytes.windows(5).take(1_024).any(|five| five == b"%PDF-");
    if text.contains(forbidden) || is_also_pdf || text.trim_start().starts_with('<') {
        return Err(Refusal::UnknownType);
    }
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let is_table = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("csv"));
    Ok(if is_table { FileType::Csv } else { FileType::Text })
}
