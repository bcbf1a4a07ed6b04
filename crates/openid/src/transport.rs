//! Questions over HTTP: each has an end, an answer is no longer than it may be, and nobody is sent on.

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};
use url::Url;

use crate::OpenIdError;

/// How long a provider may take to be reached, and to answer in all.
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(10);

/// How long an answer is at most, in bytes.
const LENGTH_MAX: usize = 256 * 1024;

/// Asks.
#[derive(Debug, Clone)]
pub(crate) struct Transport(Client);

/// An answer: its status and what it says.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: StatusCode,
    pub(crate) body: Vec<u8>,
}

impl Transport {
    /// One that trusts whom the machine trusts: a state's provider may have certificates that no browser knows.
    pub(crate) fn new() -> Result<Self, OpenIdError> {
        // The library of TLS asks which cryptography stands below it. Who is second finds it said, as it should be.
        let _said = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .user_agent(concat!("qadam/", env!("CARGO_PKG_VERSION")))
            .build();
        client.map(Self).map_err(|_| OpenIdError::Unreachable)
    }

    /// Reads a document.
    pub(crate) async fn get(&self, url: &Url) -> Result<Vec<u8>, OpenIdError> {
        good(ask(self.0.get(url.clone())).await?)
    }

    /// Reads one that is shown to who has a token alone.
    pub(crate) async fn get_with_token(&self, url: &Url, token: &str) -> Result<Vec<u8>, OpenIdError> {
        good(ask(self.0.get(url.clone()).bearer_auth(token)).await?)
    }

    /// Sends a form.
    pub(crate) async fn post(
        &self,
        url: &Url,
        authorization: Option<String>,
        form: String,
    ) -> Result<Said, OpenIdError> {
        let mut request = self.0.post(url.clone()).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(authorization) = authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        ask(request.body(form)).await
    }
}

fn good(said: Said) -> Result<Vec<u8>, OpenIdError> {
    if said.status == StatusCode::OK { Ok(said.body) } else { Err(OpenIdError::Status(said.status.as_u16())) }
}

async fn ask(request: RequestBuilder) -> Result<Said, OpenIdError> {
    let answer = request.header(ACCEPT, "application/json").send().await;
    let mut answer = answer.map_err(|_| OpenIdError::Unreachable)?;
    let status = answer.status();
    if status.is_redirection() {
        return Err(OpenIdError::Redirected);
    }
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|_| OpenIdError::Unreachable)? {
        if body.len() + part.len() > LENGTH_MAX {
            return Err(OpenIdError::TooLong);
        }
        body.extend_from_slice(&part);
    }
    Ok(Said { status, body })
}
