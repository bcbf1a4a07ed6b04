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
        .route("/verify", get(verify::show).post(verify::check))
}

/// A page that says the same to everybody: its template and its texts.
macro_rules! told {
    ($(#[$doc:meta])* $name:ident, $shown:ident, $path:literal) => {
        #[derive(Template)]
        #[template(path = $path)]
        struct $shown<'a> {
            page: &'a Page,
        }

        $(#[$doc])*
        async fn $name(visit: Visit) -> Response {
            render(&$shown { page: &described(&visit, stringify!($name)) })
        }
    };
}

told! {
    /// `GET /{language}/data`
    data, DataPage, "about/data.html"
}
told! {
    /// `GET /{language}/reprisals`
    reprisals, ReprisalsPage, "about/reprisals.html"
}
told! {
    /// `GET /{language}/help`
    help, HelpPage, "about/help.html"
}

/// A page that is titled and described by texts of the program.
fn described(visit: &Visit, name: &str) -> Page {
    let mut page = Page::new(visit, &format!("{name}-title"));
    page.describe(page.t(&format!("{name}-description")));
    page
}
