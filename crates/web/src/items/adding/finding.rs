//! `/{language}/items/{item}/finding`: what somebody other than an owner found of what was done.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::error::FieldCode;
use qadam_app::items::{AssessmentInput, ItemView, Possibility};
use qadam_app::vocabularies::VocabularyKind;
use qadam_domain::calendar::Precision;
use qadam_domain::items::assessments::{Finding, NoJudgementReason};
use qadam_http::texts::TextLimit;

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
#[template(path = "adding/finding.html")]
struct FindingPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
    levels: Option<Levels>,
}

impl FindingPage<'_> {
    /// The findings: code, name, nothing to explain.
    fn findings(&self) -> Vec<(String, String, String)> {
        let named = |finding: &Finding| {
            let name = self.page.term(VocabularyKind::Findings.code(), finding.code());
            (finding.code().to_owned(), name, String::new())
        };
        Finding::ALL.iter().map(named).collect()
    }

    /// Why nothing can be said: code and name.
    fn reasons(&self) -> Vec<(String, String)> {
        let named = |reason: &NoJudgementReason| {
            (reason.code().to_owned(), self.page.word("no_judgement", reason.code()))
        };
        NoJudgementReason::ALL.iter().map(named).collect()
    }
}

/// `GET /{language}/items/{item}/finding`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::Assess).await?;
    let form = Form::of(Levels::values(&visit.actor()?, &view));
    page_of(&visit, &view, &form)
}

fn page_of(visit: &Visit, view: &ItemView, form: &Form) -> Result<Response, Failure> {
    let page = form_page(visit, "doing-finding");
    let levels = Levels::of(&visit.actor()?, view);
    Ok(render_form(&FindingPage { page: &page, view, form, levels }, form))
}

/// `POST /{language}/items/{item}/finding`
pub(super) async fn make(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, _) = offered(&visit, &item, Possibility::Assess).await?;
    let levels = Levels::of(&visit.actor()?, &view);
    if let Some(input) = read(&mut form, levels.as_ref())
        && let Some(done) = add(&visit, &view, &mut form, input, "finding_given").await?
    {
        return Ok(done);
    }
    page_of(&visit, &view, &form)
}

/// What the form says; nothing where something is wrong with it.
fn read(form: &mut Form, levels: Option<&Levels>) -> Option<AssessmentInput> {
    let finding = Finding::from_code(form.text("finding"));
    if finding.is_none() {
        form.refuse("finding", FieldCode::Required);
    }
    let (text_level, identity_level) = Levels::read(levels, form);
    let input = AssessmentInput {
        finding: finding.unwrap_or(Finding::CannotAssess),
        no_judgement: NoJudgementReason::from_code(form.text("no_judgement_reason")),
        scale_code: None,
        as_of: form.day("as_of").map(|on| (on, Precision::Day)),
        rationale: form.required_map("rationale", TextLimit::BODY),
        evidence: evidence(form).into_iter().collect(),
        evidence_until: None,
        confidence: None,
        text_level,
        identity_level,
        transcribed: None,
    };
    (!form.is_wrong()).then_some(input)
}
