//! `/{language}/items/{item}/findings/{finding}/reply`: what the body that owns an item says to a finding, once.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::items::{self, Continuation, ItemView, Key, ReplyInput};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::assessments::Assessment;
use qadam_domain::items::contributions::{Content, Contribution, ContributionKind};
use qadam_http::texts::TextLimit;

use super::go_on;
use crate::failure::Failure;
use crate::form::Form;
use crate::items::offered::{form_page, found};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "adding/reply.html")]
struct ReplyPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
    assessment: &'a Assessment,
}

/// The finding that the viewer may reply to.
async fn assessed(visit: &Visit, item: &str, finding: &str) -> Result<(ItemView, Contribution), Failure> {
    let (view, _) = found(visit, item).await?;
    let id: ContributionId = finding.parse().map_err(|_other| Code::NotFound)?;
    let (key, viewer) = (Key::Id(view.item.id), visit.viewer());
    let one = items::contribution(visit.app(), &viewer, key, ContributionKind::Assessment, id).await?;
    items::may_add(visit.app(), &viewer, key, None, <ReplyInput as Continuation>::action).await?;
    Ok((view, one.contribution.contribution))
}

fn page_of(visit: &Visit, view: &ItemView, finding: &Contribution, form: &Form) -> Result<Response, Failure> {
    let Content::Assessment(assessment) = &finding.content else { return Err(Code::NotFound.into()) };
    if assessment.reply.is_some() {
        return Err(Code::AlreadyReplied.into());
    }
    let page = form_page(visit, "doing-reply");
    Ok(render_form(&ReplyPage { page: &page, view, form, assessment }, form))
}

/// `GET /{language}/items/{item}/findings/{finding}/reply`
pub(super) async fn show(
    visit: Visit,
    Path((item, finding)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (view, finding) = assessed(&visit, &item, &finding).await?;
    page_of(&visit, &view, &finding, &Form::default())
}

/// `POST /{language}/items/{item}/findings/{finding}/reply`
pub(super) async fn make(
    visit: Visit,
    Path((item, finding)): Path<(String, String)>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, finding) = assessed(&visit, &item, &finding).await?;
    let text = form.required_map("text", TextLimit::BODY);
    if !form.is_wrong() {
        let reply = (finding.id, ReplyInput(text));
        if let Some(done) = go_on(&visit, &view, &mut form, reply, "replied").await? {
            return Ok(done);
        }
    }
    page_of(&visit, &view, &finding, &form)
}
