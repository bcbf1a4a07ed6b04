//! A provider: what it says of itself and its keys, remembered for a while, and what is asked of it.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::sync::Mutex;

use crate::authorization::{self, Authorization};
use crate::id_token::{Expected, IdToken};
use crate::keys::Keys;
use crate::metadata::Metadata;
use crate::transport::Transport;
use crate::{Claims, Issuer, OpenIdError};

/// For how many seconds is remembered what a provider says of itself, and its keys: one that was withdrawn signs nothing
/// for longer.
const REMEMBERED: i64 = 3_600;

/// After how many seconds keys are read again because one is not known: whoever makes up names of keys asks no more often.
const KEYS_AGAIN: i64 = 60;

/// For how many seconds one that could not be reached is not asked: those who wait for it do not wait one after another.
const LEFT_ALONE: i64 = 5;

/// What a client proves itself with. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientSecret(pub String);

impl fmt::Debug for ClientSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ClientSecret(…)")
    }
}

/// As what a register is known to its provider, and what it asks for.
#[derive(Debug, Clone)]
pub struct ProviderSettings {
    /// The provider.
    pub issuer: Issuer,
    /// By what the provider knows the register.
    pub client_id: String,
    /// What the register proves itself with; a public client has none, and proves by PKCE alone that it asked.
    pub client_secret: Option<ClientSecret>,
    /// Where browsers come back to.
    pub redirect_uri: String,
    /// What is asked for, `openid` first.
    pub scopes: Vec<String>,
    /// The claims that are looked at. Where the ID token lacks one, the provider is asked for more.
    pub wanted: Vec<String>,
}

/// What a browser came back with, and what it was to bring.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The code.
    pub code: &'a str,
    /// Who says that it answers (RFC 9207).
    pub issuer: Option<&'a str>,
    /// The verifier that the browser took a digest of along.
    pub verifier: &'a str,
    /// What the ID token has to say.
    pub nonce: &'a str,
}

#[derive(Debug)]
struct Read<T> {
    what: T,
    at: i64,
}

#[derive(Debug, Default)]
struct Known {
    metadata: Option<Read<Metadata>>,
    keys: Option<Read<Keys>>,
    /// When it could not be reached, and why.
    failed: Option<Read<OpenIdError>>,
}

/// A provider.
#[derive(Debug)]
pub struct Provider {
    settings: ProviderSettings,
    transport: Transport,
    known: Mutex<Known>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

impl Provider {
    /// One that has not been asked anything yet.
    pub fn new(settings: ProviderSettings) -> Result<Self, OpenIdError> {
        Ok(Self { settings, transport: Transport::new()?, known: Mutex::default() })
    }

    /// Who it is.
    pub const fn issuer(&self) -> &Issuer {
        &self.settings.issuer
    }

    /// Where a browser goes to sign in. `now` is in seconds since 1970.
    pub async fn authorization_url(&self, asked: Authorization<'_>, now: i64) -> Result<String, OpenIdError> {
        let metadata = self.metadata(now).await?;
        let ProviderSettings { client_id, redirect_uri, scopes, .. } = &self.settings;
        Ok(authorization::address(&metadata.authorization, client_id, redirect_uri, scopes, asked))
    }

    /// Makes a code into what the provider says of whoever signed in.
    pub async fn exchange(&self, answer: Answer<'_>, now: i64) -> Result<Claims, OpenIdError> {
        let metadata = self.metadata(now).await?;
        let says = answer.issuer.map(|says| says == self.settings.issuer.as_str());
        if says == Some(false) || (metadata.names_itself && says.is_none()) {
            return Err(OpenIdError::AnsweredBy);
        }
        let tokens = self.tokens(&metadata, answer).await?;
        let expected = Expected {
            issuer: &self.settings.issuer,
            client_id: &self.settings.client_id,
            nonce: answer.nonce,
            access_token: tokens.access_token.as_deref(),
            now,
        };
        let claims = self.verified(&metadata, &tokens.id_token, expected).await?;
        match (&metadata.user_info, &tokens.access_token) {
            (Some(endpoint), Some(token)) if !claims.have_all(&self.settings.wanted) => {
                let said = self.transport.get_with_token(endpoint, token).await?;
                let said: Map<String, Value> =
                    serde_json::from_slice(&said).map_err(|_| OpenIdError::Unreadable)?;
                let mut claims = claims;
                claims.add(&said, &self.settings.wanted)?;
                Ok(claims)
            }
            _ => Ok(claims),
        }
    }

    /// Uses a code up (RFC 6749, section 4.1.3).
    async fn tokens(&self, metadata: &Metadata, answer: Answer<'_>) -> Result<Tokens, OpenIdError> {
        let ProviderSettings { client_id, client_secret, .. } = &self.settings;
        let proof = client_secret.as_ref().map(|secret| basic(client_id, &secret.0));
        let said = self.transport.post(&metadata.token, proof, self.form(answer)).await?;
        match said.status.as_u16() {
            200 => serde_json::from_slice(&said.body).map_err(|_| OpenIdError::Unreadable),
            // What was sent is wrong (RFC 6749, section 5.2): the code, or the register's own name and secret.
            400 | 401 => Err(OpenIdError::Code),
            other => Err(OpenIdError::Status(other)),
        }
    }

    fn form(&self, answer: Answer<'_>) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", answer.code)
            .append_pair("redirect_uri", &self.settings.redirect_uri)
            .append_pair("code_verifier", answer.verifier);
        if self.settings.client_secret.is_none() {
            form.append_pair("client_id", &self.settings.client_id);
        }
        form.finish()
    }

    async fn verified(
        &self,
        metadata: &Metadata,
        id_token: &str,
        expected: Expected<'_>,
    ) -> Result<Claims, OpenIdError> {
        let token = IdToken::read(id_token)?;
        let now = expected.now;
        let keys = self.keys(metadata, now, REMEMBERED).await?;
        match token.verify(&keys, expected) {
            // A provider changes its keys as it likes: one that is not known may be new.
            Err(OpenIdError::Key) => token.verify(&self.keys(metadata, now, KEYS_AGAIN).await?, expected),
            other => other,
        }
    }

    async fn metadata(&self, now: i64) -> Result<Metadata, OpenIdError> {
        let mut known = self.known.lock().await;
        if let Some(read) = known.metadata.as_ref().filter(|read| is_younger(read.at, now, REMEMBERED)) {
            return Ok(read.what.clone());
        }
        if let Some(failed) = known.failed.as_ref().filter(|failed| is_younger(failed.at, now, LEFT_ALONE)) {
            return Err(failed.what);
        }
        let read = self.read_metadata().await;
        known.failed = read.as_ref().err().map(|error| Read { what: *error, at: now });
        let metadata = read?;
        known.metadata = Some(Read { what: metadata.clone(), at: now });
        drop(known);
        Ok(metadata)
    }

    async fn read_metadata(&self) -> Result<Metadata, OpenIdError> {
        let issuer = &self.settings.issuer;
        let text = self.transport.get(&issuer.endpoint(&issuer.configuration())?).await?;
        Metadata::read(&text, issuer, self.settings.client_secret.is_some())
    }

    /// The provider's keys, read no longer ago than so many seconds.
    async fn keys(&self, metadata: &Metadata, now: i64, seconds: i64) -> Result<Keys, OpenIdError> {
        let mut known = self.known.lock().await;
        if let Some(read) = known.keys.as_ref().filter(|read| is_younger(read.at, now, seconds)) {
            return Ok(read.what.clone());
        }
        let keys = Keys::read(&self.transport.get(&metadata.keys).await?)?;
        known.keys = Some(Read { what: keys.clone(), at: now });
        drop(known);
        Ok(keys)
    }
}

/// Whether something is no older than so many seconds. What is of a later time is, too: the clock was set back.
fn is_younger(at: i64, now: i64, seconds: i64) -> bool {
    (0..seconds).contains(&now.saturating_sub(at))
}

/// Name and secret as a header, each written as a form writes it first (RFC 6749, section 2.3.1).
fn basic(name: &str, secret: &str) -> String {
    let written = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", written(name), written(secret))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_secrets_are_written_as_forms_write_them() {
        let told = basic("a:b", "c d+é").trim_start_matches("Basic ").to_owned();
        assert_eq!(STANDARD.decode(told).unwrap(), b"a%3Ab:c+d%2B%C3%A9");
        assert_eq!(format!("{:?}", ClientSecret("hush".to_owned())), "ClientSecret(…)");
    }

    #[test]
    fn what_is_of_a_later_time_is_read_again() {
        assert!(is_younger(100, 100, 1) && is_younger(100, 159, 60));
        assert!(!is_younger(100, 160, 60) && !is_younger(100, 99, 60));
    }
}
