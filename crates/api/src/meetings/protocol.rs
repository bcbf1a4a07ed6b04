//! A protocol and its state: `GET` and `POST /meetings/{meeting}/protocol`.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::meetings::{self, MeetingChange, ProtocolChange};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{MeetingBody, ProtocolBody};
use super::{MeetingKey, NamedMeeting, answer};
use crate::answer::Tagged;
use crate::extract::{
    ApiBody, ApiPath, ApiQuery, Caller, IdempotencyKey, IfMatchHeader, Input, NoParameters, SignedIn,
};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::with_etag;
use crate::values::{Checks, Day, LanguageMapInput, ProtocolStateWord, TextLimit};

/// A move of a protocol to another state.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProtocolChangeCreate {
    /// Where to: a draft is circulated; what is circulated is approved, or taken back to the draft.
    to: ProtocolStateWord,
    /// Until when participants may object: needed to circulate, today or later.
    #[serde(default)]
    objections_until: Option<Day>,
    /// Why.
    #[serde(default)]
    reason: LanguageMapInput,
}

impl ProtocolChangeCreate {
    fn checked(self) -> Input<MeetingChange> {
        let mut checks = Checks::new();
        let change = ProtocolChange {
            to: self.to.0,
            objections_until: self.objections_until.map(|day| day.0),
            reason: self.reason.map("/reason", TextLimit::BODY, &mut checks),
        };
        checks.finish(MeetingChange::Protocol(change))
    }
}

/// Read a meeting's protocol
///
/// What was said and decided. For the secretariat always, for organisations that took part once it is circulated to
/// them, for everybody once it is approved.
#[utoipa::path(
    get,
    path = "/meetings/{meeting}/protocol",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id.")),
    responses((status = OK, body = ProtocolBody)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::QUERY]))))
)]
pub(crate) async fn get_protocol(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(MeetingKey(key)): ApiPath<MeetingKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Response, Problem> {
    let view = meetings::circulated(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    Ok(with_etag(&view.etag, Json(ProtocolBody::new(&api.app, &api.links, &view))))
}

/// Change the state of a meeting's protocol
///
/// For the secretariat. Approval makes an announced commitment of every decision, and the protocol public; it waits
/// until the day for objections has passed and every objection is answered. An approved protocol stays as it is.
#[utoipa::path(
    post,
    path = "/meetings/{meeting}/protocol",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id.")),
    request_body = ProtocolChangeCreate,
    responses((status = OK, body = MeetingBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::KEY,
        &[
            Code::PreconditionFailed, Code::RoleRequired, Code::ProtocolConflict, Code::ObjectionsOpen,
            Code::ObjectionsUnanswered, Code::ProtocolApproved,
        ],
    ]))))
)]
pub(crate) async fn change_protocol(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(MeetingKey(key)): ApiPath<MeetingKey>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    repeated: IdempotencyKey,
    body: ApiBody,
) -> Result<Tagged<MeetingBody>, Problem> {
    let meeting = NamedMeeting::find(&api, &caller, key).await?;
    query.checked()?;
    let body = body.json().await?;
    let view = meeting.change_once(&condition, &repeated, body, ProtocolChangeCreate::checked).await?;
    Ok(answer(&api, view))
}
