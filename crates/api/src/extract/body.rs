//! The body of a request, read when its turn comes in the order of checks and not before.

use axum::body::{Body, HttpBody as _};
use axum::extract::{FromRequest, Request};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, header};
use http_body_util::BodyExt as _;
use qadam_app::error::FieldCode;
use qadam_app::{AppError, Code, FieldError};
pub use qadam_http::bodies::BODY_MAX;
use qadam_http::bodies::{SILENCE_MAX, WHOLE_MAX};
use qadam_http::file_form::is_file_form;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::form::FormBody;
use super::json::{self, Null};
use super::syntax;
use crate::problems::Problem;

/// What the client wrote, or what is wrong with it: 422, the last of the checks.
pub type Input<T> = Result<T, Vec<FieldError>>;

/// The body of a request. Never fails as an extractor.
#[derive(Debug)]
pub struct ApiBody {
    headers: HeaderMap,
    body: Body,
}

impl ApiBody {
    /// A body of type `application/json`, in which null and absent are the same.
    ///
    /// 415 for another type, 413 for more than [`BODY_MAX`] bytes, 408 where it does not arrive in time, 400
    /// where it is not JSON or a key stands twice.
    pub async fn json(self) -> Result<JsonBody, Problem> {
        self.read("application/json", Null::Absent).await
    }

    /// A body of type `application/merge-patch+json` (RFC 7396), in which null removes what is there. Refusals
    /// are those of [`ApiBody::json`].
    pub async fn merge_patch(self) -> Result<JsonBody, Problem> {
        self.read("application/merge-patch+json", Null::Removes).await
    }

    async fn read(self, media_type: &str, null: Null) -> Result<JsonBody, Problem> {
        if !is_of_type(&self.headers, media_type) {
            return Err(Code::UnsupportedMediaType.into());
        }
        let whole = tokio::time::timeout(WHOLE_MAX, collect(self.body));
        let bytes = whole.await.unwrap_or(Err(Code::RequestTimeout))?;
        JsonBody::read(bytes, null)
    }

    /// Whether it says that it is a form.
    pub fn is_form(&self) -> bool {
        is_file_form(&self.headers)
    }

    /// A body of type `multipart/form-data`, of which nothing is read yet. 415 for another type, 413 where it says that
    /// it is larger than its parts may be.
    pub fn form(self) -> Result<FormBody, Problem> {
        FormBody::new(&self.headers, self.body)
    }
}

impl<S: Sync> FromRequest<S> for ApiBody {
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Self::Rejection> {
        let (parts, body) = request.into_parts();
        Ok(Self { headers: parts.headers, body })
    }
}

/// A body that is well-formed JSON.
#[derive(Debug, Clone)]
pub struct JsonBody {
    bytes: Bytes,
    value: Value,
    null: Null,
}

impl JsonBody {
    /// JSON in which null and absent are the same; 400 where it is none.
    pub(super) fn parse(bytes: Bytes) -> Result<Self, Problem> {
        Self::read(bytes, Null::Absent)
    }

    fn read(bytes: Bytes, null: Null) -> Result<Self, Problem> {
        let value = syntax::parse(&bytes).map_err(|malformed| match malformed.duplicate {
            Some(key) => Problem::pointer(Code::MalformedJson, format!("/{key}"), FieldCode::Duplicate),
            None => Code::MalformedJson.into(),
        })?;
        Ok(Self { bytes, value, null })
    }

    /// The content as a type: the first field that is unknown, missing or of another type is an error.
    ///
    /// The result is not for `?` at once: conflicts and missing rights (412, 403, 409) come before it.
    pub fn input<T: DeserializeOwned>(self) -> Input<T> {
        json::read(self.value, self.null)
            .map_err(|unread| vec![FieldError::new(unread.pointer(), unread.code)])
    }

    /// The content as a type, where nothing is left that comes before 422.
    pub fn into<T: DeserializeOwned>(self) -> Result<T, Problem> {
        self.input().map_err(|errors| AppError::Invalid(errors).into())
    }

    /// The body as it was sent, to tell a repetition from another request.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Whether the body is of a media type, in UTF-8 and not compressed.
fn is_of_type(headers: &HeaderMap, media_type: &str) -> bool {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return false };
    let mut parts = value.to_str().unwrap_or_default().split(';').map(str::trim);
    let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(media_type));
    let utf_8 = parts.filter_map(|parameter| parameter.split_once('=')).all(|(name, value)| {
        !name.trim().eq_ignore_ascii_case("charset")
            || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
    });
    named && utf_8 && !headers.contains_key(header::CONTENT_ENCODING)
}

/// Reads a body to its end, within the limits of size and silence.
async fn collect(mut body: Body) -> Result<Bytes, Code> {
    // A declared length is believed when it is too large: nothing of it needs to be read.
    let declared = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if declared > BODY_MAX {
        return Err(Code::BodyTooLarge);
    }
    let mut collected = BytesMut::new();
    loop {
        let frame =
            tokio::time::timeout(SILENCE_MAX, body.frame()).await.map_err(|_| Code::RequestTimeout)?;
        let Some(frame) = frame else { return Ok(collected.freeze()) };
        // A connection that breaks off in the middle of its body has nobody left to answer to.
        let Ok(data) = frame.map_err(|_| Code::MalformedRequest)?.into_data() else { continue };
        if collected.len() + data.len() > BODY_MAX {
            return Err(Code::BodyTooLarge);
        }
        collected.extend_from_slice(&data);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::{StreamExt as _, stream};
    use serde::Deserialize;
    use std::convert::Infallible;

    #[derive(Debug, Deserialize, PartialEq, Eq)]
    struct Note {
        text: String,
    }

    fn body(content_type: &str, body: impl Into<Body>) -> ApiBody {
        let mut headers = HeaderMap::new();
        if !content_type.is_empty() {
            headers.insert(header::CONTENT_TYPE, content_type.parse().unwrap());
        }
        ApiBody { headers, body: body.into() }
    }

    async fn refusal(content_type: &str, content: impl Into<Body>) -> &'static str {
        body(content_type, content).json().await.unwrap_err().code().as_str()
    }

    const KILOBYTE: Result<Bytes, Infallible> = Ok(Bytes::from_static(&[b' '; 1024]));

    #[tokio::test]
    async fn a_good_body_is_read_and_kept_as_it_was_sent() {
        for media_type in ["application/json", "Application/JSON; charset=\"UTF-8\""] {
            let read = body(media_type, r#" {"text": "ә"}"#).json().await.unwrap();
            assert_eq!(read.bytes(), r#" {"text": "ә"}"#.as_bytes());
            assert_eq!(read.input::<Note>(), Ok(Note { text: "ә".to_owned() }));
        }
    }

    #[tokio::test]
    async fn another_type_is_refused_before_anything_is_read() {
        for media_type in
            ["", "text/plain", "application/merge-patch+json", "application/json; charset=cp1251"]
        {
            assert_eq!(refusal(media_type, "{").await, "unsupported_media_type", "{media_type}");
        }
        let patch = body("application/merge-patch+json", r#"{"text": null}"#).merge_patch().await.unwrap();
        assert_eq!(patch.input::<Note>().unwrap_err()[0].code, FieldCode::Required);
        assert!(body("application/json", "{}").merge_patch().await.is_err());
    }

    #[tokio::test]
    async fn what_is_not_json_is_malformed_and_names_a_doubled_key() {
        for text in ["", "{", "[1,]", "{\"a\": 1e999}"] {
            assert_eq!(refusal("application/json", text).await, "malformed_json", "{text}");
        }
        let problem = body("application/json", r#"{"a": 1, "a": 1}"#).json().await.unwrap_err();
        assert_eq!(problem.errors()[0].code, FieldCode::Duplicate);
    }

    #[tokio::test]
    async fn one_byte_too_many_is_too_large() {
        let text = |length: usize| format!("{{\"text\":\"{}\"}}", "a".repeat(length - 11));
        assert!(body("application/json", text(BODY_MAX)).json().await.is_ok());
        assert_eq!(refusal("application/json", text(BODY_MAX + 1)).await, "body_too_large");
    }

    #[tokio::test]
    async fn a_stream_without_end_is_cut_off_at_the_limit() {
        let endless = Body::from_stream(stream::repeat(KILOBYTE));
        assert_eq!(refusal("application/json", endless).await, "body_too_large");
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_goes_silent_is_given_up() {
        let before = tokio::time::Instant::now();
        let silent = Body::from_stream(stream::iter([KILOBYTE, KILOBYTE]).chain(stream::pending()));
        assert_eq!(refusal("application/json", silent).await, "request_timeout");
        assert_eq!(before.elapsed(), SILENCE_MAX);
    }

    #[tokio::test]
    async fn unknown_and_wrong_fields_are_named() {
        for (text, pointer, code) in [
            (r#"{"text": "a", "x": 1}"#, "/x", FieldCode::UnknownField),
            (r#"{"text": 1}"#, "/text", FieldCode::WrongType),
            ("{}", "/text", FieldCode::Required),
            ("[]", "", FieldCode::WrongType),
        ] {
            let read = body("application/json", text).json().await.unwrap();
            assert_eq!(read.input::<Note>(), Err(vec![FieldError::new(pointer, code)]), "{text}");
        }
    }
}
