//! `GET /reporting-rounds/{round}/rows`: the table that bodies fill.

use axum::extract::State;
use axum::response::Response;
use qadam_app::App;
use qadam_app::cursors::Edge;
use qadam_app::reporting_rounds::{self, RowCursor, RowFilter, RowPage, RowView};
use qadam_domain::ids::ReportingRoundId;
use qadam_domain::items::contributions::{Content, Contribution};
use qadam_domain::reporting_rounds::Asked;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::extract::{ApiPath, ApiQuery, Caller, IfNoneMatchHeader, Prefer, RequestLanguage};
use crate::items::{ItemReference, organisations};
use crate::links::Links;
use crate::list::{Limit, Neighbours, Page};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Fresh, ask};
use crate::values::{
    Day, OrganisationReference, PrecisionWord, ReportStandingWord, StatusWord, UpdateStateWord,
};

/// Filters of a round's table. Values separated by commas are alternatives; different filters must all hold.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct RowFilters {
    /// Codes or ids of bodies.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["GPO"]))]
    organisation: Vec<String>,
    /// What became of the reports: `received`, `released`, `awaited`, `not_received`.
    #[param(value_type = Option<Vec<ReportStandingWord>>, inline, style = Form, explode = false, example = json!(["awaited", "not_received"]))]
    standing: Vec<ReportStandingWord>,
    /// Whether the first report came after the due day.
    late: Option<bool>,
    /// Entries on a page.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 2_147_483_647, example = 25)]
    limit: Limit,
    /// Where the page begins: as it stands in `next` or `prev`.
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

impl RowFilters {
    fn filter(&self, app: &App) -> Result<RowFilter, Problem> {
        Ok(RowFilter {
            organisations: organisations(app, "organisation", &self.organisation)?,
            standings: self.standing.iter().map(|standing| standing.0).collect(),
            late: self.late,
        })
    }

    fn page(&self, app: &App, list: &str) -> Result<RowPage, Problem> {
        let limit = u64::from(self.limit.get());
        let edge =
            self.cursor.as_deref().map(|sealed| app.open_edge(list, sealed, read_place)).transpose()?;
        Ok(match edge {
            None => RowPage { limit, after: None, before: None },
            Some(Edge::After(cursor)) => RowPage { limit, after: Some(cursor), before: None },
            Some(Edge::Before(cursor)) => RowPage { limit, after: None, before: Some(cursor) },
        })
    }
}

/// The place of a row in the table, as a cursor holds it.
fn place(cursor: &RowCursor) -> String {
    format!("{} {} {}", cursor.asked.item, cursor.asked.organisation, cursor.due)
}

/// Reads what [`place`] wrote.
fn read_place(place: &str) -> Option<RowCursor> {
    let (item, rest) = place.split_once(' ')?;
    let (organisation, due) = rest.split_once(' ')?;
    let asked = Asked { organisation: organisation.parse().ok()?, item: item.parse().ok()? };
    Some(RowCursor { due: due.to_owned(), asked })
}

/// A report that a round asks for: a row of its table.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportingRow)]
pub(crate) struct RowBody {
    /// The item.
    item: ItemReference,
    /// When it is due: the last day of the period.
    due_on: Option<Day>,
    /// How exact the due date is.
    due_precision: Option<PrecisionWord>,
    /// Whether the due date of the item has passed.
    overdue: bool,
    /// Whole days past the due date of the item.
    days_late: u32,
    /// The body that is asked.
    organisation: Option<OrganisationReference>,
    /// What became of its report.
    standing: ReportStandingWord,
    /// The day on which the first report was published.
    received_on: Option<Day>,
    /// Whether that was after the due day.
    late: bool,
    /// The day on which, before the report was due, it ceased to be asked for: the item ended, or the body ceased to
    /// own it or to read it. Where the due day was moved, it may be the day on which it was.
    released_on: Option<Day>,
    /// The newest published report.
    report: Option<RowReport>,
    /// What the caller's own body has not published yet, the newest of it; null for everybody else.
    in_preparation: Option<RowReport>,
}

/// A report in a round's table.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowReport {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// Where it stands.
    state: UpdateStateWord,
    /// The day it holds for: the first day of the period.
    as_of: Day,
    /// How exactly that day is known.
    as_of_precision: PrecisionWord,
    /// The status that it reports; null where it reports none.
    status: Option<StatusWord>,
    /// The day it was recorded.
    recorded_on: Day,
    /// Its address.
    #[schema(format = "uri")]
    url: String,
}

impl RowReport {
    fn new(links: &Links, report: &Contribution) -> Option<Self> {
        let Content::Update(update) = &report.content else { return None };
        let id = report.id.to_string();
        Some(Self {
            state: update.state.into(),
            as_of: Day(update.as_of.on),
            as_of_precision: update.as_of.precision.into(),
            status: update.status.as_ref().map(|requested| requested.to.into()),
            recorded_on: Day(report.recorded_on),
            url: links.to(&["items", &report.item.to_string(), "updates", &id]),
            id,
        })
    }
}

impl RowBody {
    /// A row as JSON.
    fn new(app: &App, links: &Links, row: &RowView) -> Self {
        let report =
            |report: &Option<Contribution>| report.as_ref().and_then(|one| RowReport::new(links, one));
        Self {
            item: ItemReference::new(&row.item, links),
            due_on: row.item.due.map(|due| Day(due.on)),
            due_precision: row.item.due.map(|due| due.precision.into()),
            overdue: row.days_late > 0,
            days_late: row.days_late,
            organisation: OrganisationReference::find(row.organisation, &app.directory(), links),
            standing: row.standing.into(),
            received_on: row.received_on.map(Day),
            late: row.late,
            released_on: row.released_on.map(Day),
            report: report(&row.report),
            in_preparation: report(&row.in_preparation),
        }
    }
}

/// List what a reporting round asks for
///
/// The table that bodies fill, as far as the caller sees the items: those due first come first. It is filled by reports
/// that name the round, one by one or many at once with `POST /items/bulk-updates`. A body sees its own reports here
/// before they are published; others see published ones alone.
#[utoipa::path(
    get,
    path = "/reporting-rounds/{round}/rows",
    tag = "reporting rounds",
    params(("round" = String, Path, description = "Id of the round.", format = Uuid), RowFilters),
    responses((status = OK, body = Page<RowBody>), (status = NOT_MODIFIED, description = "What you have holds.")),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::LIST]))))
)]
pub(crate) async fn list_reporting_rows(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(id): ApiPath<ReportingRoundId>,
    query: ApiQuery<RowFilters>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
    prefer: Prefer,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let context = match ask(&api.app, &viewer, query.uri(), language, &known).await? {
        Fresh::NotModified(response) => return Ok(response),
        Fresh::Answer(context) => context,
    };
    reporting_rounds::get(&api.app, &viewer, id).await?;
    let uri = query.uri().clone();
    let list = api.links.list_name(&uri);
    let filters = query.checked()?;
    let (filter, page) = (filters.filter(&api.app)?, filters.page(&api.app, &list)?);
    let table = reporting_rounds::rows(&api.app, &viewer, id, &filter, &page, prefer.exact_count).await?;
    let (next, previous) = (table.next.as_ref().map(place), table.previous.as_ref().map(place));
    let neighbours = Neighbours::sealed(&api.app, &list, next, previous)?;
    let bodies = table.rows.iter().map(|row| RowBody::new(&api.app, &api.links, row)).collect();
    let page = Page::new(bodies, &api.links, &uri, &neighbours).with_total(table.total);
    Ok(context.tag_list(page))
}
