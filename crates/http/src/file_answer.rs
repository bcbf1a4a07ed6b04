//! A file as an answer: as an attachment, under its name, of the media type that its content has.

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use qadam_app::AppError;
use qadam_app::items::FileContent;
use qadam_domain::items::files::{File, FileType};

/// What a browser may do with a file that it shows after all: nothing.
const POLICY: HeaderValue = HeaderValue::from_static(
    "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// What stands for itself in a parameter of a header (RFC 8187, `attr-char`).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The answer that a file is.
pub fn file_answer(file: &File, content: FileContent) -> Result<Response, AppError> {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type(file.file_type))),
        (header::CONTENT_LENGTH, HeaderValue::from(file.size)),
        (header::CONTENT_DISPOSITION, written(disposition(&file.name))?),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    Ok((headers, Body::from_stream(content)).into_response())
}

fn written(value: String) -> Result<HeaderValue, AppError> {
    let unwritten = |_| AppError::Internal("a file's name stands in no header".to_owned());
    HeaderValue::try_from(value).map_err(unwritten)
}

const fn content_type(file_type: FileType) -> &'static str {
    match file_type {
        FileType::Text => "text/plain; charset=utf-8",
        FileType::Csv => "text/csv; charset=utf-8",
        other => other.media_type(),
    }
}

/// An attachment with its name (RFC 6266): in letters that every program reads, and as it is.
fn disposition(name: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || " -._()".contains(character);
    let ascii: String =
        name.chars().map(|character| if plain(character) { character } else { '_' }).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(name, ENCODED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_twice_and_breaks_out_of_neither() {
        for (name, expected) in [
            ("report 1.pdf", "attachment; filename=\"report 1.pdf\"; filename*=UTF-8''report%201.pdf"),
            ("Қ.txt", "attachment; filename=\"_.txt\"; filename*=UTF-8''%D2%9A.txt"),
            (
                "a\"; x=\"b\\%41'.csv",
                "attachment; filename=\"a__ x__b__41_.csv\"; filename*=UTF-8''a%22%3B%20x%3D%22b%5C%2541%27.csv",
            ),
        ] {
            assert_eq!(disposition(name), expected);
        }
    }

    #[test]
    fn only_text_has_a_character_set() {
        for one in FileType::ALL {
            let text = one.media_type().starts_with("text/");
            assert_eq!(content_type(one).ends_with("; charset=utf-8"), text);
            assert!(content_type(one).starts_with(one.media_type()));
        }
    }
}
