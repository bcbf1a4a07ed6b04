//! Asking a server: GET alone, over HTTP or HTTPS, bounded in time and size.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode, Uri};
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// The largest answer, in bytes: a thousand entries with long texts are far below.
const ANSWER_MAX: usize = 256 * 1024 * 1024;

/// A server that is asked more than once, over connections that are kept.
#[derive(Debug, Clone)]
pub(super) struct Server {
    client: Client<HttpsConnector<HttpConnector>, Empty<Bytes>>,
    base: Uri,
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// Its status.
    pub(crate) status: StatusCode,
    /// Its content.
    pub(crate) body: Bytes,
}

impl Server {
    /// The server at an address, whose path is not looked at.
    pub(super) fn new(address: &str) -> Result<Self, String> {
        let base: Uri = address.parse().map_err(|_| format!("{address} is not a web address"))?;
        if !matches!(base.scheme_str(), Some("http" | "https")) || base.authority().is_none() {
            return Err(format!("{address} is not a web address"));
        }
        let connector =
            HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(connector), base })
    }

    /// Asks for a path, with its query if it has one.
    pub(super) async fn get(&self, path: &str) -> Result<Answer, String> {
        let failed = |cause: &dyn std::fmt::Display| format!("GET {path}: {cause}");
        let mut parts = self.base.clone().into_parts();
        parts.path_and_query = Some(path.parse().map_err(|error: http::uri::InvalidUri| failed(&error))?);
        let address = Uri::from_parts(parts).map_err(|error| failed(&error))?;
        let request = Request::get(address)
            .header(http::header::ACCEPT, "application/json, text/plain")
            .header(http::header::USER_AGENT, concat!("qadam/", env!("CARGO_PKG_VERSION")))
            .body(Empty::new())
            .map_err(|error| failed(&error))?;
        let asking = async {
            let response = self.client.request(request).await.map_err(|error| failed(&causes(&error)))?;
            let status = response.status();
            let body = Limited::new(response.into_body(), ANSWER_MAX)
                .collect()
                .await
                .map_err(|error| failed(&error))?;
            Ok(Answer { status, body: body.to_bytes() })
        };
        tokio::time::timeout(PATIENCE, asking).await.unwrap_or_else(|_| Err(failed(&"no answer in a minute")))
    }
}

/// Asks once.
pub(crate) async fn get(address: &str, path: &str) -> Result<Answer, String> {
    Server::new(address)?.get(path).await
}

/// An error with what caused it: the outermost alone says no more than that it failed.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
