//! `GET /me/sessions` and `DELETE /me/sessions/{session}`.

use axum::extract::State;
use http::StatusCode;
use qadam_app::authentication::{self, Session};
use qadam_app::{AppError, Code};
use qadam_domain::ids::SessionId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::extract::{ApiPath, ApiQuery, InPerson, NoParameters};
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Day, Moment};

/// A session of the account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub(crate) struct SessionBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// What the person wanted to recognise it by; empty where it said nothing.
    label: String,
    /// The day it began.
    started_on: Day,
    /// When it ends by itself.
    expires_at: Moment,
    /// Whether it is the one that asks.
    current: bool,
}

/// List one's own sessions
///
/// Those that have not ended, newest day first; at most 200.
#[utoipa::path(
    get,
    path = "/me/sessions",
    tag = "me",
    responses((status = OK, body = Page<SessionBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::PERSON, codes::QUERY]))))
)]
pub(crate) async fn list_sessions(
    State(api): State<ApiState>,
    caller: InPerson,
    query: ApiQuery<NoParameters>,
) -> Result<Page<SessionBody>, Problem> {
    query.checked()?;
    let sessions = authentication::list_sessions(&api.app, &caller.0).await?;
    let body = |session: Session| SessionBody {
        id: session.id.to_string(),
        label: session.label,
        started_on: Day(session.started_on),
        expires_at: Moment(session.expires_at),
        current: session.id == caller.0.session.id,
    };
    Ok(Page::whole(sessions.into_iter().map(body).collect(), &api.links, query.uri()))
}

/// End one of one's own sessions
///
/// Its tokens no longer hold. The session that asks may be named too.
#[utoipa::path(
    delete,
    path = "/me/sessions/{session}",
    tag = "me",
    params(("session" = String, Path, description = "Id of the session.", format = Uuid)),
    responses((status = NO_CONTENT, description = "It has ended.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::PERSON, codes::ONE, codes::QUERY]))))
)]
pub(crate) async fn end_session(
    State(api): State<ApiState>,
    caller: InPerson,
    ApiPath(session): ApiPath<SessionId>,
    query: ApiQuery<NoParameters>,
) -> Result<StatusCode, Problem> {
    let own = authentication::list_sessions(&api.app, &caller.0).await?;
    if !own.iter().any(|listed| listed.id == session) {
        return Err(Code::NotFound.into());
    }
    query.checked()?;
    match authentication::end_session(&api.app, &caller.0, session).await {
        // Another request ended it meanwhile, which is what was asked for.
        Ok(()) | Err(AppError::NotFound) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err(error.into()),
    }
}
