//! `GET /{language}/items/similar?title=`: what is like a title already, a fragment that is asked for while it is
//! typed.

use askama::Template;
use axum::response::Response;
use qadam_app::items::{self, ItemView, Similar};
use qadam_domain::text::TITLE_MAX;

use crate::failure::Failure;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::visit::Visit;

/// How many are shown beside what is written.
const SHOWN: usize = 5;

#[derive(Template)]
#[template(path = "filing/similar.html")]
struct SimilarFragment<'a> {
    page: &'a Page,
    similar: &'a [Similar],
}

/// `GET /{language}/items/similar`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    visit.actor()?;
    let title: String = visit.parameter("title").unwrap_or_default().chars().take(TITLE_MAX).collect();
    let similar = like(&visit, &title).await?;
    let page = Page::new(&visit, "items-title");
    Ok(not_kept(render(&SimilarFragment { page: &page, similar: &similar })))
}

/// What is like an item, beside itself.
pub(crate) async fn to(visit: &Visit, view: &ItemView) -> Result<Vec<Similar>, Failure> {
    let Some((_, title)) = view.item.title.best(visit.language) else { return Ok(Vec::new()) };
    let mut similar = like(visit, title).await?;
    similar.retain(|one| one.item.id != view.item.id);
    Ok(similar)
}

async fn like(visit: &Visit, title: &str) -> Result<Vec<Similar>, Failure> {
    let mut similar = items::similar(visit.app(), &visit.viewer(), title, &[]).await?;
    similar.truncate(SHOWN + 1);
    Ok(similar)
}
