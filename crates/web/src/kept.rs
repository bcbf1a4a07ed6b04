//! Pages that the public is given again while nothing has changed: as they were written and compressed.
//!
//! A page is given again as long as the local day with its checkpoint and the newest entry of the whole ledger are those
//! it was made at.
//! What follows from neither (sign-in pages, the ledger's own pages, whose tree grows later than its entries) says so
//! by `Cache-Control: no-store` and is not kept.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use chrono::NaiveDate;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use qadam_app::sealing::hexadecimal;

/// How many pages are kept at most.
const PAGES_MAX: usize = 4_096;
/// How long the pages that are kept are together, in bytes, at most.
const BYTES_MAX: usize = 32 * 1024 * 1024;

/// What a page was made at: the newest place in the ledger, the local day, and the size of the day's checkpoint, which
/// moves on the first day of a ledger alone.
pub(crate) type MadeAt = (i64, NaiveDate, u64);

/// The pages that are kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeptPages(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    made_at: Option<MadeAt>,
    pages: HashMap<String, KeptPage>,
    bytes: usize,
}

/// A page as it goes out.
#[derive(Debug, Clone)]
pub(crate) struct KeptPage {
    gzipped: Bytes,
    etag: HeaderValue,
    headers: HeaderMap,
}

impl KeptPages {
    /// The page at an address, if it was made at this point.
    pub(crate) fn find(&self, address: &str, at: MadeAt) -> Option<KeptPage> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.pages.get(address).filter(|_| kept.made_at == Some(at)).cloned()
    }

    /// Keeps a page.
    pub(crate) fn keep(&self, address: String, at: MadeAt, page: &KeptPage) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full = kept.pages.len() >= PAGES_MAX || kept.bytes + page.gzipped.len() > BYTES_MAX;
        if kept.made_at != Some(at) || full {
            kept.pages.clear();
            kept.bytes = 0;
            kept.made_at = Some(at);
        }
        let replaced = kept.pages.insert(address, page.clone()).map_or(0, |before| before.gzipped.len());
        kept.bytes = (kept.bytes + page.gzipped.len()).saturating_sub(replaced);
    }
}

impl KeptPage {
    /// A page with the headers of its answer.
    pub(crate) fn new(html: &[u8], mut headers: HeaderMap) -> Self {
        let digest = digest(&SHA256, html);
        let etag = HeaderValue::try_from(format!(
            "\"{}\"",
            hexadecimal(digest.as_ref().get(..12).unwrap_or_default())
        ));
        headers.remove(header::CONTENT_LENGTH);
        Self { gzipped: gzip(html), etag: etag.unwrap_or(HeaderValue::from_static("\"\"")), headers }
    }

    /// The answer to a request for it.
    pub(crate) fn answer(&self, request: &HeaderMap) -> Response {
        let known = request.get_all(header::IF_NONE_MATCH).iter();
        let known = known.filter_map(|value| value.to_str().ok());
        let etag = self.etag.to_str().unwrap_or_default();
        let mut answer = if known.flat_map(|tags| tags.split(',')).any(|tag| tag.trim() == etag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else if accepts_gzip(request) {
            let mut answer = self.gzipped.clone().into_response();
            answer.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            answer
        } else {
            plain(&self.gzipped).into_response()
        };
        let headers = answer.headers_mut();
        headers.extend(self.headers.clone());
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding, Cookie"));
        answer
    }
}

/// Whether who asks takes gzip (RFC 9110, section 12.5.3).
pub(crate) fn accepts_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip") || name == "*");
        named && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// Compressed, quickly.
pub(crate) fn gzip(plain: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::new(5));
    match encoder.write_all(plain).and_then(|()| encoder.finish()) {
        Ok(gzipped) => gzipped.into(),
        // Writing to memory does not fail.
        Err(_) => Bytes::new(),
    }
}

fn plain(gzipped: &[u8]) -> Vec<u8> {
    let mut decoder = flate2::write::GzDecoder::new(Vec::new());
    // It was compressed here.
    decoder.write_all(gzipped).and_then(|()| decoder.finish()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> KeptPage {
        KeptPage::new(text.as_bytes(), HeaderMap::new())
    }

    fn asking(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(http::HeaderName::from_static(name), value.parse().unwrap())])
    }

    #[test]
    fn a_page_is_given_again_until_something_changes_or_the_day_does() {
        let (pages, day) = (KeptPages::default(), NaiveDate::default());
        pages.keep("/en/".to_owned(), (7, day, 3), &page("a"));
        assert!(pages.find("/en/", (7, day, 3)).is_some());
        assert!(pages.find("/kk/", (7, day, 3)).is_none());
        assert!(pages.find("/en/", (8, day, 3)).is_none());
        assert!(pages.find("/en/", (7, day.succ_opt().unwrap(), 3)).is_none());
        assert!(pages.find("/en/", (7, day, 4)).is_none());
    }

    #[test]
    fn a_page_that_is_known_is_confirmed_and_another_is_sent() {
        let page = page("a");
        let etag = page.etag.to_str().unwrap().to_owned();
        assert_eq!(page.answer(&asking("if-none-match", &etag)).status(), 304);
        assert_eq!(page.answer(&asking("if-none-match", &format!("\"b\", {etag}"))).status(), 304);
        assert_eq!(page.answer(&asking("if-none-match", "\"b\"")).status(), 200);
    }

    #[test]
    fn gzip_is_for_those_who_take_it() {
        for (accepted, takes) in [
            ("gzip", true),
            ("br, GZIP;q=0.5", true),
            ("*", true),
            ("br", false),
            ("gzip;q=0", false),
            ("identity, gzip; q=0.0", false),
        ] {
            assert_eq!(accepts_gzip(&asking("accept-encoding", accepted)), takes, "{accepted}");
        }
        assert_eq!(plain(&gzip("қадам".as_bytes())), "қадам".as_bytes());
    }

    #[test]
    fn few_pages_are_kept() {
        let (pages, at) = (KeptPages::default(), (1, NaiveDate::default(), 0));
        for number in 0..=PAGES_MAX {
            pages.keep(number.to_string(), at, &page("a"));
        }
        assert!(pages.0.lock().unwrap().pages.len() <= PAGES_MAX);
    }
}
