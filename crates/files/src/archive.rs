//! Documents that are ZIP archives: Office Open XML (ECMA-376) and `OpenDocument` (ISO/IEC 26300).
//!
//! They are looked into and never unpacked: every entry is read to its end and thrown away, so that what an archive says
//! of its sizes is true and no more comes out of it than [`UNPACKED_MAX`]. Into memory come only the few lists by which it
//! is judged, and of each no more than [`READ_MAX`].
//!
//! What an `OpenDocument` names from elsewhere (pictures, sections) is not looked for: it stands among its text, its readers
//! ask before they fetch it, and it runs nothing. In Office documents such links stand apart ([`links`]), and templates that
//! are fetched bring macros with them.

mod links;

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
/// How long an entry may be that is read into memory, in bytes: the lists by which an archive is judged.
pub const READ_MAX: u64 = 4 * 1024 * 1024;

/// The list of what each part of an Office document is, in small letters as all names here.
const TYPES: &str = "[content_types].xml";
/// What an `OpenDocument` says that it is.
const MEDIA_TYPE: &str = "mimetype";
/// The list of the parts of an `OpenDocument`.
const MANIFEST: &str = "meta-inf/manifest.xml";

/// Parts of names of what runs, or can hold anything: macros, controls, other programs' objects.
const RUNNING: [&str; 6] = ["vbaproject", "vbadata", "macrosheets/", "activex/", "oleobject", "customui/"];
/// Directories of `OpenDocument` that hold macros.
const OPEN_MACROS: [&str; 2] = ["basic/", "scripts/"];

/// What an archive is, if it is a document without anything that could run.
pub(crate) fn document_type(bytes: &[u8]) -> Result<FileType, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    // Of two entries of one name, one reader takes the first and another the last; here only one would be looked at.
    if archive.len() > ENTRIES_MAX || archive.has_duplicate_names() {
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
    /// Names of entries as programs compare them that know no large and small letters.
    names: BTreeSet<String>,
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
        let mut limited = entry.take(left + 1);
        let read = if is_list(&name) {
            let mut content = Vec::new();
            limited.take(READ_MAX + 1).read_to_end(&mut content).map_err(|_| Refusal::Damaged)?;
            let read = content.len() as u64;
            self.keep(&name, content)?;
            read
        } else {
            std::io::copy(&mut limited, &mut std::io::sink()).map_err(|_| Refusal::Damaged)?
        };
        self.parts.extend(Part::named(&name));
        if !self.names.insert(name) {
            return Err(Refusal::Unsafe);
        }
        left.checked_sub(read).ok_or(Refusal::Unsafe)
    }

    /// Judges one of the lists, or keeps it for the verdict.
    fn keep(&mut self, name: &str, content: Vec<u8>) -> Result<(), Refusal> {
        let harmless = content.len() as u64 <= READ_MAX
            && match name {
                TYPES | MEDIA_TYPE => true,
                MANIFEST => !names_encryption(&content),
                _ => !links::reach_out(&content),
            };
        match name {
            TYPES => self.types = Some(content),
            MEDIA_TYPE => self.media_type = Some(content),
            _ => {}
        }
        if harmless { Ok(()) } else { Err(Refusal::Unsafe) }
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
        if names_macros(types) {
            return Err(Refusal::Unsafe);
        }
        match (has(Part::Text), has(Part::Workbook)) {
            (true, false) => Ok(FileType::Docx),
            (false, true) => Ok(FileType::Xlsx),
            _ => Err(Refusal::UnknownType),
        }
    }
}

/// Whether an entry is one of the lists by which an archive is judged.
fn is_list(name: &str) -> bool {
    [TYPES, MEDIA_TYPE, MANIFEST].contains(&name) || name.ends_with(links::ENDING)
}

/// Whether the list of parts names macros, under whatever name they lie.
fn names_macros(types: &[u8]) -> bool {
    plain(types).is_none_or(|text| {
        ["macro", "vbaproject", "activex", "oleobject", "&#", "<!"].iter().any(|word| text.contains(word))
    })
}

/// Whether the manifest of an `OpenDocument` says that parts are encrypted: a password does that to the parts, and leaves the
/// archive itself open.
fn names_encryption(manifest: &[u8]) -> bool {
    // Old programs name a document type. Only one with entities of its own could hide an element.
    plain(manifest).is_none_or(|text| text.contains("encryption-data") || text.contains("<!entity"))
}

/// XML in small letters. One that could say something in other letters, in another encoding, is not believed: nothing then.
fn plain(xml: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(xml).ok()?.to_lowercase();
    // Letters of two bytes can be read as UTF-8, too, with a zero after each.
    let other_letters = text.contains('\0')
        || text
            .split("encoding=")
            .skip(1)
            .any(|said| !said.get(1..).is_some_and(|said| said.starts_with("utf-8")));
    (!other_letters).then_some(text)
}
