//! `GET /{language}/rounds`: the rounds, the newest first.

use askama::Template;
use axum::response::Response;
use qadam_app::reporting_rounds::{self, Counts, Cursor, Filter, Page as Rows};
use qadam_domain::reporting_rounds::ReportingRound;

use crate::failure::Failure;
use crate::page::Page;
use crate::render::render;
use crate::visit::Visit;

/// How many rounds a page has.
const ON_A_PAGE: u64 = 25;
/// The name of the list, which its cursors are sealed for.
const LIST: &str = "rounds page";

#[derive(Template)]
#[template(path = "rounds/list.html")]
struct RoundsPage<'a> {
    page: &'a Page,
    rounds: &'a [(ReportingRound, Counts)],
    next: Option<String>,
    manages: bool,
}

/// `GET /{language}/rounds`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    let app = visit.app();
    let after = match visit.parameter("after") {
        Some(cursor) => read_place(&app.open_cursor(LIST, &cursor)?),
        None => None,
    };
    let rows = Rows { limit: ON_A_PAGE, after, before: None };
    let listed = reporting_rounds::list(app, &visit.viewer(), &Filter::default(), &rows).await?;
    let mut page = Page::new(&visit, "rounds-title");
    page.describe(page.t("rounds-lead"));
    let next = match &listed.next {
        Some(Cursor { opened, id }) => {
            let cursor = app.seal_cursor(LIST, &format!("{opened} {id}"))?;
            Some(format!("{}?after={cursor}", page.to("rounds")))
        }
        None => None,
    };
    let manages = visit.viewer().is_secretariat();
    Ok(render(&RoundsPage { page: &page, rounds: &listed.rounds, next, manages }))
}

fn read_place(text: &str) -> Option<Cursor> {
    let (opened, id) = text.split_once(' ')?;
    Some(Cursor { opened: opened.parse().ok()?, id: id.parse().ok()? })
}
