//! `/me/second-factor`: codes of an authenticator app beside the password.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use qadam_app::Code;
use qadam_app::authentication;
use qadam_http::origin::RequestOrigin;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::{ApiBody, ApiQuery, InPerson, NoParameters};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// What may be refused where one's password or a code is asked for.
const ASKED: &[Code] = &[
    Code::InvalidCredentials,
    Code::InvalidSecondFactor,
    Code::SecondFactorConflict,
    Code::TooOften,
    Code::Busy,
];

/// How the account signs in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SecondFactor)]
pub(crate) struct SecondFactorBody {
    /// Whether a code is asked for beside the password.
    on: bool,
    /// How many recovery codes were not used yet.
    recovery_codes: u64,
}

/// What an authenticator app is told, this once.
#[derive(Serialize, ToSchema)]
#[schema(as = SecondFactorEnrolment)]
pub(crate) struct EnrolmentBody {
    /// The secret in base 32, for typing.
    #[schema(example = "JBSWY3DPEHPK3PXP")]
    secret: String,
    /// The same as an address, for a QR code: SHA-1, six digits, 30 seconds.
    #[schema(example = "otpauth://totp/register.example:officer%40example.org?secret=JBSWY3DPEHPK3PXP")]
    address: String,
}

/// Recovery codes, told this once.
#[derive(Serialize, ToSchema)]
#[schema(as = RecoveryCodes)]
pub(crate) struct RecoveryCodesBody {
    /// Each is good once, in place of a code of the app.
    recovery_codes: Vec<String>,
}

/// The password of the account.
#[derive(Deserialize, ToSchema)]
#[schema(as = SecondFactorBeginning)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeginningInput {
    /// The password: a session left open must not be enough.
    #[schema(format = Password)]
    password: String,
}

/// A code.
#[derive(Deserialize, ToSchema)]
#[schema(as = SecondFactorCode)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeInput {
    /// Of the app, or a recovery code where there are some.
    #[schema(example = "287082")]
    code: String,
}

/// Password and code.
#[derive(Deserialize, ToSchema)]
#[schema(as = SecondFactorRemoval)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemovalInput {
    /// The password.
    #[schema(format = Password)]
    password: String,
    /// A code of the app, or a recovery code.
    #[schema(example = "287082")]
    code: String,
}

/// Read how one signs in
#[utoipa::path(
    get,
    path = "/me/second-factor",
    tag = "me",
    responses((status = OK, body = SecondFactorBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::PERSON, codes::QUERY]))))
)]
pub(crate) async fn get_second_factor(
    State(api): State<ApiState>,
    caller: InPerson,
    query: ApiQuery<NoParameters>,
) -> Result<Json<SecondFactorBody>, Problem> {
    query.checked()?;
    let found = authentication::second_factor(&api.app, &caller.0).await?;
    Ok(Json(SecondFactorBody { on: found.is_on, recovery_codes: found.recovery_codes }))
}

/// Begin with a second factor
///
/// Makes a secret for an authenticator app, told this once. It counts once a code of it was given; until then each beginning
/// takes the place of the one before. An `Idempotency-Key` is not looked at: no secret is kept beside it.
#[utoipa::path(
    post,
    path = "/me/second-factor",
    tag = "me",
    request_body = BeginningInput,
    responses((status = OK, body = EnrolmentBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::PERSON, codes::QUERY, codes::BODY,
        &[Code::InvalidCredentials, Code::SecondFactorConflict, Code::TooOften, Code::Busy],
    ]))))
)]
pub(crate) async fn begin_second_factor(
    State(api): State<ApiState>,
    caller: InPerson,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<Json<EnrolmentBody>, Problem> {
    query.checked()?;
    let input: BeginningInput = body.json().await?.into()?;
    let begun = authentication::begin_second_factor(&api.app, &origin, &caller.0, &input.password).await?;
    Ok(Json(EnrolmentBody { secret: begun.secret, address: begun.address }))
}

/// Turn the second factor on
///
/// By a code of the app. All other sessions end. Gives recovery codes, told this once.
#[utoipa::path(
    post,
    path = "/me/second-factor/confirmation",
    tag = "me",
    request_body = CodeInput,
    responses((status = OK, body = RecoveryCodesBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::PERSON, codes::QUERY, codes::BODY,
        &[Code::InvalidSecondFactor, Code::SecondFactorConflict, Code::TooOften],
    ]))))
)]
pub(crate) async fn confirm_second_factor(
    State(api): State<ApiState>,
    caller: InPerson,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<Json<RecoveryCodesBody>, Problem> {
    query.checked()?;
    let input: CodeInput = body.json().await?.into()?;
    let codes = authentication::confirm_second_factor(&api.app, &origin, &caller.0, &input.code).await?;
    Ok(Json(RecoveryCodesBody { recovery_codes: codes }))
}

/// Make new recovery codes
///
/// In place of those that there were, by a code of the app or one of them. Told this once.
#[utoipa::path(
    post,
    path = "/me/second-factor/recovery-codes",
    tag = "me",
    request_body = CodeInput,
    responses((status = OK, body = RecoveryCodesBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::PERSON, codes::QUERY, codes::BODY,
        &[Code::InvalidSecondFactor, Code::SecondFactorConflict, Code::TooOften],
    ]))))
)]
pub(crate) async fn renew_recovery_codes(
    State(api): State<ApiState>,
    caller: InPerson,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<Json<RecoveryCodesBody>, Problem> {
    query.checked()?;
    let input: CodeInput = body.json().await?.into()?;
    let codes = authentication::renew_recovery_codes(&api.app, &origin, &caller.0, &input.code).await?;
    Ok(Json(RecoveryCodesBody { recovery_codes: codes }))
}

/// Turn the second factor off
///
/// By the password and a code. All other sessions end.
#[utoipa::path(
    post,
    path = "/me/second-factor/removal",
    tag = "me",
    request_body = RemovalInput,
    responses((status = NO_CONTENT, description = "The password alone is asked for.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::PERSON, codes::QUERY, codes::BODY, ASKED]))))
)]
pub(crate) async fn remove_second_factor(
    State(api): State<ApiState>,
    caller: InPerson,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<StatusCode, Problem> {
    query.checked()?;
    let input: RemovalInput = body.json().await?.into()?;
    let (password, code) = (&input.password, &input.code);
    authentication::remove_second_factor(&api.app, &origin, &caller.0, password, code).await?;
    Ok(StatusCode::NO_CONTENT)
}
