//! `POST /reporting-rounds`.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use qadam_app::error::FieldCode;
use qadam_app::reporting_rounds::{self, NewRound};
use qadam_app::{App, Code};
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::policy::Action;
use qadam_domain::reporting_rounds::last_half_year;
use qadam_localisation::{Argument, text_with};
use serde::Deserialize;
use utoipa::ToSchema;

use super::answer;
use super::ask::read;
use super::view::{RoundBody, address};
use crate::extract::{Input, SignedIn};
use crate::items::{Once, once, replayed_id, written};
use crate::openapi::codes;
use crate::order::CreatingRequest;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Checks, Day, LanguageMapInput, TextLimit};

/// A new round.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportingRoundCreate {
    /// What it is called; without it, it is named by its period.
    #[serde(default)]
    name: LanguageMapInput,
    /// The first day that reports are about; without a period, the half-year that ended last.
    #[serde(default)]
    period_from: Option<Day>,
    /// The last day that reports are about.
    #[serde(default)]
    period_to: Option<Day>,
    /// The last day on which a report is in time, today or later; without it, the 15th of the month after the period,
    /// or, where that has passed, of the month after the present one.
    #[serde(default)]
    due_on: Option<Day>,
    /// Codes or ids of the bodies that are asked; at most 100 at once.
    #[schema(min_items = 1, max_items = 100)]
    organisations: Vec<String>,
    /// Refs or ids of items that they lead or co-own, at most 200; without it, all of their commitments and
    /// recommendations that are on their way and that every member reads. At most 2,000 reports are asked for.
    #[serde(default)]
    #[schema(max_items = 200)]
    items: Option<Vec<String>>,
}

impl ReportingRoundCreate {
    fn checked(self, today: NaiveDate) -> Input<NewRound> {
        let mut checks = Checks::new();
        let period = match (self.period_from, self.period_to) {
            (Some(from), Some(to)) => (from.0, to.0),
            (None, None) => last_half_year(today),
            (Some(Day(day)), None) | (None, Some(Day(day))) => {
                let missing = if self.period_to.is_none() { "/period_to" } else { "/period_from" };
                checks.refuse(missing, FieldCode::Required);
                (day, day)
            }
        };
        let name = self.name.map("/name", TextLimit::TITLE, &mut checks);
        let name = if name.is_empty() { named_by(period) } else { name };
        let ask = read(self.organisations, self.items, &mut checks);
        checks.finish(NewRound { name, period, due_on: self.due_on.map(|day| day.0), ask })
    }
}

/// What a round is called that was given no name.
fn named_by((from, to): (NaiveDate, NaiveDate)) -> LanguageMap {
    let mut name = LanguageMap::default();
    for language in Language::ALL {
        let (from, to) = (written(from, language), written(to, language));
        let days = [("from", Argument::Text(&from)), ("to", Argument::Text(&to))];
        name.set(language, Some(text_with(language.tag(), "reporting_round-name", &days)));
    }
    name
}

/// Open a reporting round
///
/// For the secretariat. The officers and approvers of the bodies are told at once, and those that owe reports still
/// seven days before they are due.
#[utoipa::path(
    post,
    path = "/reporting-rounds",
    tag = "reporting rounds",
    request_body = ReportingRoundCreate,
    responses((status = CREATED, body = RoundBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::QUERY, codes::BODY, codes::KEY, &[Code::RoleRequired],
    ]))))
)]
pub(crate) async fn open_reporting_round(
    State(api): State<ApiState>,
    caller: SignedIn,
    request: CreatingRequest,
) -> Result<Response, Problem> {
    let (app, viewer): (&std::sync::Arc<App>, _) = (&api.app, caller.viewer());
    let checked = |body: ReportingRoundCreate| body.checked(app.today());
    let (new, retry) = request.read_for(Action::ManageReportingRounds, app, &caller, checked).await?;
    let view = match once(app, retry, reporting_rounds::open(app, &viewer, new, retry)).await? {
        Once::Done(view) => view,
        Once::Repeated(replay) => reporting_rounds::get(app, &viewer, replayed_id(&replay)?).await?,
    };
    Ok(answer(&api, &view).created(&address(view.round.id, &api.links)))
}
