//! Where a request comes from: the other end of its connection, or what a proxy that is trusted says of it.
//!
//! A header says whatever its sender likes. `X-Forwarded-For` is read from its end, where each proxy adds the address that it
//! was reached from, and only as far as those addresses are of proxies that the deployment names. What stands before that
//! was written by whoever asks, and is nothing.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};
use qadam_app::settings::IpNet;
use qadam_app::throttling::{Allowance, Origin};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// The other end of the connection that a request came by. Whoever accepts connections puts it into each request.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// The origin of a request, for handlers.
#[derive(Debug, Clone, Default)]
pub struct RequestOrigin(pub Origin);

impl<S: Sync> FromRequestParts<S> for RequestOrigin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(of(&parts.extensions)))
    }
}

/// The origin of a request.
pub fn of(extensions: &http::Extensions) -> Origin {
    extensions.get::<Origin>().cloned().unwrap_or_default()
}

/// Finds out where a request comes from, and tells in the answer what is left of what it used
/// (draft-ietf-httpapi-ratelimit-headers-11, experimental).
pub async fn find(trusted: Arc<[IpNet]>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    let origin = Origin::new(peer.and_then(|peer| client(peer, request.headers(), &trusted)));
    request.extensions_mut().insert(origin.clone());
    let mut response = next.run(request).await;
    if let Some(allowance) = origin.told() {
        tell(response.headers_mut(), allowance);
    }
    response
}

/// The address that tells a client apart; none where it is this machine itself.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> Option<IpAddr> {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut address = peer.to_canonical();
    let said = headers.get_all(FORWARDED_FOR).iter().rev();
    let said = said.flat_map(|value| value.to_str().unwrap_or_default().rsplit(','));
    let mut said = said.map(|text| text.trim().parse::<IpAddr>().map(|address| address.to_canonical()));
    while is_trusted(&address) {
        match said.next() {
            Some(Ok(before)) => address = before,
            // The proxy did not say, or not in a way that can be read: then it is all that is known.
            Some(Err(_)) | None => break,
        }
    }
    Some(address).filter(|address| !address.is_loopback())
}

fn tell(headers: &mut HeaderMap, Allowance { limited, quota, left }: Allowance) {
    let name = limited.name();
    let policy = format!("\"{name}\";q={};w={}", quota.times, quota.seconds);
    let left = format!("\"{name}\";r={};t={}", left.times, left.seconds);
    for (header, text) in [(POLICY, policy), (LEFT, left)] {
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.insert(header, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(peer: &str, forwarded: &[&str], trusted: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, value.parse().unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        client(peer.parse().unwrap(), &headers, &trusted).map(|address| address.to_string())
    }

    #[test]
    fn what_a_stranger_says_of_itself_is_nothing() {
        let trusted = ["10.0.0.0/8", "127.0.0.1/32"];
        for (peer, forwarded, address) in [
            ("203.0.113.9", vec!["198.51.100.1"], Some("203.0.113.9")),
            ("10.0.0.2", vec!["198.51.100.1"], Some("198.51.100.1")),
            ("10.0.0.2", vec!["1.2.3.4, 198.51.100.1"], Some("198.51.100.1")),
            ("10.0.0.2", vec!["1.2.3.4", "198.51.100.1, 10.9.9.9"], Some("198.51.100.1")),
            ("10.0.0.2", vec![], Some("10.0.0.2")),
            ("10.0.0.2", vec!["198.51.100.1, unknown"], Some("10.0.0.2")),
            ("10.0.0.2", vec!["10.1.1.1"], Some("10.1.1.1")),
            ("127.0.0.1", vec!["2001:db8::7"], Some("2001:db8::7")),
            ("::ffff:10.0.0.2", vec!["198.51.100.1"], Some("198.51.100.1")),
            ("127.0.0.1", vec![], None),
            ("::1", vec!["198.51.100.1"], None),
        ] {
            assert_eq!(found(peer, &forwarded, &trusted).as_deref(), address, "{peer} {forwarded:?}");
        }
        assert_eq!(found("10.0.0.2", &["198.51.100.1"], &[]).as_deref(), Some("10.0.0.2"));
    }
}
