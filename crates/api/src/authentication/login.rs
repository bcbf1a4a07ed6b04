//! `POST /auth/login`.

use axum::Json;
use axum::extract::State;
use qadam_app::Code;
use qadam_app::authentication;
use serde::Deserialize;
use utoipa::ToSchema;

use super::TokensBody;
use crate::extract::{ApiBody, ApiQuery, NoParameters};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[schema(as = SignIn)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInInput {
    /// The account's address.
    #[schema(example = "officer@example.org")]
    email: String,
    /// Its password.
    #[schema(format = Password)]
    password: String,
    /// What the person wants to recognise the session by. Nothing else of the device is kept.
    #[serde(default)]
    #[schema(max_length = 300, example = "Жұмыс компьютері")]
    label: Option<String>,
}

/// Sign in
///
/// Begins a session. An unknown address, a wrong password, an account that waits for its link and a disabled one
/// are answered alike.
#[utoipa::path(
    post,
    path = "/auth/login",
    tag = "authentication",
    request_body = SignInInput,
    responses((status = OK, body = TokensBody)),
    security(()),
    extensions(("x-codes" = json!(codes::words(&[
        codes::QUERY, codes::BODY, &[Code::InvalidCredentials, Code::Busy],
    ]))))
)]
pub(crate) async fn sign_in(
    State(api): State<ApiState>,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<Json<TokensBody>, Problem> {
    query.checked()?;
    let input: SignInInput = body.json().await?.into()?;
    let label = input.label.as_deref();
    let tokens = authentication::sign_in(&api.app, &input.email, &input.password, label).await?;
    Ok(Json(tokens.into()))
}
