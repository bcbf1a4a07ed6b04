//! A program that is about to end says so before it stops: whoever distributes requests sends it no more.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};

use crate::shutdown::Stop;

/// Answers `/readyz` with 503 once the end was asked for; everything else is left to the router.
pub(crate) fn until_stopped(router: Router, stop: Stop) -> Router {
    router.layer(from_fn_with_state(stop, refuse))
}

async fn refuse(State(stop): State<Stop>, request: Request, next: Next) -> Response {
    if request.uri().path() == "/readyz" && stop.is_requested() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt as _;

    use super::*;

    #[tokio::test]
    async fn readiness_ends_with_the_request_to_stop_and_the_rest_goes_on() {
        let (switch, stop) = crate::shutdown::switch();
        let router = Router::new().route("/readyz", get(async || "")).route("/else", get(async || ""));
        let router = until_stopped(router, stop);
        let status = async |path: &str| {
            let request = Request::get(path).body(Body::empty()).unwrap();
            router.clone().oneshot(request).await.unwrap().status()
        };
        assert_eq!(status("/readyz").await, StatusCode::OK);
        switch.stop();
        assert_eq!(status("/readyz").await, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(status("/else").await, StatusCode::OK);
    }
}
