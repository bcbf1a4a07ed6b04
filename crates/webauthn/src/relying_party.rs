//! Who asks: the site, as browsers and authenticators name it.

use aws_lc_rs::digest::{SHA256, digest};
use url::{Host, Url};

/// A site that can have passkeys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelyingParty {
    id: String,
    origin: String,
}

impl RelyingParty {
    /// The site at an address. `None` where browsers have no passkeys: for an address of numbers, which is no domain, and
    /// for `http`, but on `localhost` (section 5.1.3, step 7; Secure Contexts, section 3.1).
    pub fn at(address: &str) -> Option<Self> {
        let url = Url::parse(address).ok()?;
        let Some(Host::Domain(domain)) = url.host() else { return None };
        let local = domain == "localhost" || domain.ends_with(".localhost");
        let secure = url.scheme() == "https" || (url.scheme() == "http" && local);
        secure.then(|| Self { id: domain.to_owned(), origin: url.origin().ascii_serialization() })
    }

    /// Its identifier: the domain. Passkeys are bound to it, and are of no use once the register moves to another.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its origin: scheme, domain, and the port where it is not the scheme's own.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What authenticators sign of it.
    pub(crate) fn digest(&self) -> Vec<u8> {
        digest(&SHA256, self.id.as_bytes()).as_ref().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_over_https_and_localhost_have_passkeys_and_numbers_have_none() {
        for (address, expected) in [
            ("https://register.example", Some(("register.example", "https://register.example"))),
            ("https://Register.Example:443", Some(("register.example", "https://register.example"))),
            ("https://register.example:8443", Some(("register.example", "https://register.example:8443"))),
            ("http://localhost:8080", Some(("localhost", "http://localhost:8080"))),
            ("http://qadam.localhost:80", Some(("qadam.localhost", "http://qadam.localhost"))),
            ("http://register.example", None),
            ("http://localhost.example", None),
            ("http://127.0.0.1:8080", None),
            ("https://127.0.0.1", None),
            ("https://2130706433", None),
            ("https://[::1]", None),
            ("ftp://localhost", None),
            ("", None),
        ] {
            let found = RelyingParty::at(address);
            assert_eq!(found.as_ref().map(|party| (party.id(), party.origin())), expected, "{address}");
        }
    }
}
