//! `POST /auth/login`.

use axum::Json;
use axum::extract::State;
use qadam_app::Code;
use qadam_app::authentication::{self, SignIn};
use qadam_http::origin::RequestOrigin;
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
    /// A code of the second factor, where the account has one: of the app, or a recovery code.
    #[serde(default)]
    #[schema(max_length = 64, example = "287082")]
    totp: Option<String>,
    /// What the person wants to recognise the session by. Nothing else of the device is kept.
    #[serde(default)]
    #[schema(max_length = 300, example = "Жұмыс компьютері")]
    label: Option<String>,
}

/// Sign in
///
/// Begins a session. An unknown address, a wrong password, an account that waits for its link and a disabled one
/// are answered alike. Wrong passwords are counted, for the account and for the network that they come from; a right one
/// forgets them.
#[utoipa::path(
    post,
    path = "/auth/login",
    tag = "authentication",
    request_body = SignInInput,
    responses((status = OK, body = TokensBody)),
    security(()),
    extensions(("x-codes" = json!(codes::words(&[
        codes::QUERY, codes::BODY, &[
            Code::InvalidCredentials,
            Code::SecondFactorRequired,
            Code::PasskeyRequired,
            Code::InvalidSecondFactor,
            Code::ConfirmationMissing,
            Code::TooOften,
            Code::Busy,
        ],
    ]))))
)]
pub(crate) async fn sign_in(
    State(api): State<ApiState>,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<Json<TokensBody>, Problem> {
    query.checked()?;
    let input: SignInInput = body.json().await?.into()?;
    let sign_in = SignIn {
        code: input.totp.as_deref(),
        label: input.label.as_deref(),
        ..SignIn::new(&input.email, &input.password)
    };
    let tokens = authentication::sign_in(&api.app, &origin, sign_in).await?;
    Ok(Json(tokens.into()))
}
