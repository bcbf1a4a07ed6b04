//! `/{language}/items/{item}/owners`: who answers for an item: the body that leads, those that carry it out with it, those
//! that oversee it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::items::{self, ItemView, Key, OwnerInput, Possibility};
use qadam_domain::items::{Item, OwnerRole};

use super::offered::{back, form_page, offered};
use crate::failure::Failure;
use crate::form::Form;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

/// How many rows are empty, for more bodies.
const EMPTY: usize = 3;
/// How many bodies a form names at most.
const ROWS_MAX: usize = 33;

#[derive(Template)]
#[template(path = "items/owners.html")]
struct OwnersPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
}

/// The names of the fields of a row.
struct Row {
    body: String,
    role: String,
    by_agreement: String,
}

impl Row {
    fn new(index: usize) -> Self {
        let body = field(index);
        Self { role: format!("{body}.role"), by_agreement: format!("{body}.by_agreement"), body }
    }
}

impl OwnersPage<'_> {
    fn rows(&self) -> Vec<Row> {
        let filled = rows(self.form).len();
        (0..(filled + EMPTY).min(ROWS_MAX)).map(Row::new).collect()
    }

    /// What a body does: code and name.
    fn roles(&self) -> Vec<(String, String)> {
        let named = |role: OwnerRole| (role.code().to_owned(), self.page.word("owner_role", role.code()));
        [OwnerRole::Co, OwnerRole::Lead, OwnerRole::Oversight].into_iter().map(named).collect()
    }
}

fn field(index: usize) -> String {
    format!("owners.{index}")
}

/// The rows that name a body, in their order.
fn rows(form: &Form) -> Vec<OwnerInput> {
    let row = |index: usize| {
        let row = Row::new(index);
        let organisation = form.text(&row.body).to_owned();
        let role = OwnerRole::from_code(form.text(&row.role)).unwrap_or(OwnerRole::Co);
        let by_agreement = Some(form.has(&row.by_agreement, "yes"));
        (!organisation.is_empty()).then_some(OwnerInput { organisation, role, by_agreement })
    };
    (0..ROWS_MAX).filter_map(row).collect()
}

/// A form with these rows, one after another.
fn form_of(rows: &[OwnerInput], etag: &str) -> Form {
    let mut form = Form::default().with("etag", etag);
    for (index, owner) in rows.iter().enumerate() {
        let row = Row::new(index);
        form = form.with(&row.body, &owner.organisation).with(&row.role, owner.role.code());
        if owner.by_agreement == Some(true) {
            form = form.with(&row.by_agreement, "yes");
        }
    }
    form
}

/// `GET /{language}/items/{item}/owners`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::ChangeOwners).await?;
    let form = form_of(&present(&visit, &view.item), &view.etag);
    Ok(page_of(&visit, &view, &form))
}

fn present(visit: &Visit, item: &Item) -> Vec<OwnerInput> {
    let directory = visit.app().directory();
    let owners = item.owners.iter().map(|owner| OwnerInput {
        organisation: directory.code(owner.organisation).to_owned(),
        role: owner.role,
        by_agreement: Some(owner.by_agreement),
    });
    owners.collect()
}

fn page_of(visit: &Visit, view: &ItemView, form: &Form) -> Response {
    let page = form_page(visit, "owning-title");
    render_form(&OwnersPage { page: &page, view, form }, form)
}

/// `POST /{language}/items/{item}/owners`
pub(super) async fn make(visit: Visit, Path(item): Path<String>, form: Form) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::ChangeOwners).await?;
    let named = rows(&form);
    let key = Key::Id(view.item.id);
    let changed =
        items::replace_owners(visit.app(), &visit.viewer(), key, form.condition(), named.clone()).await;
    match changed {
        Ok(view) => Ok(back(&Page::new(&visit, "items-title"), &view.item, "owners_changed")),
        Err(error) => {
            // Rows without a body are left out, as what is wrong counts them. What changed meanwhile is shown above.
            let mut form = form_of(&named, &view.etag);
            form.take(error)?;
            Ok(page_of(&visit, &view, &form))
        }
    }
}
