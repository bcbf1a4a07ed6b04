//! `GET /meetings/{meeting}`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::meetings;

use super::MeetingKey;
use super::view::MeetingBody;
use crate::extract::{ApiPath, ApiQuery, Caller, IfNoneMatchHeader, RequestLanguage};
use crate::fields::{FieldsQuery, Members, answer};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Fresh, ask};

/// Read a meeting
#[utoipa::path(
    get,
    path = "/meetings/{meeting}",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id.", example = "MT-2025-01"), FieldsQuery),
    responses((status = OK, body = MeetingBody), (status = NOT_MODIFIED, description = "What you have holds.")),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::QUERY]))))
)]
pub(crate) async fn get_meeting(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(MeetingKey(key)): ApiPath<MeetingKey>,
    query: ApiQuery<FieldsQuery>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let context = match ask(&api.app, &viewer, query.uri(), language, &known).await? {
        Fresh::NotModified(response) => return Ok(response),
        Fresh::Answer(context) => context,
    };
    let view = meetings::get(&api.app, &viewer, key).await?;
    let members = Members::of::<MeetingBody>(query.checked()?.fields)?;
    let etag = view.etag.clone();
    Ok(context.tag(&etag, answer(MeetingBody::new(&api.app, &api.links, view), members.as_ref())))
}
