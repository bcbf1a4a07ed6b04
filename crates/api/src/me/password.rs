//! `POST /me/password`.

use axum::extract::State;
use http::StatusCode;
use qadam_app::Code;
use qadam_app::authentication::{self, PasswordChange};
use qadam_http::origin::RequestOrigin;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::extract::{ApiBody, ApiQuery, InPerson, NoParameters};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// A change of one's own password.
#[derive(Deserialize, ToSchema)]
#[schema(as = PasswordChange)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChangeInput {
    /// The present password.
    #[schema(format = Password)]
    current_password: String,
    /// The new one: any 15 to 256 characters that are not easily guessed.
    #[schema(format = Password, min_length = 15, max_length = 256)]
    password: String,
}

/// Change one's own password
///
/// Asks for the present one, because a session left open must not be enough; a wrong one answers
/// `invalid_credentials`. All other sessions end. An `Idempotency-Key` is not looked at: nothing made from a
/// password is kept beside it.
#[utoipa::path(
    post,
    path = "/me/password",
    tag = "me",
    request_body = PasswordChangeInput,
    responses((status = NO_CONTENT, description = "The new password holds.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::PERSON, codes::QUERY, codes::BODY, &[Code::InvalidCredentials, Code::TooOften, Code::Busy],
    ]))))
)]
pub(crate) async fn change_password(
    State(api): State<ApiState>,
    caller: InPerson,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<StatusCode, Problem> {
    query.checked()?;
    let input: PasswordChangeInput = body.json().await?.into()?;
    let change = PasswordChange { current: input.current_password, new: input.password };
    authentication::change_own_password(&api.app, &origin, &caller.0, change).await?;
    Ok(StatusCode::NO_CONTENT)
}
