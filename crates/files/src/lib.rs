//! Files that people bring: what they are, and what is kept of them. Pure: bytes in, bytes out.
//!
//! A file is what its content says and never what its name or its sender says. Few kinds are taken ([`FileType`]):
//! documents, tables, images and text that can be shown to anybody without running anything. What could run or cannot be
//! looked into is refused; images are rewritten so that only what draws them is left ([`image`]).
//!
//! Everything here reads what hostile clients wrote: every length is checked, every loop is bounded, nothing is unpacked
//! to disk, and no more is unpacked than [`archive::UNPACKED_MAX`].

pub mod archive;
mod bytes;
mod exif;
mod icc;
pub mod image;
mod jpeg;
mod png;
mod text;
mod webp;

pub use qadam_domain::items::files::FileType;

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is of none of the kinds that are taken.
    #[error("the file is of no kind that is taken")]
    UnknownType,
    /// It breaks the rules of its own kind: broken off, or changed on its way.
    #[error("the file is damaged")]
    Damaged,
    /// It holds what could run, what is fetched from elsewhere, what is encrypted, or more than can be looked into.
    ///
    /// A PDF is not looked into. Many are encrypted without a password, only so that readers do not let them be changed,
    /// and one with a password does nothing but stay closed.
    #[error("the file holds what cannot be passed on")]
    Unsafe,
}

/// A file as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it is.
    pub file_type: FileType,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether something that does not draw the image was in it and is gone.
    pub metadata_removed: bool,
}

/// What is kept of a file, or why it is not taken. The name is asked only what content cannot say: whether lines of text
/// are a table.
pub fn take(bytes: Vec<u8>, name: &str) -> Result<Kept, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    let file_type = recognise(&bytes, name)?;
    let rewritten = match file_type {
        FileType::Jpeg => jpeg::rewritten(&bytes)?,
        FileType::Png => png::rewritten(&bytes)?,
        FileType::Webp => webp::rewritten(&bytes)?,
        FileType::Pdf
        | FileType::Docx
        | FileType::Xlsx
        | FileType::Odt
        | FileType::Ods
        | FileType::Text
        | FileType::Csv => return Ok(Kept { file_type, bytes, metadata_removed: false }),
    };
    Ok(Kept { file_type, metadata_removed: rewritten != bytes, bytes: rewritten })
}

/// What a file is by its content.
fn recognise(bytes: &[u8], name: &str) -> Result<FileType, Refusal> {
    // Only from the first byte on: what begins as one thing and goes on as another is a trick.
    if bytes.starts_with(b"%PDF-") {
        return is_whole_pdf(bytes).then_some(FileType::Pdf).ok_or(Refusal::Damaged);
    }
    if bytes.starts_with(&jpeg::SIGNATURE) {
        return Ok(FileType::Jpeg);
    }
    if bytes.starts_with(&png::SIGNATURE) {
        return Ok(FileType::Png);
    }
    if webp::is_one(bytes) {
        return Ok(FileType::Webp);
    }
    if bytes.starts_with(archive::SIGNATURE) {
        return archive::document_type(bytes);
    }
    text::text_type(bytes, name)
}

/// Whether a PDF has its end: one that was broken off opens for nobody. Readers look for it in the last kilobyte, after
/// which some programs append a line.
fn is_whole_pdf(bytes: &[u8]) -> bool {
    let end = bytes.get(bytes.len().saturating_sub(1_024)..).unwrap_or(bytes);
    end.windows(5).any(|five| five == b"%%EOF")
}
