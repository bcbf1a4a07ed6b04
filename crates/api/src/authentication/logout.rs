//! `POST /auth/logout`.

use axum::extract::State;
use http::StatusCode;
use qadam_app::{AppError, authentication};

use crate::extract::{ApiQuery, Enrolling, NoParameters};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// Sign out
///
/// Ends the session of the access token, and its refresh token with it.
#[utoipa::path(
    post,
    path = "/auth/logout",
    tag = "authentication",
    responses((status = NO_CONTENT, description = "The session has ended.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::ACCOUNT, codes::QUERY]))))
)]
pub(crate) async fn sign_out(
    State(api): State<ApiState>,
    caller: Enrolling,
    query: ApiQuery<NoParameters>,
) -> Result<StatusCode, Problem> {
    query.checked()?;
    match authentication::sign_out(&api.app, &caller.0).await {
        // Another request ended it meanwhile, which is what was asked for.
        Ok(()) | Err(AppError::NotFound) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err(error.into()),
    }
}
