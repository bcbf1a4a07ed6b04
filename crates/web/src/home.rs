//! The first page: what was recommended or promised, what happened, and where positions differ.

use askama::Template;
use axum::response::Response;
use qadam_app::items::{Filter, FindingFilter, ItemView, ListRequest, Page as Part, Sort, SortField};
use qadam_app::statistics::{self, Month, Months, Series, Statistics};
use qadam_app::{AppError, items};
use qadam_domain::calendar::Precision;
use qadam_domain::items::{Kind, Status};
use qadam_http::statistics::{self as figures, Count, Counting};

use crate::charts::{self, Part as BarPart};
use crate::failure::Failure;
use crate::format;
use crate::items::newest;
use crate::markup::Markup;
use crate::page::Page;
use crate::render::render;
use crate::tone::{Tone, counted_in, grouped};
use crate::visit::Visit;

/// How many items stand in each of the short lists.
const SHORT: u64 = 5;
/// How many of the last changes are shown.
const LAST: u64 = 10;
/// Up to how many items are asked for by their identifiers.
const LOOKED_UP_MAX: usize = 500;
/// How many years the trend goes back.
const YEARS: i32 = 6;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    page: &'a Page,
    total: u64,
    kinds: Vec<(String, u64, String)>,
    tiles: Vec<Tile>,
    standing: Standing,
    bodies: Vec<Body>,
    trend: Trend,
    differing: &'a [ItemView],
    changed: &'a [ItemView],
}

/// A number that can be followed.
struct Tile {
    class: &'static str,
    what: String,
    count: Count,
}

/// Where items stand, as one bar.
struct Standing {
    sentence: String,
    bar: Markup,
    groups: Vec<BarPart>,
    statuses: Vec<(String, u64, String)>,
}

/// A body with how its items stand.
struct Body {
    name: String,
    path: String,
    bar: Markup,
    total: u64,
    items: String,
    /// By group: how many, and their list.
    groups: Vec<(u64, String)>,
}

/// What came in and what was said to be done, by year.
struct Trend {
    sentence: String,
    chart: Markup,
    years: Vec<(String, [BarPart; 2])>,
}

/// `GET /{language}/`
pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    let (app, viewer) = (visit.app(), visit.viewer());
    let mut page = Page::new(&visit, "home-title");
    page.describe(page.t("home-description"));
    let today = app.today();
    let months = trend_months(today).ok_or_else(|| AppError::Internal("no months".to_owned()))?;
    let drafts = statistics::drafts(app, &viewer).await?;
    let counted = statistics::statistics(app, &viewer, &drafts, months).await?;
    let counting = Counting::new(app, page.to("items"), Vec::new());
    let differing = match differing(&counted) {
        Some(filter) => short(&visit, filter, SHORT).await?,
        None => Vec::new(),
    };
    let changed = short(&visit, Filter::default(), LAST).await?;
    Ok(render(&HomePage {
        total: counted.tally.total,
        kinds: kinds(&page, &counting, &counted),
        tiles: tiles(&page, &counting, &counted),
        standing: standing(&page, &counting, &counted),
        bodies: bodies(&page, &counting, &counted),
        trend: trend(&page, &counting, &counted),
        differing: &differing,
        changed: &changed,
        page: &page,
    }))
}

/// The filter of the items on which positions differ; nothing where there are none.
fn differing(counted: &Statistics) -> Option<Filter> {
    let differing = &counted.found.differing;
    match differing.len() {
        0 => None,
        // So few are looked up faster than found among all others.
        1..=LOOKED_UP_MAX => Some(Filter { items: differing.clone(), ..Filter::default() }),
        _ => {
            let findings = FindingFilter { disagreement: Some(true), ..FindingFilter::default() };
            Some(Filter { findings, ..Filter::default() })
        }
    }
}

/// The newest items that pass a filter.
async fn short(visit: &Visit, filter: Filter, limit: u64) -> Result<Vec<ItemView>, Failure> {
    let request = ListRequest {
        filter,
        sort: Sort { field: SortField::Updated, descending: true },
        page: Part { limit, after: None, before: None },
        counted: false,
    };
    Ok(items::list(visit.app(), &visit.viewer(), request).await?.items)
}

fn trend_months(today: chrono::NaiveDate) -> Option<Months> {
    use chrono::Datelike as _;
    Months::asked(Month::new(today.year() - YEARS + 1, 1), Month::new(today.year(), 12), today)
}

fn kinds(page: &Page, counting: &Counting<'_>, counted: &Statistics) -> Vec<(String, u64, String)> {
    let of = |(kind, count): (&Kind, &u64)| {
        let list = counting.count(*count, &[("kind", kind.code())]);
        (page.count(&format!("home-kind_{}", kind.code()), count), *count, list.items)
    };
    Kind::ALL.iter().zip(&counted.tally.kinds).map(of).collect()
}

fn tiles(page: &Page, counting: &Counting<'_>, counted: &Statistics) -> Vec<Tile> {
    let (tally, found) = (&counted.tally, &counted.found);
    let claimed = counted.tally.statuses.get(Status::ReportedDone as usize).copied().unwrap_or_default();
    let claimed = counting.count(claimed, &[("status", Status::ReportedDone.code())]);
    let confirmed = counting.count(found.confirmed, &[("finding", "implemented")]);
    [
        ("", "home-open", figures::open(counting, tally)),
        ("alarm", "home-overdue", figures::overdue(counting, tally)),
        ("claimed", "home-claimed", claimed),
        ("done", "home-confirmed", confirmed),
        ("differs", "home-differing", figures::differing(counting, found)),
    ]
    .into_iter()
    .map(|(class, key, count)| Tile { class, what: page.t(key), count })
    .collect()
}

fn standing(page: &Page, counting: &Counting<'_>, counted: &Statistics) -> Standing {
    let statuses = &counted.tally.statuses;
    let group = |tone: Tone| {
        let value = grouped(statuses, tone);
        let name = page.t(&format!("home-group_{}", tone.class()));
        BarPart { tone, name, value, href: counting.count(value, &[("status", &counted_in(tone))]).items }
    };
    let groups: Vec<BarPart> = Tone::COUNTED.into_iter().map(group).collect();
    let each = Status::ALL.iter().zip(statuses).filter(|(_, count)| **count > 0);
    let each = each.map(|(status, count)| {
        let list = counting.count(*count, &[("status", status.code())]);
        (page.word("status", status.code()), *count, list.items)
    });
    let moving = page.number(&grouped(statuses, Tone::Moving));
    Standing {
        sentence: page.say2(
            "home-standing_sentence",
            "moving",
            moving,
            "claimed",
            page.number(&grouped(statuses, Tone::Claimed)),
        ),
        bar: charts::stacked_bar(&page.t("home-standing"), &groups),
        statuses: each.collect(),
        groups,
    }
}

fn bodies(page: &Page, counting: &Counting<'_>, counted: &Statistics) -> Vec<Body> {
    let directory = page.app().directory();
    let most = counted.leads.first().map_or(0, |(_, count)| *count);
    let body = |(id, statuses): &(_, [u64; Status::ALL.len()])| {
        let organisation = directory.get(*id)?;
        let code = organisation.code.as_str();
        let groups = Tone::COUNTED.into_iter().map(|tone| (tone, grouped(statuses, tone)));
        let parts: Vec<(Tone, u64)> = groups.collect();
        let listed = parts.iter().map(|(tone, value)| {
            (*value, counting.count(*value, &[("lead", code), ("status", &counted_in(*tone))]).items)
        });
        let total = statuses.iter().sum();
        Some(Body {
            name: page.organisation(id),
            path: page.to(format!("organisations/{code}")),
            bar: charts::small_bar(&parts, most),
            total,
            items: counting.count(total, &[("lead", code)]).items,
            groups: listed.collect(),
        })
    };
    counted.lead_statuses.iter().filter_map(body).collect()
}

fn trend(page: &Page, counting: &Counting<'_>, counted: &Statistics) -> Trend {
    let mut years: Vec<(i32, [u64; 2])> = Vec::new();
    for (month, counts) in counted.months.all().zip(&counted.tally.trend) {
        let of = |series: Series| counts.get(series as usize).copied().unwrap_or_default();
        let (filed, done) = (of(Series::Filed), of(Series::ReportedDone));
        match years.last_mut() {
            Some((year, [all_filed, all_done])) if *year == month.year() => {
                *all_filed += filed;
                *all_done += done;
            }
            _ => years.push((month.year(), [filed, done])),
        }
    }
    let part = |year: i32, tone: Tone, key: &str, value: u64, filters: &[(&str, &str)]| BarPart {
        tone,
        name: page.say(key, "year", year.to_string()),
        value,
        href: counting.count(value, filters).items,
    };
    let pairs = years.iter().map(|(year, [filed, done])| {
        let (first, last) = (format!("{year}-01-01"), format!("{year}-12-31"));
        let exactly = ("filed_precision", "day,month");
        let filed_in = [("filed_after", &*first), ("filed_before", &*last), exactly];
        let done_in = [
            ("reached", Status::ReportedDone.code()),
            ("reached_after", &*first),
            ("reached_before", &*last),
        ];
        let pair = [
            part(*year, Tone::Moving, "home-trend_filed", *filed, &filed_in),
            part(*year, Tone::Claimed, "home-trend_done", *done, &done_in),
        ];
        let day = chrono::NaiveDate::from_ymd_opt(*year, 1, 1).unwrap_or(counted.today);
        (format::period(page.lang(), day, Precision::Year), pair)
    });
    let pairs: Vec<(String, [BarPart; 2])> = pairs.collect();
    let (filed, done) = years.iter().fold((0, 0), |(f, d), (_, [filed, done])| (f + filed, d + done));
    let labels: Vec<String> = years.iter().map(|(year, _)| year.to_string()).collect();
    let shown: Vec<[BarPart; 2]> = pairs.iter().map(|(_, pair)| pair.clone()).collect();
    Trend {
        sentence: page.say2("home-trend_sentence", "filed", page.number(&filed), "done", page.number(&done)),
        chart: charts::columns(&page.t("home-trend"), &shown, &labels),
        years: pairs,
    }
}

impl HomePage<'_> {
    /// What others found of an item, the newest of each voice.
    fn found(&self, view: &ItemView) -> Vec<(String, Markup)> {
        let positions = &view.positions;
        let voices = [&positions.civil_society, &positions.independent, &positions.mechanisms];
        let said = newest(&voices).into_iter();
        said.map(|found| (self.page.assessor(found), self.page.finding_tag(&found.finding))).collect()
    }
}
