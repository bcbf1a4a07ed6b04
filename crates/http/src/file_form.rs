//! A form with a file (RFC 7578), read part by part as their turns come: what is said of the file, then the file.
//!
//! What says what the file is comes before the file, so that who may not send one is told so before it is sent. Until
//! that is decided ([`FileForm::file`]) no more of the form is taken than such parts may have.

mod name;
mod pieces;

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, header};
use multer::{Field, Multipart};
use qadam_app::error::FieldCode;
use qadam_app::items::SentFile;
use qadam_app::{AppError, Code};
use qadam_domain::items::files::FILE_MAX;
use tokio::time::Instant;

use self::name::file_name;
use self::pieces::{Gate, Refused, pieces};
use crate::bodies::{BODY_MAX, WHOLE_MAX};

/// The largest beginning of a form, in bytes: all that comes before the file.
const HEAD_MAX: usize = BODY_MAX + 16 * 1024;
/// The largest form, in bytes.
const FORM_MAX: usize = FILE_MAX + HEAD_MAX;
/// How long a file may take in all: 10 MiB at 300 kbit/s, as on a telephone in a village.
const FILE_TIME: Duration = Duration::from_mins(5);
/// How long a file may take however slow it comes: a small one always gets through.
const FILE_GRACE: Duration = Duration::from_secs(30);
/// How fast it comes on the whole after that, in bytes a second: who sends drop by drop only keeps others waiting.
const FILE_SPEED: usize = 16 * 1024;
/// How many fields come before the file at most.
const FIELDS_MAX: usize = 200;

/// A form whose first part is yet to come.
#[derive(Debug)]
pub struct FileForm {
    parts: Multipart<'static>,
    gate: Arc<Gate>,
    /// The part with the file, where its beginning was read on the way to it.
    begun: Option<Field<'static>>,
}

/// A part that is no file.
#[derive(Debug)]
pub struct Part {
    /// What it says that it is, without parameters.
    pub media_type: Option<String>,
    /// Its content.
    pub content: Bytes,
}

/// Whether a body says that it is such a form.
pub fn is_file_form(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let named = value.unwrap_or_default().split(';').next().unwrap_or_default();
    named.trim().eq_ignore_ascii_case("multipart/form-data")
}

impl FileForm {
    /// A form from a request. 415 for another type, 413 where it says that it is too large.
    pub fn new(headers: &HeaderMap, body: Body) -> Result<Self, Code> {
        let mut values = headers.get_all(header::CONTENT_TYPE).iter();
        let (Some(value), None) = (values.next(), values.next()) else {
            return Err(Code::UnsupportedMediaType);
        };
        let boundary = value.to_str().ok().and_then(|value| multer::parse_boundary(value).ok());
        let boundary = boundary.filter(|_| !headers.contains_key(header::CONTENT_ENCODING));
        let boundary = boundary.ok_or(Code::UnsupportedMediaType)?;
        if usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX) > FORM_MAX {
            return Err(Code::BodyTooLarge);
        }
        let gate = Arc::<Gate>::default();
        Ok(Self { parts: Multipart::new(pieces(body, Arc::clone(&gate)), boundary), gate, begun: None })
    }

    /// The part with this name, which has to be the next; nothing where it is not. 413 where it is not over after as much
    /// as may come before the file.
    pub async fn part(&mut self, name: &str) -> Result<Option<Part>, AppError> {
        let gate = Arc::clone(&self.gate);
        before_file(&gate, async {
            let Some(field) = self.next(name).await? else { return Ok(None) };
            let media_type = field.content_type().map(|kind| kind.essence_str().to_owned());
            let content = collect(field, BODY_MAX, |_| WHOLE_MAX).await?.freeze();
            Ok(Some(Part { media_type, content }))
        })
        .await
    }

    /// The fields before the file with this name, with their values: all of them where there is none.
    pub async fn fields(&mut self, file: &str) -> Result<Vec<(String, String)>, AppError> {
        let gate = Arc::clone(&self.gate);
        before_file(&gate, async {
            let mut fields = Vec::new();
            while let Some(field) = self.parts.next_field().await.map_err(|error| broken(&error))? {
                if field.name() == Some(file) {
                    self.begun = Some(field);
                    break;
                }
                if fields.len() >= FIELDS_MAX {
                    return Err(Code::BodyTooLarge.into());
                }
                let name = field.name().unwrap_or_default().to_owned();
                let content = collect(field, BODY_MAX, |_| WHOLE_MAX).await?;
                let value = String::from_utf8(content.to_vec()).map_err(|_| Code::MalformedRequest)?;
                fields.push((name, value));
            }
            Ok(fields)
        })
        .await
    }

    /// Whether a file was chosen, after [`Self::fields`]: browsers send the part without a name where none was.
    pub fn has_file(&self) -> bool {
        let field = self.begun.as_ref();
        field.is_some_and(|field| !file_name(field.headers(), field.file_name()).is_empty())
    }

    /// The file with this name, which has to be the next part and the last one. Only from here on is it read. 408 where it
    /// comes too slowly.
    pub async fn file(mut self, name: &str) -> Result<SentFile, AppError> {
        self.gate.open();
        let whole = async {
            let missing = || AppError::field(format!("/{name}"), FieldCode::Required);
            let begun = match self.begun.take() {
                Some(field) => Some(field),
                None => self.next(name).await?,
            };
            let field = begun.ok_or_else(missing)?;
            let name = file_name(field.headers(), field.file_name());
            let content = collect(field, FILE_MAX, file_time).await?.to_vec();
            match self.parts.next_field().await.map_err(|error| broken(&error))? {
                None => Ok(SentFile { name, content }),
                Some(_) => Err(AppError::field("", FieldCode::UnknownField)),
            }
        };
        tokio::time::timeout(FILE_TIME, whole).await.unwrap_or_else(|_| Err(Code::RequestTimeout.into()))
    }

    /// Takes the rest without keeping any of it: a browser hears an answer once it has sent everything.
    pub async fn pass_over(mut self) -> Result<(), AppError> {
        self.gate.open();
        let whole = async {
            if let Some(mut field) = self.begun.take() {
                while field.chunk().await.map_err(|error| broken(&error))?.is_some() {}
            }
            Ok(())
        };
        tokio::time::timeout(FILE_TIME, whole).await.unwrap_or_else(|_| Err(Code::RequestTimeout.into()))
    }

    async fn next(&mut self, name: &str) -> Result<Option<Field<'static>>, AppError> {
        let field = self.parts.next_field().await.map_err(|error| broken(&error))?;
        Ok(field.filter(|field| field.name() == Some(name)))
    }
}

/// What is done with what comes before the file: given up where all that may come before it was looked at.
async fn before_file<T>(gate: &Gate, work: impl Future<Output = Result<T, AppError>>) -> Result<T, AppError> {
    let mut work = pin!(work);
    let bounded = poll_fn(|context| match work.as_mut().poll(context) {
        // All that was read was looked at, and more is waited for.
        Poll::Pending if gate.is_reached() => Poll::Ready(Err(Code::BodyTooLarge.into())),
        polled => polled,
    });
    tokio::time::timeout(WHOLE_MAX, bounded).await.unwrap_or_else(|_| Err(Code::RequestTimeout.into()))
}

/// How long a file may take of which so many bytes are there.
fn file_time(come: usize) -> Duration {
    FILE_GRACE + Duration::from_secs((come / FILE_SPEED) as u64)
}

/// The content of a part, of which no byte comes later than its time allows.
async fn collect(
    mut field: Field<'static>,
    max: usize,
    time: impl Fn(usize) -> Duration,
) -> Result<BytesMut, AppError> {
    let begun = Instant::now();
    let mut collected = BytesMut::new();
    loop {
        let piece = tokio::time::timeout_at(begun + time(collected.len()), field.chunk()).await;
        let piece = piece.map_err(|_| Code::RequestTimeout)?.map_err(|error| broken(&error))?;
        let Some(piece) = piece else { return Ok(collected) };
        if collected.len() + piece.len() > max {
            return Err(Code::BodyTooLarge.into());
        }
        collected.extend_from_slice(&piece);
    }
}

fn broken(error: &multer::Error) -> Code {
    let refused = match error {
        multer::Error::StreamReadFailed(cause) => cause.downcast_ref::<Refused>().map(|refused| refused.0),
        _ => None,
    };
    refused.unwrap_or(Code::MalformedRequest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::{StreamExt as _, stream};
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const TYPE: &str = "multipart/form-data; boundary=X";

    fn form(content_type: &str, body: impl Into<Body>) -> Result<FileForm, Code> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, content_type.parse().unwrap());
        FileForm::new(&headers, body.into())
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
        assert_eq!(form.part("evidence").await.unwrap().unwrap().content, b"{\"a\": 1}"[..]);
        let file = form.file("file").await.unwrap();
        assert_eq!((file.name.as_str(), file.content.as_slice()), ("a b.txt", &b"hello"[..]));
    }

    #[tokio::test]
    async fn what_is_no_such_form_is_refused() {
        for content_type in ["multipart/form-data", "multipart/mixed; boundary=X", "application/json"] {
            assert_eq!(form(content_type, "").unwrap_err(), Code::UnsupportedMediaType, "{content_type}");
        }
        let refusal = async |text: String| {
            let mut form = form(TYPE, text).unwrap();
            match form.part("evidence").await {
                Ok(Some(_)) => form.file("file").await.unwrap_err().code(),
                Ok(None) => Code::Invalid,
                Err(error) => error.code(),
            }
        };
        let evidence = ("name=\"evidence\"", "{}");
        assert_eq!(refusal(written(&[("name=\"file\"", "x"), evidence])).await, Code::Invalid);
        assert_eq!(refusal(written(&[evidence])).await, Code::Invalid);
        assert_eq!(
            refusal(written(&[evidence, ("name=\"file\"", "x"), ("name=\"more\"", "x")])).await,
            Code::Invalid
        );
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
            form.part("evidence").await.unwrap();
            form.file("file").await.map(|file| file.content.len()).map_err(|error| error.code())
        };
        assert_eq!(taken(text(FILE_MAX)).await, Ok(FILE_MAX));
        assert_eq!(taken(text(FILE_MAX + 1)).await, Err(Code::BodyTooLarge));
        assert_eq!(form(TYPE, text(FORM_MAX)).unwrap_err(), Code::BodyTooLarge);
        let json = written(&[("name=\"evidence\"", &format!("{{{}}}", " ".repeat(BODY_MAX)))]);
        assert_eq!(form(TYPE, json).unwrap().part("evidence").await.unwrap_err().code(), Code::BodyTooLarge);
    }

    #[tokio::test(start_paused = true)]
    async fn a_form_that_goes_silent_is_given_up() {
        let begun = "--X\r\nContent-Disposition: form-data; name=\"evidence\"\r\n\r\n{";
        let silent = Body::from_stream(stream::iter([Ok::<_, Infallible>(begun)]).chain(stream::pending()));
        let mut form = form(TYPE, silent).unwrap();
        assert_eq!(form.part("evidence").await.unwrap_err().code(), Code::RequestTimeout);
    }

    /// A form in pieces of 10,000 bytes, and how many of them were taken.
    fn counted(text: &str) -> (FileForm, Arc<AtomicUsize>) {
        let taken = Arc::new(AtomicUsize::new(0));
        let counting = Arc::clone(&taken);
        let pieces: Vec<_> = text.as_bytes().chunks(10_000).map(<[u8]>::to_vec).collect();
        let pieces = stream::iter(pieces).map(move |piece| {
            counting.fetch_add(1, Ordering::Relaxed);
            Ok::<_, Infallible>(piece)
        });
        (form(TYPE, Body::from_stream(pieces)).unwrap(), taken)
    }

    #[tokio::test]
    async fn no_more_of_a_file_is_taken_than_comes_with_what_is_before_it_until_it_is_asked_for() {
        let file = "a".repeat(FILE_MAX);
        let json = format!("{{{}}}", " ".repeat(BODY_MAX - 2));
        for evidence in ["{}", &json] {
            let (mut form, taken) =
                counted(&written(&[("name=\"evidence\"", evidence), ("name=\"file\"", &file)]));
            assert!(form.part("evidence").await.unwrap().is_some());
            let before = taken.load(Ordering::Relaxed) * 10_000;
            assert!(before < HEAD_MAX + 10_000, "{before}");
            assert_eq!(form.file("file").await.unwrap().content.len(), FILE_MAX);
        }
        let (mut form, taken) = counted(&written(&[("name=\"file\"", &file), ("name=\"evidence\"", "{}")]));
        assert!(form.part("evidence").await.unwrap().is_none());
        assert!(taken.load(Ordering::Relaxed) * 10_000 < HEAD_MAX + 10_000);
    }

    #[tokio::test]
    async fn what_comes_before_the_first_part_may_not_be_long() {
        let evidence = written(&[("name=\"evidence\"", "{}")]);
        for before in [" ".repeat(FILE_MAX), format!("--X\r\nX-Long: {}\r\n", "a".repeat(FILE_MAX))] {
            let (mut form, taken) = counted(&(before + "\r\n" + &evidence));
            assert_eq!(form.part("evidence").await.unwrap_err().code(), Code::BodyTooLarge);
            assert!(taken.load(Ordering::Relaxed) * 10_000 < HEAD_MAX + 10_000);
        }
    }

    /// A form whose file comes in pieces of so many bytes, one a second.
    fn slow(piece: usize) -> FileForm {
        let begun =
            written(&[("name=\"evidence\"", "{}"), ("name=\"file\"", "")]).replace("\r\n--X--\r\n", "");
        let file = stream::unfold((), move |()| async move {
            let second = tokio::time::timeout(Duration::from_secs(1), std::future::pending::<()>()).await;
            second.is_err().then(|| (Ok("a".repeat(piece)), ()))
        });
        form(TYPE, Body::from_stream(stream::iter([Ok::<_, Infallible>(begun)]).chain(file))).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_that_comes_drop_by_drop_is_given_up() {
        for (piece, seconds) in [(1, 30), (FILE_SPEED / 2, 60), (FILE_SPEED, 300)] {
            let begun = Instant::now();
            let mut form = slow(piece);
            form.part("evidence").await.unwrap();
            assert_eq!(form.file("file").await.unwrap_err().code(), Code::RequestTimeout);
            assert!(begun.elapsed().as_secs().abs_diff(seconds) <= 2, "{piece}: {:?}", begun.elapsed());
        }
    }

    #[tokio::test]
    async fn fields_come_before_the_file_and_a_file_without_a_name_was_not_chosen() {
        let fields = [("name=\"form_token\"", "abc"), ("name=\"title.kk\"", "Қаулы")];
        let named = ("name=\"file\"; filename=\"a.txt\"", "hello");
        let mut chosen = form(TYPE, written(&[fields[0], fields[1], named])).unwrap();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let expected = [pair("form_token", "abc"), pair("title.kk", "Қаулы")];
        assert_eq!(chosen.fields("file").await.unwrap(), expected);
        assert!(chosen.has_file());
        assert_eq!(chosen.file("file").await.unwrap().content, b"hello");
        for without in [written(&[fields[0], ("name=\"file\"; filename=\"\"", "")]), written(&[fields[0]])] {
            let mut form = form(TYPE, without).unwrap();
            assert_eq!(form.fields("file").await.unwrap().len(), 1);
            assert!(!form.has_file());
        }
    }

    #[tokio::test]
    async fn no_more_of_a_file_is_taken_than_comes_with_its_fields_until_it_is_asked_for_or_passed_over() {
        let file = "a".repeat(FILE_MAX);
        let text = written(&[("name=\"title\"", "b"), ("name=\"file\"; filename=\"a.txt\"", &file)]);
        let (mut form, taken) = counted(&text);
        assert_eq!(form.fields("file").await.unwrap().len(), 1);
        let before = taken.load(Ordering::Relaxed) * 10_000;
        assert!(form.has_file() && before < HEAD_MAX + 10_000, "{before}");
        form.pass_over().await.unwrap();
        assert!(taken.load(Ordering::Relaxed) * 10_000 >= FILE_MAX);
        let (mut long, _) = counted(&written(&[("name=\"title\"", &file)]));
        assert_eq!(long.fields("file").await.unwrap_err().code(), Code::BodyTooLarge);
    }
}
