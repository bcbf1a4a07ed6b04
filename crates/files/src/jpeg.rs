//! JPEG (ITU-T T.81): what draws the image is kept, everything else is left out.

use crate::Refusal;
use crate::bytes::Reader;
use crate::{exif, icc};

/// The beginning: start of image, and the first byte of the marker that has to follow.
pub(crate) const SIGNATURE: [u8; 3] = [0xFF, START, 0xFF];

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const JFIF: u8 = 0xE0;
const EXIF: u8 = 0xE1;
const ICC: u8 = 0xE2;
const ADOBE: u8 = 0xEE;
/// What an EXIF segment begins with.
const EXIF_HEADER: &[u8] = b"Exif\0\0";
/// What a segment with a part of a colour profile begins with.
const ICC_HEADER: &[u8] = b"ICC_PROFILE\0";

/// The image without what does not draw it.
pub(crate) fn rewritten(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut reader = Reader::new(bytes);
    if reader.array()? != [0xFF, START] {
        return Err(Refusal::Damaged);
    }
    let mut turned = None;
    let mut drawn = Vec::with_capacity(bytes.len());
    let mut has_scan = false;
    let mut profile = Profile::default();
    loop {
        match marker(&mut reader)? {
            // What follows the end draws nothing: films that telephones append, and what people hide there.
            END if has_scan => break,
            code => {
                let content = segment(&mut reader)?;
                if code == EXIF {
                    let tiff = content.strip_prefix(EXIF_HEADER);
                    turned = turned.or_else(|| tiff.and_then(exif::orientation));
                } else if code == ICC {
                    profile.add(content, drawn.len());
                } else if let Some(kept) = kept(code, content) {
                    write(&mut drawn, code, &kept);
                }
                if code == SCAN {
                    has_scan = true;
                    drawn.extend(entropy_coded(&mut reader)?);
                }
            }
        }
    }
    profile.write(&mut drawn);
    let mut image = vec![0xFF, START];
    if let Some(value) = turned {
        write(&mut image, EXIF, &[EXIF_HEADER, &exif::with_orientation(value)].concat());
    }
    image.extend(drawn);
    image.extend([0xFF, END]);
    Ok(image)
}

/// A colour profile, in parts.
#[derive(Debug, Default)]
struct Profile<'a> {
    /// The parts with their numbers.
    parts: Vec<(u8, &'a [u8])>,
    /// Where the first of them stood.
    place: usize,
}

impl<'a> Profile<'a> {
    fn add(&mut self, content: &'a [u8], place: usize) {
        // A number of each part and of all parts follow.
        let part = content.strip_prefix(ICC_HEADER).and_then(|part| part.split_first_chunk::<2>());
        let Some(([number, _], part)) = part else { return };
        if self.parts.is_empty() {
            self.place = place;
        }
        self.parts.push((*number, part));
    }

    /// Writes what takes its place.
    fn write(mut self, image: &mut Vec<u8>) {
        self.parts.sort_by_key(|(number, _)| *number);
        let whole: Vec<u8> = self.parts.iter().flat_map(|(_, part)| *part).copied().collect();
        let Some(profile) = icc::rewritten(&whole) else { return };
        let mut segment = Vec::new();
        write(&mut segment, ICC, &[ICC_HEADER, &[1, 1], &profile].concat());
        image.splice(self.place..self.place, segment);
    }
}

/// The next marker; bytes that fill up before it are dropped.
fn marker(reader: &mut Reader<'_>) -> Result<u8, Refusal> {
    if reader.byte()? != 0xFF {
        return Err(Refusal::Damaged);
    }
    loop {
        match reader.byte()? {
            0xFF => {}
            // A zero is a byte of data, and these stand for themselves only within data.
            0x00 | 0x01 | 0xD0..=0xD8 => return Err(Refusal::Damaged),
            code => return Ok(code),
        }
    }
}

fn segment<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], Refusal> {
    let length = usize::from(u16::from_be_bytes(reader.array()?));
    reader.take(length.checked_sub(2).ok_or(Refusal::Damaged)?)
}

/// What is kept of a segment.
fn kept(code: u8, content: &[u8]) -> Option<Vec<u8>> {
    match code {
        // Tables, frames, scans, restart intervals, the number of lines.
        0xC0..=0xCF | 0xDA..=0xDF => Some(content.to_vec()),
        // Version, unit and density; a small copy of the image may follow, which shows what was cut off later.
        JFIF => content.strip_prefix(b"JFIF\0").and_then(|rest| rest.get(..7)).map(jfif),
        // How colours are encoded: without it some images turn out in wrong ones.
        ADOBE => content.get(..12).filter(|head| head.starts_with(b"Adobe")).map(<[u8]>::to_vec),
        _ => None,
    }
}

fn jfif(head: &[u8]) -> Vec<u8> {
    [b"JFIF\0", head, &[0, 0]].concat()
}

fn write(image: &mut Vec<u8>, code: u8, content: &[u8]) {
    image.extend([0xFF, code]);
    // A segment that was read is no longer than one that can be written, and those made here are short.
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
    image.extend(length.to_be_bytes());
    image.extend(content);
}

/// The data of a scan, up to the next marker that is none of its own.
fn entropy_coded<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], Refusal> {
    let rest = reader.rest();
    let mut pairs = rest.windows(2).enumerate();
    let is_marker = |pair: &[u8]| matches!(pair, [0xFF, code] if !matches!(code, 0x00 | 0xFF | 0xD0..=0xD7));
    let end = pairs.find(|(_, pair)| is_marker(pair)).map(|(index, _)| index);
    reader.take(end.ok_or(Refusal::Damaged)?)
}
