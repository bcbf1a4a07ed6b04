//! Whether an ID token holds (OpenID Connect Core, section 3.1.3.7; RFC 8725).

use aws_lc_rs::digest::{SHA256, SHA512, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::keys::{Algorithm, Keys};
use crate::{Claims, Issuer, OpenIdError};

/// How many seconds the provider's clock may be off.
pub const LEEWAY_SECONDS: i64 = 60;

/// How many seconds ago an ID token may have been issued: it is asked for the moment that somebody comes back.
pub const OLDEST_SECONDS: i64 = 600;

/// How long an ID token is at most, in bytes.
const LENGTH_MAX: usize = 32 * 1024;

/// What an ID token is to say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Who issues it.
    pub issuer: &'a Issuer,
    /// For whom.
    pub client_id: &'a str,
    /// What it answers.
    pub nonce: &'a str,
    /// The access token that came with it.
    pub access_token: Option<&'a str>,
    /// Now, in seconds since 1970.
    pub now: i64,
}

#[derive(Debug, Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

/// An ID token in its parts, nothing of which was checked.
#[derive(Debug)]
pub(crate) struct IdToken<'a> {
    /// What is signed: header and members as they came.
    signed: &'a str,
    members: &'a str,
    signature: &'a str,
    kid: Option<String>,
    algorithm: Algorithm,
}

impl<'a> IdToken<'a> {
    /// Takes an ID token apart. One by an algorithm that is not accepted goes no further.
    pub(crate) fn read(text: &'a str) -> Result<Self, OpenIdError> {
        let (signed, signature) = text.rsplit_once('.').ok_or(OpenIdError::IdToken)?;
        let (header, members) = signed.split_once('.').ok_or(OpenIdError::IdToken)?;
        if text.len() > LENGTH_MAX || members.contains('.') {
            return Err(OpenIdError::IdToken);
        }
        let header: Header = serde_json::from_slice(&decoded(header)?).map_err(|_| OpenIdError::IdToken)?;
        // Nothing that must be understood is (RFC 7515, section 4.1.11).
        if header.crit.is_some() {
            return Err(OpenIdError::IdToken);
        }
        let algorithm = Algorithm::from_name(&header.alg).ok_or(OpenIdError::Algorithm)?;
        Ok(Self { signed, members, signature, kid: header.kid, algorithm })
    }

    /// What it says, if one of the keys signed it and it says what is expected.
    pub(crate) fn verify(&self, keys: &Keys, expected: Expected<'_>) -> Result<Claims, OpenIdError> {
        let key = keys.find(self.kid.as_deref(), self.algorithm)?;
        let algorithm = self.algorithm.of_library();
        let holds = jsonwebtoken::crypto::verify(self.signature, self.signed.as_bytes(), &key, algorithm);
        if !holds.unwrap_or_default() {
            return Err(OpenIdError::Signature);
        }
        let members: Map<String, Value> =
            serde_json::from_slice(&decoded(self.members)?).map_err(|_| OpenIdError::IdToken)?;
        self.check(&members, expected)?;
        Claims::new(members)
    }

    fn check(&self, members: &Map<String, Value>, expected: Expected<'_>) -> Result<(), OpenIdError> {
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        if text("iss") != Some(expected.issuer.as_str()) {
            return Err(OpenIdError::Issuer);
        }
        check_audience(members, expected.client_id)?;
        check_times(members, expected.now)?;
        if text("nonce") != Some(expected.nonce) {
            return Err(OpenIdError::Nonce);
        }
        match (members.get("at_hash"), expected.access_token) {
            (None, _) => Ok(()),
            (Some(told), Some(token)) if told.as_str() == Some(&self.digest_of(token)) => Ok(()),
            (Some(_), _) => Err(OpenIdError::AccessToken),
        }
    }

    /// The left half of the digest that goes with the algorithm (OpenID Connect Core, section 3.1.3.6).
    fn digest_of(&self, token: &str) -> String {
        let algorithm = if self.algorithm == Algorithm::EdDsa { &SHA512 } else { &SHA256 };
        let whole = digest(algorithm, token.as_bytes());
        let half = whole.as_ref().iter().take(whole.as_ref().len() / 2).copied();
        URL_SAFE_NO_PAD.encode(half.collect::<Vec<u8>>())
    }
}

fn decoded(part: &str) -> Result<Vec<u8>, OpenIdError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| OpenIdError::IdToken)
}

/// Whether it is for this client, and was issued to it: where it is for several, it has to say to which.
fn check_audience(members: &Map<String, Value>, client_id: &str) -> Result<(), OpenIdError> {
    let alone = match members.get("aud") {
        Some(Value::String(one)) if one == client_id => true,
        Some(Value::Array(several)) if several.iter().any(|one| one.as_str() == Some(client_id)) => {
            several.len() == 1
        }
        _ => return Err(OpenIdError::Audience),
    };
    match members.get("azp") {
        None if alone => Ok(()),
        Some(told) if told.as_str() == Some(client_id) => Ok(()),
        _ => Err(OpenIdError::AuthorizedParty),
    }
}

fn check_times(members: &Map<String, Value>, now: i64) -> Result<(), OpenIdError> {
    // Some providers write parts of seconds.
    #[expect(clippy::cast_possible_truncation, reason = "a number beyond all times becomes the last of them")]
    let seconds = |name: &str| {
        let told = members.get(name)?;
        told.as_i64().or_else(|| told.as_f64().map(|seconds| seconds as i64))
    };
    let (Some(end), Some(issued)) = (seconds("exp"), seconds("iat")) else { return Err(OpenIdError::Time) };
    let (earliest, latest) = (now.saturating_sub(LEEWAY_SECONDS), now.saturating_add(LEEWAY_SECONDS));
    let begun = members.get("nbf").is_none_or(|_| seconds("nbf").is_some_and(|begin| begin <= latest));
    let good =
        end > earliest && issued <= latest && issued >= earliest.saturating_sub(OLDEST_SECONDS) && begun;
    if good { Ok(()) } else { Err(OpenIdError::Time) }
}
