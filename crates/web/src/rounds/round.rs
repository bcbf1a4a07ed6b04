//! `GET /{language}/rounds/{round}`: what a round asks for and what became of it, row by row.
#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference what they print")]

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::reporting_rounds::{self, Counts, RoundView, RowCursor, RowFilter, RowPage, Table};
use qadam_domain::ids::{OrganisationId, ReportingRoundId};
use qadam_domain::items::contributions::{Content, Contribution};
use qadam_domain::reporting_rounds::{Asked, ReportStanding, RoundState};

use super::key;
use crate::failure::Failure;
use crate::format;
use crate::markup::Markup;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::visit::Visit;

/// How many rows a page has.
const ON_A_PAGE: u64 = 100;

#[derive(Template)]
#[template(path = "rounds/round.html")]
struct RoundPage<'a> {
    page: &'a Page,
    view: &'a RoundView,
    counts: Counts,
    table: &'a Table,
    bodies: Vec<Body>,
    /// To what the table is narrowed.
    standing: Option<ReportStanding>,
    body: Option<String>,
    next: Option<String>,
    manages: bool,
    /// Whether the body of whoever looks is asked and can hand in.
    fills: bool,
}

/// How much of one body was received.
struct Body {
    name: String,
    path: String,
    counts: Counts,
}

/// `GET /{language}/rounds/{round}`
pub(super) async fn show(visit: Visit, Path(round): Path<String>) -> Result<Response, Failure> {
    let (app, viewer) = (visit.app(), visit.viewer());
    let view = reporting_rounds::get(app, &viewer, key(&round)?).await?;
    let id = view.round.id;
    let mut page = Page::new(&visit, "rounds-title");
    page.title = page.round_name(&view.round);
    let standing = visit.parameter("standing").and_then(|code| ReportStanding::from_code(&code));
    let body = visit.parameter("organisation");
    let asked = body.as_deref().and_then(|code| app.directory().find(code).map(|found| found.id));
    let list = list_name(id, standing, asked);
    let after = match visit.parameter("after") {
        Some(cursor) => read_place(&app.open_cursor(&list, &cursor)?),
        None => None,
    };
    let filter = RowFilter {
        organisations: asked.into_iter().collect(),
        standings: standing.into_iter().collect(),
        late: None,
    };
    let rows = RowPage { limit: ON_A_PAGE, after, before: None };
    let table = reporting_rounds::rows(app, &viewer, id, &filter, &rows, true).await?;
    let mut shown = RoundPage {
        counts: view.counts(),
        bodies: bodies(&page, &view),
        standing,
        body: asked.and(body),
        next: None,
        manages: viewer.is_secretariat(),
        fills: fills(&visit, &view),
        page: &page,
        view: &view,
        table: &table,
    };
    if let Some(cursor) = &table.next {
        let cursor = app.seal_cursor(&list, &place(cursor))?;
        shown.next = Some(shown.path(standing, &[("after", &cursor)]));
    }
    let response = render(&shown);
    Ok(if visit.signed.is_some() { not_kept(response) } else { response })
}

/// Whether the account that asks speaks for a body that the round asks, and takes reports.
fn fills(visit: &Visit, view: &RoundView) -> bool {
    let Ok(actor) = visit.actor() else { return false };
    let is_asked = |organisation| view.asked.iter().any(|row| row.asked.organisation == organisation);
    view.round.state == RoundState::Open && actor.role.speaks_for_body() && is_asked(actor.organisation)
}

/// What the cursors of a table are sealed for.
fn list_name(
    id: ReportingRoundId,
    standing: Option<ReportStanding>,
    asked: Option<OrganisationId>,
) -> String {
    let standing = standing.map(ReportStanding::code).unwrap_or_default();
    format!("round page {id} {standing} {}", asked.map(|id| id.to_string()).unwrap_or_default())
}

/// The place of a row, as a cursor holds it.
pub(super) fn place(cursor: &RowCursor) -> String {
    format!("{} {} {}", cursor.asked.item, cursor.asked.organisation, cursor.due)
}

/// Reads what [`place`] wrote.
pub(super) fn read_place(place: &str) -> Option<RowCursor> {
    let (item, rest) = place.split_once(' ')?;
    let (organisation, due) = rest.split_once(' ')?;
    let asked = Asked { organisation: organisation.parse().ok()?, item: item.parse().ok()? };
    Some(RowCursor { due: due.to_owned(), asked })
}

fn bodies(page: &Page, view: &RoundView) -> Vec<Body> {
    let mut asked: Vec<_> = view.asked.iter().map(|row| row.asked.organisation).collect();
    asked.sort_unstable();
    asked.dedup();
    let mut bodies: Vec<Body> = asked
        .into_iter()
        .map(|id| Body {
            name: page.organisation(&id),
            path: format!(
                "{}?organisation={}",
                page.to(format!("rounds/{}", view.round.id)),
                page.app().directory().code(id)
            ),
            counts: view.count(|asked| asked.organisation == id),
        })
        .collect();
    bodies.sort_by(|left, right| format::in_order(page.lang(), &left.name, &right.name));
    bodies
}

impl RoundPage<'_> {
    /// The address of the table, narrowed.
    fn path(&self, standing: Option<ReportStanding>, more: &[(&str, &str)]) -> String {
        let mut path = self.page.to(format!("rounds/{}", self.view.round.id));
        let standing = standing.map(|standing| ("standing", standing.code()));
        let body = self.body.as_deref().map(|body| ("organisation", body));
        let pairs = standing.into_iter().chain(body).chain(more.iter().copied());
        qadam_http::addresses::write_query(&mut path, pairs);
        path
    }

    /// What the table can be narrowed to: address, name, whether it is.
    fn standings(&self) -> Vec<(String, String, bool)> {
        let all = (self.path(None, &[]), self.page.t("rounds-all"), self.standing.is_none());
        let each = ReportStanding::ALL.iter().map(|standing| {
            let name = self.page.word("report_standing", standing.code());
            (self.path(Some(*standing), &[]), name, self.standing == Some(*standing))
        });
        std::iter::once(all).chain(each).collect()
    }

    fn fill_path(&self) -> String {
        self.page.to(format!("rounds/{}/fill", self.view.round.id))
    }
}

impl Page {
    /// What became of a report that was asked for, as a tag.
    pub(super) fn standing_tag(&self, standing: &ReportStanding) -> Markup {
        let class = match standing {
            ReportStanding::Received => "done",
            ReportStanding::Released => "ended",
            ReportStanding::Awaited => "waiting",
            ReportStanding::NotReceived => "failed",
        };
        let words = Markup::plain(&self.word("report_standing", standing.code()));
        Markup(format!("<span class=\"tag {class}\">{words}</span>"))
    }

    /// Where a report stands and what it says, in short.
    pub(super) fn report_words(&self, report: &Contribution) -> String {
        match &report.content {
            Content::Update(update) => self.words(&update.narrative),
            _ => String::new(),
        }
    }

    /// Where a report stands.
    pub(super) fn report_state(&self, report: &Contribution) -> String {
        match &report.content {
            Content::Update(update) => self.word("update_state", update.state.code()),
            _ => String::new(),
        }
    }
}
