//! `/{language}/items/{item}/evidence`: a document that supports or contradicts what is said of an item: a file, a link, or
//! one that is named. `/{language}/items/{item}/evidence/{evidence}/file` is its file.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, ItemEvidenceInput, ItemView, Key, Possibility};
use qadam_app::{AppError, Code};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::{Evidence, EvidenceKind, EvidenceRelation};
use qadam_http::file_answer;

use super::add;
use super::levels::Levels;
use crate::failure::Failure;
use crate::form::{ComingFile, Form, FormWithFile};
use crate::items::inputs::evidence;
use crate::items::key;
use crate::items::offered::{back, form_page, offered};
use crate::page::Page;
use crate::render::{not_kept, render_form};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "adding/evidence.html")]
struct EvidencePage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
    levels: Option<Levels>,
    /// Why no file can be brought just now.
    no_file: Option<Code>,
}

impl EvidencePage<'_> {
    /// What it says of the claim: code, name, nothing to explain.
    fn relations(&self) -> Vec<(String, String, String)> {
        let named = |relation: EvidenceRelation| {
            let name = self.page.word("evidence_relation", relation.code());
            (relation.code().to_owned(), name, String::new())
        };
        EvidenceRelation::ALL.into_iter().map(named).collect()
    }
}

/// `GET /{language}/items/{item}/evidence`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::AddEvidence).await?;
    let mut values = Levels::values(&visit.actor()?, &view);
    values.push(("relation".to_owned(), EvidenceRelation::Supports.code().to_owned()));
    page_of(&visit, &view, &Form::of(values)).await
}

async fn page_of(visit: &Visit, view: &ItemView, form: &Form) -> Result<Response, Failure> {
    let page = form_page(visit, "doing-evidence");
    let levels = Levels::of(&visit.actor()?, view);
    // Said before somebody has chosen a file; the turn is given back at once.
    let asked = items::may_bring_file(visit.app(), &visit.viewer(), Key::Id(view.item.id)).await;
    let no_file = asked.err().map(|error| error.code()).filter(|code| *code != Code::Busy);
    Ok(render_form(&EvidencePage { page: &page, view, form, levels, no_file }, form))
}

/// `POST /{language}/items/{item}/evidence`
pub(super) async fn make(
    visit: Visit,
    Path(item): Path<String>,
    FormWithFile { mut form, file }: FormWithFile,
) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::AddEvidence).await?;
    let input = read(&visit, &view, &mut form, file.is_some())?;
    let done = match file {
        Some(file) => bring(&visit, &view, &mut form, (input, file)).await?,
        None => match input {
            Some(input) => add(&visit, &view, &mut form, input, DONE).await?,
            None => None,
        },
    };
    match done {
        Some(done) => Ok(done),
        None => page_of(&visit, &view, &form).await,
    }
}

/// What the item's page says then.
const DONE: &str = "evidence_brought";

/// What the form says; nothing where something is wrong with it.
fn read(
    visit: &Visit,
    view: &ItemView,
    form: &mut Form,
    has_file: bool,
) -> Result<Option<ItemEvidenceInput>, Failure> {
    let levels = Levels::of(&visit.actor()?, view);
    let (text_level, identity_level) = Levels::read(levels.as_ref(), form);
    let named = evidence(form);
    if named.is_none() {
        form.refuse("evidence.0.title", FieldCode::Required);
    }
    let has_address = named.as_ref().is_some_and(|named| named.url.is_some());
    if has_file && has_address {
        form.refuse("evidence.0.url", FieldCode::Contradiction);
    }
    let relation = EvidenceRelation::from_code(form.text("relation"));
    let input = named.filter(|_| !form.is_wrong()).map(|named| {
        let kind = if has_file { EvidenceKind::File } else { named.kind };
        let evidence = Evidence { kind, relation: relation.unwrap_or(named.relation), ..named };
        ItemEvidenceInput { evidence, file: None, about: None, text_level, identity_level }
    });
    Ok(input)
}

/// Brings evidence with its file; nothing where the form has to be shown again. Whether somebody may send a file is decided
/// before it is read, and a form of which fields are wrong keeps none of it.
async fn bring(
    visit: &Visit,
    view: &ItemView,
    form: &mut Form,
    (input, file): (Option<ItemEvidenceInput>, ComingFile),
) -> Result<Option<Response>, Failure> {
    let brought = match brought(visit, view, form, (input, file)).await {
        Ok(true) => return Ok(Some(back(&Page::new(visit, "items-title"), &view.item, DONE))),
        Ok(false) => Ok(()),
        Err(error) => Err(error),
    };
    if let Err(error) = brought {
        form.take(error)?;
    }
    // Browsers keep no file for a page that they are sent: it is chosen again.
    if form.refused().is_none() {
        form.refuse("file", FieldCode::Required);
    }
    Ok(None)
}

/// Whether the evidence is there, now or since the form came before.
async fn brought(
    visit: &Visit,
    view: &ItemView,
    form: &mut Form,
    (input, file): (Option<ItemEvidenceInput>, ComingFile),
) -> Result<bool, AppError> {
    let (app, viewer, id) = (visit.app(), visit.viewer(), Key::Id(view.item.id));
    let turn = if form.is_known(visit).await? {
        items::turn(app, &viewer)?
    } else {
        items::may_bring_file(app, &viewer, id).await?
    };
    let Some(input) = input else {
        file.pass_over().await?;
        return Ok(false);
    };
    let sent = file.read(visit, form).await?;
    let work = items::bring_file(app, &viewer, id, input, (sent, turn), form.retry());
    form.once(visit, work).await.map(|_| true)
}

/// `GET /{language}/items/{item}/evidence/{evidence}/file`
pub(super) async fn file(
    visit: Visit,
    Path((item, evidence)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let id: ContributionId = evidence.parse().map_err(|_other| Code::NotFound)?;
    let file = items::file(visit.app(), &visit.viewer(), key(&item)?, id).await?;
    let content = items::file_content(visit.app(), &file).await?;
    Ok(not_kept(file_answer(&file, content)?))
}
