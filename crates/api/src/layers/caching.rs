//! Who may keep an answer: anybody for a minute what everybody may read and has an etag, else nobody.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, Method, StatusCode, header};

const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=60");
const PRIVATE: HeaderValue = HeaderValue::from_static("no-store");
/// What an answer depends on beside the address.
const VARY: HeaderValue = HeaderValue::from_static("Accept, Accept-Language, Authorization");

/// Sets `Cache-Control` and `Vary`. What a handler sets itself is left alone, except for accounts.
pub(super) async fn decide(request: Request, next: Next) -> Response {
    let anonymous = !request.headers().contains_key(header::AUTHORIZATION);
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = next.run(request).await;
    let good = matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED);
    let headers = response.headers_mut();
    if !anonymous || !headers.contains_key(header::CACHE_CONTROL) {
        let public = anonymous && reads && good && headers.contains_key(header::ETAG);
        headers.insert(header::CACHE_CONTROL, if public { PUBLIC } else { PRIVATE });
    }
    headers.append(header::VARY, VARY);
    response
}

#[cfg(test)]
mod tests {
    use crate::testing::{send, small};
    use axum::Router;
    use axum::body::Body;
    use axum::routing::{get, post};
    use http::Request;

    fn router() -> Router {
        let tagged = async || ([("etag", "\"a\"")], "a");
        small(
            Router::new()
                .route("/tagged", get(tagged).post(tagged))
                .route("/plain", get(async || "a"))
                .route("/asset", get(async || ([("cache-control", "public, max-age=86400")], "a")))
                .route("/void", post(async || ())),
        )
    }

    async fn cache_control(request: http::request::Builder) -> String {
        let answer = send(&router(), request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.headers()["vary"], "Accept, Accept-Language, Authorization");
        answer.headers()["cache-control"].to_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn only_anonymous_reading_with_an_etag_is_kept() {
        assert_eq!(cache_control(Request::get("/tagged")).await, "public, max-age=60");
        assert_eq!(cache_control(Request::head("/tagged")).await, "public, max-age=60");
        assert_eq!(cache_control(Request::get("/tagged").header("authorization", "x")).await, "no-store");
        assert_eq!(cache_control(Request::post("/tagged")).await, "no-store");
        assert_eq!(cache_control(Request::get("/plain")).await, "no-store");
        assert_eq!(cache_control(Request::get("/nowhere")).await, "no-store");
    }

    #[tokio::test]
    async fn what_a_handler_says_holds_for_the_anonymous_alone() {
        assert_eq!(cache_control(Request::get("/asset")).await, "public, max-age=86400");
        assert_eq!(cache_control(Request::get("/asset").header("authorization", "x")).await, "no-store");
    }
}
