//! `GET /stats`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::statistics::{self, Drafts, Month, Reported, Series, Statistics};
use qadam_app::vocabularies::VocabularyKind;
use qadam_domain::items::{Kind, Status};
use qadam_http::statistics::{Count, Counting, Figures, NamedCount};
use serde::Serialize;
use utoipa::ToSchema;

use super::answers::Answers;
use super::months::{MonthWord, TrendQuery};
use super::withheld::QuarterCounts;
use crate::extract::{ApiQuery, Caller, IfNoneMatchHeader, RequestLanguage};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Fresh, ask};
use crate::values::Day;

/// The register's numbers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Statistics)]
struct StatisticsBody {
    /// The local day for which they hold.
    counted_on: Day,
    /// All items.
    total: Count,
    /// Items by kind.
    by_kind: Vec<NamedCount>,
    /// Items by status.
    by_status: Vec<NamedCount>,
    /// Items by theme; one with several themes counts in each.
    by_theme: Vec<NamedCount>,
    /// Items by lead body.
    by_lead: Vec<NamedCount>,
    /// Items by the mechanism they come from.
    by_mechanism: Vec<NamedCount>,
    /// What is measured on them.
    figures: Figures,
    /// What happened month by month, by the days that the events are dated with and not those they were recorded on.
    /// What is dated less exactly than to the month is in no month.
    trend: Vec<MonthCounts>,
    /// How many proposals waited, were returned or narrowed, in each of the last twelve quarters that are over, the
    /// newest first: whoever may see them, and therefore without lists.
    withheld: Vec<QuarterCounts>,
}

/// What happened in a month. An item to which something happened twice counts once.
#[derive(Debug, Serialize, ToSchema)]
struct MonthCounts {
    /// The month.
    #[schema(example = "2026-03")]
    month: String,
    /// Items filed: submitted, announced, planned or registered for the first time.
    filed: Count,
    /// Commitments announced for a body.
    announced: Count,
    /// Items that a body took on with a date, or the reason why there is none.
    planned: Count,
    /// Items accepted, partly accepted, declined or noted.
    answered: Count,
    /// Items whose lead says that they are done.
    reported_done: Count,
    /// Items closed.
    closed: Count,
}

/// Read the numbers of the register
///
/// For whoever asks: each number counts what the caller can list, and comes with the list.
#[utoipa::path(
    get,
    path = "/stats",
    tag = "statistics",
    params(TrendQuery),
    responses(
        (status = OK, body = StatisticsBody),
        (status = NOT_MODIFIED, description = "What you have holds.")
    ),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::QUERY]))))
)]
pub(super) async fn get_statistics(
    State(api): State<ApiState>,
    caller: Caller,
    query: ApiQuery<TrendQuery>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let context = match ask(&api.app, &viewer, query.uri(), language, &known).await? {
        Fresh::NotModified(response) => return Ok(response),
        Fresh::Answer(context) => context,
    };
    let months = query.checked()?.months(api.app.today())?;
    let make = async |drafts: Drafts| {
        let counted = statistics::statistics(&api.app, &viewer, &drafts, months).await?;
        let reported = statistics::reported(&api.app, &viewer, None).await?;
        let counting = Counting::new(&api.app, api.links.to(&["items"]), Vec::new());
        Ok(StatisticsBody::new(&counting, &counted, reported))
    };
    let answer = Answers::give(&api, &viewer, &api.links.here(query.uri()), make).await?;
    Ok(context.tag_list(answer))
}

impl StatisticsBody {
    fn new(counting: &Counting<'_>, counted: &Statistics, reported: Reported) -> Self {
        let tally = &counted.tally;
        let statuses = Status::ALL.iter().map(|status| status.code());
        let trend = counted.months.all().zip(&tally.trend);
        Self {
            counted_on: Day(counted.today),
            total: counting.count(tally.total, &[]),
            by_kind: counting.words("kind", Kind::ALL.iter().map(|kind| kind.code()), &tally.kinds),
            by_status: counting.words("status", statuses, &tally.statuses),
            by_theme: counting.terms("theme", VocabularyKind::Themes, &counted.themes),
            by_lead: counting.organisations("lead", &counted.leads),
            by_mechanism: counting.terms("mechanism", VocabularyKind::Mechanisms, &counted.mechanisms),
            figures: Figures::new(counting, tally, &counted.found, reported, counted.today),
            trend: trend.map(|(month, counts)| MonthCounts::new(counting, month, counts)).collect(),
            withheld: counted.withheld.iter().map(QuarterCounts::from).collect(),
        }
    }
}

impl MonthCounts {
    fn new(counting: &Counting<'_>, month: Month, counts: &[u64; 6]) -> Self {
        let (first, last) = (month.first_day().to_string(), month.last_day().to_string());
        let count = |series: Series| {
            let value = counts.get(series as usize).copied().unwrap_or_default();
            let reached: Vec<_> = series.reached().iter().map(|status| status.code()).collect();
            if reached.is_empty() {
                let exactly = ("filed_precision", "day,month");
                return counting.count(value, &[("filed_after", &first), ("filed_before", &last), exactly]);
            }
            let reached = ("reached", &*reached.join(","));
            counting.count(value, &[reached, ("reached_after", &first), ("reached_before", &last)])
        };
        Self {
            month: MonthWord(month).to_string(),
            filed: count(Series::Filed),
            announced: count(Series::Announced),
            planned: count(Series::Planned),
            answered: count(Series::Answered),
            reported_done: count(Series::ReportedDone),
            closed: count(Series::Closed),
        }
    }
}
