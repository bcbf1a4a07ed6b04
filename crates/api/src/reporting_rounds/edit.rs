//! `PATCH /reporting-rounds/{round}`.

use axum::extract::State;
use qadam_app::Code;
use qadam_app::reporting_rounds::{RoundChange, RoundEdit};
use qadam_domain::ids::ReportingRoundId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::RoundBody;
use super::{NamedRound, answer};
use crate::answer::Tagged;
use crate::extract::{ApiBody, ApiPath, ApiQuery, IfMatchHeader, Input, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Checks, Day, LanguageMapInput, Patch, RoundStateWord, TextLimit};

/// Changes of a round: what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportingRoundPatch {
    /// What it is called, language by language.
    #[serde(default)]
    name: LanguageMapInput,
    /// The last day on which a report is in time, today or later. Needs a reason.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    due_on: Patch<Day>,
    /// `closed` where it takes no more reports; `open` to take them again, which needs a reason.
    #[serde(default)]
    #[schema(value_type = Option<RoundStateWord>)]
    state: Patch<RoundStateWord>,
    /// Why: kept with the change, not with the round.
    #[serde(default)]
    reason: LanguageMapInput,
}

impl ReportingRoundPatch {
    fn checked(self) -> Input<RoundChange> {
        let mut checks = Checks::new();
        let edit = RoundEdit {
            name: self.name.changes("/name", TextLimit::TITLE, &mut checks),
            due_on: self.due_on.kept("/due_on", &mut checks).map(|day| day.0),
            state: self.state.kept("/state", &mut checks).map(|state| state.0),
            reason: self.reason.map("/reason", TextLimit::BODY, &mut checks),
        };
        checks.finish(RoundChange::Edit(edit))
    }
}

/// Edit, close or re-open a reporting round
///
/// For the secretariat. What was not received when it is closed stays not received.
#[utoipa::path(
    patch,
    path = "/reporting-rounds/{round}",
    tag = "reporting rounds",
    params(("round" = String, Path, description = "Id of the round.", format = Uuid)),
    request_body(content = ReportingRoundPatch, content_type = "application/merge-patch+json"),
    responses((status = OK, body = RoundBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::CONDITION,
        &[Code::RoleRequired, Code::RoundClosed],
    ]))))
)]
pub(crate) async fn edit_reporting_round(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(id): ApiPath<ReportingRoundId>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    body: ApiBody,
) -> Result<Tagged<RoundBody>, Problem> {
    let round = NamedRound::find(&api, &caller, id).await?;
    query.checked()?;
    let body = body.merge_patch().await?;
    let condition = condition.required()?;
    let input = body.input::<ReportingRoundPatch>().and_then(ReportingRoundPatch::checked);
    Ok(answer(&api, &round.changed(Some(condition), None, input).await?))
}
