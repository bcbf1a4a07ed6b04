//! `Prefer: count=exact` (RFC 7240): a list with its total.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::request::Parts;

/// What the client would like. Preferences that are not known are ignored, as RFC 7240 asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Prefer {
    /// Whether a list is to say how many entries it has in all.
    pub exact_count: bool,
}

impl<S: Sync> FromRequestParts<S> for Prefer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let exact_count = parts
            .headers
            .get_all("prefer")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(|preference| preference.split(';').next())
            .any(is_exact_count);
        Ok(Self { exact_count })
    }
}

fn is_exact_count(preference: &str) -> bool {
    preference.split_once('=').is_some_and(|(name, value)| {
        name.trim().eq_ignore_ascii_case("count") && value.trim().trim_matches('"') == "exact"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preference_is_found_among_others() {
        for yes in ["count=exact", "Count=\"exact\"", " count = exact "] {
            assert!(is_exact_count(yes), "{yes}");
        }
        for no in ["count", "count=planned", "counts=exact", "exact", ""] {
            assert!(!is_exact_count(no), "{no}");
        }
    }

    #[tokio::test]
    async fn several_preferences_and_headers_are_read() {
        let request = http::Request::builder()
            .header("prefer", "respond-async")
            .header("prefer", "wait=5, count=exact; x=y")
            .body(())
            .unwrap();
        let mut parts = request.into_parts().0;
        assert!(Prefer::from_request_parts(&mut parts, &()).await.unwrap().exact_count);
    }
}
