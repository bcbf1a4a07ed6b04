//! `/{language}/items/{item}/questions/{question}`: a question with its answers. Whoever is asked answers it there, and the
//! secretariat passes question and answers on, or says why not.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::items::{
    self, Addition, AnswerInput, AnswerPassing, ContributionView, ItemView, Key, PassingInput,
    QuestionPassing,
};
use qadam_domain::accounts::Actor;
use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::{Content, ContributionKind};
use qadam_domain::items::questions::{Asked, Passing, Question, Said};
use qadam_http::texts::TextLimit;

use super::{add, go_on};
use crate::failure::Failure;
use crate::form::Form;
use crate::items::offered::{form_page, found};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "adding/asked.html")]
struct AskedPage<'a> {
    page: &'a Page,
    form: &'a Form,
    of: &'a Found,
    view: &'a ItemView,
    question: &'a Question,
}

/// A question with what belongs to it.
struct Found {
    view: ItemView,
    question: ContributionView,
    answers: Vec<ContributionView>,
    /// Whether the viewer answers it.
    answers_it: bool,
    /// Whether the viewer decides what is passed on.
    passes_on: bool,
}

#[expect(clippy::unused_self, reason = "templates call methods of what they show")]
impl AskedPage<'_> {
    /// The answers, each with what it says.
    fn answers(&self) -> Vec<(&ContributionView, &Said)> {
        self.of.answers.iter().filter_map(|one| Some((one, answer(one)?))).collect()
    }

    fn path(&self) -> String {
        let root = self.page.item_path(&self.of.view.item);
        format!("{root}/questions/{}", self.of.question.contribution.id)
    }

    fn who(&self, one: &ContributionView) -> String {
        match one.contribution.organisation {
            Some(id) if one.named => self.page.organisation(&id),
            _ => self.page.t("hidden_filer"),
        }
    }

    /// Whether it was not to be passed on just now.
    fn refuses(&self, one: &ContributionView) -> bool {
        self.form.has("act", &format!("refuse {}", one.contribution.id))
    }

    /// Why not, as it was written.
    fn reason(&self) -> &str {
        self.form.text(&format!("reason.{}", self.page.language))
    }

    fn waits(&self, said: &Said) -> bool {
        said.passing == Passing::Waiting
    }
}

fn answer(one: &ContributionView) -> Option<&Said> {
    match &one.contribution.content {
        Content::Answer(answer) => Some(&answer.said),
        _ => None,
    }
}

fn question(found: &Found) -> Result<&Question, Failure> {
    match &found.question.contribution.content {
        Content::Question(question) => Ok(question),
        _ => Err(Code::NotFound.into()),
    }
}

/// The question with its answers, as far as the viewer reads them.
async fn find(visit: &Visit, item: &str, asked: &str) -> Result<Found, Failure> {
    let actor = visit.actor()?;
    let (view, _) = found(visit, item).await?;
    let id: ContributionId = asked.parse().map_err(|_other| Code::NotFound)?;
    let (key, viewer, app) = (Key::Id(view.item.id), visit.viewer(), visit.app());
    let one = items::contribution(app, &viewer, key, ContributionKind::Question, id).await?;
    let answers = items::answers(app, &viewer, key).await?.into_iter();
    let answers: Vec<_> = answers.filter(|one| one.contribution.content.about() == Some(id)).collect();
    let may = items::may_add(app, &viewer, key, None, <AnswerInput as Addition>::action).await;
    let mut found = Found { view, question: one.contribution, answers, answers_it: false, passes_on: false };
    found.answers_it = may.is_ok() && is_asked(&actor, &found)?;
    found.passes_on = viewer.is_secretariat();
    Ok(found)
}

/// Whether the organisation of an account is who was asked, and was passed the question.
fn is_asked(actor: &Actor, found: &Found) -> Result<bool, Failure> {
    let (item, question) = (&found.view.item, question(found)?);
    let named = match question.to {
        Asked::Owner => item.owners.iter().any(|owner| owner.organisation == actor.organisation),
        Asked::Submitter => item.filed_by.contains(&actor.organisation),
    };
    Ok(named && question.said.passing == Passing::PassedOn)
}

fn page_of(visit: &Visit, found: &Found, form: &Form) -> Result<Response, Failure> {
    let page = form_page(visit, "asked-title");
    let question = question(found)?;
    Ok(render_form(&AskedPage { page: &page, form, of: found, view: &found.view, question }, form))
}

/// `GET /{language}/items/{item}/questions/{question}`
pub(super) async fn show(
    visit: Visit,
    Path((item, asked)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let found = find(&visit, &item, &asked).await?;
    page_of(&visit, &found, &Form::default())
}

/// `POST /{language}/items/{item}/questions/{question}`: what is done is named by the button.
pub(super) async fn make(
    visit: Visit,
    Path((item, asked)): Path<(String, String)>,
    mut form: Form,
) -> Result<Response, Failure> {
    let found = find(&visit, &item, &asked).await?;
    let id = found.question.contribution.id;
    let act = form.text("act").to_owned();
    let done = match act.split_once(' ') {
        None => {
            let text = form.required_map("text", TextLimit::BODY);
            let input = AnswerInput { question: id, text, identity_level: None };
            if form.is_wrong() {
                None
            } else {
                add(&visit, &found.view, &mut form, input, "answered").await?
            }
        }
        Some((step, of)) => {
            let of: ContributionId = of.parse().map_err(|_other| Code::NotFound)?;
            decide(&visit, &found, &mut form, (step == "pass", of)).await?
        }
    };
    match done {
        Some(done) => Ok(done),
        None => page_of(&visit, &found, &form),
    }
}

/// Passes the question or one of its answers on, or says why not.
async fn decide(
    visit: &Visit,
    found: &Found,
    form: &mut Form,
    (passed_on, of): (bool, ContributionId),
) -> Result<Option<Response>, Failure> {
    let reason = if passed_on {
        qadam_domain::language::LanguageMap::default()
    } else {
        form.required_map("reason", TextLimit::BODY)
    };
    if form.is_wrong() {
        return Ok(None);
    }
    let input = PassingInput { passed_on, reason };
    let done = if passed_on { "question_passed_on" } else { "not_passed_on" };
    if of == found.question.contribution.id {
        go_on(visit, &found.view, form, (of, QuestionPassing(input)), done).await
    } else {
        go_on(visit, &found.view, form, (of, AnswerPassing(input)), done).await
    }
}
