//! The secretariat's side of rounds: `/rounds/new`, and `/rounds/{round}/change`: its name and due day, more bodies,
//! closing it and opening it again.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use qadam_app::error::FieldCode;
use qadam_app::reporting_rounds::{self, AskInput, NewRound, RoundChange, RoundEdit, RoundView};
use qadam_app::{AppError, Code};
use qadam_domain::ids::ReportingRoundId;
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::reporting_rounds::{RoundState, default_due_on, last_half_year};
use qadam_http::texts::TextLimit;
use qadam_localisation::{Argument, text_with};

use super::key;
use crate::failure::Failure;
use crate::form::{Form, Sent, named_in};
use crate::format;
use crate::items::inputs::fields_of;
use crate::items::offered::form_page;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

/// The field that names the bodies.
const BODIES: &str = "organisations";

#[derive(Template)]
#[template(path = "rounds/new.html")]
struct NewPage<'a> {
    page: &'a Page,
    form: &'a Form,
}

#[derive(Template)]
#[template(path = "rounds/change.html")]
struct ChangePage<'a> {
    page: &'a Page,
    form: &'a Form,
    view: &'a RoundView,
}

impl ChangePage<'_> {
    fn is_open(&self) -> bool {
        self.view.round.state == RoundState::Open
    }

    /// Whether it can ask for more: until its due day.
    fn asks_more(&self) -> bool {
        self.view.round.is_under_way(self.page.app().today())
    }

    /// The bodies that it does not ask yet: code and name.
    fn others(&self) -> Vec<(String, String)> {
        let directory = self.page.app().directory();
        let is_asked = |code: &str| {
            let id = directory.find(code).map(|body| body.id);
            self.view.asked.iter().any(|row| Some(row.asked.organisation) == id)
        };
        self.page.bodies().into_iter().filter(|(code, _)| !is_asked(code)).collect()
    }
}

fn secretariat(visit: &Visit) -> Result<(), Failure> {
    visit.actor()?;
    if visit.viewer().is_secretariat() { Ok(()) } else { Err(Code::RoleRequired.into()) }
}

/// `GET /{language}/rounds/new`
pub(super) async fn begin(visit: Visit) -> Result<Response, Failure> {
    secretariat(&visit)?;
    let today = visit.app().today();
    let (from, to) = last_half_year(today);
    let days = [("period_from", from), ("period_to", to), ("due_on", default_due_on(to, today))];
    let form = Form::of(days.map(|(name, day)| (name.to_owned(), day.to_string())));
    Ok(new_page(&visit, &form))
}

fn new_page(visit: &Visit, form: &Form) -> Response {
    let page = form_page(visit, "rounds-new");
    render_form(&NewPage { page: &page, form }, form)
}

/// `POST /{language}/rounds/new`
pub(super) async fn open(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    secretariat(&visit)?;
    let period = (required_day(&mut form, "period_from"), required_day(&mut form, "period_to"));
    let name = form.map("name", TextLimit::TITLE);
    let due_on = form.day("due_on");
    let ask = ask(&mut form);
    let (Some(from), Some(to), false) = (period.0, period.1, form.is_wrong()) else {
        return Ok(new_page(&visit, &form));
    };
    let name = if name.is_empty() { named_by((from, to)) } else { name };
    let new = NewRound { name, period: (from, to), due_on, ask };
    let viewer = visit.viewer();
    let work = reporting_rounds::open(visit.app(), &viewer, new, form.retry());
    match form.once(&visit, work).await {
        Ok(Sent::Now(view)) => Ok(to_round(&visit, view.round.id, "round_opened")),
        Ok(Sent::Before(before)) => {
            Ok(to_round(&visit, named_in(&before, "reporting-rounds")?, "round_opened"))
        }
        Err(error) => {
            take(&visit, &mut form, error)?;
            Ok(new_page(&visit, &form))
        }
    }
}

fn required_day(form: &mut Form, name: &str) -> Option<NaiveDate> {
    let day = form.day(name);
    if day.is_none() {
        form.refuse(name, FieldCode::Required);
    }
    day
}

fn ask(form: &mut Form) -> AskInput {
    let organisations: Vec<String> = form.all(BODIES).map(str::to_owned).collect();
    if organisations.is_empty() {
        form.refuse(BODIES, FieldCode::Required);
    }
    AskInput { organisations, items: None }
}

/// What a round is called that was given no name.
fn named_by((from, to): (NaiveDate, NaiveDate)) -> LanguageMap {
    let mut name = LanguageMap::default();
    for language in Language::ALL {
        let (from, to) = (format::long_day(language, from), format::long_day(language, to));
        let days = [("from", Argument::Text(&from)), ("to", Argument::Text(&to))];
        name.set(language, Some(text_with(language.tag(), "reporting_round-name", &days)));
    }
    name
}

/// What is wrong with one of the bodies is wrong with the list of them; which it is, is said beside it.
fn take(visit: &Visit, form: &mut Form, error: AppError) -> Result<(), Failure> {
    let AppError::Invalid(mut errors) = error else { return form.take(error) };
    let chosen: Vec<String> = form.all(BODIES).map(str::to_owned).collect();
    for error in &mut errors {
        let Some(index) = error.pointer.strip_prefix("/organisations/") else { continue };
        let body = index.parse::<usize>().ok().and_then(|index| chosen.get(index));
        if let Some(body) = body.and_then(|code| visit.app().directory().find(code).map(|body| body.id)) {
            let page = Page::new(visit, "rounds-title");
            form.set("wrong_body", &page.organisation(&body));
        }
        BODIES.clone_into(&mut error.pointer);
    }
    form.take(AppError::Invalid(errors))
}

fn to_round(visit: &Visit, round: ReportingRoundId, done: &str) -> Response {
    let path = visit.to(&format!("rounds/{round}?done={done}"));
    Redirect::to(&path).into_response()
}

/// `GET /{language}/rounds/{round}/change`
pub(super) async fn show(visit: Visit, Path(round): Path<String>) -> Result<Response, Failure> {
    secretariat(&visit)?;
    let view = reporting_rounds::get(visit.app(), &visit.viewer(), key(&round)?).await?;
    let mut values = vec![("due_on".to_owned(), view.round.due_on.to_string())];
    values.push(("etag".to_owned(), view.etag.clone()));
    values.extend(fields_of("name", &view.round.name));
    Ok(change_page(&visit, &view, &Form::of(values)))
}

fn change_page(visit: &Visit, view: &RoundView, form: &Form) -> Response {
    let page = form_page(visit, "rounds-change");
    render_form(&ChangePage { page: &page, form, view }, form)
}

/// `POST /{language}/rounds/{round}/change`: what is changed is named by the button.
pub(super) async fn change(
    visit: Visit,
    Path(round): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    secretariat(&visit)?;
    let view = reporting_rounds::get(visit.app(), &visit.viewer(), key(&round)?).await?;
    let act = form.text("act").to_owned();
    let (change, done) = match act.as_str() {
        "ask" => (RoundChange::Ask(ask(&mut form)), "round_asks_more"),
        "close" => (RoundChange::Edit(in_state(&mut form, RoundState::Closed)), "round_closed"),
        "reopen" => (RoundChange::Edit(in_state(&mut form, RoundState::Open)), "round_reopened"),
        _ => (RoundChange::Edit(edit(&mut form)), "round_changed"),
    };
    if form.is_wrong() {
        return Ok(change_page(&visit, &view, &form));
    }
    let (id, condition, viewer) = (view.round.id, Some(form.condition()), visit.viewer());
    let work = reporting_rounds::change(visit.app(), &viewer, id, condition, change, form.retry());
    match form.once(&visit, work).await {
        Ok(_) => Ok(to_round(&visit, id, done)),
        Err(error) => {
            take(&visit, &mut form, error)?;
            // What was changed meanwhile is shown: sent again, it is changed knowingly.
            form.set("etag", &view.etag);
            Ok(change_page(&visit, &view, &form))
        }
    }
}

fn edit(form: &mut Form) -> RoundEdit {
    let name = form.map("name", TextLimit::TITLE);
    RoundEdit {
        name: Language::ALL
            .into_iter()
            .map(|language| (language, name.get(language).map(str::to_owned)))
            .collect(),
        due_on: form.day("due_on"),
        state: None,
        reason: form.map("reason", TextLimit::BODY),
    }
}

fn in_state(form: &mut Form, state: RoundState) -> RoundEdit {
    RoundEdit { state: Some(state), reason: form.map("reason", TextLimit::BODY), ..RoundEdit::default() }
}
