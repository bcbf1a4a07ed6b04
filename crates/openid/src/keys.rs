//! With which keys a provider signs (RFC 7517), and by which algorithms it may.

use jsonwebtoken::DecodingKey;
use serde::Deserialize;

use crate::OpenIdError;

/// How many keys are looked at.
const KEYS_MAX: usize = 64;

/// The algorithms that are accepted: signatures by keys that the provider alone has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Rs256,
    Ps256,
    Es256,
    EdDsa,
}

impl Algorithm {
    const ALL: [(&'static str, Self); 4] =
        [("RS256", Self::Rs256), ("PS256", Self::Ps256), ("ES256", Self::Es256), ("EdDSA", Self::EdDsa)];

    /// The algorithm with this name (RFC 7518, section 3.1; RFC 8037).
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find_map(|(known, algorithm)| (known == name).then_some(algorithm))
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::Rs256 | Self::Ps256 => "RSA",
            Self::Es256 => "EC",
            Self::EdDsa => "OKP",
        }
    }

    pub(crate) const fn of_library(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::Rs256 => jsonwebtoken::Algorithm::RS256,
            Self::Ps256 => jsonwebtoken::Algorithm::PS256,
            Self::Es256 => jsonwebtoken::Algorithm::ES256,
            Self::EdDsa => jsonwebtoken::Algorithm::EdDSA,
        }
    }
}

#[derive(Debug, Deserialize)]
struct Document {
    keys: Vec<serde_json::Value>,
}

/// A key as it is written down.
#[derive(Debug, Clone, Deserialize)]
struct Written {
    kty: String,
    kid: Option<String>,
    r#use: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl Written {
    /// Whether it may have signed by an algorithm.
    fn may_sign_by(&self, algorithm: Algorithm) -> bool {
        let used = self.r#use.as_deref().is_none_or(|used| used == "sig");
        let named = self.alg.as_deref().is_none_or(|named| Algorithm::from_name(named) == Some(algorithm));
        used && named && self.kty == algorithm.kind()
    }

    /// The key itself, if it is one of the kinds that are known.
    fn key(&self) -> Option<DecodingKey> {
        let (x, y) = (self.x.as_deref(), self.y.as_deref());
        match (self.kty.as_str(), self.crv.as_deref()) {
            ("RSA", _) => DecodingKey::from_rsa_components(self.n.as_deref()?, self.e.as_deref()?).ok(),
            ("EC", Some("P-256")) => DecodingKey::from_ec_components(x?, y?).ok(),
            ("OKP", Some("Ed25519")) => DecodingKey::from_ed_components(x?).ok(),
            _ => None,
        }
    }
}

/// The keys that a provider shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keys(Vec<Written>);

impl Keys {
    /// Reads them. What is no key that is known is passed over (RFC 7517, section 5).
    pub(crate) fn read(text: &[u8]) -> Result<Self, OpenIdError> {
        let document: Document = serde_json::from_slice(text).map_err(|_| OpenIdError::Unreadable)?;
        let read = |key| serde_json::from_value(key).ok();
        Ok(Self(document.keys.into_iter().take(KEYS_MAX).filter_map(read).collect()))
    }

    /// The key with this identifier; without one, the only one there is (OpenID Connect Core, section 10.1).
    pub(crate) fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Result<DecodingKey, OpenIdError> {
        let named = |key: &&Written| kid.is_none() || key.kid.as_deref() == kid;
        let mut fitting = self.0.iter().filter(|key| key.may_sign_by(algorithm)).filter(named);
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => only.key().ok_or(OpenIdError::Key),
            _ => Err(OpenIdError::Key),
        }
    }
}
