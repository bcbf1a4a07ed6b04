//! Successful answers with validators.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::extract::IfNoneMatchHeader;
use crate::problems::Problem;

/// A representation with its etag, which is given without quotes.
#[derive(Debug, Clone)]
pub struct Tagged<T> {
    etag: String,
    body: T,
}

impl<T: Serialize> Tagged<T> {
    /// A body with its etag.
    pub fn new(etag: impl Into<String>, body: T) -> Self {
        Self { etag: etag.into(), body }
    }

    /// 304 where the client has it already.
    pub fn unless_known(self, known: &IfNoneMatchHeader) -> Response {
        if known.has(&self.etag) { not_modified(&self.etag) } else { self.into_response() }
    }

    /// 201 with the address of what was made.
    pub fn created(self, location: &str) -> Response {
        let mut response = self.into_response();
        *response.status_mut() = StatusCode::CREATED;
        insert(&mut response, header::LOCATION, location);
        response
    }
}

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.body).into_response();
        insert(&mut response, header::ETAG, &format!("\"{}\"", self.etag));
        response
    }
}

/// 304 for what has this etag, where the client has it already. For handlers that can tell before they render.
pub fn not_modified(etag: &str) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    insert(&mut response, header::ETAG, &format!("\"{etag}\""));
    response
}

fn insert(response: &mut Response, name: HeaderName, value: &str) {
    match HeaderValue::from_str(value) {
        Ok(value) => {
            response.headers_mut().insert(name, value);
        }
        Err(_) => *response = Problem::internal(format!("{name} cannot be {value:?}")).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::extract::FromRequestParts as _;

    async fn known(etag: &str) -> IfNoneMatchHeader {
        let request = http::Request::get("/").header("if-none-match", etag).body(()).unwrap();
        IfNoneMatchHeader::from_request_parts(&mut request.into_parts().0, &()).await.unwrap()
    }

    #[tokio::test]
    async fn what_the_client_has_is_not_sent_again() {
        let answer = Tagged::new("v1", 7).unless_known(&known("\"v1\"").await);
        assert_eq!((answer.status().as_u16(), &answer.headers()["etag"]), (304, &"\"v1\"".parse().unwrap()));
        let answer = Tagged::new("v2", 7).unless_known(&known("\"v1\"").await);
        assert_eq!((answer.status().as_u16(), &answer.headers()["etag"]), (200, &"\"v2\"".parse().unwrap()));
    }

    #[test]
    fn what_was_made_has_an_address() {
        let answer = Tagged::new("v1", 7).created("https://register.example/api/v1/items/1");
        assert_eq!(answer.status(), 201);
        assert_eq!(answer.headers()["location"], "https://register.example/api/v1/items/1");
    }

    #[test]
    fn a_header_that_cannot_be_is_a_fault_and_not_a_panic() {
        assert_eq!(Tagged::new("a\nb", 7).into_response().status(), 500);
    }
}
