//! `/{language}/items/{item}/question`: asking those who answer for an item, or those who filed it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::items::{ItemView, Possibility, QuestionInput};
use qadam_domain::items::questions::Asked;
use qadam_http::texts::TextLimit;

use super::add;
use super::levels::Levels;
use crate::failure::Failure;
use crate::form::Form;
use crate::items::offered::{form_page, offered};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "adding/question.html")]
struct QuestionPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
    levels: Option<Levels>,
    /// Whether it must be said who is asked.
    names_asked: bool,
}

impl QuestionPage<'_> {
    /// Who can be asked: code, name, nothing to explain.
    fn asked(&self) -> Vec<(String, String, String)> {
        let named =
            |asked: &Asked| (asked.code().to_owned(), self.page.word("asked", asked.code()), String::new());
        Asked::ALL.iter().map(named).collect()
    }
}

/// `GET /{language}/items/{item}/question`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::Ask).await?;
    let form = Form::of(Levels::values(&visit.actor()?, &view));
    page_of(&visit, &view, &form)
}

fn page_of(visit: &Visit, view: &ItemView, form: &Form) -> Result<Response, Failure> {
    let page = form_page(visit, "doing-question");
    let levels = Levels::of(&visit.actor()?, view);
    let names_asked = visit.viewer().is_secretariat();
    Ok(render_form(&QuestionPage { page: &page, view, form, levels, names_asked }, form))
}

/// `POST /{language}/items/{item}/question`
pub(super) async fn make(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::Ask).await?;
    let levels = Levels::of(&visit.actor()?, &view);
    let (text_level, identity_level) = Levels::read(levels.as_ref(), &form);
    let input = QuestionInput {
        to: Asked::from_code(form.text("to")),
        text: form.required_map("text", TextLimit::BODY),
        text_level,
        identity_level,
    };
    if !form.is_wrong()
        && let Some(done) = add(&visit, &view, &mut form, input, "asked").await?
    {
        return Ok(done);
    }
    page_of(&visit, &view, &form)
}
