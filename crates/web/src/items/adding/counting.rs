//! `/{language}/items/{item}/indicator`: what is counted to see whether something changes.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::items::{IndicatorInput, ItemView, Possibility};
use qadam_http::texts::TextLimit;

use super::{add, recorded_from};
use crate::failure::Failure;
use crate::form::Form;
use crate::items::inputs::number;
use crate::items::offered::{form_page, offered};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "adding/indicator.html")]
struct IndicatorPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
    /// Whether it is recorded from a document.
    records: bool,
}

/// `GET /{language}/items/{item}/indicator`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::AddIndicator).await?;
    Ok(page_of(&visit, &view, &Form::default()))
}

fn page_of(visit: &Visit, view: &ItemView, form: &Form) -> Response {
    let page = form_page(visit, "doing-indicator");
    let records = visit.viewer().is_secretariat();
    render_form(&IndicatorPage { page: &page, view, form, records }, form)
}

/// `POST /{language}/items/{item}/indicator`
pub(super) async fn make(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::AddIndicator).await?;
    let input = IndicatorInput {
        name: form.required_map("counted", TextLimit::TITLE),
        unit: form.required_map("unit", TextLimit::LABEL),
        baseline: number(&mut form, "baseline"),
        target: number(&mut form, "goal"),
        recorded_from: recorded_from(&mut form),
    };
    if !form.is_wrong()
        && let Some(done) = add(&visit, &view, &mut form, input, "indicator_named").await?
    {
        return Ok(done);
    }
    Ok(page_of(&visit, &view, &form))
}
