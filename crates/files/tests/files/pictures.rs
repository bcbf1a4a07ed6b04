//! Small real images, and what cameras and telephones put into them.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};

/// What must not be left: said by a camera, an editor, a person.
pub(crate) const SECRETS: [&[u8]; 8] = [
    b"screen of somebody",
    b"SecretCamera",
    b"49.0000N",
    b"xmp-author",
    b"iptc-byline",
    b"hidden comment",
    b"small copy",
    b"motion film",
];

/// A picture whose every pixel is another.
pub(crate) fn picture() -> DynamicImage {
    let mut picture = RgbImage::new(24, 16);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let (x, y) = (u8::try_from(x).unwrap(), u8::try_from(y).unwrap());
        pixel.0 = [x * 10, y * 15, x ^ y];
    }
    DynamicImage::ImageRgb8(picture)
}

pub(crate) fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(crate) fn decoded(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).unwrap().to_rgb8()
}

/// EXIF as a camera writes it: turned by 90 degrees, with maker and place.
pub(crate) fn exif() -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    // Maker (ASCII, 13 characters at 50), orientation (6), the directory of the place (at 64).
    tiff.extend(b"\x0F\x01\x02\0\x0D\0\0\0\x32\0\0\0");
    tiff.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    tiff.extend(b"\x25\x88\x04\0\x01\0\0\0\x40\0\0\0");
    tiff.extend([0; 4]);
    tiff.extend(b"SecretCamera\0\0");
    tiff.extend(b"\x01\0\x02\0\x02\0\x09\0\0\0\x52\0\0\0\0\0\0\x0049.0000N\0");
    tiff
}

fn segment(code: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, code], length.as_slice(), content].concat()
}

/// A photograph with all that a telephone and an editor put in.
pub(crate) fn photograph() -> Vec<u8> {
    let plain = encoded(ImageFormat::Jpeg);
    let mut photograph = plain[..2].to_vec();
    photograph.extend(segment(0xE1, &[b"Exif\0\0", exif().as_slice()].concat()));
    photograph.extend(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>xmp-author</x:xmpmeta>"));
    photograph.extend(segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04iptc-byline"));
    photograph.extend(segment(0xE0, b"JFXX\0\x10small copy"));
    photograph.extend(segment(0xE2, b"MPF\0small copy"));
    // In two parts, the second before the first.
    let profile = wide_profile();
    photograph.extend(segment(0xE2, &[b"ICC_PROFILE\0\x02\x02", &profile[150..]].concat()));
    photograph.extend(segment(0xE2, &[b"ICC_PROFILE\0\x01\x02", &profile[..150]].concat()));
    photograph.extend(segment(0xFE, b"hidden comment"));
    photograph.extend(&plain[2..]);
    photograph.extend(b"\0\0\0\x18ftypmp42motion film");
    photograph
}

/// A colour profile of a space that telephones use, which names somebody's screen.
pub(crate) fn wide_profile() -> Vec<u8> {
    let mut profile = vec![0; 128];
    profile[16..24].copy_from_slice(b"RGB XYZ ");
    let mut contents: Vec<(&[u8; 4], Vec<u8>)> =
        vec![(b"desc", b"desc\0\0\0\0screen of somebody..".to_vec())];
    for (name, colour) in [
        (b"rXYZ", [0x83DF, 0x3DBF, -0x45]),
        (b"gXYZ", [0x4ABF, 0xB137, 0x0AB9]),
        (b"bXYZ", [0x2838, 0x110B, 0xC8B9_i32]),
    ] {
        let numbers = colour.iter().flat_map(|part| part.to_be_bytes());
        contents.push((name, b"XYZ \0\0\0\0".iter().copied().chain(numbers).collect()));
    }
    contents.push((b"rTRC", b"para\0\0\0\0\0\0\0\0\0\x02\x66\x66".to_vec()));
    let number = |number: usize| u32::try_from(number).unwrap().to_be_bytes();
    profile.extend(number(contents.len()));
    let mut begin = profile.len() + 12 * contents.len();
    for (name, content) in &contents {
        profile.extend([name.as_slice(), &number(begin), &number(content.len())].concat());
        begin += content.len();
    }
    profile.extend(contents.into_iter().flat_map(|(_, content)| content));
    profile
}

/// A chunk of PNG.
pub(crate) fn png_chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&kind);
    hasher.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [length.as_slice(), &kind, content, &hasher.finalize().to_be_bytes()].concat()
}

/// A screen shot with texts, time and place.
pub(crate) fn screenshot() -> Vec<u8> {
    let plain = encoded(ImageFormat::Png);
    // Signature and header: 8 and 25 bytes.
    let mut shot = plain[..33].to_vec();
    shot.extend(png_chunk(*b"eXIf", &exif()));
    shot.extend(png_chunk(*b"tEXt", b"Author\0hidden comment"));
    shot.extend(png_chunk(*b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0xmp-author"));
    shot.extend(png_chunk(*b"tIME", &[7, 234, 1, 2, 3, 4, 5]));
    shot.extend(png_chunk(*b"gAMA", &45_455_u32.to_be_bytes()));
    // A name, and what would be a compressed profile.
    shot.extend(png_chunk(*b"iCCP", b"screen of somebody\0\0small copy"));
    shot.extend(png_chunk(*b"prVt", b"small copy"));
    shot.extend(&plain[33..]);
    shot.extend(b"motion film");
    shot
}

/// A chunk of WebP.
pub(crate) fn webp_chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    [kind.as_slice(), &length, content, &vec![0; content.len() % 2]].concat()
}

/// A picture from the web with EXIF and XMP.
pub(crate) fn web_picture() -> Vec<u8> {
    let plain = encoded(ImageFormat::WebP);
    let mut content = b"WEBP".to_vec();
    // Flags: profile, EXIF and XMP; width and height less one.
    content.extend(webp_chunk(*b"VP8X", &[0b0010_1100, 0, 0, 0, 23, 0, 0, 15, 0, 0]));
    content.extend(webp_chunk(*b"ICCP", &wide_profile()));
    content.extend(&plain[12..]);
    content.extend(webp_chunk(*b"EXIF", &exif()));
    content.extend(webp_chunk(*b"XMP ", b"<x:xmpmeta>xmp-author</x:xmpmeta>"));
    content.extend(webp_chunk(*b"NOTE", b"hidden comment"));
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    [b"RIFF".as_slice(), &length, &content, b"motion film"].concat()
}

pub(crate) fn holds(bytes: &[u8], sought: &[u8]) -> bool {
    bytes.windows(sought.len()).any(|here| here == sought)
}
