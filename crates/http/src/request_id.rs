//! Every request has an identifier: in its log lines, in its answer, in its problem.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue};
use qadam_app::random::{Random, uuid};
use tracing::Instrument as _;

const NAME: HeaderName = HeaderName::from_static("x-request-id");
/// The longest identifier taken from a client, in characters.
const LONGEST: usize = 128;

/// The identifier of a request: the client's own if it is harmless, else a random one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The identifier as it stands in the header.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(headers: &HeaderMap, random: &dyn Random) -> Self {
        let given = headers.get(NAME).and_then(|value| value.to_str().ok()).filter(|text| is_harmless(text));
        Self(given.map_or_else(|| uuid(random).to_string().into(), Arc::from))
    }
}

/// Letters, digits and a few marks: nothing that could break a log line, an address or a header.
fn is_harmless(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// Gives the request its identifier and writes one line about it to the log of those who look for a fault.
///
/// The line has the route and not the path, no query and no body: they can name what is hidden.
pub async fn follow(random: Arc<dyn Random>, mut request: Request, next: Next) -> Response {
    let id = RequestId::of(request.headers(), random.as_ref());
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let span = tracing::error_span!(
        "request",
        request_id = id.as_str(),
        method = request.method().as_str(),
        route = route.as_str(),
    );
    request.extensions_mut().insert(id.clone());
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let _entered = span.entered();
    let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    // Not in the ordinary log: a line with its time for each filing would tell the hour that the register keeps
    // to itself.
    tracing::debug!(status = response.status().as_u16(), milliseconds, "answered");
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(NAME, value);
    }
    response
}
