//! WebP (RFC 9649): chunks that draw the image are kept, everything else is left out.

use crate::Refusal;
use crate::bytes::{Reader, length, written};
use crate::{exif, icc};

/// Chunks of an image, and of each picture of one that moves.
const DRAWING: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"];
/// What stands before the chunks of a picture that moves.
const FRAME_HEADER: usize = 16;
/// The bits of the first byte of `VP8X` that announce a colour profile, EXIF and XMP.
const HAS_ICC: u8 = 0b0010_0000;
const HAS_EXIF: u8 = 0b0000_1000;
const HAS_XMP: u8 = 0b0000_0100;

/// Whether a file says that it is one.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

/// The image without what does not draw it.
pub(crate) fn rewritten(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut reader = Reader::new(bytes);
    let _riff: [u8; 4] = reader.array()?;
    // What follows the length that the file says of itself draws nothing.
    let length_said = length(u32::from_le_bytes(reader.array()?))?;
    let content = reader.take(length_said)?;
    let content = content.strip_prefix(b"WEBP").ok_or(Refusal::Damaged)?;
    let chunks = chunks(content)?;
    let exif = chunks.iter().find(|chunk| &chunk.kind == b"EXIF").map(|chunk| chunk.content);
    // Some programs put the header of the JPEG segment before it.
    let turned = exif.and_then(|exif| exif::orientation(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif)));
    let extended = chunks.first().is_some_and(|chunk| &chunk.kind == b"VP8X");
    let turned = turned.filter(|_| extended);
    let mut profile = profile(&chunks).filter(|_| extended);
    let exif = if turned.is_some() { HAS_EXIF } else { 0 };
    let announced = if profile.is_some() { exif | HAS_ICC } else { exif };
    let mut image = b"RIFF\0\0\0\0WEBP".to_vec();
    for chunk in chunks.iter().filter(|chunk| DRAWING.contains(&&chunk.kind)) {
        match &chunk.kind {
            b"VP8X" => write(&mut image, chunk.kind, &header(chunk.content, announced)?)?,
            b"ICCP" => {
                if let Some(profile) = profile.take() {
                    write(&mut image, chunk.kind, &profile)?;
                }
            }
            b"ANMF" => write(&mut image, chunk.kind, &frame(chunk.content)?)?,
            _ => write(&mut image, chunk.kind, chunk.content)?,
        }
    }
    if let Some(value) = turned {
        write(&mut image, *b"EXIF", &exif::with_orientation(value))?;
    }
    let length = written(image.len() - 8)?;
    if let Some(place) = image.get_mut(4..8) {
        place.copy_from_slice(&length.to_le_bytes());
    }
    Ok(image)
}

struct Chunk<'a> {
    kind: [u8; 4],
    content: &'a [u8],
}

fn chunks(bytes: &[u8]) -> Result<Vec<Chunk<'_>>, Refusal> {
    let mut reader = Reader::new(bytes);
    let mut chunks = Vec::new();
    while !reader.is_empty() {
        let kind = reader.array()?;
        let length = length(u32::from_le_bytes(reader.array()?))?;
        chunks.push(Chunk { kind, content: reader.take(length)? });
        // An odd length is filled up, but for the last chunk of careless programs.
        if length % 2 == 1 && !reader.is_empty() {
            reader.take(1)?;
        }
    }
    let draws = chunks.iter().any(|chunk| matches!(&chunk.kind, b"VP8 " | b"VP8L" | b"ANMF"));
    if draws { Ok(chunks) } else { Err(Refusal::Damaged) }
}

/// What takes the place of the colour profile.
fn profile(chunks: &[Chunk<'_>]) -> Option<Vec<u8>> {
    icc::rewritten(chunks.iter().find(|chunk| &chunk.kind == b"ICCP")?.content)
}

/// The header of an extended image, which announces no more than is left.
fn header(content: &[u8], announced: u8) -> Result<Vec<u8>, Refusal> {
    let mut header = content.get(..10).ok_or(Refusal::Damaged)?.to_vec();
    if let Some(flags) = header.first_mut() {
        *flags = *flags & !(HAS_ICC | HAS_EXIF | HAS_XMP) | announced;
    }
    Ok(header)
}

/// One picture of an image that moves.
fn frame(content: &[u8]) -> Result<Vec<u8>, Refusal> {
    let (head, rest) = content.split_at_checked(FRAME_HEADER).ok_or(Refusal::Damaged)?;
    let mut frame = head.to_vec();
    for chunk in chunks(rest)? {
        if matches!(&chunk.kind, b"ALPH" | b"VP8 " | b"VP8L") {
            write(&mut frame, chunk.kind, chunk.content)?;
        }
    }
    Ok(frame)
}

fn write(image: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) -> Result<(), Refusal> {
    image.extend(kind);
    image.extend(written(content.len())?.to_le_bytes());
    image.extend(content);
    image.extend(vec![0; content.len() % 2]);
    Ok(())
}
