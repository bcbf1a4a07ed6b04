//! The order of checks where a request is about the register as a whole and not about one item or meeting.

use std::convert::Infallible;

use axum::extract::{FromRequest, FromRequestParts as _, Request};
use qadam_app::idempotency::Retry;
use qadam_app::{App, AppError};
use qadam_domain::policy::{Action, Subject, may};
use serde::de::DeserializeOwned;

use crate::extract::{ApiBody, ApiQuery, IdempotencyKey, Input, JsonBody, NoParameters, SignedIn};
use crate::items::retry;
use crate::problems::Problem;

/// What was read, or the refusal in its turn: whether the caller may do this at all comes before what is wrong with
/// the fields.
pub(crate) fn in_turn<T>(caller: &SignedIn, action: Action, input: Input<T>) -> Result<T, AppError> {
    may(&caller.viewer(), action, Subject::Register)?;
    input.map_err(AppError::Invalid)
}

/// A request that creates something, with a body and perhaps not for the first time. Never fails as an extractor.
#[derive(Debug)]
pub(crate) struct CreatingRequest {
    query: ApiQuery<NoParameters>,
    key: IdempotencyKey,
    body: ApiBody,
}

impl CreatingRequest {
    /// What it sends, and by which it is known when it comes again: 400, 415 and 413 are told here.
    pub(crate) async fn read(
        self,
        app: &App,
        caller: &SignedIn,
    ) -> Result<(JsonBody, Option<Retry>), Problem> {
        self.query.checked()?;
        let body = self.body.json().await?;
        let retry = retry(app, caller, &self.key, &body)?;
        Ok((body, retry))
    }

    /// The same as what the action takes: then 403, and 422 last.
    pub(crate) async fn read_for<B: DeserializeOwned, T>(
        self,
        action: Action,
        app: &App,
        caller: &SignedIn,
        checked: impl FnOnce(B) -> Input<T>,
    ) -> Result<(T, Option<Retry>), Problem> {
        let (body, retry) = self.read(app, caller).await?;
        Ok((in_turn(caller, action, body.input().and_then(checked))?, retry))
    }
}

impl<S: Sync> FromRequest<S> for CreatingRequest {
    type Rejection = Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Infallible> {
        let (mut parts, body) = request.into_parts();
        let query = ApiQuery::from_request_parts(&mut parts, state).await?;
        let key = IdempotencyKey::from_request_parts(&mut parts, state).await?;
        let body = ApiBody::from_request(Request::from_parts(parts, body), state).await?;
        Ok(Self { query, key, body })
    }
}
