//! What handlers take from a request.
//!
//! Checks have an order: 401, then 404, then 400, 415 and 413, then 428, 412, 403 and 409, then 422. Extractors
//! run before a handler's first line, so only the first two may fail there: [`Caller`], [`SignedIn`] and [`Enrolling`] (401)
//! and [`ApiPath`] (404), in this order in the handler's arguments. All others never fail; a handler asks them
//! for their content after it has found what the path names.

mod body;
mod caller;
mod conditional;
mod form;
mod idempotency;
mod json;
mod path;
mod prefer;
mod query;
mod syntax;

pub use body::{ApiBody, BODY_MAX, Input, JsonBody};
pub use caller::{Authenticate, Caller, Enrolling, InPerson, SignedIn};
pub use conditional::{IfMatchHeader, IfNoneMatchHeader};
pub use form::FormBody;
pub use idempotency::IdempotencyKey;
pub use path::{ApiPath, ApiPathPair};
pub use prefer::Prefer;
pub(crate) use qadam_http::reading::refuse;
pub use query::{ApiQuery, NoParameters};

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::request::Parts;
use qadam_domain::language::Language;

/// The language of a request, for answers with words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestLanguage(pub Language);

impl<S: Sync> FromRequestParts<S> for RequestLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let offered = qadam_http::language::offered(&parts.extensions);
        Ok(Self(qadam_http::language::language_of(offered, &parts.uri, &parts.headers)))
    }
}
