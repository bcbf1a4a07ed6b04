//! Which addresses are asked: over `https`, and over `http` on this machine alone.

use url::{Host, Url};

use crate::OpenIdError;

/// A provider, by the address that it goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    text: String,
    /// Whether it is reached over `http`, on this machine.
    on_this_machine: bool,
}

impl Issuer {
    /// The provider with this address: no query, no fragment, nobody's name in it (OpenID Connect Core, section 2, `iss`).
    pub fn new(text: &str) -> Result<Self, OpenIdError> {
        let url = Url::parse(text).map_err(|_| OpenIdError::Address)?;
        if url.query().is_some() || text.len() > 1_000 {
            return Err(OpenIdError::Address);
        }
        let on_this_machine = reach(&url)? == Reach::OnThisMachine;
        Ok(Self { text: text.to_owned(), on_this_machine })
    }

    /// The address, letter for letter: names of providers are compared as they stand.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where the provider says what it offers (OpenID Connect Discovery 1.0, section 4).
    pub(crate) fn configuration(&self) -> String {
        format!("{}/.well-known/openid-configuration", self.text.trim_end_matches('/'))
    }

    /// An address that the provider names; none that is less safe than its own.
    pub(crate) fn endpoint(&self, text: &str) -> Result<Url, OpenIdError> {
        let url = Url::parse(text).map_err(|_| OpenIdError::Address)?;
        match (reach(&url)?, self.on_this_machine) {
            (Reach::Https, _) | (Reach::OnThisMachine, true) => Ok(url),
            (Reach::OnThisMachine, false) => Err(OpenIdError::Address),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Https,
    OnThisMachine,
}

fn reach(url: &Url) -> Result<Reach, OpenIdError> {
    if url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(OpenIdError::Address);
    }
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(OpenIdError::Address),
    };
    match url.scheme() {
        "https" => Ok(Reach::Https),
        "http" if local => Ok(Reach::OnThisMachine),
        _ => Err(OpenIdError::Address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_are_asked_over_https_and_on_this_machine_over_http() {
        for (text, good) in [
            ("https://login.example", true),
            ("https://login.example/realms/state/", true),
            ("https://login.example:8443/a", true),
            ("http://127.0.0.1:4593/api/oidc", true),
            ("http://[::1]:80", true),
            ("http://localhost:4593", true),
            ("http://login.example", false),
            ("http://localhost.example", false),
            ("http://10.0.0.1", false),
            ("https://login.example?realm=state", false),
            ("https://login.example#a", false),
            ("https://name:word@login.example", false),
            ("ftp://localhost", false),
            ("login.example", false),
            ("", false),
        ] {
            assert_eq!(Issuer::new(text).is_ok(), good, "{text}");
        }
    }

    #[test]
    fn what_a_provider_names_is_no_less_safe_than_itself() {
        let (safe, local) =
            (Issuer::new("https://login.example").unwrap(), Issuer::new("http://localhost").unwrap());
        assert!(safe.endpoint("https://keys.example/a?b=c").is_ok());
        assert!(
            safe.endpoint("http://127.0.0.1/a").is_err() && safe.endpoint("http://login.example").is_err()
        );
        assert!(
            local.endpoint("http://127.0.0.1:1/a").is_ok() && local.endpoint("http://login.example").is_err()
        );
        assert_eq!(
            Issuer::new("https://login.example/a/").unwrap().configuration(),
            "https://login.example/a/.well-known/openid-configuration"
        );
    }
}
