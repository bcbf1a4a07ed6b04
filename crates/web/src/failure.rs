//! Refusals as pages: what is wrong in plain words, the request's identifier, and where to go on.

use std::sync::Arc;

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use qadam_app::{AppError, Code};
use qadam_http::retry_after_error;

use crate::page::Page;
use crate::render::render;
use crate::visit::Visit;

/// Why a page is not shown. Made a page at the edge, where language and account are known.
#[derive(Debug, Clone)]
pub(crate) struct Failure(Arc<AppError>);

impl Failure {
    /// A refusal.
    pub(crate) fn new(error: AppError) -> Self {
        Self(Arc::new(error))
    }

    /// Its code.
    pub(crate) fn code(&self) -> Code {
        self.0.code()
    }

    /// The error itself, for forms that show it beside their fields.
    pub(crate) fn error(&self) -> &AppError {
        &self.0
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = qadam_http::status(self.code()).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage<'a> {
    page: &'a Page,
    status: u16,
    what: String,
    /// What was narrowed, and when.
    gone: Option<String>,
    request_id: &'a str,
}

/// Tells the operator of what nobody who asks is told the cause of.
pub(crate) fn note(failure: &Failure) {
    if let AppError::Internal(cause) = failure.error() {
        tracing::error!(cause, "a page failed");
    } else if let AppError::Storage(cause) = failure.error() {
        tracing::error!(%cause, "a page failed");
    }
}

/// The page of a refusal.
pub(crate) fn page(visit: &Visit, failure: &Failure) -> Response {
    let code = failure.code();
    note(failure);
    let status = qadam_http::status(code);
    let mut page = Page::new(visit, &format!("problem-{}-title", code.as_str()));
    page.hide();
    let gone = match failure.error() {
        AppError::Gone { reference, on, .. } => {
            let day = crate::format::long_day(page.lang(), *on);
            Some(format!("{} {day}", reference.as_deref().unwrap_or_default()))
        }
        _ => None,
    };
    let what = page.t(&format!("problem-{}", code.as_str()));
    let shown =
        FailurePage { page: &page, status: status.as_u16(), what, gone, request_id: &visit.request_id };
    let mut response = render(&shown);
    *response.status_mut() = status;
    if let Some(seconds) = retry_after_error(failure.error()) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// The answer where no page can be made.
pub(crate) fn broken() -> impl IntoResponse {
    StatusCode::INTERNAL_SERVER_ERROR
}
