//! What a provider says of itself (OpenID Connect Discovery 1.0, section 3).

use serde::Deserialize;
use url::Url;

use crate::keys::Algorithm;
use crate::{Issuer, OpenIdError};

/// The document as it comes. What else stands in it is not looked at.
#[derive(Debug, Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    response_types_supported: Option<Vec<String>>,
    id_token_signing_alg_values_supported: Option<Vec<String>>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    code_challenge_methods_supported: Option<Vec<String>>,
    authorization_response_iss_parameter_supported: Option<bool>,
}

/// What is kept of it.
#[derive(Debug, Clone)]
pub(crate) struct Metadata {
    /// Where browsers go.
    pub(crate) authorization: Url,
    /// Where codes are taken.
    pub(crate) token: Url,
    /// Where its keys are.
    pub(crate) keys: Url,
    /// Where it says more of a person.
    pub(crate) user_info: Option<Url>,
    /// Whether it says in each answer who answers (RFC 9207).
    pub(crate) names_itself: bool,
}

impl Metadata {
    /// Reads the document of a provider, of a client that has a secret or not.
    pub(crate) fn read(text: &[u8], issuer: &Issuer, has_secret: bool) -> Result<Self, OpenIdError> {
        let document: Document = serde_json::from_slice(text).map_err(|_| OpenIdError::Unreadable)?;
        if document.issuer != issuer.as_str() {
            return Err(OpenIdError::Name);
        }
        document.offers(has_secret)?;
        Ok(Self {
            authorization: issuer.endpoint(&document.authorization_endpoint)?,
            token: issuer.endpoint(&document.token_endpoint)?,
            keys: issuer.endpoint(&document.jwks_uri)?,
            user_info: document.userinfo_endpoint.map(|text| issuer.endpoint(&text)).transpose()?,
            names_itself: document.authorization_response_iss_parameter_supported.unwrap_or_default(),
        })
    }
}

impl Document {
    /// Whether it offers what is asked of it. A list that is not there says nothing.
    fn offers(&self, has_secret: bool) -> Result<(), OpenIdError> {
        let lacks = |list: &Option<Vec<String>>, found: &dyn Fn(&str) -> bool| {
            list.as_ref().is_some_and(|list| !list.iter().any(|offered| found(offered)))
        };
        if lacks(&self.response_types_supported, &|offered| offered == "code") {
            return Err(OpenIdError::Offer("the response type code"));
        }
        let accepted = |offered: &str| Algorithm::from_name(offered).is_some();
        if lacks(&self.id_token_signing_alg_values_supported, &accepted) {
            return Err(OpenIdError::Offer("ID tokens signed by RS256, PS256, ES256 or EdDSA"));
        }
        if lacks(&self.code_challenge_methods_supported, &|offered| offered == "S256") {
            return Err(OpenIdError::Offer("the code challenge method S256"));
        }
        if has_secret
            && lacks(&self.token_endpoint_auth_methods_supported, &|offered| offered == "client_secret_basic")
        {
            return Err(OpenIdError::Offer("the authentication client_secret_basic"));
        }
        Ok(())
    }
}
