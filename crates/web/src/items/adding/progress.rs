//! `/{language}/items/{item}/milestones/{milestone}`: a step on the way, how far it is, and what became of it. Whoever may plan
//! one goes on with it there.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::items::{
    self, ContributionView, DueInput, ItemView, Key, MilestoneEdit, NamedDay, Possibility,
};
use qadam_app::vocabularies::VocabularyKind;
use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::{Content, ContributionKind};
use qadam_domain::items::milestones::{Milestone, MilestoneKind};
use qadam_http::texts::TextLimit;

use super::recorded_from;
use crate::failure::Failure;
use crate::form::Form;
use crate::items::history::{Entry, of_part};
use crate::items::inputs::{changes, due, fields_of, known_day, web_address};
use crate::items::offered::form_page;
use crate::items::{key, linked};
use crate::markup::Markup;
use crate::page::Page;
use crate::render::{not_kept, render_form};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "adding/progress.html")]
struct ProgressPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
    of: &'a Found,
    milestone: &'a Milestone,
    entries: Vec<Entry>,
    /// Whether it is recorded from a document.
    records: bool,
}

/// A milestone with its item.
struct Found {
    view: ItemView,
    one: ContributionView,
    /// Whether the viewer goes on with it.
    goes_on: bool,
}

impl ProgressPage<'_> {
    fn path(&self) -> String {
        path(self.page, self.of)
    }

    fn is_late(&self) -> bool {
        let today = self.page.app().today();
        self.milestone.reached.is_none() && self.milestone.due.is_some_and(|due| due.days_late(today) > 0)
    }

    /// Whether it is on its way still.
    fn is_open(&self) -> bool {
        self.milestone.reached.is_none()
    }

    /// The stages that follow those that were reached: code and name, in the order in which they are passed.
    fn next_stages(&self) -> Vec<(String, String)> {
        if self.milestone.kind != MilestoneKind::LegalAct {
            return Vec::new();
        }
        let vocabularies = self.page.app().vocabularies();
        let terms = vocabularies.terms(VocabularyKind::LawStages.code());
        let last = self.milestone.stages.last();
        let reached = last.and_then(|last| terms.iter().position(|term| term.code == last.stage));
        let next = terms.iter().skip(reached.map_or(0, |place| place + 1));
        next.map(|term| (term.code.clone(), self.page.words(&term.name))).collect()
    }

    fn stage(&self, code: &str) -> String {
        self.page.term(VocabularyKind::LawStages.code(), code)
    }

    /// The address of what it is about.
    fn address(&self) -> Option<Markup> {
        let url = self.milestone.url.as_deref()?;
        let mut address = String::new();
        linked(url, Some(url), &mut address);
        Some(Markup(address))
    }
}

fn path(page: &Page, of: &Found) -> String {
    format!("{}/milestones/{}", page.item_path(&of.view.item), of.one.contribution.id)
}

async fn find(visit: &Visit, item: &str, milestone: &str) -> Result<Found, Failure> {
    let (app, viewer) = (visit.app(), visit.viewer());
    let id: ContributionId = milestone.parse().map_err(|_other| Code::NotFound)?;
    let found = items::contribution(app, &viewer, key(item)?, ContributionKind::Milestone, id).await?;
    let can = items::possibilities(app, &viewer, &found.item).await?;
    Ok(Found { goes_on: can.has(Possibility::AddMilestone), view: found.item, one: found.contribution })
}

fn milestone(of: &Found) -> Result<&Milestone, Failure> {
    match &of.one.contribution.content {
        Content::Milestone(milestone) => Ok(milestone),
        _ => Err(Code::NotFound.into()),
    }
}

/// `GET /{language}/items/{item}/milestones/{milestone}`
pub(super) async fn show(
    visit: Visit,
    Path((item, milestone)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let found = find(&visit, &item, &milestone).await?;
    let form = Form::of(values(self::milestone(&found)?)).with("etag", &found.view.etag);
    page_of(&visit, &found, &form).await
}

async fn page_of(visit: &Visit, of: &Found, form: &Form) -> Result<Response, Failure> {
    let milestone = milestone(of)?;
    let mut page = form_page(visit, "happened-milestone");
    page.title = page.words(&milestone.title);
    let entries = of_part(visit, &page, &of.view, of.one.contribution.id).await?;
    let records = visit.viewer().is_secretariat();
    let shown = ProgressPage { page: &page, view: &of.view, form, of, milestone, entries, records };
    // The numbers of leaves come later than the entries.
    Ok(not_kept(render_form(&shown, form)))
}

/// What the form begins with: the milestone as it stands.
fn values(milestone: &Milestone) -> Vec<(String, String)> {
    let mut values = [fields_of("title", &milestone.title), fields_of("note", &milestone.note)].concat();
    let mut add = |name: &str, value: &str| values.push((name.to_owned(), value.to_owned()));
    add("url", milestone.url.as_deref().unwrap_or_default());
    if let Some(due) = &milestone.due {
        add("due_on", &due.on.to_string());
        add("due_precision", due.precision.code());
    }
    values
}

/// `POST /{language}/items/{item}/milestones/{milestone}`
pub(super) async fn make(
    visit: Visit,
    Path((item, milestone)): Path<(String, String)>,
    mut form: Form,
) -> Result<Response, Failure> {
    visit.actor()?;
    let found = find(&visit, &item, &milestone).await?;
    if !found.goes_on {
        return Err(Code::RoleRequired.into());
    }
    let edit = read(&mut form, self::milestone(&found)?);
    if form.is_wrong() {
        return page_of(&visit, &found, &form).await;
    }
    let (key, id, viewer) = (Key::Id(found.view.item.id), found.one.contribution.id, visit.viewer());
    let condition = Some(form.condition());
    let work = items::go_on(visit.app(), &viewer, key, id, condition, edit, form.retry());
    match form.once(&visit, work).await {
        Ok(_) => {
            let path = path(&Page::new(&visit, "items-title"), &found);
            Ok(Redirect::to(&format!("{path}?done=milestone_changed")).into_response())
        }
        Err(error) => {
            form.take(error)?;
            // What changed meanwhile is shown above the form: sent again, it is meant for the item as it is now.
            form.set("etag", &found.view.etag);
            page_of(&visit, &found, &form).await
        }
    }
}

/// What the form says: of one that was reached, only its words change.
fn read(form: &mut Form, milestone: &Milestone) -> MilestoneEdit {
    let is_open = milestone.reached.is_none();
    let mut edit = MilestoneEdit {
        title: changes(&form.required_map("title", TextLimit::TITLE)),
        note: changes(&form.map("note", TextLimit::BODY)),
        url: Some(web_address(form, "url")),
        reason: form.map("reason", TextLimit::BODY),
        recorded_from: recorded_from(form),
        ..MilestoneEdit::default()
    };
    if is_open {
        edit.stage = stage(form);
        edit.reached = known_day(form, "reached_on", "reached_precision");
        edit.due = Some(due(form).map(DueInput::deadline));
    }
    edit
}

/// A stage that was reached, with its day.
fn stage(form: &mut Form) -> Option<(String, NamedDay)> {
    let (stage, on) = (form.text("stage").to_owned(), known_day(form, "stage_on", "stage_precision"));
    match (stage.is_empty(), on) {
        (false, Some(on)) => return Some((stage, on)),
        (false, None) => form.refuse("stage_on", FieldCode::Required),
        (true, Some(_)) => form.refuse("stage", FieldCode::Required),
        (true, None) => {}
    }
    None
}
