//! The first page: what was recommended or promised, what happened, and where positions differ.

use askama::Template;
use axum::response::Response;

use crate::failure::Failure;
use crate::page::Page;
use crate::render::render;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    page: &'a Page,
}

/// `GET /{language}/`
pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    let mut page = Page::new(&visit, "home-title");
    page.describe(page.t("home-description"));
    Ok(render(&HomePage { page: &page }))
}
