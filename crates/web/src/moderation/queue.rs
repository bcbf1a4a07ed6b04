//! The list: what waits longest first.

use askama::Template;
use axum::response::Response;
use qadam_app::items::ItemView;
use qadam_domain::items::Item;
use qadam_domain::privacy::{Sign, signs};

use super::only_secretariat;
use crate::failure::Failure;
use crate::items::short_list;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::visit::Visit;

/// Filed and not looked at, what waits longest first.
const WAITING: [(&str, &str); 2] = [("status", "submitted"), ("sort", "filed_on")];

#[derive(Template)]
#[template(path = "moderation/queue.html")]
struct QueuePage<'a> {
    page: &'a Page,
    cases: Vec<Case>,
    total: u64,
    /// The whole list.
    all: String,
    returned: u64,
    returned_path: String,
}

/// Something that waits.
struct Case {
    view: ItemView,
    /// How many days.
    days: u64,
    signs: usize,
    alike: usize,
}

/// `GET /{language}/queue`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    only_secretariat(&visit)?;
    let mut page = Page::new(&visit, "queue-title");
    page.hide();
    let waiting = short_list(&visit, &page, "queue-title", &WAITING).await?;
    let returned = short_list(&visit, &page, "queue-title", &[("status", "returned")]).await?;
    let mut cases = Vec::with_capacity(waiting.items.len());
    for view in waiting.items {
        cases.push(case(&visit, view).await?);
    }
    Ok(not_kept(render(&QueuePage {
        page: &page,
        cases,
        total: waiting.total,
        all: waiting.path,
        returned: returned.total,
        returned_path: returned.path,
    })))
}

async fn case(visit: &Visit, view: ItemView) -> Result<Case, Failure> {
    let today = visit.app().today();
    let filed = view.item.filed_on.as_ref().map_or(today, |filed| filed.on);
    let alike = crate::filing::similar_to(visit, &view).await?.len();
    let signs = signs_in(&view.item).len();
    let days = u64::try_from((today - filed).num_days()).unwrap_or_default();
    Ok(Case { view, days, signs, alike })
}

/// What looks as if the texts of an item named a private person.
pub(super) fn signs_in(item: &Item) -> Vec<Sign> {
    let texts = [&item.title, &item.summary, &item.grounds, &item.expected_result];
    let mut found: Vec<Sign> =
        texts.iter().flat_map(|text| text.entries()).flat_map(|(_, text)| signs(text)).collect();
    found.sort();
    found.dedup();
    found
}

impl QueuePage<'_> {
    fn case_path(&self, item: &Item) -> String {
        self.page.to(format!("queue/{}", item.id))
    }
}
