//! A form with a JSON part and a file (RFC 7578), read part by part as their turns come.
//!
//! What says what the file is comes before the file, so that who may not send one is told so before it is sent.

use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use bytes::{Bytes, BytesMut};
use futures_util::stream::{Stream, unfold};
use http::{HeaderMap, header};
use http_body_util::BodyExt as _;
use multer::{Field, Multipart};
use percent_encoding::percent_decode_str;
use qadam_app::error::FieldCode;
use qadam_app::items::SentFile;
use qadam_app::{AppError, Code};
use qadam_domain::items::files::FILE_MAX;

use super::body::{BODY_MAX, JsonBody, SILENCE_MAX, WHOLE_MAX};
use crate::problems::Problem;

/// The largest form, in bytes: its two parts, and what stands between them.
const FORM_MAX: usize = FILE_MAX + BODY_MAX + 16 * 1024;
/// How long a file may take in all: 10 MiB at 300 kbit/s, as on a telephone in a village.
const FILE_TIME: Duration = Duration::from_mins(5);

/// A form whose first part is yet to come.
#[derive(Debug)]
pub struct FormBody {
    parts: Multipart<'static>,
}

impl FormBody {
    /// A form from a request. 415 for another type, 413 where it says that it is too large.
    pub(super) fn new(headers: &HeaderMap, body: Body) -> Result<Self, Problem> {
        let mut values = headers.get_all(header::CONTENT_TYPE).iter();
        let (Some(value), None) = (values.next(), values.next()) else {
            return Err(Code::UnsupportedMediaType.into());
        };
        let boundary = value.to_str().ok().and_then(|value| multer::parse_boundary(value).ok());
        let boundary = boundary.filter(|_| !headers.contains_key(header::CONTENT_ENCODING));
        let boundary = boundary.ok_or(Code::UnsupportedMediaType)?;
        if usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX) > FORM_MAX {
            return Err(Code::BodyTooLarge.into());
        }
        Ok(Self { parts: Multipart::new(pieces(body), boundary) })
    }

    /// The part of JSON with this name, which has to be the next; a field error in its turn where it is not.
    pub async fn json(&mut self, name: &str) -> Result<Option<JsonBody>, Problem> {
        let whole = async {
            let Some(field) = self.next(name).await? else { return Ok(None) };
            if field.content_type().is_some_and(|kind| kind.essence_str() != "application/json") {
                return Err(Code::UnsupportedMediaType.into());
            }
            JsonBody::parse(collect(field, BODY_MAX).await?.freeze()).map(Some)
        };
        tokio::time::timeout(WHOLE_MAX, whole).await.unwrap_or_else(|_| Err(Code::RequestTimeout.into()))
    }

    /// The file with this name, which has to be the next part and the last one.
    pub async fn file(mut self, name: &str) -> Result<SentFile, Problem> {
        let whole = async {
            let missing = || AppError::field(format!("/{name}"), FieldCode::Required);
            let field = self.next(name).await?.ok_or_else(missing)?;
            let name = file_name(field.headers(), field.file_name());
            let content = collect(field, FILE_MAX).await?.to_vec();
            match self.parts.next_field().await.map_err(|error| broken(&error))? {
                None => Ok(SentFile { name, content }),
                Some(_) => Err(Problem::pointer(Code::Invalid, "", FieldCode::UnknownField)),
            }
        };
        tokio::time::timeout(FILE_TIME, whole).await.unwrap_or_else(|_| Err(Code::RequestTimeout.into()))
    }

    async fn next(&mut self, name: &str) -> Result<Option<Field<'static>>, Problem> {
        let field = self.parts.next_field().await.map_err(|error| broken(&error))?;
        Ok(field.filter(|field| field.name() == Some(name)))
    }
}

/// What a part's sender calls its file: the extended form (RFC 8187), which some programs send, or the plain one.
fn file_name(headers: &HeaderMap, plain: Option<&str>) -> String {
    let disposition = headers.get(header::CONTENT_DISPOSITION).and_then(|value| value.to_str().ok());
    let parameters = disposition.into_iter().flat_map(|value| value.split(';')).map(str::trim);
    let mut extended = parameters.filter_map(|parameter| parameter.strip_prefix("filename*=UTF-8''"));
    let decoded = extended.next().map(|encoded| percent_decode_str(encoded).decode_utf8_lossy().into_owned());
    decoded.unwrap_or_else(|| plain.unwrap_or_default().to_owned())
}

async fn collect(mut field: Field<'static>, max: usize) -> Result<BytesMut, Problem> {
    let mut collected = BytesMut::new();
    while let Some(piece) = field.chunk().await.map_err(|error| broken(&error))? {
        if collected.len() + piece.len() > max {
            return Err(Code::BodyTooLarge.into());
        }
        collected.extend_from_slice(&piece);
    }
    Ok(collected)
}

/// The bytes of a body, within the limits of size and silence.
fn pieces(body: Body) -> impl Stream<Item = Result<Bytes, Refused>> + Send {
    unfold(Some((body, 0_usize)), |state| async move {
        let (mut body, taken) = state?;
        loop {
            let frame = match tokio::time::timeout(SILENCE_MAX, body.frame()).await {
                Err(_) => return Some((Err(Refused(Code::RequestTimeout)), None)),
                Ok(None) => return None,
                Ok(Some(Err(_))) => return Some((Err(Refused(Code::MalformedRequest)), None)),
                Ok(Some(Ok(frame))) => frame,
            };
            let Ok(data) = frame.into_data() else { continue };
            let taken = taken + data.len();
            if taken > FORM_MAX {
                return Some((Err(Refused(Code::BodyTooLarge)), None));
            }
            return Some((Ok(data), Some((body, taken))));
        }
    })
}

/// Why a body is not read on.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.as_str())]
struct Refused(Code);

fn broken(error: &multer::Error) -> Problem {
    let refused = match error {
        multer::Error::StreamReadFailed(cause) => cause.downcast_ref::<Refused>().map(|refused| refused.0),
        _ => None,
    };
    refused.unwrap_or(Code::MalformedRequest).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::{StreamExt as _, stream};
    use std::convert::Infallible;

    const TYPE: &str = "multipart/form-data; boundary=X";

    fn form(content_type: &str, body: impl Into<Body>) -> Result<FormBody, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, content_type.parse().unwrap());
        FormBody::new(&headers, body.into())
    }

    fn written(parts: &[(&str, &str)]) -> String {
        let part = |(head, content): &(&str, &str)| {
            format!("--X\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
        };
        let parts: Vec<String> = parts.iter().map(part).collect();
        parts.concat() + "--X--\r\n"
    }

    #[tokio::test]
    async fn the_parts_come_in_their_order() {
        let text =
            written(&[("name=\"evidence\"", "{\"a\": 1}"), ("name=\"file\"; filename=\"a b.txt\"", "hello")]);
        let mut form = form(TYPE, text).unwrap();
        assert_eq!(form.json("evidence").await.unwrap().unwrap().bytes(), b"{\"a\": 1}");
        let file = form.file("file").await.unwrap();
        assert_eq!((file.name.as_str(), file.content.as_slice()), ("a b.txt", &b"hello"[..]));
    }

    #[tokio::test]
    async fn names_are_read_in_both_forms() {
        for (head, expected) in [
            ("name=\"file\"; filename=\"Қаулы.txt\"", "Қаулы.txt"),
            ("name=\"file\"; filename=\"x\"; filename*=UTF-8''%D2%9A%20a.txt", "Қ a.txt"),
            ("name=\"file\"", ""),
        ] {
            let mut form = form(TYPE, written(&[("name=\"evidence\"", "{}"), (head, "x")])).unwrap();
            form.json("evidence").await.unwrap();
            assert_eq!(form.file("file").await.unwrap().name, expected);
        }
    }

    #[tokio::test]
    async fn what_is_no_such_form_is_refused() {
        for content_type in ["multipart/form-data", "multipart/mixed; boundary=X", "application/json"] {
            assert_eq!(
                form(content_type, "").unwrap_err().code(),
                Code::UnsupportedMediaType,
                "{content_type}"
            );
        }
        let refusal = async |text: String| {
            let mut form = form(TYPE, text).unwrap();
            match form.json("evidence").await {
                Ok(Some(_)) => form.file("file").await.unwrap_err().code(),
                Ok(None) => Code::Invalid,
                Err(problem) => problem.code(),
            }
        };
        let evidence = ("name=\"evidence\"", "{}");
        assert_eq!(refusal(written(&[("name=\"file\"", "x"), evidence])).await, Code::Invalid);
        assert_eq!(refusal(written(&[evidence])).await, Code::Invalid);
        assert_eq!(
            refusal(written(&[evidence, ("name=\"file\"", "x"), ("name=\"more\"", "x")])).await,
            Code::Invalid
        );
        assert_eq!(refusal(written(&[("name=\"evidence\"", "{")])).await, Code::MalformedJson);
        assert_eq!(
            refusal("--X\r\nContent-Disposition: form-data; name=\"evid".to_owned()).await,
            Code::MalformedRequest
        );
        assert_eq!(refusal("no form at all".to_owned()).await, Code::MalformedRequest);
    }

    #[tokio::test]
    async fn a_file_of_one_byte_too_many_is_too_large_however_it_comes() {
        let text = |length: usize| {
            let file = "a".repeat(length);
            written(&[("name=\"evidence\"", "{}"), ("name=\"file\"", &file)])
        };
        let taken = async |text: String| {
            let pieces: Vec<_> =
                text.as_bytes().chunks(60_000).map(|part| Ok::<_, Infallible>(part.to_vec())).collect();
            let mut form = form(TYPE, Body::from_stream(stream::iter(pieces))).unwrap();
            form.json("evidence").await.unwrap();
            form.file("file").await.map(|file| file.content.len()).map_err(|problem| problem.code())
        };
        assert_eq!(taken(text(FILE_MAX)).await, Ok(FILE_MAX));
        assert_eq!(taken(text(FILE_MAX + 1)).await, Err(Code::BodyTooLarge));
        assert_eq!(form(TYPE, text(FORM_MAX)).unwrap_err().code(), Code::BodyTooLarge);
        let json = written(&[("name=\"evidence\"", &format!("{{{}}}", " ".repeat(BODY_MAX)))]);
        assert_eq!(form(TYPE, json).unwrap().json("evidence").await.unwrap_err().code(), Code::BodyTooLarge);
    }

    #[tokio::test(start_paused = true)]
    async fn a_form_that_goes_silent_is_given_up() {
        let begun = "--X\r\nContent-Disposition: form-data; name=\"evidence\"\r\n\r\n{";
        let silent = Body::from_stream(stream::iter([Ok::<_, Infallible>(begun)]).chain(stream::pending()));
        let mut form = form(TYPE, silent).unwrap();
        assert_eq!(form.json("evidence").await.unwrap_err().code(), Code::RequestTimeout);
    }
}
