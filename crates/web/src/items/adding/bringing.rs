//! `/{language}/items/{item}/evidence`: a document that supports or contradicts what is said of an item.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::error::FieldCode;
use qadam_app::items::{ItemEvidenceInput, ItemView, Possibility};
use qadam_domain::items::{Evidence, EvidenceRelation};

use super::add;
use super::levels::Levels;
use crate::failure::Failure;
use crate::form::Form;
use crate::items::inputs::evidence;
use crate::items::offered::{form_page, offered};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "adding/evidence.html")]
struct EvidencePage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
    levels: Option<Levels>,
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
    page_of(&visit, &view, &Form::of(values))
}

fn page_of(visit: &Visit, view: &ItemView, form: &Form) -> Result<Response, Failure> {
    let page = form_page(visit, "doing-evidence");
    let levels = Levels::of(&visit.actor()?, view);
    Ok(render_form(&EvidencePage { page: &page, view, form, levels }, form))
}

/// `POST /{language}/items/{item}/evidence`
pub(super) async fn make(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::AddEvidence).await?;
    let levels = Levels::of(&visit.actor()?, &view);
    let (text_level, identity_level) = Levels::read(levels.as_ref(), &form);
    let named = evidence(&mut form);
    if named.is_none() {
        form.refuse("evidence.0.title", FieldCode::Required);
    }
    if let Some(named) = named.filter(|_| !form.is_wrong()) {
        let relation = EvidenceRelation::from_code(form.text("relation")).unwrap_or(named.relation);
        let evidence = Evidence { relation, ..named };
        let input = ItemEvidenceInput { evidence, file: None, about: None, text_level, identity_level };
        if let Some(done) = add(&visit, &view, &mut form, input, "evidence_brought").await? {
            return Ok(done);
        }
    }
    page_of(&visit, &view, &form)
}
