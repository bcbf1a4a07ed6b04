//! What the register is, how it counts, what one may take away, and where to turn.

mod method;
mod verify;

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::page::Page;
use crate::render::render;
use crate::state::Web;
use crate::visit::Visit;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/method", get(method::show))
        .route("/data", get(data))
        .route("/reprisals", get(reprisals))
        .route("/help", get(help))
        .route("/verify", get(verify::show))
}

#[derive(Template)]
#[template(path = "about/data.html")]
struct DataPage<'a> {
    page: &'a Page,
}

/// `GET /{language}/data`
async fn data(visit: Visit) -> Response {
    render(&DataPage { page: &described(&visit, "data") })
}

#[derive(Template)]
#[template(path = "about/reprisals.html")]
struct ReprisalsPage<'a> {
    page: &'a Page,
}

/// `GET /{language}/reprisals`
async fn reprisals(visit: Visit) -> Response {
    render(&ReprisalsPage { page: &described(&visit, "reprisals") })
}

#[derive(Template)]
#[template(path = "about/help.html")]
struct HelpPage<'a> {
    page: &'a Page,
}

/// `GET /{language}/help`
async fn help(visit: Visit) -> Response {
    render(&HelpPage { page: &described(&visit, "help") })
}

/// A page that is titled and described by texts of the program.
fn described(visit: &Visit, name: &str) -> Page {
    let mut page = Page::new(visit, &format!("{name}-title"));
    page.describe(page.t(&format!("{name}-description")));
    page
}
