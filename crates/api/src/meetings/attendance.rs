//! Who took part: `GET` and `PUT /meetings/{meeting}/attendance`.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::meetings::{self, MeetingChange};
use serde::Deserialize;
use utoipa::ToSchema;

use super::inputs::AttendanceCreate;
use super::view::{AttendanceList, MeetingBody};
use super::{MeetingKey, NamedMeeting};
use crate::answer::Tagged;
use crate::extract::{ApiBody, ApiPath, ApiQuery, Caller, IfMatchHeader, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::with_etag;

/// Who took part, whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttendanceReplace {
    /// The organisations.
    #[schema(max_items = 300)]
    items: Vec<AttendanceCreate>,
}

impl AttendanceReplace {
    fn change(self) -> MeetingChange {
        MeetingChange::Attendance(self.items.into_iter().map(AttendanceCreate::into_input).collect())
    }
}

/// List who took part in a meeting
///
/// As far as the caller may see; at most 300.
#[utoipa::path(
    get,
    path = "/meetings/{meeting}/attendance",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id.")),
    responses((status = OK, body = AttendanceList)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::QUERY]))))
)]
pub(crate) async fn list_attendance(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(MeetingKey(key)): ApiPath<MeetingKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Response, Problem> {
    let view = meetings::get(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    Ok(with_etag(&view.etag, Json(AttendanceList::new(&api.app, &api.links, &view))))
}

/// Replace who took part in a meeting
///
/// For the secretariat. Who reads that an organisation took part can be changed at any time.
#[utoipa::path(
    put,
    path = "/meetings/{meeting}/attendance",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id.")),
    request_body = AttendanceReplace,
    responses((status = OK, body = MeetingBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::CONDITION,
        &[Code::RoleRequired, Code::StatusConflict, Code::ProtocolApproved],
    ]))))
)]
pub(crate) async fn replace_attendance(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(MeetingKey(key)): ApiPath<MeetingKey>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    body: ApiBody,
) -> Result<Tagged<MeetingBody>, Problem> {
    let meeting = NamedMeeting::find(&api, &caller, key).await?;
    query.checked()?;
    let body = body.json().await?;
    meeting.change(&condition, body.input::<AttendanceReplace>().map(AttendanceReplace::change)).await
}
