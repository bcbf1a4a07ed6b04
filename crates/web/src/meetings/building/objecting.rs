//! `/{language}/meetings/{meeting}/protocol`: the circulated protocol, as organisations that took part read it, and what
//! they hold against it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::meetings::{self, MeetingView, ObjectionInput, ObjectionPage, ObjectionView};
use qadam_domain::accounts::Role;
use qadam_domain::levels::Level;
use qadam_domain::meetings::Meeting;
use qadam_http::texts::TextLimit;

use crate::failure::Failure;
use crate::form::Form;
use crate::meetings::meeting::key;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

/// How many of its own objections an organisation is shown.
const OWN: u64 = 50;

#[derive(Template)]
#[template(path = "meetings/protocol.html")]
struct ProtocolPage<'a> {
    page: &'a Page,
    meeting: &'a Meeting,
    own: Vec<ObjectionView>,
    form: &'a Form,
    /// Whether it chooses if the secretariat learns its name.
    chooses_name: bool,
}

impl ProtocolPage<'_> {
    /// What an objection can be about: the whole, or a decision.
    fn decisions(&self) -> Vec<(String, String)> {
        let decision = |one: &qadam_domain::meetings::Decision| {
            (one.id.to_string(), format!("{}. {}", one.number, self.page.words(&one.text)))
        };
        self.meeting.decisions.iter().map(decision).collect()
    }
}

/// `GET /{language}/meetings/{meeting}/protocol`
pub(in crate::meetings) async fn show(
    visit: Visit,
    Path(meeting): Path<String>,
) -> Result<Response, Failure> {
    visit.actor()?;
    let view = meetings::circulated(visit.app(), &visit.viewer(), key(&meeting)).await?;
    protocol_page(&visit, &view, &Form::default()).await
}

async fn protocol_page(visit: &Visit, view: &MeetingView, form: &Form) -> Result<Response, Failure> {
    let part = ObjectionPage { limit: OWN, after: None, before: None };
    let id = meetings::Key::Id(view.meeting.id);
    let own = meetings::objections(visit.app(), &visit.viewer(), id, &part).await?.objections;
    let mut page = Page::new(visit, "protocol-title");
    page.hide();
    let chooses_name = visit.actor()?.role == Role::NgoMember;
    Ok(render_form(&ProtocolPage { page: &page, meeting: &view.meeting, own, form, chooses_name }, form))
}

/// `POST /{language}/meetings/{meeting}/protocol`: objects.
pub(in crate::meetings) async fn object(
    visit: Visit,
    Path(meeting): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    visit.actor()?;
    let view = meetings::circulated(visit.app(), &visit.viewer(), key(&meeting)).await?;
    let input = input(&mut form, visit.actor()?.role);
    if form.is_wrong() {
        return protocol_page(&visit, &view, &form).await;
    }
    let id = meetings::Key::Id(view.meeting.id);
    let viewer = visit.viewer();
    let work = meetings::object(visit.app(), &viewer, id, Ok(input), form.retry());
    match form.once(&visit, work).await {
        Ok(_) => {
            let path = visit.to(&format!("meetings/{}/protocol", view.meeting.code));
            Ok(Redirect::to(&format!("{path}?done=objected")).into_response())
        }
        Err(error) => {
            form.take(error)?;
            protocol_page(&visit, &view, &form).await
        }
    }
}

fn input(form: &mut Form, role: Role) -> ObjectionInput {
    let names = form.has("identity_level", Level::Secretariat.code());
    let level = if names { Level::Secretariat } else { Level::Own };
    ObjectionInput {
        decision: form.text("decision").parse().ok(),
        text: form.required_map("text", TextLimit::BODY),
        identity_level: (role == Role::NgoMember).then_some(level),
    }
}
