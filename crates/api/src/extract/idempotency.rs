//! `Idempotency-Key`: a request that may be sent twice and is done once.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderName, HeaderValue};
use qadam_app::error::FieldCode;

use crate::problems::Problem;

const NAME: HeaderName = HeaderName::from_static("idempotency-key");
/// The longest key, in characters.
const LONGEST: usize = 255;

/// The key of a request, to be read when its turn comes in the order of checks.
#[derive(Debug, Clone)]
pub struct IdempotencyKey {
    values: Vec<HeaderValue>,
    route: String,
}

impl IdempotencyKey {
    /// The key, if there is one: 1 to 255 visible ASCII characters. 400 for anything else, and for several.
    pub fn read(&self) -> Result<Option<&str>, Problem> {
        let wrong = |code| Err(Problem::header(NAME, code));
        let value = match self.values.as_slice() {
            [] => return Ok(None),
            [value] => value.as_bytes(),
            _ => return wrong(FieldCode::Duplicate),
        };
        match std::str::from_utf8(value) {
            Ok("") => wrong(FieldCode::Required),
            Ok(key) if key.len() > LONGEST => wrong(FieldCode::TooLong),
            Ok(key) if key.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(Some(key)),
            _ => wrong(FieldCode::ForbiddenCharacter),
        }
    }

    /// The method and the path of the request: the same key on another route is another key.
    pub fn route(&self) -> &str {
        &self.route
    }
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let path = match parts.extensions.get::<axum::extract::OriginalUri>() {
            Some(original) => original.path(),
            None => parts.uri.path(),
        };
        let route = format!("{} {path}", parts.method);
        Ok(Self { values: parts.headers.get_all(NAME).iter().cloned().collect(), route })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(values: &[&str]) -> Result<Option<String>, FieldCode> {
        let values = values.iter().map(|value| HeaderValue::from_bytes(value.as_bytes()).unwrap()).collect();
        IdempotencyKey { values, route: String::new() }
            .read()
            .map(|key| key.map(str::to_owned))
            .map_err(|problem| problem.errors()[0].code)
    }

    #[test]
    fn a_key_is_visible_ascii_of_at_most_255_characters() {
        assert_eq!(key(&[]), Ok(None));
        assert_eq!(key(&["a-1:~"]), Ok(Some("a-1:~".to_owned())));
        assert_eq!(key(&[&"k".repeat(255)]), Ok(Some("k".repeat(255))));
        assert_eq!(key(&[&"k".repeat(256)]), Err(FieldCode::TooLong));
        assert_eq!(key(&[""]), Err(FieldCode::Required));
        assert_eq!(key(&["a b"]), Err(FieldCode::ForbiddenCharacter));
        assert_eq!(key(&["кілт"]), Err(FieldCode::ForbiddenCharacter));
        assert_eq!(key(&["a", "b"]), Err(FieldCode::Duplicate));
    }

    #[tokio::test]
    async fn the_route_has_no_query() {
        let request = http::Request::post("/items?x=1").body(()).unwrap();
        let mut parts = request.into_parts().0;
        let key = IdempotencyKey::from_request_parts(&mut parts, &()).await.unwrap();
        assert_eq!(key.route(), "POST /items");
    }
}
