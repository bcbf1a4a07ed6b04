//! Documents that are ZIP archives: Office Open XML (ECMA-376) and `OpenDocument` (ISO/IEC 26300).
//!
//! They are looked into and never unpacked: every entry is read to its end and thrown away, so that what an archive says
//! of its sizes is true and no more comes out of it than [`UNPACKED_MAX`].

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::{FileType, Refusal};

/// What an archive with something in it begins with.
pub(crate) const SIGNATURE: &[u8] = b"PK\x03\x04";

/// How many entries an archive has at most.
pub const ENTRIES_MAX: usize = 5_000;
/// How many bytes come out of an archive at most.
pub const UNPACKED_MAX: u64 = 128 * 1024 * 1024;
/// How long the list of what an archive holds may be, in bytes.
const LIST_MAX: usize = 1024 * 1024;

/// Parts of names of what runs, or can hold anything: macros, controls, other programs' objects.
const RUNNING: [&str; 6] = ["vbaproject", "vbadata", "macrosheets/", "activex/", "oleobject", "customui/"];
/// Directories of `OpenDocument` that hold macros.
const OPEN_MACROS: [&str; 2] = ["basic/", "scripts/"];

/// What an archive is, if it is a document without anything that could run.
pub(crate) fn document_type(bytes: &[u8]) -> Result<FileType, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if archive.len() > ENTRIES_MAX {
        return Err(Refusal::Unsafe);
    }
    let mut seen = Seen::default();
    let mut left = UNPACKED_MAX;
    for index in 0..archive.len() {
        // Opened raw first: what is encrypted can be told only so.
        if archive.by_index_raw(index).map_err(|_| Refusal::Damaged)?.encrypted() {
            return Err(Refusal::Unsafe);
        }
        let mut entry = archive.by_index(index).map_err(|_| Refusal::Damaged)?;
        left = seen.look_at(&mut entry, left)?;
    }
    seen.verdict()
}

/// What was found in an archive.
#[derive(Debug, Default)]
struct Seen {
    /// `[Content_Types].xml`, which says what each part of an Office document is.
    types: Option<Vec<u8>>,
    /// `mimetype`, which says what an `OpenDocument` is.
    media_type: Option<Vec<u8>>,
    parts: BTreeSet<Part>,
}

/// Parts by which a document is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// The text of Office Open XML.
    Text,
    /// The tables of Office Open XML.
    Workbook,
    /// The content of an `OpenDocument`, whatever it is.
    OpenContent,
    /// Its macros.
    OpenMacros,
}

impl Part {
    fn named(name: &str) -> Option<Self> {
        match name {
            "word/document.xml" => Some(Self::Text),
            "xl/workbook.xml" => Some(Self::Workbook),
            "content.xml" => Some(Self::OpenContent),
            _ if OPEN_MACROS.iter().any(|directory| name.starts_with(directory)) => Some(Self::OpenMacros),
            _ => None,
        }
    }
}

impl Seen {
    /// Reads an entry to its end. Gives how many bytes may still come out of the archive.
    fn look_at<R: std::io::Read>(&mut self, entry: &mut ZipFile<'_, R>, left: u64) -> Result<u64, Refusal> {
        let name = entry.name().map_err(|_| Refusal::Unsafe)?.replace('\\', "/").to_lowercase();
        let strange = name.starts_with('/') || name.split('/').any(|part| part == "..");
        if strange || RUNNING.iter().any(|part| name.contains(part)) {
            return Err(Refusal::Unsafe);
        }
        let list = match name.as_str() {
            "[content_types].xml" => Some(&mut self.types),
            "mimetype" => Some(&mut self.media_type),
            _ => None,
        };
        let mut limited = entry.take(left + 1);
        let read = match list {
            // Named twice, one reader takes the one and another the other.
            Some(Some(_)) => return Err(Refusal::Unsafe),
            Some(list) => {
                let mut content = Vec::new();
                limited.read_to_end(&mut content).map_err(|_| Refusal::Damaged)?;
                let read = content.len() as u64;
                *list = Some(content);
                read
            }
            None => std::io::copy(&mut limited, &mut std::io::sink()).map_err(|_| Refusal::Damaged)?,
        };
        self.parts.extend(Part::named(&name));
        left.checked_sub(read).ok_or(Refusal::Unsafe)
    }

    fn verdict(&self) -> Result<FileType, Refusal> {
        let has = |part| self.parts.contains(&part);
        if let Some(media_type) = self.media_type.as_ref().filter(|_| has(Part::OpenContent)) {
            let found = match media_type.as_slice() {
                b"application/vnd.oasis.opendocument.text" => FileType::Odt,
                b"application/vnd.oasis.opendocument.spreadsheet" => FileType::Ods,
                _ => return Err(Refusal::UnknownType),
            };
            return if has(Part::OpenMacros) { Err(Refusal::Unsafe) } else { Ok(found) };
        }
        let types = self.types.as_ref().ok_or(Refusal::UnknownType)?;
        if types.len() > LIST_MAX || names_macros(types) {
            return Err(Refusal::Unsafe);
        }
        match (has(Part::Text), has(Part::Workbook)) {
            (true, false) => Ok(FileType::Docx),
            (false, true) => Ok(FileType::Xlsx),
            _ => Err(Refusal::UnknownType),
        }
    }
}

/// Whether the list of parts names macros, under whatever name they lie. A list that could say it in other letters, in
/// another encoding or by character references, is not believed.
fn names_macros(types: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(types) else { return true };
    let text = text.to_lowercase();
    // Letters of two bytes can be read as UTF-8, too, with a zero after each.
    let other_letters = text.contains('\0')
        || text
            .split("encoding=")
            .skip(1)
            .any(|said| !said.get(1..).is_some_and(|said| said.starts_with("utf-8")));
    other_letters
        || ["macro", "vbaproject", "activex", "oleobject", "&#", "<!"].iter().any(|word| text.contains(word))
}
