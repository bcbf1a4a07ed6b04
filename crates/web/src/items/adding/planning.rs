//! `/{language}/items/{item}/milestone`: a step on the way.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::error::FieldCode;
use qadam_app::items::{DueInput, ItemView, MilestoneInput, Possibility};
use qadam_domain::items::milestones::MilestoneKind;
use qadam_http::texts::TextLimit;

use super::{add, recorded_from};
use crate::failure::Failure;
use crate::form::Form;
use crate::items::inputs::{due, web_address};
use crate::items::offered::{form_page, offered};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "adding/milestone.html")]
struct MilestonePage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
    /// Whether it is recorded from a document.
    records: bool,
}

impl MilestonePage<'_> {
    /// What can happen: code and name.
    fn kinds(&self) -> Vec<(String, String)> {
        let named =
            |kind: &MilestoneKind| (kind.code().to_owned(), self.page.word("milestone_kind", kind.code()));
        MilestoneKind::ALL.iter().map(named).collect()
    }
}

/// `GET /{language}/items/{item}/milestone`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::AddMilestone).await?;
    Ok(page_of(&visit, &view, &Form::default()))
}

fn page_of(visit: &Visit, view: &ItemView, form: &Form) -> Response {
    let page = form_page(visit, "doing-milestone");
    let records = visit.viewer().is_secretariat();
    render_form(&MilestonePage { page: &page, view, form, records }, form)
}

/// `POST /{language}/items/{item}/milestone`
pub(super) async fn make(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::AddMilestone).await?;
    let kind = MilestoneKind::from_code(form.text("kind"));
    if kind.is_none() {
        form.refuse("kind", FieldCode::Required);
    }
    let title = form.required_map("title", TextLimit::TITLE);
    let due = due(&mut form).map(DueInput::deadline);
    let url = web_address(&mut form, "url");
    let note = form.map("note", TextLimit::BODY);
    let recorded_from = recorded_from(&mut form);
    if let Some(kind) = kind.filter(|_| !form.is_wrong()) {
        let stages = Vec::new();
        let input = MilestoneInput { kind, title, due, stages, reached: None, url, note, recorded_from };
        if let Some(done) = add(&visit, &view, &mut form, input, "milestone_planned").await? {
            return Ok(done);
        }
    }
    Ok(page_of(&visit, &view, &form))
}
