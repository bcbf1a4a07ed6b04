//! `/{language}/items/{item}/links`: what an item is to others. The other one is named by its number or looked for by words; a
//! link is removed from the end it was made from.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::error::FieldCode;
use qadam_app::items::{self, ItemView, Key, LinkInput, LinkView, Possibility};
use qadam_domain::ids::LinkId;
use qadam_domain::items::links::LinkKind;

use super::offered::{form_page, offered};
use super::{beginning, key};
use crate::failure::Failure;
use crate::form::Form;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

/// How many items are offered that fit what was looked for.
const FOUND: usize = 10;
/// The longest words that are looked for, in characters.
const WORDS_MAX: usize = 300;

#[derive(Template)]
#[template(path = "items/links.html")]
struct LinksPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
    links: &'a [LinkView],
    /// What was looked for, and the items that fit.
    wanted: &'a str,
    found: Vec<ItemView>,
}

impl LinksPage<'_> {
    fn path(&self) -> String {
        path(self.page, self.view)
    }

    /// What one item can be to another: code and name.
    fn kinds(&self) -> Vec<(String, String)> {
        let named = |kind: LinkKind| (kind.code().to_owned(), self.page.word("link_kind", kind.code()));
        LinkKind::ALL.into_iter().map(named).collect()
    }

    fn kind(&self, link: &LinkView) -> String {
        let direction = if link.outgoing { "link_kind" } else { "link_kind_back" };
        self.page.word(direction, link.kind.code())
    }
}

fn path(page: &Page, view: &ItemView) -> String {
    format!("{}/links", page.item_path(&view.item))
}

/// `GET /{language}/items/{item}/links`; with `?find=` items that fit these words.
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::Link).await?;
    page_of(&visit, &view, &Form::default()).await
}

async fn page_of(visit: &Visit, view: &ItemView, form: &Form) -> Result<Response, Failure> {
    let links = items::links(visit.app(), &visit.viewer(), Key::Id(view.item.id)).await?;
    let asked = visit.parameter("find").unwrap_or_default();
    let wanted: String = asked.trim().chars().take(WORDS_MAX).collect();
    let mut page = form_page(visit, "linking-title");
    if !wanted.is_empty() {
        page.title = page.say("linking-title_found", "words", &wanted);
    }
    let mut found = Vec::new();
    if !wanted.is_empty() {
        let fits = beginning(visit, &page, "linking-found", &[("q", wanted.as_str())], FOUND).await?;
        found = fits.items.into_iter().filter(|other| other.item.id != view.item.id).collect();
    }
    Ok(render_form(&LinksPage { page: &page, view, form, links: &links, wanted: &wanted, found }, form))
}

/// `POST /{language}/items/{item}/links`: what is done is named by the button.
pub(super) async fn make(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::Link).await?;
    let made = match form.text("remove").parse::<LinkId>() {
        Ok(link) => remove(&visit, &view, link).await,
        Err(_) => link(&visit, &view, &mut form).await,
    };
    match made {
        Ok(done) if !form.is_wrong() => {
            let path = path(&Page::new(&visit, "items-title"), &view);
            Ok(Redirect::to(&format!("{path}?done={done}")).into_response())
        }
        Ok(_) => page_of(&visit, &view, &form).await,
        Err(error) => {
            form.take(error)?;
            page_of(&visit, &view, &form).await
        }
    }
}

async fn remove(visit: &Visit, view: &ItemView, link: LinkId) -> Result<&'static str, qadam_app::AppError> {
    items::delete_link(visit.app(), &visit.viewer(), Key::Id(view.item.id), link).await?;
    Ok("unlinked")
}

async fn link(visit: &Visit, view: &ItemView, form: &mut Form) -> Result<&'static str, qadam_app::AppError> {
    let kind = LinkKind::from_code(form.text("kind"));
    if kind.is_none() {
        form.refuse("kind", FieldCode::Required);
    }
    let named = form.text("to").to_owned();
    let to = key(&named).ok();
    if to.is_none() {
        form.refuse("to", if named.is_empty() { FieldCode::Required } else { FieldCode::UnknownReference });
    }
    let (Some(kind), Some(to)) = (kind, to) else { return Ok("linked") };
    let viewer = visit.viewer();
    let work = items::link(visit.app(), &viewer, Key::Id(view.item.id), LinkInput { kind, to }, form.retry());
    form.once(visit, work).await?;
    Ok("linked")
}
