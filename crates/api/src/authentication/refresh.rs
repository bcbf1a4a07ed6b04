//! `POST /auth/refresh`.

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

/// What a session goes on with.
#[derive(Deserialize, ToSchema)]
#[schema(as = Refresh)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefreshInput {
    /// The newest refresh token of the session.
    refresh_token: String,
}

/// Stay signed in
///
/// Uses the refresh token up for new tokens. One that comes back after it was used is in two hands, so its session
/// ends.
#[utoipa::path(
    post,
    path = "/auth/refresh",
    tag = "authentication",
    request_body = RefreshInput,
    responses((status = OK, body = TokensBody)),
    security(()),
    extensions(("x-codes" = json!(codes::words(&[codes::QUERY, codes::BODY, &[Code::InvalidRefreshToken]]))))
)]
pub(crate) async fn refresh_tokens(
    State(api): State<ApiState>,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<Json<TokensBody>, Problem> {
    query.checked()?;
    let input: RefreshInput = body.json().await?.into()?;
    Ok(Json(authentication::refresh(&api.app, &input.refresh_token).await?.into()))
}
