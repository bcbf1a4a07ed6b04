//! Etags of answers, and answers that need not be given again.
//!
//! What a change is conditional on is the etag of the resource. An answer to the public carries a second part
//! after `~`, which stands for everything else the answer depends on (language, local day, the newest change the
//! public can see): while it holds, a repeated question is answered 304 without asking the database.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, Uri, header};
use qadam_app::precondition::{IfMatch, public_context};
use qadam_app::{App, Code};
use qadam_domain::accounts::Viewer;
use qadam_domain::language::Language;

use crate::extract::IfNoneMatchHeader;
use crate::problems::Problem;

/// What an answer to somebody depends on beside the resource.
#[derive(Debug, Clone)]
pub struct Context(Option<String>);

/// What to do with a question.
#[derive(Debug)]
pub enum Fresh {
    /// The client has the answer already.
    NotModified(Response),
    /// Answer it, with this context in its etag.
    Answer(Context),
}

/// Whether a question of the public needs an answer. Accounts are always answered anew.
pub async fn ask(
    app: &App,
    viewer: &Viewer,
    uri: &Uri,
    language: Language,
    known: &IfNoneMatchHeader,
) -> Result<Fresh, Problem> {
    if viewer.actor().is_some() {
        return Ok(Fresh::Answer(Context(None)));
    }
    let address = uri.path_and_query().map_or("", |address| address.as_str());
    let context = public_context(app, address, language.tag()).await?;
    match known.tag_ending_with(&context) {
        Some(tag) => Ok(Fresh::NotModified(not_modified(&tag))),
        None => Ok(Fresh::Answer(Context(Some(context)))),
    }
}

impl Context {
    /// Of an answer that changes without an entry in the ledger: it is always given anew.
    pub const NONE: Self = Self(None);

    /// The etag of an answer that shows one resource.
    pub fn resource(&self, etag: &str) -> String {
        match &self.0 {
            None => etag.to_owned(),
            Some(context) => format!("{etag}~{context}"),
        }
    }

    /// Puts the etag of one resource on an answer.
    pub fn tag(&self, etag: &str, answer: impl IntoResponse) -> Response {
        with_etag(&self.resource(etag), answer)
    }

    /// Puts the etag of a list on an answer. Lists shown to accounts have none.
    pub fn tag_list(&self, answer: impl IntoResponse) -> Response {
        match &self.0 {
            None => answer.into_response(),
            Some(context) => with_etag(&format!("~{context}"), answer),
        }
    }
}

/// 412 where the resource with this etag is not the one that was read. For handlers that find the resource before
/// they look at the fields: the use case asks again when it writes.
pub fn unless_changed(condition: &IfMatch, etag: &str) -> Result<(), Problem> {
    if condition.allows(etag) { Ok(()) } else { Err(Code::PreconditionFailed.into()) }
}

/// An answer with an etag.
pub fn with_etag(etag: &str, answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    if let Ok(value) = HeaderValue::try_from(format!("\"{etag}\"")) {
        response.headers_mut().insert(header::ETAG, value);
    }
    response
}

fn not_modified(etag: &str) -> Response {
    with_etag(etag, StatusCode::NOT_MODIFIED)
}
