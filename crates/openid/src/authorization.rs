//! Where a browser goes to sign in (OpenID Connect Core, section 3.1.2.1; RFC 7636).

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

/// What a browser takes along to the provider. Each was made by chance for this one time.
#[derive(Debug, Clone, Copy)]
pub struct Authorization<'a> {
    /// What the answer has to bring back.
    pub state: &'a str,
    /// What the ID token has to say.
    pub nonce: &'a str,
    /// What the provider is told when the code is used: of it, the browser takes a digest along.
    pub verifier: &'a str,
    /// The language of the page that it comes from.
    pub language: &'a str,
}

/// What is shown of a verifier beforehand, by `S256` (RFC 7636, section 4.2).
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()))
}

/// The address, with all that it asks.
pub(crate) fn address(
    endpoint: &Url,
    client_id: &str,
    redirect_uri: &str,
    scopes: &[String],
    asked: Authorization<'_>,
) -> String {
    let mut address = endpoint.clone();
    address
        .query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", client_id)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("scope", &scopes.join(" "))
        .append_pair("state", asked.state)
        .append_pair("nonce", asked.nonce)
        .append_pair("code_challenge", &challenge(asked.verifier))
        .append_pair("code_challenge_method", "S256")
        .append_pair("ui_locales", asked.language);
    address.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636, appendix B.
    #[test]
    fn the_challenge_is_that_of_the_standard() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn an_endpoint_keeps_the_query_that_it_has() {
        let endpoint = Url::parse("https://login.example/authorize?realm=a").unwrap();
        let asked = Authorization { state: "s", nonce: "n", verifier: "v", language: "kk" };
        let scopes = ["openid", "email"].map(str::to_owned);
        let address = address(&endpoint, "a b", "https://register.example/openid", &scopes, asked);
        let expected = "https://login.example/authorize?realm=a&response_type=code&client_id=a+b&redirect_uri=\
                        https%3A%2F%2Fregister.example%2Fopenid&scope=openid+email&state=s&nonce=n&code_challenge=";
        assert!(address.starts_with(expected), "{address}");
        assert!(address.ends_with("&code_challenge_method=S256&ui_locales=kk"), "{address}");
    }
}
