//! The layer that gives problems their bodies.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use qadam_app::settings::Languages;

use super::body::ProblemView;
use super::problem::Problem;
use qadam_http::language::language_of;
use qadam_http::request_id::RequestId;

/// The media type of a problem.
pub(crate) const PROBLEM_JSON: &str = "application/problem+json";

/// Gives a [`Problem`] that comes from within its body, and logs the cause of a failure once.
pub(crate) async fn render(State(offered): State<Languages>, mut request: Request, next: Next) -> Response {
    let language = language_of(offered, request.uri(), request.headers());
    // Handlers choose from the same.
    request.extensions_mut().insert(offered);
    let id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    let response = next.run(request).await;
    let (mut parts, body) = response.into_parts();
    let Some(problem) = parts.extensions.remove::<Problem>() else {
        return Response::from_parts(parts, body);
    };
    if let Some(cause) = &problem.cause {
        tracing::error!(request_id = id.as_str(), code = problem.code.as_str(), cause, "request failed");
    }
    let view = ProblemView::new(problem, language, id.as_str());
    let Ok(json) = serde_json::to_vec(&view) else { return parts.into_response() };
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    parts.headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    // The length of the empty body it came with.
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, json.into())
}
