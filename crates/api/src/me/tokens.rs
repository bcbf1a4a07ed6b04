//! `/me/tokens`: tokens for programs that ask in the account's name.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use qadam_app::Code;
use qadam_app::authentication::{self, NewToken, PersonalToken};
use qadam_domain::accounts::TokenScope;
use qadam_domain::ids::SessionId;
use qadam_http::origin::RequestOrigin;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::{ApiBody, ApiPath, ApiQuery, InPerson, NoParameters};
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Day, Moment};

/// What a token may do: `read` what the account reads, or `write`, do what it does. What guards the account no token does.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TokenScope)]
pub(crate) enum ScopeWord {
    /// Reads.
    Read,
    /// Reads and writes.
    Write,
}

impl From<ScopeWord> for TokenScope {
    fn from(word: ScopeWord) -> Self {
        match word {
            ScopeWord::Read => Self::Read,
            ScopeWord::Write => Self::Write,
        }
    }
}

impl From<TokenScope> for ScopeWord {
    fn from(scope: TokenScope) -> Self {
        match scope {
            TokenScope::Read => Self::Read,
            TokenScope::Write => Self::Write,
        }
    }
}

/// A token of the account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token)]
pub(crate) struct TokenBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// What the person knows it by.
    label: String,
    /// What it may do.
    scope: ScopeWord,
    /// The day it was made.
    made_on: Day,
    /// When it ends by itself.
    expires_at: Moment,
    /// The day on which it was last used.
    used_on: Option<Day>,
}

impl From<PersonalToken> for TokenBody {
    fn from(token: PersonalToken) -> Self {
        Self {
            id: token.session.id.to_string(),
            label: token.session.label,
            scope: token.scope.into(),
            made_on: Day(token.session.started_on),
            expires_at: Moment(token.session.expires_at),
            used_on: token.used_on.map(Day),
        }
    }
}

/// A token that was made.
#[derive(Serialize, ToSchema)]
#[schema(as = MadeToken)]
pub(crate) struct MadeTokenBody {
    /// The token itself, told this once: for `Authorization: Bearer`.
    token: String,
    /// What is kept of it.
    made: TokenBody,
}

/// A token that is asked for.
#[derive(Deserialize, ToSchema)]
#[schema(as = TokenCreate)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenInput {
    /// What the person knows it by.
    #[schema(min_length = 1, max_length = 300, example = "Mirror of the coalition")]
    label: String,
    /// What it may do.
    scope: ScopeWord,
    /// For how many days it holds.
    #[schema(minimum = 1, maximum = 366, example = 90)]
    days: u32,
    /// The account's password: a session left open must not be enough.
    #[schema(format = Password)]
    password: String,
}

/// List one's own tokens
///
/// Those that hold, newest day first; at most 200.
#[utoipa::path(
    get,
    path = "/me/tokens",
    tag = "me",
    responses((status = OK, body = Page<TokenBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::PERSON, codes::QUERY]))))
)]
pub(crate) async fn list_tokens(
    State(api): State<ApiState>,
    caller: InPerson,
    query: ApiQuery<NoParameters>,
) -> Result<Page<TokenBody>, Problem> {
    query.checked()?;
    let tokens = authentication::list_tokens(&api.app, &caller.0).await?;
    Ok(Page::whole(tokens.into_iter().map(TokenBody::from).collect(), &api.links, query.uri()))
}

/// Make a token for a program
///
/// Told this once. It ends with its days, when it is ended, and with whatever ends all other sessions of the account. An
/// `Idempotency-Key` is not looked at: no secret is kept beside it.
#[utoipa::path(
    post,
    path = "/me/tokens",
    tag = "me",
    request_body = TokenInput,
    responses((status = OK, body = MadeTokenBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::PERSON, codes::QUERY, codes::BODY,
        &[Code::InvalidCredentials, Code::TooManyTokens, Code::TooOften, Code::Busy],
    ]))))
)]
pub(crate) async fn make_token(
    State(api): State<ApiState>,
    caller: InPerson,
    RequestOrigin(origin): RequestOrigin,
    query: ApiQuery<NoParameters>,
    body: ApiBody,
) -> Result<Json<MadeTokenBody>, Problem> {
    query.checked()?;
    let input: TokenInput = body.json().await?.into()?;
    let (scope, days) = (input.scope.into(), input.days);
    let new = NewToken { label: input.label, scope, days, password: input.password };
    let (token, made) = authentication::make_token(&api.app, &origin, &caller.0, new).await?;
    Ok(Json(MadeTokenBody { token, made: made.into() }))
}

/// End one of one's own tokens
#[utoipa::path(
    delete,
    path = "/me/tokens/{token}",
    tag = "me",
    params(("token" = String, Path, description = "Id of the token.", format = Uuid)),
    responses((status = NO_CONTENT, description = "It has ended.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::PERSON, codes::ONE, codes::QUERY]))))
)]
pub(crate) async fn end_token(
    State(api): State<ApiState>,
    caller: InPerson,
    ApiPath(token): ApiPath<SessionId>,
    query: ApiQuery<NoParameters>,
) -> Result<StatusCode, Problem> {
    query.checked()?;
    authentication::end_token(&api.app, &caller.0, token).await?;
    Ok(StatusCode::NO_CONTENT)
}
