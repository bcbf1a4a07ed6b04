//! What browsers are told for a passkey to be made or used, in the names that they give it (Web Authentication Level 3,
//! sections 5.4 and 5.5), and bytes as they tell them back.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use qadam_app::authentication::{CHALLENGE_SECONDS, PASSKEY_ALGORITHMS, PasskeyBeginning, PasskeyChallenge};
use qadam_app::error::FieldCode;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::reading::refuse;

/// The one type of credentials that there is.
const PUBLIC_KEY: &str = "public-key";

/// The longest text of bytes that is read, in letters.
pub const BASE64URL_MAX: usize = 20_000;

/// Bytes, written in base 64 for addresses, without padding (RFC 4648, section 5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base64Url(pub Vec<u8>);

impl Base64Url {
    /// Reads them; `None` where the text is none of these, or longer than [`BASE64URL_MAX`].
    pub fn read(text: &str) -> Option<Self> {
        (text.len() <= BASE64URL_MAX).then(|| URL_SAFE_NO_PAD.decode(text).ok().map(Self)).flatten()
    }
}

impl Serialize for Base64Url {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64Url {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| refuse(FieldCode::InvalidCode))
    }
}

impl PartialSchema for Base64Url {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("Bytes in base64url without padding."))
            .pattern(Some("^[A-Za-z0-9_-]*$"))
            .max_length(Some(BASE64URL_MAX))
            .into()
    }
}

impl ToSchema for Base64Url {}

/// The site.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PasskeySite)]
pub struct Site {
    /// Its domain.
    #[schema(example = "register.example")]
    id: String,
    /// What devices call it.
    name: String,
}

/// The account, as devices know and show it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PasskeyUser)]
pub struct User {
    /// What devices know it by: bytes that say nothing.
    id: Base64Url,
    /// What devices show of it, and copy to where they keep passkeys: the domain and a few letters by which several accounts on
    /// one device are told apart. Neither the address nor the name of its person.
    name: String,
    /// The same.
    display_name: String,
}

/// An algorithm that is offered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PasskeyAlgorithm)]
pub struct Offered {
    /// `public-key`.
    r#type: &'static str,
    /// Its number in the registry of COSE: -7 (ES256) or -8 (`EdDSA`).
    alg: i64,
}

/// A passkey that the account has.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KnownPasskey)]
pub struct Known {
    /// `public-key`.
    r#type: &'static str,
    /// What its device calls it.
    id: Base64Url,
}

/// What device is asked for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PasskeyDevice)]
pub struct Selection {
    /// `required`: it knows by itself whose the passkey is.
    resident_key: &'static str,
    /// True, for browsers that know that word alone.
    require_resident_key: bool,
    /// `required`: it asks who holds it.
    user_verification: &'static str,
}

/// What a browser is told for a passkey to be made: for `navigator.credentials.create`, as
/// `PublicKeyCredential.parseCreationOptionsFromJSON` reads it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PasskeyCreationOptions)]
pub struct CreationOptions {
    /// What the device signs; good once.
    challenge: Base64Url,
    /// The site.
    rp: Site,
    /// The account.
    user: User,
    /// The algorithms that are offered.
    pub_key_cred_params: Vec<Offered>,
    /// For how many milliseconds the challenge is good.
    timeout: i64,
    /// The passkeys that there are: their devices make no second one.
    exclude_credentials: Vec<Known>,
    /// What device is asked for.
    authenticator_selection: Selection,
    /// `none`: which make of device it is, is not asked.
    attestation: &'static str,
}

impl From<PasskeyBeginning> for CreationOptions {
    fn from(begun: PasskeyBeginning) -> Self {
        let known = |id| Known { r#type: PUBLIC_KEY, id: Base64Url(id) };
        Self {
            challenge: Base64Url(begun.challenge),
            rp: Site { id: begun.domain.clone(), name: begun.domain },
            user: User {
                id: Base64Url(begun.user_handle),
                name: begun.shown.clone(),
                display_name: begun.shown,
            },
            pub_key_cred_params: PASSKEY_ALGORITHMS.map(|alg| Offered { r#type: PUBLIC_KEY, alg }).into(),
            timeout: CHALLENGE_SECONDS * 1_000,
            exclude_credentials: begun.known.into_iter().map(known).collect(),
            authenticator_selection: Selection {
                resident_key: "required",
                require_resident_key: true,
                user_verification: "required",
            },
            attestation: "none",
        }
    }
}

/// What a browser is told for somebody to sign in: for `navigator.credentials.get`, as
/// `PublicKeyCredential.parseRequestOptionsFromJSON` reads it. No passkey is named: the device says which it has.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PasskeyRequestOptions)]
pub struct RequestOptions {
    /// What the device signs; good once.
    challenge: Base64Url,
    /// The domain of the site.
    #[schema(example = "register.example")]
    rp_id: String,
    /// For how many milliseconds the challenge is good.
    timeout: i64,
    /// `required`: the device asks who holds it.
    user_verification: &'static str,
}

impl From<PasskeyChallenge> for RequestOptions {
    fn from(asked: PasskeyChallenge) -> Self {
        Self {
            challenge: Base64Url(asked.challenge),
            rp_id: asked.domain,
            timeout: CHALLENGE_SECONDS * 1_000,
            user_verification: "required",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json, to_value};

    #[test]
    fn bytes_have_one_form() {
        assert_eq!(to_value(Base64Url(vec![0xfb, 0xff])).unwrap(), "-_8");
        assert_eq!(from_value::<Base64Url>(json!("-_8")).unwrap(), Base64Url(vec![0xfb, 0xff]));
        for bad in ["-_8=", "+/8", "-_9", "-", " -_8", "-_8\u{202e}"] {
            assert_eq!(from_value::<Base64Url>(json!(bad)).unwrap_err().to_string(), "invalid_code", "{bad}");
        }
    }

    #[test]
    fn whoever_signs_in_is_told_of_no_account() {
        let asked = PasskeyChallenge { challenge: vec![1], domain: "register.example".to_owned() };
        let told = json!({
            "challenge": "AQ", "rpId": "register.example", "timeout": 300_000, "userVerification": "required",
        });
        assert_eq!(to_value(RequestOptions::from(asked)).unwrap(), told);
    }
}
