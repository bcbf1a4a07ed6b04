//! `/{language}/items/{item}/deadline`: another deadline, with the reason for it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, DeadlineRevisionInput, ItemView, Key, Possibility};
use qadam_http::texts::TextLimit;

use crate::failure::Failure;
use crate::form::Form;
use crate::items::inputs::due;
use crate::items::offered::{back, form_page, offered};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "adding/deadline.html")]
struct DeadlinePage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
}

/// `GET /{language}/items/{item}/deadline`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::ReviseDeadline).await?;
    let mut values = vec![("etag".to_owned(), view.etag.clone())];
    if let Some(due) = &view.item.due {
        values.push(("due_on".to_owned(), due.on.to_string()));
        values.push(("due_precision".to_owned(), due.precision.code().to_owned()));
    }
    Ok(page_of(&visit, &view, &Form::of(values)))
}

fn page_of(visit: &Visit, view: &ItemView, form: &Form) -> Response {
    let page = form_page(visit, "doing-deadline");
    render_form(&DeadlinePage { page: &page, view, form }, form)
}

/// `POST /{language}/items/{item}/deadline`
pub(super) async fn make(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::ReviseDeadline).await?;
    let ends = form.has("no_due", "true");
    let input = DeadlineRevisionInput {
        due: if ends { None } else { due(&mut form) },
        reason: form.required_map("reason", TextLimit::BODY),
    };
    if input.due.is_none() && !ends {
        form.refuse("due_on", FieldCode::Required);
    }
    if form.is_wrong() {
        return Ok(page_of(&visit, &view, &form));
    }
    let (key, condition) = (Key::Id(view.item.id), Some(form.condition()));
    let viewer = visit.viewer();
    let work = items::revise_deadline(visit.app(), &viewer, key, condition, input, form.retry());
    match form.once(&visit, work).await {
        Ok(_) => Ok(back(&Page::new(&visit, "items-title"), &view.item, "deadline_moved")),
        Err(error) => {
            form.take(error)?;
            // What changed meanwhile is shown above the form: sent again, it is meant for the item as it is now.
            form.set("etag", &view.etag);
            Ok(page_of(&visit, &view, &form))
        }
    }
}
