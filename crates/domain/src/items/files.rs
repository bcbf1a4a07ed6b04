//! Files that are brought as evidence: which kinds there are, what they are called, how many there may be.
//!
//! What a file is follows from its content alone; that is looked at elsewhere. Here stands what is known of it then.

use unicode_normalization::UnicodeNormalization as _;

use crate::ids::Uuid;

/// The largest file, in bytes.
pub const FILE_MAX: usize = 10 * 1024 * 1024;
/// The longest name of a file, in characters.
pub const NAME_MAX: usize = 200;
/// What a file is called whose name says nothing.
const NAMELESS: &str = "file";

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileType {
    /// Portable Document Format.
    Pdf,
    /// A photograph.
    Jpeg,
    /// A picture.
    Png,
    /// A picture or photograph.
    Webp,
    /// A text document (Office Open XML).
    Docx,
    /// A table (Office Open XML).
    Xlsx,
    /// A text document (`OpenDocument`).
    Odt,
    /// A table (`OpenDocument`).
    Ods,
    /// Plain text in UTF-8.
    Text,
    /// A table as text in UTF-8.
    Csv,
}

impl FileType {
    /// All types.
    pub const ALL: [Self; 10] = [
        Self::Pdf,
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Docx,
        Self::Xlsx,
        Self::Odt,
        Self::Ods,
        Self::Text,
        Self::Csv,
    ];

    /// The media type, without parameters (IANA's registry).
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Text => "text/plain",
            Self::Csv => "text/csv",
        }
    }

    /// The type with this media type.
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.media_type() == media_type)
    }

    /// The endings that names of such files have; the first is the usual one.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Webp => &["webp"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Text => &["txt"],
            Self::Csv => &["csv"],
        }
    }

    /// Whether a name ends as names of this type do.
    fn ends(self, ending: &str) -> bool {
        self.endings().iter().any(|usual| usual.eq_ignore_ascii_case(ending))
    }
}

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Under which random name it lies in the store. Never told.
    pub object: Uuid,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub file_type: FileType,
    /// Its length, in bytes.
    pub size: u64,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Whether what does not draw the image was removed before it was kept.
    pub metadata_removed: bool,
}

/// How many files there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// How many files an account brings within an hour. 30 as in `GlobaLeaks`.
    pub an_hour: u32,
    /// How many files an organisation brings to one item. Counted for each, for the files of others may be hidden.
    pub an_item: u32,
}

impl Default for FileLimits {
    fn default() -> Self {
        Self { an_hour: 30, an_item: 50 }
    }
}

/// The name under which a file of this type is kept: the last part of the path, in NFC, without characters that control,
/// reorder or hide what is read or that file systems forbid, with the ending of its type, [`NAME_MAX`] characters at most.
pub fn safe_name(given: &str, file_type: FileType) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    // No name that a person gave is longer; one of megabytes is not worth its normalisation.
    let visible = last.chars().take(NAME_MAX * 4).filter(|character| !is_removed(*character));
    let readable: String =
        visible.nfc().map(|character| if is_forbidden(character) { '_' } else { character }).collect();
    let words = readable.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = words.trim_matches(['.', ' ']);
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if file_type.ends(ending) => (stem, ending),
        Some((stem, ending)) if FileType::ALL.into_iter().any(|one| one.ends(ending)) => {
            (stem, usual(file_type))
        }
        _ => (name, usual(file_type)),
    };
    let stem: String = stem.chars().take(NAME_MAX - ending.len() - 1).collect();
    let stem = stem.trim_matches(['.', ' ']);
    format!("{}.{ending}", if stem.is_empty() { NAMELESS } else { stem })
}

fn usual(file_type: FileType) -> &'static str {
    file_type.endings().first().copied().unwrap_or_default()
}

/// Characters that are not seen and change what is: controls, marks of direction, spaces without width, tags.
fn is_removed(character: char) -> bool {
    let between_words = character.is_control() && !character.is_whitespace();
    between_words
        || matches!(character,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Characters that no name has on one system or another.
const fn is_forbidden(character: char) -> bool {
    matches!(character, '<' | '>' | ':' | '"' | '|' | '?' | '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_deceives_and_keep_what_says_something() {
        for (given, file_type, expected) in [
            ("report.pdf", FileType::Pdf, "report.pdf"),
            ("Отчёт о проверке.PDF", FileType::Pdf, "Отчёт о проверке.PDF"),
            ("Қауіпсіздік актісі", FileType::Docx, "Қауіпсіздік актісі.docx"),
            ("../../etc/passwd", FileType::Text, "passwd.txt"),
            ("C:\\Users\\somebody\\scan.jpeg", FileType::Jpeg, "scan.jpeg"),
            ("photo.jpg", FileType::Png, "photo.png"),
            ("invoice.pdf.exe", FileType::Pdf, "invoice.pdf.exe.pdf"),
            ("page.html", FileType::Text, "page.html.txt"),
            // "gpj.exe" read from right to left.
            ("photo\u{202E}gpj.exe", FileType::Jpeg, "photogpj.exe.jpg"),
            ("a\u{200B}b\u{FEFF}\0\u{7}.txt", FileType::Text, "ab.txt"),
            ("two\r\nlines\t.txt", FileType::Text, "two lines.txt"),
            ("a\"b;c*.csv", FileType::Csv, "a_b;c_.csv"),
            ("й.txt", FileType::Text, "й.txt"),
            ("", FileType::Pdf, "file.pdf"),
            ("..", FileType::Pdf, "file.pdf"),
            (".pdf", FileType::Pdf, "pdf.pdf"),
            ("...  .pdf", FileType::Pdf, "pdf.pdf"),
            (".htaccess", FileType::Text, "htaccess.txt"),
            ("folder/", FileType::Odt, "file.odt"),
        ] {
            assert_eq!(safe_name(given, file_type), expected, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        for (letters, ending) in [(500, "jpeg"), (50_000, "jpg")] {
            let name = safe_name(&format!("{}.jpeg", "ә".repeat(letters)), FileType::Jpeg);
            assert_eq!(name.chars().count(), NAME_MAX);
            assert_eq!(name.rsplit_once('.').map(|(_, found)| found), Some(ending));
        }
    }

    #[test]
    fn every_type_is_found_by_its_media_type_and_has_an_ending() {
        for one in FileType::ALL {
            assert_eq!(FileType::from_media_type(one.media_type()), Some(one));
            assert!(!one.endings().is_empty());
        }
        assert_eq!(FileType::from_media_type("text/html"), None);
    }
}
