//! Access tokens: short-lived JWTs, signed with Ed25519 and checked to the letter (RFC 8725, RFC 9068).
//!
//! A token names an account and a session and nothing else; what the account may do is read from the database on
//! every request. The only accepted header is the one this deployment writes, member by member, so a token cannot
//! choose its algorithm, bring its own key or point to one. Time is the application's clock's.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{SessionId, UserId};
use qadam_ledger::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::verified_tokens::VerifiedTokens;
use crate::application::App;
use crate::error::{AppError, Code};
use crate::sealing::token_digest;

/// Who the tokens are for: this register's interfaces.
const AUDIENCE: &str = "qadam";

/// The type in the header (RFC 9068, section 2.1): an access token and nothing else that is signed.
const TYPE: &str = "at+jwt";

/// The longest token that is looked at, in bytes.
const TOKEN_MAX: usize = 4 * 1024;

/// How far the clocks of two nodes may be apart, in seconds.
const LEEWAY: i64 = 5;

/// What a token says. An unknown claim is a token of another kind.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: String,
    iat: i64,
    exp: i64,
}

/// Whom a good token names. Whether they still exist is another question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) account: UserId,
    pub(super) session: SessionId,
}

/// What a token says whose signature is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verified {
    pub(super) named: Named,
    /// In seconds since 1970.
    pub(super) issued: i64,
    /// In seconds since 1970.
    pub(super) expires: i64,
}

/// What every token of a deployment has in common. Made once: reading a key costs more than checking a token.
pub(crate) struct Terms {
    public: VerifyingKey,
    header: Header,
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
    issuer: String,
    known: VerifiedTokens,
    /// How long a token holds, in seconds.
    pub(super) seconds: i64,
}

/// Leaves out the key.
impl fmt::Debug for Terms {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Terms").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl Terms {
    /// The terms of a deployment: its key signs and, by its public half, checks; its address is the issuer.
    pub(crate) fn new(key: &SigningKey, issuer: &str, seconds: i64) -> Result<Self, AppError> {
        let public = key.verifying_key();
        Ok(Self {
            header: header(&public),
            encoding: encoding_key(key)?,
            decoding: DecodingKey::from_ed_der(public.as_bytes()),
            validation: validation(issuer),
            issuer: issuer.to_owned(),
            known: VerifiedTokens::default(),
            public,
            seconds,
        })
    }

    /// A token for a session.
    pub(super) fn issue(&self, named: Named, now: Timestamp) -> Result<String, AppError> {
        let issued = now.0.div_euclid(1000);
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: named.account.to_string(),
            sid: named.session.to_string(),
            iat: issued,
            exp: issued + self.seconds,
        };
        encode(&self.header, &claims, &self.encoding)
            .map_err(|error| AppError::Internal(format!("access token: {error}")))
    }

    /// Whom a token names, if it is one of ours and holds now.
    pub(super) fn check(&self, token: &str, now: Timestamp) -> Result<Named, AppError> {
        self.read(token, now.0.div_euclid(1000)).ok_or_else(|| Code::InvalidToken.into())
    }

    fn read(&self, token: &str, now: i64) -> Option<Named> {
        if token.len() > TOKEN_MAX {
            return None;
        }
        let digest = token_digest(token);
        let known = self.known.find(&digest);
        let verified = match known {
            Some(verified) => verified,
            None => self.verify(token)?,
        };
        let holds =
            verified.issued <= now.checked_add(LEEWAY)? && now <= verified.expires.checked_add(LEEWAY)?;
        if holds && known.is_none() {
            self.known.remember(digest, verified, now);
        }
        holds.then_some(verified.named)
    }

    /// Checks everything about a token that does not change with time.
    fn verify(&self, token: &str) -> Option<Verified> {
        let data = decode::<Claims>(token, &self.decoding, &self.validation).ok()?;
        let claims = data.claims;
        let good = data.header == self.header
            && claims.iss == self.issuer
            && claims.aud == AUDIENCE
            && (1..=self.seconds).contains(&claims.exp.checked_sub(claims.iat)?);
        let named = Named { account: claims.sub.parse().ok()?, session: claims.sid.parse().ok()? };
        good.then_some(Verified { named, issued: claims.iat, expires: claims.exp })
    }
}

/// What the library checks besides the signature. It reads the machine's clock, so times are checked by
/// [`Terms::check`].
fn validation(issuer: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[AUDIENCE]);
    validation.validate_exp = false;
    validation
}

impl App {
    /// The public key of access tokens as a JSON Web Key Set (RFC 7517), for `/.well-known/jwks.json`.
    pub fn jwks(&self) -> Value {
        let public = &self.tokens.public;
        json!({"keys": [{
            "kty": "OKP",
            "crv": "Ed25519",
            "x": URL_SAFE_NO_PAD.encode(public.as_bytes()),
            "kid": key_id(public),
            "alg": "EdDSA",
            "use": "sig",
        }]})
    }
}

/// The one header that is written and accepted.
fn header(key: &VerifyingKey) -> Header {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(key_id(key));
    header
}

/// The key's name: its JWK thumbprint (RFC 7638), the same for as long as the key is.
fn key_id(key: &VerifyingKey) -> String {
    let x = URL_SAFE_NO_PAD.encode(key.as_bytes());
    let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    URL_SAFE_NO_PAD.encode(token_digest(&members))
}

/// The key as the library wants it: PKCS#8 in DER, which is what a PEM file holds between its first and last line.
fn encoding_key(key: &SigningKey) -> Result<EncodingKey, AppError> {
    let unusable = |error: &dyn std::fmt::Display| AppError::Internal(format!("token key: {error}"));
    let pem = key.to_pem().map_err(|error| unusable(&error))?;
    let body = pem.as_str().lines().filter(|line| !line.starts_with("-----"));
    let body: Zeroizing<String> = Zeroizing::new(body.collect());
    let der = Zeroizing::new(STANDARD.decode(body.as_bytes()).map_err(|error| unusable(&error))?);
    Ok(EncodingKey::from_ed_der(&der))
}

#[cfg(test)]
mod tests;
