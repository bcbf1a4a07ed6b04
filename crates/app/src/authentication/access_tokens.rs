//! Access tokens: short-lived JWTs, signed with Ed25519 and checked to the letter (RFC 8725, RFC 9068).
//!
//! A token names an account and a session and nothing else; what the account may do is read from the database on
//! every request. The only accepted header is the one this deployment writes, member by member, so a token cannot
//! choose its algorithm, bring its own key or point to one. Time is the application's clock's.
//!
//! One key signs. The one that will sign next and the one that signed before are accepted beside it, each with a header
//! of its own, so that a key is changed while people work.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{SessionId, UserId};
use qadam_ledger::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::verified_tokens::VerifiedTokens;
use crate::application::App;
use crate::error::{AppError, Code};
use crate::keys::TokenKeys;
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
    pub(super) keys: TokenKeys,
    header: Header,
    encoding: EncodingKey,
    accepted: Vec<Accepted>,
    validation: Validation,
    pub(super) issuer: String,
    known: VerifiedTokens,
    /// How long a token holds, in seconds.
    pub(super) seconds: i64,
}

/// A key whose tokens are good.
struct Accepted {
    key: VerifyingKey,
    /// The header of its tokens.
    header: Header,
    decoding: DecodingKey,
    /// Until when, in seconds since 1970; without end where there is none.
    until: Option<i64>,
}

impl Accepted {
    fn new(key: VerifyingKey, until: Option<i64>) -> Self {
        Self { header: header(&key), decoding: DecodingKey::from_ed_der(key.as_bytes()), key, until }
    }

    fn holds(&self, now: i64) -> bool {
        self.until.is_none_or(|until| now <= until)
    }
}

/// Leaves out the keys.
impl fmt::Debug for Terms {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Terms").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl Terms {
    /// The terms of a deployment: its keys sign and, by their public halves, check; its address is the issuer.
    pub(crate) fn new(keys: TokenKeys, issuer: &str, seconds: i64) -> Result<Self, AppError> {
        let present = Accepted::new(keys.present.verifying_key(), None);
        let next = keys.next.map(|key| Accepted::new(key, None));
        let retired = keys.retired.map(|retired| Accepted::new(retired.key, Some(retired.until)));
        Ok(Self {
            header: present.header.clone(),
            encoding: encoding_key(&keys.present)?,
            accepted: [Some(present), next, retired].into_iter().flatten().collect(),
            validation: validation(issuer),
            issuer: issuer.to_owned(),
            known: VerifiedTokens::default(),
            keys,
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
            None => self.verify(token, now)?,
        };
        let holds =
            verified.issued <= now.checked_add(LEEWAY)? && now <= verified.expires.checked_add(LEEWAY)?;
        if holds && known.is_none() {
            self.known.remember(digest, verified, now);
        }
        holds.then_some(verified.named)
    }

    /// Checks everything about a token that does not change with time, and that the key that signed it is accepted now.
    fn verify(&self, token: &str, now: i64) -> Option<Verified> {
        let header = decode_header(token).ok()?;
        let accepted = self.accepted.iter().find(|accepted| accepted.header == header)?;
        let claims = decode::<Claims>(token, &accepted.decoding, &self.validation).ok()?.claims;
        let good = accepted.holds(now)
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
    /// The public keys of access tokens that are accepted now as a JSON Web Key Set (RFC 7517), for
    /// `/.well-known/jwks.json`: the one that signs comes first.
    pub fn jwks(&self) -> Value {
        let (terms, now) = (self.tokens.load(), self.now().0.div_euclid(1000));
        let accepted = terms.accepted.iter().filter(|accepted| accepted.holds(now));
        let keys = accepted.map(|accepted| {
            json!({
                "kty": "OKP",
                "crv": "Ed25519",
                "x": URL_SAFE_NO_PAD.encode(accepted.key.as_bytes()),
                "kid": key_id(&accepted.key),
                "alg": "EdDSA",
                "use": "sig",
            })
        });
        json!({"keys": keys.collect::<Vec<_>>()})
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
