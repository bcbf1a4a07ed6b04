//! What a part of a form calls its file.

use http::{HeaderMap, header};
use percent_encoding::percent_decode_str;

/// What a part's sender calls its file: the extended form (RFC 8187), which some programs send, or the plain one.
pub(super) fn file_name(headers: &HeaderMap, plain: Option<&str>) -> String {
    let disposition = headers.get(header::CONTENT_DISPOSITION);
    let disposition = disposition.and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
    let mut parameters = disposition.into_iter().flat_map(|value| value.split(';'));
    parameters.find_map(extended).unwrap_or_else(|| unescaped(plain.unwrap_or_default()))
}

/// A name with its character set and its language, of which the language says nothing here.
fn extended(parameter: &str) -> Option<String> {
    let (_, value) =
        parameter.split_once('=').filter(|(name, _)| name.trim().eq_ignore_ascii_case("filename*"))?;
    let (character_set, rest) = value.trim().trim_matches('"').split_once('\'')?;
    let (_, encoded) = rest.split_once('\'')?;
    let known = character_set.eq_ignore_ascii_case("utf-8");
    known.then(|| percent_decode_str(encoded).decode_utf8_lossy().into_owned())
}

/// A plain name: browsers write three characters otherwise and leave all others, `%` too, as they are (HTML, multipart form
/// data).
fn unescaped(name: &str) -> String {
    name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_both_forms() {
        for (parameters, plain, expected) in [
            ("filename=\"Қаулы.txt\"", "Қаулы.txt", "Қаулы.txt"),
            ("filename=\"x\"; filename*=UTF-8''%D2%9A%20a.txt", "x", "Қ a.txt"),
            ("filename=\"x\"; FileName* = utf-8'kk'%D2%9A.txt", "x", "Қ.txt"),
            ("filename=\"Қ\"; filename*=\"utf-8''a.txt\"", "Қ", "a.txt"),
            ("filename=\"x\"; filename*=KOI8-R''%C1", "x", "x"),
            ("filename=\"x\"; filename*=UTF-8", "x", "x"),
            (
                "filename=\"a %22b%22%0D%0A 100%25.txt\"",
                "a %22b%22%0D%0A 100%25.txt",
                "a \"b\"\r\n 100%25.txt",
            ),
        ] {
            let mut headers = HeaderMap::new();
            let value = format!("form-data; name=\"file\"; {parameters}");
            headers.insert(header::CONTENT_DISPOSITION, value.as_bytes().try_into().unwrap());
            assert_eq!(file_name(&headers, Some(plain)), expected, "{parameters}");
        }
        assert_eq!(file_name(&HeaderMap::new(), None), "");
    }
}
