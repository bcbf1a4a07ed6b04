//! `/{language}/meetings/new` and `/{language}/meetings/{meeting}/edit`: what a meeting says of itself.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::Datelike as _;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::meetings::{self, HeldInput, Key, MeetingChange, MeetingEdit, NewMeeting};
use qadam_domain::calendar::Precision;
use qadam_domain::meetings::{Meeting, MeetingKind};
use qadam_http::texts::TextLimit;

use crate::failure::Failure;
use crate::form::{Form, Sent};
use crate::items::inputs::{changes, fields_of};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "meetings/details.html")]
struct DetailsPage<'a> {
    page: &'a Page,
    form: &'a Form,
    action: String,
    back: String,
}

impl DetailsPage<'_> {
    fn kinds(&self) -> Vec<(String, String)> {
        let all = MeetingKind::ALL.into_iter();
        all.map(|kind| (kind.code().to_owned(), self.page.word("meeting_kind", kind.code()))).collect()
    }
}

fn only_secretariat(visit: &Visit) -> Result<(), Failure> {
    visit.actor()?;
    if visit.viewer().is_secretariat() { Ok(()) } else { Err(Code::RoleRequired.into()) }
}

/// `GET /{language}/meetings/new`
pub(in crate::meetings) async fn begin(visit: Visit) -> Result<Response, Failure> {
    only_secretariat(&visit)?;
    let form = Form::default().with("kind", MeetingKind::Plenary.code());
    let form = form.with("code", &format!("MT-{}-", visit.app().today().year()));
    Ok(new_page(&visit, &form))
}

fn new_page(visit: &Visit, form: &Form) -> Response {
    let mut page = Page::new(visit, "building-new");
    page.hide();
    let (action, back) = (page.to("meetings/new"), page.to("meetings"));
    render_form(&DetailsPage { page: &page, form, action, back }, form)
}

/// `POST /{language}/meetings/new`
pub(in crate::meetings) async fn create(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    only_secretariat(&visit)?;
    let new = NewMeeting {
        code: form.text("code").to_owned(),
        kind: kind(&mut form),
        title: form.required_map("title", TextLimit::TITLE),
        topics: form.map("topics", TextLimit::BODY),
        held: held(&mut form),
        published_on: None,
        place: form.map("place", TextLimit::LABEL),
        chairs: Vec::new(),
    };
    if form.is_wrong() {
        return Ok(new_page(&visit, &form));
    }
    let (code, viewer) = (new.code.clone(), visit.viewer());
    let work = meetings::create(visit.app(), &viewer, new, form.retry());
    match form.once(&visit, work).await {
        Ok(Sent::Now(view)) => Ok(built(&visit, &view.meeting.code)),
        Ok(Sent::Before(_)) => Ok(built(&visit, &code)),
        Err(error) => {
            form.take(error)?;
            Ok(new_page(&visit, &form))
        }
    }
}

fn built(visit: &Visit, code: &str) -> Response {
    Redirect::to(&format!("{}?done=meeting", visit.to(&format!("meetings/{code}/build")))).into_response()
}

/// `GET /{language}/meetings/{meeting}/edit`
pub(in crate::meetings) async fn show(
    visit: Visit,
    Path(meeting): Path<String>,
) -> Result<Response, Failure> {
    let view = super::find(&visit, &meeting).await?;
    let meeting = &view.meeting;
    let mut form = Form::of(
        [
            fields_of("title", &meeting.title),
            fields_of("topics", &meeting.topics),
            fields_of("place", &meeting.place),
        ]
        .concat(),
    );
    form = form.with("code", &meeting.code).with("kind", meeting.kind.code()).with("etag", &view.etag);
    if let Some(on) = meeting.held_on {
        form = form.with("held_on", &on.to_string());
        form = form.with("held_on_precision", meeting.held_on_precision.code());
    }
    if let Some(until) = meeting.held_until {
        form = form.with("held_until", &until.to_string());
    }
    Ok(edit_page(&visit, meeting, &form))
}

fn edit_page(visit: &Visit, meeting: &Meeting, form: &Form) -> Response {
    let mut page = Page::new(visit, "building-details");
    page.hide();
    let root = page.to(format!("meetings/{}", meeting.code));
    let (action, back) = (format!("{root}/edit"), format!("{root}/build"));
    render_form(&DetailsPage { page: &page, form, action, back }, form)
}

/// `POST /{language}/meetings/{meeting}/edit`
pub(in crate::meetings) async fn save(
    visit: Visit,
    Path(meeting): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let view = super::find(&visit, &meeting).await?;
    let edit = MeetingEdit {
        code: Some(form.text("code").to_owned()),
        kind: Some(kind(&mut form)),
        title: changes(&form.required_map("title", TextLimit::TITLE)),
        topics: changes(&form.map("topics", TextLimit::BODY)),
        held: Some(held(&mut form)),
        place: changes(&form.map("place", TextLimit::LABEL)),
        ..MeetingEdit::default()
    };
    if form.is_wrong() {
        return Ok(edit_page(&visit, &view.meeting, &form));
    }
    let (id, change) = (Key::Id(view.meeting.id), MeetingChange::Details(edit));
    let (condition, viewer) = (Some(form.condition()), visit.viewer());
    let work = meetings::change(visit.app(), &viewer, id, condition, change, form.retry());
    match form.once(&visit, work).await {
        Ok(Sent::Now(view)) => Ok(built(&visit, &view.meeting.code)),
        Ok(Sent::Before(_)) => Ok(built(&visit, &view.meeting.code)),
        Err(error) => {
            form.take(error)?;
            Ok(edit_page(&visit, &view.meeting, &form))
        }
    }
}

fn kind(form: &mut Form) -> MeetingKind {
    let kind = MeetingKind::from_code(form.text("kind"));
    if kind.is_none() {
        form.refuse("kind", FieldCode::UnknownValue);
    }
    kind.unwrap_or(MeetingKind::Plenary)
}

fn held(form: &mut Form) -> Option<HeldInput> {
    let precision = Precision::from_code(form.text("held_on_precision")).unwrap_or(Precision::Day);
    let until = form.day("held_until");
    Some(HeldInput { on: form.day("held_on")?, precision, until })
}
