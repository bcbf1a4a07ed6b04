//! Headers that tell browsers what not to do with an answer.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue, header};

/// The content security policy of answers that are no pages: nothing is loaded, framed or sent anywhere.
pub(super) const API_POLICY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// On every answer, also on problems.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("x-permitted-cross-domain-policies"), "none"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
         magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=()",
    ),
];

/// Two years, as the preload lists ask for.
const STRICT_TRANSPORT: &str = "max-age=63072000; includeSubDomains";

/// Adds the headers. A handler that serves pages sets its own content security policy.
pub(super) async fn add(https: bool, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(STRICT_TRANSPORT));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(API_POLICY));
    response
}

#[cfg(test)]
mod tests {
    use crate::testing::{get, small};
    use axum::Router;
    use axum::routing::get as on_get;
    use qadam_app::settings::Languages;

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
                ("content-security-policy", super::API_POLICY),
            ] {
                assert_eq!(answer.headers()[name], value, "{path}");
            }
            assert!(answer.headers().contains_key("permissions-policy"), "{path}");
            assert!(!answer.headers().contains_key("access-control-allow-origin"), "{path}");
        }
    }

    #[tokio::test]
    async fn browsers_are_bound_to_https_only_where_it_is_used() {
        let with = |https| {
            crate::layers::wrap(
                Router::new(),
                std::sync::Arc::new(crate::testing::Counting::default()),
                https,
                Languages::default(),
            )
        };
        let name = "strict-transport-security";
        assert!(get(&with(true), "/").await.headers().contains_key(name));
        assert!(!get(&with(false), "/").await.headers().contains_key(name));
    }
}
