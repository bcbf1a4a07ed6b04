//! `GET /{language}/items/{item}/readings`: who read what is not public about an item.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::items::{self, ItemView, Key};
use qadam_app::readings::{self, ReadingView};
use qadam_domain::levels::Relation;

use super::key;
use super::offered::form_page;
use crate::failure::Failure;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "items/readings.html")]
struct ReadingsPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    readings: &'a [ReadingView],
}

impl ReadingsPage<'_> {
    /// Whether the viewer filed it, and is told of all.
    fn is_submitter(&self) -> bool {
        self.view.relation == Relation::Submitter
    }

    /// For whom it was read, in which role, and by how many or by whom.
    fn who(&self, reading: &ReadingView) -> String {
        let organisation = match &reading.organisation {
            Some(id) => self.page.organisation(id),
            None => self.page.t("readings-civil_society"),
        };
        let role = self.page.word("role", reading.role.code());
        let people = if reading.names.is_empty() {
            self.page.say("readings-people", "count", reading.people.to_string())
        } else {
            reading.names.join(", ")
        };
        format!("{organisation}, {role}: {people}")
    }

    fn what(&self, reading: &ReadingView) -> String {
        let what = if reading.added.is_some() { "readings-added" } else { "readings-item" };
        let how = if reading.opened { "readings-opened" } else { "readings-listed" };
        format!("{}, {}", self.page.t(what), self.page.t(how))
    }
}

/// `GET /{language}/items/{item}/readings`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    visit.actor()?;
    let (app, viewer) = (visit.app(), visit.viewer());
    let view = items::get(app, &viewer, key(&item)?).await?;
    let readings = readings::readings(app, &viewer, Key::Id(view.item.id)).await?;
    let page = form_page(&visit, "readings-title");
    // Readings are told of without any change of the item.
    Ok(not_kept(render(&ReadingsPage { page: &page, view: &view, readings: &readings })))
}
