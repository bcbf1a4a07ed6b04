//! A template becomes an answer.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::failure;
use crate::form::Form;

/// What a page may do: its own stylesheet, script and images, and forms to this host. Nothing from elsewhere, nothing
/// written into the page.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// The page that a template makes.
pub(crate) fn render(template: &impl Template) -> Response {
    let html = match template.render() {
        Ok(html) => html,
        Err(error) => {
            tracing::error!(%error, "a template failed");
            return failure::broken().into_response();
        }
    };
    let mut response = Html(html).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    // Forms say where they come from, to this host alone.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

/// The page of a form: 422 where something is wrong with what was sent.
pub(crate) fn render_form(template: &impl Template, form: &Form) -> Response {
    let mut response = not_kept(render(template));
    if form.is_wrong() {
        *response.status_mut() = form.refused().map_or(StatusCode::UNPROCESSABLE_ENTITY, qadam_http::status);
    }
    response
}

/// A page that is not given again: something in it is for one visitor, or changes by itself.
pub(crate) fn not_kept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
