//! What happens to every request and every answer, whatever the operation.
//!
//! From the outside in: an identifier and a log line for the request; headers that browsers obey; the rule of
//! caching; bodies for problems; panics become problems. Unknown paths and methods are problems too.
//!
//! There is no CORS: the API is called by programs and by pages of this host.

mod caching;
mod host;
mod panics;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::middleware::{from_fn, from_fn_with_state};
use qadam_app::Code;
use qadam_app::random::Random;
use qadam_app::settings::{IpNet, Languages};
use qadam_http::{headers, origin, request_id};
use tower_http::catch_panic::CatchPanicLayer;

use crate::problems::{self, Problem};

pub(crate) use host::named_once;

/// What happens to every answer, page or value. `https` tells whether browsers reach the register by `https` alone,
/// `trusted` which proxies are believed.
pub(crate) fn wrap(router: Router, random: Arc<dyn Random>, https: bool, trusted: &[IpNet]) -> Router {
    let trusted: Arc<[IpNet]> = trusted.into();
    router
        .layer(from_fn_with_state(trusted, |State(trusted), request, next| {
            origin::find(trusted, request, next)
        }))
        .layer(from_fn_with_state(https, |State(https), request, next| headers::add(https, request, next)))
        .layer(from_fn_with_state(random, |State(random), request, next| {
            request_id::follow(random, request, next)
        }))
}

/// What happens to every answer that is a value. `languages` are those in which is answered.
pub(crate) fn wrap_values(router: Router, languages: Languages) -> Router {
    router
        .fallback(async || Problem::new(Code::NotFound))
        .method_not_allowed_fallback(async || Problem::new(Code::MethodNotAllowed))
        .layer(CatchPanicLayer::custom(panics::answer))
        .layer(from_fn_with_state(languages, problems::render))
        .layer(from_fn(caching::decide))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counting, Register, body_of, get, json_of, send, small};
    use axum::body::Body;
    use axum::routing::get as on_get;
    use http::Request;
    use serde_json::Value;

    async fn faulty() -> &'static str {
        let numbers: Vec<u8> = Vec::new();
        assert_ne!(numbers.len(), 0, "the secret cause");
        "never"
    }

    fn router() -> Router {
        small(Router::new().route("/here", on_get(async || "here")).route("/faulty", on_get(faulty)))
    }

    #[tokio::test]
    async fn an_unknown_path_is_a_problem_with_the_bytes_of_any_other_not_found() {
        let answer = get(&router(), "/nowhere").await;
        assert_eq!(answer.status(), 404);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        assert_eq!(json_of(answer).await["code"], "not_found");
    }

    #[tokio::test]
    async fn an_unknown_method_is_a_problem_that_lists_the_known_ones() {
        let answer = send(&router(), Request::delete("/here").body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status(), 405);
        assert_eq!(answer.headers()["allow"], "GET,HEAD");
        assert_eq!(json_of(answer).await["code"], "method_not_allowed");
    }

    #[tokio::test]
    async fn a_panic_is_a_problem_that_does_not_say_what_happened() {
        let answer = get(&router(), "/faulty").await;
        assert_eq!(answer.status(), 500);
        let text = String::from_utf8(body_of(answer).await).unwrap();
        assert!(text.contains("\"code\":\"internal\"") && !text.contains("secret"), "{text}");
    }

    #[tokio::test]
    async fn problems_speak_the_language_of_the_request() {
        let request = Request::get("/nowhere").header("accept-language", "kk").body(Body::empty()).unwrap();
        let answer = send(&router(), request).await;
        assert_eq!(answer.headers()["content-language"], "kk");
        assert_eq!(json_of(answer).await["title"], "Табылмады");
        let answer = get(&router(), "/nowhere?lang=ru").await;
        assert_eq!(json_of(answer).await["title"], "Не найдено");
    }

    #[tokio::test]
    async fn problems_and_answers_are_in_a_language_that_the_register_offers() {
        let register = Register::answering_in("kk,ru".parse().unwrap()).await;
        let ask = async |path: &'static str, accepted: &'static str| {
            register.send("GET", path, "", &[("accept-language", accepted)], &Value::Null).await
        };
        for (path, accepted, language) in [
            ("/nowhere", "en", "kk"),
            ("/nowhere?lang=en", "ru", "ru"),
            ("/nowhere?lang=ru", "kk", "ru"),
            ("/nowhere", "en, ru;q=0.1", "ru"),
        ] {
            assert_eq!(ask(path, accepted).await.header("content-language"), language, "{path} {accepted}");
        }
        let refused = ask("/api/v1/organisations?lang=en", "ru").await;
        assert_eq!(refused.wrong_field().0, 400);
        assert_eq!(refused.body["errors"][0]["parameter"], "lang");
        // An entity tag tells of the language that a handler answers in.
        let tag = async |accepted| ask("/api/v1/organisations", accepted).await.header("etag").to_owned();
        assert_eq!(tag("en").await, tag("kk").await);
        assert_ne!(tag("en").await, tag("ru").await);
    }

    #[tokio::test]
    async fn head_is_get_without_the_body() {
        for (path, status) in [("/here", 200), ("/nowhere", 404)] {
            let head = send(&router(), Request::head(path).body(Body::empty()).unwrap()).await;
            assert_eq!(head.status(), status);
            assert!(body_of(head).await.is_empty(), "{path}");
        }
    }

    #[tokio::test]
    async fn every_answer_has_them_problems_included() {
        let router = small(Router::new().route("/here", on_get(async || "here")));
        for path in ["/here", "/nowhere"] {
            let answer = get(&router, path).await;
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
                ("content-security-policy", headers::API_POLICY),
            ] {
                assert_eq!(answer.headers()[name], value, "{path}");
            }
            assert!(answer.headers().contains_key("permissions-policy"), "{path}");
            assert!(!answer.headers().contains_key("access-control-allow-origin"), "{path}");
        }
    }

    #[tokio::test]
    async fn browsers_are_bound_to_https_only_where_it_is_used() {
        let with = |https| wrap(Router::new(), Arc::new(Counting::default()), https, &[]);
        let name = "strict-transport-security";
        assert!(get(&with(true), "/").await.headers().contains_key(name));
        assert!(!get(&with(false), "/").await.headers().contains_key(name));
    }

    #[tokio::test]
    async fn an_own_identifier_is_random_and_stands_in_the_problem() {
        let answer = get(&small(Router::new()), "/nowhere").await;
        let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
        assert_eq!(id, "00000000-0000-4000-8000-000000000000");
        let problem = json_of(answer).await;
        assert_eq!(
            (&problem["request_id"], &problem["instance"]),
            (&id.as_str().into(), &format!("/requests/{id}").into())
        );
    }

    #[tokio::test]
    async fn a_harmless_identifier_is_echoed_and_another_replaced() {
        let long = "a".repeat(129);
        for (given, echoed) in
            [("Trace_1.b-2", true), ("a b", false), ("<x>", false), ("", false), (long.as_str(), false)]
        {
            let request = Request::get("/").header("x-request-id", given).body(Body::empty()).unwrap();
            let answer = send(&small(Router::new()), request).await;
            assert_eq!(answer.headers()["x-request-id"] == given, echoed, "{given}");
        }
    }
}
