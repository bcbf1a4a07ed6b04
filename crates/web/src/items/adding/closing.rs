//! `/{language}/items/{item}/closing`: the secretariat announces that an item will be closed as implemented, so that whoever
//! found otherwise can say so before.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::items::{self, ItemView, Key, Possibility};
use qadam_http::texts::TextLimit;

use crate::failure::Failure;
use crate::form::Form;
use crate::items::offered::{back, form_page, offered};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "adding/closing.html")]
struct ClosingPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
}

/// `GET /{language}/items/{item}/closing`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::AnnounceClosing).await?;
    Ok(page_of(&visit, &view, &Form::default()))
}

fn page_of(visit: &Visit, view: &ItemView, form: &Form) -> Response {
    let page = form_page(visit, "doing-closing");
    render_form(&ClosingPage { page: &page, view, form }, form)
}

/// `POST /{language}/items/{item}/closing`
pub(super) async fn make(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::AnnounceClosing).await?;
    let reason = form.required_map("reason", TextLimit::BODY);
    if form.is_wrong() {
        return Ok(page_of(&visit, &view, &form));
    }
    let (key, viewer) = (Key::Id(view.item.id), visit.viewer());
    let work = items::announce_closing(visit.app(), &viewer, key, reason, form.retry());
    match form.once(&visit, work).await {
        Ok(_) => Ok(back(&Page::new(&visit, "items-title"), &view.item, "closing_announced")),
        Err(error) => {
            form.take(error)?;
            Ok(page_of(&visit, &view, &form))
        }
    }
}
