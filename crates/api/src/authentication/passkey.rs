//! `POST /auth/passkey-challenges`, `POST /auth/passkey`.

use axum::Json;
use axum::extract::State;
use qadam_app::Code;
use qadam_app::authentication::{self, PasskeySignIn};
use qadam_http::origin::RequestOrigin;
use qadam_http::passkeys::{Base64Url, RequestOptions};
use serde::Deserialize;
use utoipa::ToSchema;

use super::TokensBody;
use crate::extract::{ApiBody, ApiQuery, NoParameters};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// What a device answered.
#[derive(Deserialize, ToSchema)]
#[schema(as = PasskeySignIn)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasskeySignInInput {
    /// `rawId` of the credential.
    credential_id: Base64Url,
    /// `response.clientDataJSON`.
    client_data: Base64Url,
    /// `response.authenticatorData`.
    authenticator_data: Base64Url,
    /// `response.signature`.
    signature: Base64Url,
    /// `response.userHandle`.
    user_handle: Base64Url,
    /// What the person wants to recognise the session by. Nothing else of the device is kept.
    #[serde(default)]
    #[schema(max_length = 300, example = "Жұмыс компьютері")]
    label: Option<String>,
}

/// Begin to sign in with a passkey
///
/// Tells a browser what to ask a device for, the same to everybody but for the challenge. The answer is sent to
/// `POST /auth/passkey` within five minutes. Nothing is stored for it.
#[utoipa::path(
    post,
    path = "/auth/passkey-challenges",
    tag = "authentication",
    responses((status = OK, body = RequestOptions)),
    security(()),
    extensions(("x-codes" = json!(codes::words(&[codes::QUERY, &[Code::NoPasskeys]]))))
)]
pub(crate) async fn begin_passkey_sign_in(
    State(api): State<ApiState>,
    query: ApiQuery<NoParameters>,
) -> Result<Json<RequestOptions>, Problem> {
    query.checked()?;
    Ok(Json(authentication::passkey_challenge(&api.app)?.into()))
}

/// Sign in with a passkey
///
/// Begins a session, by what a device answered that was unlocked for it: neither password nor code is asked beside it. Whatever
/// is wrong, an unknown passkey, another site, a used challenge, a disabled account, is answered alike and counted as a wrong
/// password is.
#[utoipa::path(
    post,
    path = "/auth/passkey",
    tag = "authentication",
    request_body = PasskeySignInInput,
    responses((status = OK, body = TokensBody)),
    security(()),
    extensions(("x-codes" = json!(codes::words(&[
        codes::QUERY, codes::BODY,
        &[Code::InvalidCredentials, Code::ConfirmationMissing, Code::NoPasskeys, Code::TooOften],
    ]))))
)]
pub(crate) async fn sign_in_with_passkey(
    State(api): State<ApiState>,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<Json<TokensBody>, Problem> {
    query.checked()?;
    let input: PasskeySignInInput = body.json().await?.into()?;
    let answer = PasskeySignIn {
        credential_id: input.credential_id.0,
        client_data: input.client_data.0,
        authenticator_data: input.authenticator_data.0,
        signature: input.signature.0,
        user_handle: input.user_handle.0,
    };
    let label = input.label.as_deref();
    let tokens = authentication::sign_in_with_passkey(&api.app, &origin, &answer, label).await?;
    Ok(Json(tokens.into()))
}
