//! PNG (W3C, third edition): chunks that draw the image are kept, everything else is left out.

use crate::Refusal;
use crate::bytes::{Reader, length, written};
use crate::exif;

/// What a PNG begins with.
pub(crate) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1A\n";

/// Chunks that draw the image: its form, its colours, its pixels, and those of the pictures that it moves by. What is
/// in none of these is text, time, place, a profile that names a screen, or something that no reader knows.
const DRAWING: [&[u8; 4]; 17] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"cICP", b"mDCV",
    b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// The image without what does not draw it.
pub(crate) fn rewritten(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut reader = Reader::new(bytes);
    if reader.array()? != SIGNATURE {
        return Err(Refusal::Damaged);
    }
    let mut image = SIGNATURE.to_vec();
    // Where the header ends: the note of how the image is turned stands before its pixels.
    let mut after_header = None;
    let mut turned = None;
    loop {
        let chunk = Chunk::read(&mut reader)?;
        if after_header.is_none() != (&chunk.kind == b"IHDR") {
            return Err(Refusal::Damaged);
        }
        if &chunk.kind == b"eXIf" {
            turned = turned.or_else(|| exif::orientation(chunk.content));
        }
        if DRAWING.contains(&&chunk.kind) {
            chunk.write(&mut image)?;
        }
        after_header.get_or_insert(image.len());
        if &chunk.kind == b"IEND" {
            break;
        }
    }
    if let (Some(value), Some(place)) = (turned, after_header) {
        let mut note = Vec::new();
        Chunk { kind: *b"eXIf", content: &exif::with_orientation(value) }.write(&mut note)?;
        image.splice(place..place, note);
    }
    Ok(image)
}

struct Chunk<'a> {
    kind: [u8; 4],
    content: &'a [u8],
}

impl<'a> Chunk<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Refusal> {
        let length = length(u32::from_be_bytes(reader.array()?))?;
        let chunk = Self { kind: reader.array()?, content: reader.take(length)? };
        let sum = u32::from_be_bytes(reader.array()?);
        if sum == chunk.sum() { Ok(chunk) } else { Err(Refusal::Damaged) }
    }

    fn sum(&self) -> u32 {
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&self.kind);
        hasher.update(self.content);
        hasher.finalize()
    }

    fn write(&self, image: &mut Vec<u8>) -> Result<(), Refusal> {
        image.extend(written(self.content.len())?.to_be_bytes());
        image.extend(self.kind);
        image.extend(self.content);
        image.extend(self.sum().to_be_bytes());
        Ok(())
    }
}
