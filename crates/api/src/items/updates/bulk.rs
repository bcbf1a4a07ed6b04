//! `POST /items/bulk-updates`: many reports at once, each for itself.

use axum::Json;
use axum::extract::{Extension, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use qadam_app::Code;
use qadam_app::error::{AppError, FieldCode};
use qadam_app::idempotency::Retry;
use qadam_app::items::{self, Contributed, UpdateInput};
use qadam_domain::items::contributions::ContributionKind;
use qadam_domain::policy::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{UpdateBody, UpdateCreate};
use crate::extract::{ApiBody, ApiQuery, IdempotencyKey, Input, NoParameters, RequestLanguage, SignedIn};
use crate::items::inputs::{identifier, item_key};
use crate::items::{Once, in_turn, once, replayed, replayed_part};
use crate::openapi::codes;
use crate::problems::{Problem, ProblemView, status};
use crate::state::ApiState;
use crate::values::Checks;
use qadam_http::request_id::RequestId;

/// How many reports are taken at once.
const ROWS_MAX: usize = 100;

/// Reports on several items.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BulkUpdatesCreate {
    /// The reports, each on its item; at most 100.
    #[schema(max_items = 100)]
    updates: Vec<BulkUpdateCreate>,
    /// Id of the reporting round that they answer, but for those that name one themselves.
    #[serde(default)]
    round: Option<String>,
}

impl BulkUpdatesCreate {
    /// The reports, each with the round that it answers.
    fn into_rows(self) -> Input<Vec<BulkUpdateCreate>> {
        let mut checks = Checks::new();
        identifier("/round", self.round.as_deref(), &mut checks);
        let mut rows = self.updates;
        for row in &mut rows {
            if row.update.round.is_none() {
                row.update.round.clone_from(&self.round);
            }
        }
        checks.finish(rows)
    }
}

/// A report on one of several items.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BulkUpdateCreate {
    /// Ref or id of the item.
    item: String,
    /// The report.
    update: UpdateCreate,
}

/// What became of each report, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BulkUpdatesResult {
    /// One result for each report.
    items: Vec<BulkUpdateResult>,
}

/// What became of one report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BulkUpdateResult {
    /// The item as it was named; null where that is no ref and no id.
    item: Option<String>,
    /// With which status the report alone would have been answered.
    #[schema(example = 201)]
    status: u16,
    /// The report that was made.
    update: Option<UpdateBody>,
    /// Why none was made.
    problem: Option<ProblemView>,
}

/// What a row is answered by, beside the register.
struct Asked<'a> {
    api: &'a ApiState,
    caller: &'a SignedIn,
    route: &'a str,
    key: Option<&'a str>,
    body: &'a [u8],
}

/// Report on several items
///
/// Each report for itself: what is wrong with one keeps no other from being made. An `Idempotency-Key` counts for each
/// report: repeated, those that were made are not made again, and the others are tried.
#[utoipa::path(
    post,
    path = "/items/bulk-updates",
    tag = "items",
    request_body = BulkUpdatesCreate,
    responses((status = MULTI_STATUS, description = "A result for each.", body = BulkUpdatesResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::QUERY, codes::BODY, &[Code::InvalidHeader],
    ]))))
)]
pub(crate) async fn report_on_items(
    State(api): State<ApiState>,
    caller: SignedIn,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    RequestLanguage(language): RequestLanguage,
    id: Option<Extension<RequestId>>,
    request: ApiBody,
) -> Result<Response, Problem> {
    query.checked()?;
    let request = request.json().await?;
    let key = repeated.read()?;
    let body = request.bytes().to_vec();
    let asked = Asked { api: &api, caller: &caller, route: repeated.route(), key, body: &body };
    let rows = request.input::<BulkUpdatesCreate>().and_then(BulkUpdatesCreate::into_rows);
    let rows = rows.map_err(AppError::Invalid)?;
    let wrong = match rows.len() {
        0 => Some(FieldCode::TooShort),
        count if count > ROWS_MAX => Some(FieldCode::TooMany),
        _ => None,
    };
    if let Some(code) = wrong {
        return Err(AppError::field("/updates", code).into());
    }
    let id = id.map(|Extension(id)| id).unwrap_or_default();
    let mut items = Vec::with_capacity(rows.len());
    for (index, row) in rows.into_iter().enumerate() {
        let named = item_key("/item", &row.item, &mut Checks::new()).is_some();
        let item = named.then(|| row.item.clone());
        items.push(match Box::pin(asked.report(index, row)).await {
            Ok(made) => {
                let update = UpdateBody::new(&api.app, &api.links, made.contribution);
                BulkUpdateResult { item, status: StatusCode::CREATED.as_u16(), update, problem: None }
            }
            Err(problem) => {
                let status = status(problem.code()).as_u16();
                let problem = Some(ProblemView::new(problem, language, id.as_str()));
                BulkUpdateResult { item, status, update: None, problem }
            }
        });
    }
    Ok((StatusCode::MULTI_STATUS, Json(BulkUpdatesResult { items })).into_response())
}

impl Asked<'_> {
    /// One report, as if it had been sent alone.
    async fn report(&self, index: usize, row: BulkUpdateCreate) -> Result<Contributed, Problem> {
        let (app, viewer) = (&self.api.app, self.caller.viewer());
        let mut checks = Checks::new();
        let key = item_key("/item", &row.item, &mut checks);
        let key = checks.finish(key).map_err(AppError::Invalid)?.ok_or(Code::NotFound)?;
        items::get(app, &viewer, key).await?;
        let retry = match self.key {
            None => None,
            Some(named) => {
                let named = format!("{named}/{index}");
                Some(Retry::new(app, self.caller.0.account.id, self.route, &named, self.body)?)
            }
        };
        let action = if viewer.is_secretariat() { Action::Transcribe } else { Action::Report };
        let input: UpdateInput = in_turn(self.api, &viewer, key, None, action, row.update.checked()).await?;
        match once(app, retry, Box::pin(items::report(app, &viewer, key, input, retry))).await? {
            Once::Done(made) => Ok(made),
            Once::Repeated(replay) => {
                let (key, id) = (replayed(&replay)?, replayed_part(&replay)?);
                Ok(items::contribution(app, &viewer, key, ContributionKind::Update, id).await?)
            }
        }
    }
}
