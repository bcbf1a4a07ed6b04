//! `PATCH /meetings/{meeting}`.

use axum::extract::State;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::meetings::{HeldInput, MeetingChange, MeetingEdit};
use qadam_domain::calendar::Precision;
use qadam_domain::meetings::Meeting;
use serde::Deserialize;
use utoipa::ToSchema;

use super::inputs::{OfficeHolderCreate, office_holders};
use super::view::MeetingBody;
use super::{MeetingKey, NamedMeeting};
use crate::answer::Tagged;
use crate::extract::{ApiBody, ApiPath, ApiQuery, IfMatchHeader, Input, NoParameters, SignedIn};
use crate::items::RecordedFromInput;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Checks, Day, LanguageMapInput, MeetingKindWord, Patch, PrecisionWord, TextLimit};

/// Changes of a meeting: what is absent stays, null removes, lists are replaced whole. Agenda, attendance,
/// decisions and protocol change by operations of their own.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MeetingPatch {
    /// Its short code.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    code: Patch<String>,
    /// What it is.
    #[serde(default)]
    #[schema(value_type = Option<MeetingKindWord>)]
    kind: Patch<MeetingKindWord>,
    /// Its title, language by language.
    #[serde(default)]
    title: LanguageMapInput,
    /// What it is about, language by language.
    #[serde(default)]
    topics: LanguageMapInput,
    /// When: the first day, or a day of the period. Null where it is not known, which takes precision and last day
    /// along.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    held_on: Patch<Day>,
    /// How exactly that day is known.
    #[serde(default)]
    #[schema(value_type = Option<PrecisionWord>)]
    held_on_precision: Patch<PrecisionWord>,
    /// The last day, where it takes several.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    held_until: Patch<Day>,
    /// The day it was published.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    published_on: Patch<Day>,
    /// Where, language by language.
    #[serde(default)]
    place: LanguageMapInput,
    /// Who chairs.
    #[serde(default)]
    #[schema(value_type = Option<Vec<OfficeHolderCreate>>, max_items = 50)]
    chairs: Patch<Vec<OfficeHolderCreate>>,
    /// The document it was recorded from, whole.
    #[serde(default)]
    #[schema(value_type = Option<RecordedFromInput>)]
    recorded_from: Patch<RecordedFromInput>,
}

impl MeetingPatch {
    fn checked(self, present: &Meeting) -> Input<MeetingChange> {
        let mut checks = Checks::new();
        let held = held(present, self.held_on, self.held_on_precision, self.held_until, &mut checks);
        let chairs = self.chairs.kept("/chairs", &mut checks);
        let recorded_from = self.recorded_from.kept("/recorded_from", &mut checks);
        let edit = MeetingEdit {
            code: self.code.kept("/code", &mut checks),
            kind: self.kind.kept("/kind", &mut checks).map(|kind| kind.0),
            title: self.title.changes("/title", TextLimit::TITLE, &mut checks),
            topics: self.topics.changes("/topics", TextLimit::BODY, &mut checks),
            held,
            published_on: self.published_on.map(|day| day.0).change(),
            place: self.place.changes("/place", TextLimit::LABEL, &mut checks),
            chairs: chairs.map(|chairs| office_holders("/chairs", chairs, &mut checks)),
            recorded_from: recorded_from.map(|document| document.read("/recorded_from", &mut checks)),
        };
        checks.finish(MeetingChange::Details(edit))
    }
}

/// When the meeting is held after a patch of the three fields; `None` where none is patched.
#[expect(clippy::option_option, reason = "the use case tells what stays from what is removed")]
fn held(
    present: &Meeting,
    on: Patch<Day>,
    precision: Patch<PrecisionWord>,
    until: Patch<Day>,
    checks: &mut Checks,
) -> Option<Option<HeldInput>> {
    if (on, precision, until) == (Patch::Absent, Patch::Absent, Patch::Absent) {
        return None;
    }
    let Some(on) = on.map(|day| day.0).over(present.held_on) else {
        if matches!(precision, Patch::Value(_)) || matches!(until, Patch::Value(_)) {
            checks.refuse("/held_on", FieldCode::Required);
        }
        return Some(None);
    };
    let precision = precision.map(|precision| precision.0).over(Some(present.held_on_precision));
    let until = until.map(|day| day.0).over(present.held_until);
    Some(Some(HeldInput { on, precision: precision.unwrap_or(Precision::Day), until }))
}

/// Edit a meeting
///
/// For the secretariat. Once its protocol is circulated only title, topics and day of publication change; a meeting
/// recorded from a document is completed and corrected at any time.
#[utoipa::path(
    patch,
    path = "/meetings/{meeting}",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id.")),
    request_body(content = MeetingPatch, content_type = "application/merge-patch+json"),
    responses((status = OK, body = MeetingBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::CONDITION,
        &[Code::RoleRequired, Code::StatusConflict, Code::ProtocolApproved, Code::Taken],
    ]))))
)]
pub(crate) async fn edit_meeting(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(MeetingKey(key)): ApiPath<MeetingKey>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    body: ApiBody,
) -> Result<Tagged<MeetingBody>, Problem> {
    let meeting = NamedMeeting::find(&api, &caller, key).await?;
    query.checked()?;
    let body = body.merge_patch().await?;
    let input = body.input::<MeetingPatch>().and_then(|patch| patch.checked(&meeting.view.meeting));
    meeting.change(&condition, input).await
}
