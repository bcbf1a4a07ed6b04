//! `GET /{language}/calendar`: a year of meetings and deadlines, month by month, for all or for one body.

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use chrono::{Datelike as _, NaiveDate};
use qadam_app::Code;
use qadam_app::items::{self, Filter, ListRequest, Page as Part, Sort, SortField};
use qadam_app::meetings::{self, Filter as MeetingFilter, Page as MeetingPart};
use qadam_domain::calendar::Precision;
use qadam_domain::organisations::OrganisationKind;
use qadam_http::addresses::write_query;

use crate::failure::Failure;
use crate::format;
use crate::markup::{Dated, Markup};
use crate::page::Page;
use crate::render::render;
use crate::state::Web;
use crate::visit::Visit;

/// How many meetings and how many deadlines of a year are shown at most.
const MOST: u64 = 200;
/// The years that can be asked for.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// The page.
pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/calendar", get(show))
}

#[derive(Template)]
#[template(path = "calendar.html")]
struct CalendarPage<'a> {
    page: &'a Page,
    year: i32,
    months: Vec<(String, Vec<Entry>)>,
    bodies: Vec<(String, String, bool)>,
    previous: String,
    next: String,
    /// All deadlines of the year, as a list.
    deadlines: String,
}

/// Something on a day or in a period.
struct Entry {
    /// By what it is ordered: what is in no month that is known last, then the day, deadlines after meetings.
    order: (bool, NaiveDate, bool),
    on: Dated,
    what: String,
    title: String,
    path: String,
    tag: Option<Markup>,
}

/// `GET /{language}/calendar`
async fn show(visit: Visit) -> Result<Response, Failure> {
    let year = match visit.parameter("year") {
        None => visit.app().today().year(),
        Some(text) => text.parse().ok().filter(|year| YEARS.contains(year)).ok_or(Code::InvalidParameter)?,
    };
    let page = {
        let mut page = Page::new(&visit, "calendar-title");
        page.title = format!("{}: {year}", page.title);
        page.describe(page.t("calendar-description"));
        page
    };
    let body = visit.parameter("lead").filter(|code| !code.is_empty());
    let mut entries = deadlines(&visit, &page, year, body.as_deref()).await?;
    if body.is_none() {
        entries.extend(held(&visit, &page, year).await?);
    }
    entries.sort_by_key(|entry| entry.order);
    let address = |year: i32| {
        let (mut address, year) = (page.to("calendar"), year.to_string());
        let body = body.as_deref().map(|code| ("lead", code));
        write_query(&mut address, [("year", year.as_str())].into_iter().chain(body));
        address
    };
    let (first, last) = bounds(year)?;
    let mut deadlines_of_year = page.to("items");
    let (first, last) = (first.to_string(), last.to_string());
    let filters = [("due_after", first.as_str()), ("due_before", last.as_str()), ("sort", "due_on")];
    write_query(
        &mut deadlines_of_year,
        filters.into_iter().chain(body.as_deref().map(|code| ("lead", code))),
    );
    Ok(render(&CalendarPage {
        months: by_month(&page, entries),
        bodies: bodies(&page, body.as_deref()),
        previous: address(year - 1),
        next: address(year + 1),
        deadlines: deadlines_of_year,
        year,
        page: &page,
    }))
}

fn bounds(year: i32) -> Result<(NaiveDate, NaiveDate), Failure> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    day(1, 1).zip(day(12, 31)).ok_or_else(|| Code::InvalidParameter.into())
}

async fn deadlines(visit: &Visit, page: &Page, year: i32, body: Option<&str>) -> Result<Vec<Entry>, Failure> {
    let (first, last) = bounds(year)?;
    let leads = match body {
        None => Vec::new(),
        Some(code) => {
            let directory = visit.app().directory();
            vec![directory.find(code).map(|body| body.id).ok_or(Code::InvalidParameter)?]
        }
    };
    let request = ListRequest {
        filter: Filter { due_after: Some(first), due_before: Some(last), leads, ..Filter::default() },
        sort: Sort { field: SortField::Due, descending: false },
        page: Part { limit: MOST, after: None, before: None },
        counted: false,
    };
    let listed = items::list(visit.app(), &visit.viewer(), request).await?;
    let entry = |view: &items::ItemView| {
        let due = view.item.due.as_ref()?;
        Some(Entry {
            order: (false, due.on, true),
            on: page.deadline(due),
            what: page.say("calendar-due", "body", page.lead_name(&view.item)),
            title: format!("{} {}", page.reference(&view.item), page.item_title(&view.item).words()),
            path: page.item_path(&view.item),
            tag: Some(page.status_tag(&view.item)),
        })
    };
    Ok(listed.items.iter().filter_map(entry).collect())
}

async fn held(visit: &Visit, page: &Page, year: i32) -> Result<Vec<Entry>, Failure> {
    let filter = MeetingFilter {
        from_year: Some(year),
        to_year: Some(year),
        earliest_first: true,
        ..MeetingFilter::default()
    };
    let part = MeetingPart { limit: MOST, after: None, before: None };
    let listed = meetings::list(visit.app(), &visit.viewer(), &filter, &part).await?;
    let entry = |view: &meetings::MeetingView| {
        Some(Entry {
            order: (view.meeting.held_on_precision > Precision::Month, view.meeting.held_on?, false),
            on: page.held(&view.meeting)?,
            what: page.word("meeting_kind", view.meeting.kind.code()),
            title: page.words(&view.meeting.title),
            path: page.to(format!("meetings/{}", view.meeting.code)),
            tag: None,
        })
    };
    Ok(listed.meetings.iter().filter_map(entry).collect())
}

fn by_month(page: &Page, entries: Vec<Entry>) -> Vec<(String, Vec<Entry>)> {
    let mut months: Vec<(String, Vec<Entry>)> = Vec::new();
    for entry in entries {
        let (is_unknown, on, _) = entry.order;
        let name = if is_unknown { page.t("calendar-no_month") } else { format::month(page.lang(), on) };
        match months.last_mut() {
            Some((month, of_month)) if *month == name => of_month.push(entry),
            _ => months.push((name, vec![entry])),
        }
    }
    months
}

/// The bodies that can lead something, by name: code, name, whether it is the one asked for.
fn bodies(page: &Page, asked: Option<&str>) -> Vec<(String, String, bool)> {
    let directory = page.app().directory();
    let may_lead = |kind| matches!(kind, OrganisationKind::StateBody | OrganisationKind::Independent);
    let bodies = directory.all().into_iter().filter(|body| body.active && may_lead(body.kind));
    let mut named: Vec<_> = bodies
        .map(|body| (body.code.clone(), page.organisation(&body.id), asked == Some(body.code.as_str())))
        .collect();
    named.sort_by(|(_, left, _), (_, right, _)| format::in_order(page.lang(), left, right));
    named
}
