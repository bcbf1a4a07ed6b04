//! The stylesheet, the scripts and the icon, and the verifier that outsiders take away. Their names carry a digest of
//! what is in them: a browser keeps them for ever, and a new release has new names.

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use qadam_app::sealing::hexadecimal;

use crate::kept::{accepts_gzip, gzip};

/// A file that pages name.
struct Asset {
    /// Its name in the templates.
    name: &'static str,
    /// Its name in addresses: with a digest before the ending.
    named: String,
    kind: &'static str,
    plain: &'static [u8],
    gzipped: Bytes,
}

static ASSETS: LazyLock<[Asset; 5]> = LazyLock::new(|| {
    [
        Asset::new("style.css", "text/css; charset=utf-8", include_bytes!("../assets/style.css")),
        Asset::new("script.js", "text/javascript; charset=utf-8", include_bytes!("../assets/script.js")),
        Asset::new("passkeys.js", "text/javascript; charset=utf-8", include_bytes!("../assets/passkeys.js")),
        Asset::new("icon.svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
        Asset::new(
            "qadam_verify.py",
            "text/x-python; charset=utf-8",
            include_bytes!("../../../docs/verifier/qadam_verify.py"),
        ),
    ]
});

impl Asset {
    fn new(name: &'static str, kind: &'static str, plain: &'static [u8]) -> Self {
        let digest = digest(&SHA256, plain);
        let short = hexadecimal(digest.as_ref().get(..6).unwrap_or_default());
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        Self { name, named: format!("{stem}.{short}.{ending}"), kind, plain, gzipped: gzip(plain) }
    }
}

/// The address of a file by its name in the templates.
pub(crate) fn address(name: &str) -> String {
    let asset = ASSETS.iter().find(|asset| asset.name == name);
    format!("/assets/{}", asset.map_or(name, |asset| &asset.named))
}

/// `GET /assets/{name}`.
pub(crate) async fn get(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.named == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut answer = if accepts_gzip(&headers) {
        let mut answer = asset.gzipped.clone().into_response();
        answer.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        answer
    } else {
        asset.plain.into_response()
    };
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    answer
}
