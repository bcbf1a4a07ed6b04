//! `/{language}/items/{item}/redaction`: taking passages out of what is said about an item. How the texts would read then is
//! looked at first: what is taken out cannot be put back.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::AppError;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, ItemView, Key, Original, PassagesInput, Possibility};
use qadam_app::ledger::redaction::RedactionGround;
use qadam_http::texts::TextLimit;

use super::offered::{back, form_page, offered};
use crate::failure::Failure;
use crate::form::Form;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "items/redaction.html")]
struct RedactionPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
    /// How the texts would read, once they were looked at.
    renditions: Option<Vec<String>>,
}

impl RedactionPage<'_> {
    /// The passages in which something is wrong: what they are, and what it is.
    fn wrong_passages(&self) -> Vec<(String, String)> {
        let passages = passages(self.form);
        let wrong = self.form.all_wrong().filter_map(|(name, code)| {
            let place: usize = name.strip_prefix("passages.")?.parse().ok()?;
            Some((passages.get(place)?.clone(), self.page.wrong(&code)))
        });
        wrong.collect()
    }

    fn grounds(&self) -> Vec<(String, String)> {
        let all = RedactionGround::ALL.into_iter();
        all.map(|ground| (ground.code().to_owned(), self.page.word("redaction_ground", ground.code())))
            .collect()
    }

    fn originals(&self) -> Vec<(String, String, String)> {
        let named = |original: Original| {
            let key = format!("redaction-original_{}", original.code());
            (original.code().to_owned(), self.page.t(&key), self.page.t(&format!("{key}_means")))
        };
        Original::ALL.into_iter().map(named).collect()
    }
}

/// One passage a line.
fn passages(form: &Form) -> Vec<String> {
    let lines = form.raw("passages").lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// `GET /{language}/items/{item}/redaction`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::Redact).await?;
    Ok(page_of(&visit, &view, &Form::default().with("original", Original::Kept.code()), None))
}

fn page_of(visit: &Visit, view: &ItemView, form: &Form, renditions: Option<Vec<String>>) -> Response {
    let page = form_page(visit, "redaction-title");
    render_form(&RedactionPage { page: &page, view, form, renditions }, form)
}

/// `POST /{language}/items/{item}/redaction`
pub(super) async fn redact(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::Redact).await?;
    let done = if form.has("act", "take") {
        let input = input(&mut form);
        if form.is_wrong() { Ok(None) } else { take_out(&visit, &view, &form, input).await }
    } else {
        Ok(None)
    };
    match done {
        Ok(Some(())) => return Ok(back(&Page::new(&visit, "items-title"), &view.item, "redacted")),
        Ok(None) => {}
        Err(error) => form.take(error)?,
    }
    let renditions = looked_at(&visit, &view, &mut form).await?;
    Ok(page_of(&visit, &view, &form, renditions))
}

async fn take_out(
    visit: &Visit,
    view: &ItemView,
    form: &Form,
    input: PassagesInput,
) -> Result<Option<()>, AppError> {
    let (viewer, key) = (visit.viewer(), Key::Id(view.item.id));
    let work = items::take_out(visit.app(), &viewer, key, input, form.retry());
    form.once(visit, work).await?;
    Ok(Some(()))
}

/// How the texts would read; `None` where the passages are none.
async fn looked_at(visit: &Visit, view: &ItemView, form: &mut Form) -> Result<Option<Vec<String>>, Failure> {
    if form.wrong("passages").is_some() || form.all_wrong().any(|(name, _)| name.starts_with("passages.")) {
        return Ok(None);
    }
    let (viewer, key) = (visit.viewer(), Key::Id(view.item.id));
    match items::renditions(visit.app(), &viewer, key, &passages(form)).await {
        Ok(renditions) => Ok(Some(renditions)),
        Err(error) => {
            form.take(error)?;
            Ok(None)
        }
    }
}

fn input(form: &mut Form) -> PassagesInput {
    let reason = form.required_map("reason", TextLimit::BODY);
    let ground = RedactionGround::from_code(form.text("ground"));
    if ground.is_none() {
        form.refuse("ground", FieldCode::Required);
    }
    PassagesInput {
        passages: passages(form),
        original: Original::from_code(form.text("original")).unwrap_or(Original::Kept),
        ground: ground.unwrap_or(RedactionGround::PersonAtRisk),
        reason,
    }
}
