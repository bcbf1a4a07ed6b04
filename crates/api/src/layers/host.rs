//! A request says once whom it is for (RFC 9112, section 3.2). Nothing is made from what it says: links are built from
//! the configured address. But what stands in front of the program may go by it, and one that reads the first of two
//! names while the other reads the last can be led to give one client what was meant for another.

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::{Version, header};
use qadam_app::error::FieldCode;
use qadam_app::settings::Languages;
use tower::ServiceExt as _;

use super::caching;
use crate::problems::{self, Problem};

/// Answers requests that name no host, or several, with a problem; everything else is left to the router.
pub(crate) fn named_once(router: Router, languages: Languages) -> Router {
    let refusal = Router::new()
        .fallback(refuse)
        .layer(from_fn_with_state(languages, problems::render))
        .layer(from_fn(caching::decide));
    router.layer(from_fn_with_state(refusal, look))
}

async fn look(State(refusal): State<Router>, request: Request, next: Next) -> Response {
    if names(&request) == 1 || (names(&request) == 0 && request.version() < Version::HTTP_11) {
        return next.run(request).await;
    }
    refusal.oneshot(request).await.into_response()
}

fn names(request: &Request) -> usize {
    request.headers().get_all(header::HOST).iter().count()
}

async fn refuse(request: Request) -> Response {
    let what = if names(&request) == 0 { FieldCode::Required } else { FieldCode::Duplicate };
    // Whatever follows on the connection is of the same sort.
    ([(header::CONNECTION, "close")], Problem::header(header::HOST, what)).into_response()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::body::Body;
    use axum::routing::get;
    use http::StatusCode;

    use super::*;
    use crate::layers::wrap;
    use crate::testing::{Counting, json_of, send};

    fn router() -> Router {
        let router = named_once(Router::new().route("/", get(async || "")), "kk,ru,en".parse().unwrap());
        wrap(router, Arc::new(Counting::default()), false, &[])
    }

    async fn answer(version: Version, names: &[&str]) -> Response {
        let mut request = Request::get("/").version(version);
        for name in names {
            request = request.header(header::HOST, *name);
        }
        send(&router(), request.body(Body::empty()).unwrap()).await
    }

    #[tokio::test]
    async fn a_request_names_its_host_once_and_old_ones_need_not() {
        for (version, names, status) in [
            (Version::HTTP_11, vec!["a"], StatusCode::OK),
            (Version::HTTP_11, vec![], StatusCode::BAD_REQUEST),
            (Version::HTTP_11, vec!["a", "b"], StatusCode::BAD_REQUEST),
            (Version::HTTP_11, vec!["a", "a"], StatusCode::BAD_REQUEST),
            (Version::HTTP_10, vec![], StatusCode::OK),
            (Version::HTTP_10, vec!["a", "b"], StatusCode::BAD_REQUEST),
        ] {
            assert_eq!(answer(version, &names).await.status(), status, "{version:?} {names:?}");
        }
    }

    #[tokio::test]
    async fn who_names_none_or_two_is_told_so_as_of_any_other_header() {
        for (names, what) in [(vec![], "required"), (vec!["a", "b"], "duplicate")] {
            let refused = answer(Version::HTTP_11, &names).await;
            for (name, value) in [
                ("content-type", "application/problem+json"),
                ("connection", "close"),
                ("cache-control", "no-store"),
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
            ] {
                assert_eq!(refused.headers()[name], value, "{names:?}");
            }
            assert!(refused.headers().contains_key("x-request-id"));
            let problem = json_of(refused).await;
            assert_eq!(problem["code"], "invalid_header");
            assert_eq!(problem["errors"][0]["header"].as_str().unwrap().to_lowercase(), "host");
            assert_eq!(problem["errors"][0]["code"], what);
        }
    }
}
