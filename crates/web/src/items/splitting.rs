//! `/{language}/items/{item}/parts`: splitting an item: each part becomes a record of its own, with the bodies, the status and
//! the readers of the whole.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::items::{self, ItemView, Key, PartInput, Possibility};
use qadam_domain::items::Kind;
use qadam_http::texts::TextLimit;

use super::offered::{back, form_page, offered};
use crate::failure::Failure;
use crate::form::Form;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

/// How many parts a form begins with, and how many it has at most.
const PARTS: (usize, usize) = (2, 20);

#[derive(Template)]
#[template(path = "items/parts.html")]
struct PartsPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
}

/// What a part is called, and the names of its fields.
struct Part {
    called: String,
    id: String,
    title: String,
    summary: String,
    grounds: String,
    expected_result: String,
}

impl PartsPage<'_> {
    fn parts(&self) -> Vec<Part> {
        let part = |index: usize| {
            let called = self.page.say("splitting-part", "number", (index + 1).to_string());
            let field = |name: &str| format!("parts.{index}.{name}");
            Part {
                called,
                id: format!("parts-{index}"),
                title: field("title"),
                summary: field("summary"),
                grounds: field("grounds"),
                expected_result: field("expected_result"),
            }
        };
        (0..amount(self.form)).map(part).collect()
    }

    fn can_have_more(&self) -> bool {
        amount(self.form) < PARTS.1
    }

    fn is_proposal(&self) -> bool {
        self.view.item.kind == Kind::Proposal
    }
}

fn amount(form: &Form) -> usize {
    form.text("amount").parse().unwrap_or(PARTS.0).clamp(PARTS.0, PARTS.1)
}

/// `GET /{language}/items/{item}/parts`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::Split).await?;
    Ok(page_of(&visit, &view, &Form::default()))
}

fn page_of(visit: &Visit, view: &ItemView, form: &Form) -> Response {
    let page = form_page(visit, "splitting-title");
    render_form(&PartsPage { page: &page, view, form }, form)
}

/// `POST /{language}/items/{item}/parts`
pub(super) async fn make(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::Split).await?;
    if form.has("act", "more") {
        let more = amount(&form) + 1;
        form.set("amount", &more.to_string());
        return Ok(page_of(&visit, &view, &form));
    }
    let parts: Vec<PartInput> = (0..amount(&form)).map(|index| part(&mut form, index)).collect();
    if form.is_wrong() {
        return Ok(page_of(&visit, &view, &form));
    }
    let (key, viewer) = (Key::Id(view.item.id), visit.viewer());
    let work = items::split(visit.app(), &viewer, key, parts, form.retry());
    match form.once(&visit, work).await {
        Ok(_) => Ok(back(&Page::new(&visit, "items-title"), &view.item, "split")),
        Err(error) => {
            form.take(error)?;
            Ok(page_of(&visit, &view, &form))
        }
    }
}

fn part(form: &mut Form, index: usize) -> PartInput {
    let at = |field: &str| format!("parts.{index}.{field}");
    PartInput {
        title: form.required_map(&at("title"), TextLimit::TITLE),
        summary: form.map(&at("summary"), TextLimit::BODY),
        grounds: form.map(&at("grounds"), TextLimit::BODY),
        expected_result: form.map(&at("expected_result"), TextLimit::BODY),
    }
}
