//! `POST /auth/recovery`.

use axum::extract::State;
use http::StatusCode;
use qadam_app::{Code, accounts};
use qadam_http::origin::RequestOrigin;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::extract::{ApiBody, ApiQuery, NoParameters};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// Whose password was lost.
#[derive(Deserialize, ToSchema)]
#[schema(as = RecoveryRequest)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecoveryInput {
    /// The address that the account signs in with.
    #[schema(example = "officer@example.org", max_length = 254)]
    email: String,
}

/// Ask for a new password by mail
///
/// A one-time link goes to the address, if an account has it: it holds for some minutes, and the second factor stays as
/// it is. The answer is the same whether there is such an account or not. Where the register posts no letters, an
/// administrator and a colleague help: `POST /users/{user}/recovery`.
#[utoipa::path(
    post,
    path = "/auth/recovery",
    tag = "authentication",
    request_body = RecoveryInput,
    responses((status = ACCEPTED, description = "If an account has the address, a letter is on its way.")),
    security(()),
    extensions(("x-codes" = json!(codes::words(&[
        codes::QUERY, codes::BODY, &[Code::NoMail, Code::TooOften, Code::Busy],
    ]))))
)]
pub(crate) async fn ask_for_own_recovery(
    State(api): State<ApiState>,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<StatusCode, Problem> {
    query.checked()?;
    let input: RecoveryInput = body.json().await?.into()?;
    accounts::ask_for_own_recovery(&api.app, &origin, &input.email)?;
    Ok(StatusCode::ACCEPTED)
}
