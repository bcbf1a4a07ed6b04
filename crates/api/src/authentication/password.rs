//! `POST /auth/password`.

use axum::extract::State;
use http::StatusCode;
use qadam_app::Code;
use qadam_app::authentication;
use qadam_http::origin::RequestOrigin;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::extract::{ApiBody, ApiQuery, NoParameters};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// A password and what entitles to it.
#[derive(Deserialize, ToSchema)]
#[schema(as = PasswordSetting)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordInput {
    /// The token of the one-time link.
    token: String,
    /// The password: any 15 to 256 characters that are not easily guessed.
    #[schema(format = Password, min_length = 15, max_length = 256)]
    password: String,
}

/// Choose a password by a one-time link
///
/// The first one, or one in place of one that was lost; whoever was signed in is signed out. The link is used up. A
/// refused password leaves the link as it was. Sign in afterwards.
#[utoipa::path(
    post,
    path = "/auth/password",
    tag = "authentication",
    request_body = PasswordInput,
    responses((status = NO_CONTENT, description = "The account can sign in.")),
    security(()),
    extensions(("x-codes" = json!(codes::words(&[
        codes::QUERY, codes::BODY, &[Code::InvalidLink, Code::TooOften, Code::Busy],
    ]))))
)]
pub(crate) async fn set_password(
    State(api): State<ApiState>,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<StatusCode, Problem> {
    query.checked()?;
    let input: PasswordInput = body.json().await?.into()?;
    authentication::set_password_by_link(&api.app, &origin, &input.token, &input.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
