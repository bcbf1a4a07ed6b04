//! What search engines are told: where they may go, and what there is in each language.

use std::fmt::Write as _;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use qadam_app::items::{self, Filter, ListRequest, Page as Part, Sort, SortField};
use qadam_app::meetings::{self, Filter as MeetingFilter, Page as MeetingPart};
use qadam_domain::accounts::Viewer;

use crate::failure::Failure;
use crate::markup::escape;
use crate::state::Web;
use crate::visit::Visit;

/// How many items, and how many meetings, a sitemap names at most: the newest.
const MOST: u64 = 5_000;
/// The pages that there always are.
const PAGES: [&str; 10] =
    ["", "items", "meetings", "organisations", "topics", "calendar", "method", "data", "verify", "reprisals"];

/// `GET /robots.txt`
pub(crate) async fn robots(State(web): State<Web>) -> Response {
    let root = &web.app.settings().public_url;
    let text =
        format!("User-agent: *\nDisallow: /*/sign-in\nDisallow: /*/password\nSitemap: {root}/sitemap.xml\n");
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// `GET /sitemap.xml`: a sitemap for each language.
pub(crate) async fn index(State(web): State<Web>) -> Response {
    let settings = web.app.settings();
    let maps = settings.languages.iter();
    let maps = maps.map(|language| format!("{}/{language}/sitemap.xml", settings.public_url));
    xml("sitemapindex", "sitemap", maps)
}

/// `GET /{language}/sitemap.xml`: what the public reads.
pub(crate) async fn map(visit: Visit) -> Result<Response, Failure> {
    let (app, viewer) = (visit.app(), Viewer::Anonymous);
    let request = ListRequest {
        filter: Filter::default(),
        sort: Sort { field: SortField::Updated, descending: true },
        page: Part { limit: MOST, after: None, before: None },
        counted: false,
    };
    let items = items::list(app, &viewer, request).await?.items;
    let items =
        items.iter().filter_map(|view| view.item.reference).map(|reference| format!("items/{reference}"));
    let part = MeetingPart { limit: MOST, after: None, before: None };
    let meetings = meetings::list(app, &viewer, &MeetingFilter::default(), &part).await?.meetings;
    let meetings = meetings.iter().map(|view| format!("meetings/{}", view.meeting.code));
    let directory = app.directory();
    let organisations = directory.all();
    let organisations =
        organisations.iter().map(|organisation| format!("organisations/{}", organisation.code));
    let pages = PAGES.iter().map(|page| (*page).to_owned());
    let paths = pages.chain(organisations).chain(meetings).chain(items);
    let root = &app.settings().public_url;
    Ok(xml("urlset", "url", paths.map(|path| format!("{root}{}", visit.to(&path)))))
}

/// Addresses as the sitemap protocol writes them.
fn xml(whole: &str, each: &str, addresses: impl Iterator<Item = String>) -> Response {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{whole} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for address in addresses {
        let _infallible = write!(text, "<{each}><loc>");
        let _infallible = escape(&address, &mut text);
        let _infallible = writeln!(text, "</loc></{each}>");
    }
    let _infallible = writeln!(text, "</{whole}>");
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], text).into_response()
}
