//! Colour profiles (ICC.1): none is kept, and two are written anew.
//!
//! A profile names who made it and for which device, often by its serial number, and one that was measured for a single
//! screen is told from all others by its numbers alone. What an image needs of it is in which space its colours are. Of two
//! spaces that telephones and cameras use, a profile of our own takes the place of theirs, so that a bruise has the colour
//! that was photographed; without one, programs take colours for those of sRGB, which most are.

use crate::bytes::{Reader, length};

/// Where the list of tags begins.
const HEADER: usize = 128;
/// Tags that are looked through at most.
const TAGS_MAX: usize = 100;
/// How far primaries may be from those of a space, in 1/65,536: about what rounding does.
const NEAR: u32 = 131;
/// What a curve's exponent may be, in 1/65,536: 1.9 to 2.6.
const EXPONENTS: std::ops::Range<i32> = 124_518..170_394;
/// Where a curve may be at its middle, of 65,535: what these exponents make of it.
const MIDDLES: std::ops::Range<u16> = 10_800..17_600;

/// Three numbers in 1/65,536.
type Triple = [i32; 3];

/// A space of colours.
struct Space {
    name: &'static str,
    /// Red, green and blue in CIE XYZ under D50.
    primaries: [Triple; 3],
    /// How light follows from numbers, as a tag.
    curve: &'static [u8],
}

/// The spaces whose profiles are written.
const SPACES: [Space; 2] = [
    Space {
        name: "Display P3",
        primaries: [[0x83DF, 0x3DBF, -0x45], [0x4ABF, 0xB137, 0x0AB9], [0x2838, 0x110B, 0xC8B9]],
        // That of sRGB, in five parameters.
        curve: b"para\0\0\0\0\0\x03\0\0\0\x02\x66\x66\0\0\xF2\xA7\0\0\x0D\x59\0\0\x13\xD0\0\0\x0A\x5B",
    },
    Space {
        name: "Adobe RGB",
        primaries: [[0x9C18, 0x4FA5, 0x04FC], [0x348D, 0xA02C, 0x0F95], [0x2631, 0x102F, 0xBE9C]],
        // One exponent, 563/256, and what fills up four bytes.
        curve: b"curv\0\0\0\0\0\0\0\x01\x02\x33\0\0",
    },
];

/// White under D50.
const WHITE: Triple = [0xF6D6, 0x1_0000, 0xD32D];
/// How both spaces, whose white is that of D65, come to D50: Bradford's matrix, row by row.
const ADAPTATION: [Triple; 3] =
    [[0x1_0C42, 0x05DE, -0x0CDB], [0x0793, 0xFD90, -0x045F], [-0x025E, 0x03DC, 0xC06E]];

/// What stands in the place of a profile: our own of the same space, or nothing.
pub(crate) fn rewritten(profile: &[u8]) -> Option<Vec<u8>> {
    if profile.get(16..24)? != b"RGB XYZ " || !is_usual(tag(profile, *b"rTRC")?)? {
        return None;
    }
    let found = [xyz(profile, *b"rXYZ")?, xyz(profile, *b"gXYZ")?, xyz(profile, *b"bXYZ")?];
    SPACES.iter().find(|space| is_near(&space.primaries, &found)).map(written)
}

fn is_near(one: &[Triple; 3], other: &[Triple; 3]) -> bool {
    one.as_flattened().iter().zip(other.as_flattened()).all(|(one, other)| one.abs_diff(*other) <= NEAR)
}

/// Whether a curve is about that of the spaces here.
fn is_usual(curve: &[u8]) -> Option<bool> {
    let mut reader = Reader::new(curve);
    let kind: [u8; 4] = reader.array().ok()?;
    reader.take(4).ok()?;
    if &kind == b"para" {
        reader.take(4).ok()?;
        return Some(EXPONENTS.contains(&i32::from_be_bytes(reader.array().ok()?)));
    }
    let points = length(u32::from_be_bytes(reader.array().ok()?)).ok()?;
    reader.take((points / 2).checked_mul(2)?).ok()?;
    let middle = u16::from_be_bytes(reader.array().ok()?);
    // A single one is the exponent, in 1/256.
    let usual =
        if points == 1 { EXPONENTS.contains(&(i32::from(middle) << 8)) } else { MIDDLES.contains(&middle) };
    Some(usual && &kind == b"curv")
}

fn xyz(profile: &[u8], name: [u8; 4]) -> Option<Triple> {
    let mut reader = Reader::new(tag(profile, name)?.strip_prefix(b"XYZ \0\0\0\0")?);
    let mut next = || reader.array().map(i32::from_be_bytes).ok();
    Some([next()?, next()?, next()?])
}

/// What a tag says.
fn tag(profile: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    let mut reader = Reader::new(profile.get(HEADER..)?);
    let count = length(u32::from_be_bytes(reader.array().ok()?)).ok()?.min(TAGS_MAX);
    for _ in 0..count {
        let found: [u8; 4] = reader.array().ok()?;
        let begin = length(u32::from_be_bytes(reader.array().ok()?)).ok()?;
        let size = length(u32::from_be_bytes(reader.array().ok()?)).ok()?;
        if found == name {
            return profile.get(begin..begin.checked_add(size)?);
        }
    }
    None
}

/// The profile of a space (ICC.1:2010, version 4.3): the same for every image.
fn written(space: &Space) -> Vec<u8> {
    let [red, green, blue] = space.primaries;
    let tags = [
        (b"desc", text(space.name)),
        (b"cprt", text("CC0")),
        (b"wtpt", numbers(*b"XYZ ", &WHITE)),
        (b"chad", numbers(*b"sf32", ADAPTATION.as_flattened())),
        (b"rXYZ", numbers(*b"XYZ ", &red)),
        (b"gXYZ", numbers(*b"XYZ ", &green)),
        (b"bXYZ", numbers(*b"XYZ ", &blue)),
        (b"rTRC", space.curve.to_vec()),
        (b"gTRC", space.curve.to_vec()),
        (b"bTRC", space.curve.to_vec()),
    ];
    let mut list = number(tags.len()).to_vec();
    let mut contents = Vec::new();
    let begin = HEADER + list.len() + 12 * tags.len();
    for (name, content) in &tags {
        list.extend([name.as_slice(), &number(begin + contents.len()), &number(content.len())].concat());
        contents.extend(content);
    }
    [header(begin + contents.len()), list, contents].concat()
}

/// What every profile begins with: length, version, a screen's colours, white. Nothing of program, day, device or maker.
fn header(size: usize) -> Vec<u8> {
    let mut header =
        [&number(size), b"\0\0\0\0\x04\x30\0\0mntrRGB XYZ ".as_slice(), &[0; 12], b"acsp"].concat();
    header.resize(68, 0);
    header.extend(WHITE.iter().flat_map(|part| part.to_be_bytes()));
    header.resize(HEADER, 0);
    header
}

/// A text in English, in UTF-16.
fn text(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let head = [b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS".as_slice(), &number(letters.len()), &number(28)];
    let mut tag = [&head.concat(), letters.as_slice()].concat();
    // Every tag begins at a multiple of four.
    tag.resize(tag.len().next_multiple_of(4), 0);
    tag
}

fn numbers(kind: [u8; 4], numbers: &[i32]) -> Vec<u8> {
    let parts = numbers.iter().flat_map(|number| number.to_be_bytes());
    kind.into_iter().chain([0; 4]).chain(parts).collect()
}

/// A number of a profile that is written here, and has a kilobyte.
fn number(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A profile as a device has it: with words, a day, and primaries a little off.
    fn measured(space: &Space, off: i32, curve: &'static [u8]) -> Vec<u8> {
        let primaries = space.primaries.map(|primary| primary.map(|part| part + off));
        let mut profile = written(&Space { name: "Screen of A. B., serial 4711", primaries, curve });
        profile[24..36].fill(7);
        profile
    }

    #[test]
    fn a_profile_of_a_known_space_becomes_ours_and_stays_so() {
        for space in &SPACES {
            let ours = written(space);
            assert!(ours.len() < 1_024);
            assert_eq!(rewritten(&ours), Some(ours.clone()), "{}", space.name);
            for off in [-100, 0, 100] {
                assert_eq!(rewritten(&measured(space, off, space.curve)), Some(ours.clone()), "{off}");
            }
        }
    }

    #[test]
    fn a_profile_of_another_space_goes() {
        let [p3, _] = &SPACES;
        assert_eq!(rewritten(&measured(p3, 200, p3.curve)), None, "a measured screen");
        for linear in [b"curv\0\0\0\0\0\0\0\0".as_slice(), b"curv\0\0\0\0\0\0\0\x01\x01\0\0\0"] {
            let mut other = written(&Space { curve: p3.curve, ..SPACES[0] });
            let at = other.len() - 3 * p3.curve.len();
            other[at..at + linear.len()].copy_from_slice(linear);
            assert_eq!(rewritten(&other), None, "linear");
        }
        let mut print = written(p3);
        print[16..20].copy_from_slice(b"CMYK");
        assert_eq!(rewritten(&print), None);
    }

    #[test]
    fn a_profile_that_is_cut_off_anywhere_goes() {
        let whole = written(&SPACES[0]);
        // The curves of green and blue are not looked at.
        for length in 0..whole.len() - 2 * SPACES[0].curve.len() {
            assert_eq!(rewritten(&whole[..length]), None, "{length}");
        }
    }

    #[test]
    fn a_curve_of_many_points_is_known_by_its_middle() {
        let curve =
            |middle: u16| [&b"curv\0\0\0\0\0\0\0\x03\0\0"[..], &middle.to_be_bytes(), b"\xFF\xFF"].concat();
        assert_eq!(is_usual(&curve(14_000)), Some(true));
        assert_eq!(is_usual(&curve(32_768)), Some(false));
        assert_eq!(is_usual(&curve(0)[..13]), None);
    }
}
