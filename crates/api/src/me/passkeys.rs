//! `/me/passkeys`: signing in with a device, and without a password.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use qadam_app::Code;
use qadam_app::authentication::{self, NewPasskey, OwnProof, Passkey};
use qadam_domain::ids::PasskeyId;
use qadam_http::origin::RequestOrigin;
use qadam_http::passkeys::{Base64Url, CreationOptions};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::{ApiBody, ApiPath, ApiQuery, InPerson, NoParameters};
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::Day;

/// A passkey of the account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Passkey)]
pub(crate) struct PasskeyBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// What the person knows it by.
    label: String,
    /// The day it was made.
    made_on: Day,
    /// The day on which it was last used.
    used_on: Option<Day>,
    /// Whether it was copied to other devices of the person, as those that keep passkeys in an account do.
    backed_up: bool,
    /// The day on which somebody was refused who came with it, because it had counted further before: it may be in two
    /// hands.
    doubted_on: Option<Day>,
}

impl From<Passkey> for PasskeyBody {
    fn from(passkey: Passkey) -> Self {
        Self {
            id: passkey.id.to_string(),
            label: passkey.label,
            made_on: Day(passkey.made_on),
            used_on: passkey.used_on.map(Day),
            backed_up: passkey.backed_up,
            doubted_on: passkey.doubted_on.map(Day),
        }
    }
}

/// The password of the account.
#[derive(Deserialize, ToSchema)]
#[schema(as = PasskeyPassword)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordInput {
    /// The password: a session left open must not be enough.
    #[schema(format = Password)]
    password: String,
}

/// The password of the account, and a code where it has an app.
#[derive(Deserialize, ToSchema)]
#[schema(as = PasskeyBegin)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeginningInput {
    /// The password: a session left open must not be enough.
    #[schema(format = Password)]
    password: String,
    /// A code of the app, or a recovery code, where the account has an app: who comes in with a passkey is asked for none.
    #[serde(default)]
    #[schema(example = "287082")]
    code: Option<String>,
}

/// A passkey that a device made.
#[derive(Deserialize, ToSchema)]
#[schema(as = PasskeyCreate)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasskeyInput {
    /// What the person knows it by.
    #[schema(min_length = 1, max_length = 300, example = "Telephone")]
    label: String,
    /// `response.clientDataJSON` of the credential.
    client_data: Base64Url,
    /// `response.attestationObject` of the credential.
    attestation_object: Base64Url,
}

/// List one's own passkeys
///
/// Oldest first; at most ten.
#[utoipa::path(
    get,
    path = "/me/passkeys",
    tag = "me",
    responses((status = OK, body = Page<PasskeyBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::PERSON, codes::QUERY]))))
)]
pub(crate) async fn list_passkeys(
    State(api): State<ApiState>,
    caller: InPerson,
    query: ApiQuery<NoParameters>,
) -> Result<Page<PasskeyBody>, Problem> {
    query.checked()?;
    let passkeys = authentication::list_passkeys(&api.app, &caller.0).await?;
    Ok(Page::whole(passkeys.into_iter().map(PasskeyBody::from).collect(), &api.links, query.uri()))
}

/// Begin with a passkey
///
/// Tells a browser what to ask a device for. What the device makes is sent to `POST /me/passkeys` within five minutes, in the
/// same session.
#[utoipa::path(
    post,
    path = "/me/passkeys/challenges",
    tag = "me",
    request_body = BeginningInput,
    responses((status = OK, body = CreationOptions)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::PERSON, codes::QUERY, codes::BODY,
        &[
            Code::InvalidCredentials, Code::SecondFactorRequired, Code::InvalidSecondFactor, Code::NoPasskeys,
            Code::TooManyPasskeys, Code::TooOften, Code::Busy,
        ],
    ]))))
)]
pub(crate) async fn begin_passkey(
    State(api): State<ApiState>,
    caller: InPerson,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<Json<CreationOptions>, Problem> {
    query.checked()?;
    let input: BeginningInput = body.json().await?.into()?;
    let said = OwnProof { password: &input.password, code: input.code.as_deref() };
    let begun = authentication::begin_passkey(&api.app, &origin, &caller.0, said).await?;
    Ok(Json(begun.into()))
}

/// Add a passkey
///
/// That a device made in answer to a challenge. All other sessions end. An `Idempotency-Key` is not looked at: a challenge is
/// good once.
#[utoipa::path(
    post,
    path = "/me/passkeys",
    tag = "me",
    request_body = PasskeyInput,
    responses((status = OK, body = PasskeyBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::PERSON, codes::QUERY, codes::BODY,
        &[Code::InvalidPasskey, Code::NoPasskeys, Code::TooManyPasskeys, Code::TooOften],
    ]))))
)]
pub(crate) async fn add_passkey(
    State(api): State<ApiState>,
    caller: InPerson,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<Json<PasskeyBody>, Problem> {
    query.checked()?;
    let input: PasskeyInput = body.json().await?.into()?;
    let new = NewPasskey {
        label: input.label,
        client_data: input.client_data.0,
        attestation_object: input.attestation_object.0,
    };
    let passkey = authentication::add_passkey(&api.app, &origin, &caller.0, new).await?;
    Ok(Json(passkey.into()))
}

/// Remove one of one's own passkeys
///
/// By the password. All other sessions end. The last one stays while the account must have a second factor and has no codes.
#[utoipa::path(
    post,
    path = "/me/passkeys/{passkey}/removal",
    tag = "me",
    params(("passkey" = String, Path, description = "Id of the passkey.", format = Uuid)),
    request_body = PasswordInput,
    responses((status = NO_CONTENT, description = "Nobody signs in with it any more.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::PERSON, codes::ONE, codes::QUERY, codes::BODY,
        &[Code::InvalidCredentials, Code::LastSecondFactor, Code::TooOften, Code::Busy],
    ]))))
)]
pub(crate) async fn remove_passkey(
    State(api): State<ApiState>,
    caller: InPerson,
    RequestOrigin(origin): RequestOrigin,
    ApiPath(passkey): ApiPath<PasskeyId>,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<StatusCode, Problem> {
    query.checked()?;
    let input: PasswordInput = body.json().await?.into()?;
    authentication::remove_passkey(&api.app, &origin, &caller.0, passkey, &input.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
