//! Signing in, staying signed in, signing out, and the keys by which others check access tokens.
//!
//! These operations take no `Idempotency-Key`: what they answer with is secret and kept nowhere, so a repetition
//! could not be told it again. Nothing of them is cached.

mod keys;
mod login;
mod logout;
mod passkey;
mod password;
mod recovery;
mod refresh;

use qadam_app::authentication::Tokens;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(login::sign_in))
        .routes(routes!(passkey::begin_passkey_sign_in))
        .routes(routes!(passkey::sign_in_with_passkey))
        .routes(routes!(refresh::refresh_tokens))
        .routes(routes!(logout::sign_out))
        .routes(routes!(password::set_password))
        .routes(routes!(recovery::ask_for_own_recovery))
}

/// The operations outside of the API's base path.
pub(crate) fn well_known() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(keys::get_token_keys))
}

/// What a client gets when it signs in and when it refreshes.
#[derive(Serialize, ToSchema)]
#[schema(as = Tokens)]
pub(crate) struct TokensBody {
    /// The access token: sent with requests as `Authorization: Bearer …`.
    access_token: String,
    /// `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// How many seconds the access token holds.
    #[schema(example = 600)]
    expires_in: i64,
    /// The refresh token: good for one use, which answers with the next one.
    refresh_token: String,
}

impl From<Tokens> for TokensBody {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access_token,
            token_type: "Bearer",
            expires_in: tokens.expires_in,
            refresh_token: tokens.refresh_token,
        }
    }
}

#[cfg(test)]
mod tests;
