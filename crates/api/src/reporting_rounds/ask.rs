//! `POST /reporting-rounds/{round}/rows`, and whom rounds ask about what.

use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::reporting_rounds::{AskInput, RoundChange};
use qadam_domain::ids::ReportingRoundId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{RoundBody, address};
use super::{NamedRound, answer};
use crate::extract::{
    ApiBody, ApiPath, ApiQuery, IdempotencyKey, IfMatchHeader, Input, NoParameters, SignedIn,
};
use crate::items::{item_key, retry};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::Checks;

/// What a round asks for beside what it asks for already.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportingRowsCreate {
    /// Codes or ids of the bodies that are asked; at most 100 at once.
    #[schema(min_items = 1, max_items = 100)]
    organisations: Vec<String>,
    /// Refs or ids of items that they lead or co-own, at most 200 at once; without it, all of their commitments and
    /// recommendations that are on their way and that every member reads. At most 2,000 reports in a round.
    #[serde(default)]
    #[schema(max_items = 200)]
    items: Option<Vec<String>>,
}

impl ReportingRowsCreate {
    fn checked(self) -> Input<RoundChange> {
        let mut checks = Checks::new();
        let ask = read(self.organisations, self.items, &mut checks);
        checks.finish(RoundChange::Ask(ask))
    }
}

/// Whom a round asks about what.
pub(super) fn read(organisations: Vec<String>, items: Option<Vec<String>>, checks: &mut Checks) -> AskInput {
    let keys = |items: Vec<String>| {
        let keys = items.iter().enumerate();
        keys.filter_map(|(index, item)| item_key(&format!("/items/{index}"), item, checks)).collect()
    };
    AskInput { organisations, items: items.map(keys) }
}

/// Ask for more reports
///
/// For the secretariat, while the round is open and reports are not due yet: whom nobody asked before would be shown as
/// silent at once. After the due day another is named first. What is asked for already stays as it is.
#[utoipa::path(
    post,
    path = "/reporting-rounds/{round}/rows",
    tag = "reporting rounds",
    params(("round" = String, Path, description = "Id of the round.", format = Uuid)),
    request_body = ReportingRowsCreate,
    responses((status = CREATED, body = RoundBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::PreconditionFailed, Code::RoleRequired, Code::RoundClosed, Code::RoundOverdue],
    ]))))
)]
pub(crate) async fn ask_for_reports(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(id): ApiPath<ReportingRoundId>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    repeated: IdempotencyKey,
    body: ApiBody,
) -> Result<Response, Problem> {
    let round = NamedRound::find(&api, &caller, id).await?;
    query.checked()?;
    let body = body.json().await?;
    let retry = retry(&api.app, &caller, &repeated, &body)?;
    let condition = condition.optional()?;
    let input = body.input::<ReportingRowsCreate>().and_then(ReportingRowsCreate::checked);
    let view = round.changed(condition, retry, input).await?;
    let location = format!("{}/rows", address(id, &api.links));
    Ok(answer(&api, &view).created(&location))
}
