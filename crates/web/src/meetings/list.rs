//! `GET /{language}/meetings`: the meetings, newest first, year by year.

use askama::Template;
use axum::response::Response;
use chrono::Datelike as _;
use qadam_app::cursors::{Edge, meeting_place, read_meeting_place};
use qadam_app::meetings::{self, Filter, MeetingView, Page as Part};

use crate::failure::Failure;
use crate::page::Page;
use crate::render::render;
use crate::visit::Visit;

/// How many meetings a page has.
const ON_A_PAGE: u64 = 50;
/// The name of the list, which the places of its pages are bound to.
const LIST: &str = "meetings page";

#[derive(Template)]
#[template(path = "meetings/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    /// Meetings of a year; none where the year is not known.
    years: Vec<(Option<i32>, Vec<&'a MeetingView>)>,
    next: Option<String>,
    previous: Option<String>,
}

/// `GET /{language}/meetings`
pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    let app = visit.app();
    let edge = match visit.parameter("cursor") {
        Some(cursor) => Some(app.open_edge(LIST, &cursor, read_meeting_place)?),
        None => None,
    };
    let part = match edge {
        None => Part { limit: ON_A_PAGE, after: None, before: None },
        Some(Edge::After(place)) => Part { limit: ON_A_PAGE, after: Some(place), before: None },
        Some(Edge::Before(place)) => Part { limit: ON_A_PAGE, after: None, before: Some(place) },
    };
    let listed = meetings::list(app, &visit.viewer(), &Filter::default(), &part).await?;
    let address = |edge: Edge<String>| -> Result<String, Failure> {
        Ok(format!("{}?cursor={}", visit.to("meetings"), app.seal_edge(LIST, &edge)?))
    };
    let next = listed.next.as_ref().map(|place| address(Edge::After(meeting_place(place)))).transpose()?;
    let previous =
        listed.previous.as_ref().map(|place| address(Edge::Before(meeting_place(place)))).transpose()?;
    let mut page = Page::new(&visit, "meetings-title");
    page.describe(page.t("meetings-about"));
    Ok(render(&ListPage { page: &page, years: by_year(&listed.meetings), next, previous }))
}

fn by_year(meetings: &[MeetingView]) -> Vec<(Option<i32>, Vec<&MeetingView>)> {
    let mut years: Vec<(Option<i32>, Vec<&MeetingView>)> = Vec::new();
    for view in meetings {
        let year = view.meeting.held_on.map(|on| on.year());
        match years.last_mut() {
            Some((last, of_year)) if *last == year => of_year.push(view),
            _ => years.push((year, vec![view])),
        }
    }
    years
}
