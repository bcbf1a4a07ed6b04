//! `/{language}/meetings/{meeting}/build`: the secretariat's side of a meeting: agenda, who took part, decisions with
//! their bodies and deadlines, the protocol's way to approval.
//!
//! * `changes` – what each form of the page changes;
//! * `details` – creating a meeting, and what it says of itself;
//! * `objecting` – the circulated protocol, as those who took part read it and object to it.

mod changes;
pub(super) mod details;
pub(super) mod objecting;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::Code;
use qadam_app::meetings::{
    self, CarriedOver, CarryOverRequest, Key, MeetingView, ObjectionPage, ObjectionView,
};
use qadam_domain::ids::ItemId;
use qadam_domain::items::Item;
use qadam_domain::meetings::objections::{Objection, ObjectionOutcome};
use qadam_domain::meetings::{AgendaItem, Decision, Meeting, ProtocolState};

use self::changes::{answer, change};
use super::meeting::key;
use crate::failure::Failure;
use crate::form::Form;
use crate::items::inputs::fields_of;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

/// How many items to carry over are offered.
const OFFERED: u64 = 30;
/// How many objections are shown.
const OBJECTIONS: u64 = 100;

#[derive(Template)]
#[template(path = "meetings/build.html")]
struct BuildPage<'a> {
    page: &'a Page,
    view: &'a MeetingView,
    meeting: &'a Meeting,
    carried: Vec<CarriedOver>,
    objections: Vec<ObjectionView>,
    /// The form that was sent and refused; empty otherwise.
    form: &'a Form,
}

/// Where the forms of the page are sent.
fn path(page: &Page, meeting: &Meeting) -> String {
    page.to(format!("meetings/{}/build", meeting.code))
}

impl BuildPage<'_> {
    fn action(&self) -> String {
        path(self.page, self.meeting)
    }

    /// Whether it is this form that was sent and refused.
    fn is_sent(&self, what: &str, slot: &str) -> bool {
        let of = if what == "answer" { "objection" } else { "line" };
        self.form.is_wrong() && self.form.has("what", what) && self.form.text(of) == slot
    }

    /// A form of the page: with what was typed, where it is the one that was refused.
    fn form_of(&self, what: &str, slot: &str, values: Vec<(String, String)>) -> Form {
        let form = if self.is_sent(what, slot) { self.form.clone() } else { Form::of(values) };
        form.in_slot(&format!("{what}{slot}"))
    }

    fn form(&self, what: &str) -> Form {
        self.form_of(what, "", Vec::new())
    }

    fn decision_form(&self, slot: &str) -> Form {
        self.form_of("decision", slot, Vec::new())
    }

    fn line_form(&self, line: &AgendaItem) -> Form {
        let texts = [fields_of("title", &line.title), fields_of("protocol_text", &line.protocol_text)];
        let items = ("items".to_owned(), self.references(&line.items));
        let values = texts.concat().into_iter().chain([items]).collect();
        self.form_of("edit_line", &line.id.to_string(), values)
    }

    fn answer_form(&self, objection: &Objection) -> Form {
        let answer = objection.answer.as_ref();
        let values = answer.map(|answer| {
            let outcome = ("outcome".to_owned(), answer.outcome.code().to_owned());
            [fields_of("answer", &answer.text), vec![outcome]].concat()
        });
        self.form_of("answer", &objection.id.to_string(), values.unwrap_or_default())
    }

    fn attended(&self) -> u64 {
        u64::try_from(self.meeting.attendance.len()).unwrap_or_default()
    }

    fn items(&self, ids: &[ItemId]) -> Vec<&Item> {
        ids.iter().filter_map(|id| self.view.items.get(id)).collect()
    }

    /// The numbers of items, as fields take them.
    fn references(&self, ids: &[ItemId]) -> String {
        let all = self.items(ids).into_iter().map(|item| match item.reference {
            Some(reference) => reference.to_string(),
            None => item.id.to_string(),
        });
        all.collect::<Vec<_>>().join(", ")
    }

    /// The decisions taken under a line of the agenda; without one, those taken under none.
    fn decisions(&self, line: Option<&AgendaItem>) -> Vec<&Decision> {
        let under = |decision: &&Decision| decision.agenda_item == line.map(|line| line.id);
        self.meeting.decisions.iter().filter(under).collect()
    }

    /// What may be carried over and stands on no line yet.
    fn to_carry(&self) -> Vec<&CarriedOver> {
        let listed: Vec<ItemId> = self.meeting.agenda.iter().flat_map(|line| line.items.clone()).collect();
        self.carried.iter().filter(|row| !listed.contains(&row.item.id)).collect()
    }

    fn is_draft(&self) -> bool {
        self.meeting.protocol == ProtocolState::Draft
    }

    fn is_circulated(&self) -> bool {
        self.meeting.protocol == ProtocolState::Circulated
    }

    fn is_approved(&self) -> bool {
        self.meeting.protocol == ProtocolState::Approved
    }

    /// The organisations that can take part: code, name and whether they are noted.
    fn participants(&self) -> Vec<(String, String, bool)> {
        let directory = self.page.app().directory();
        let noted = |id| self.meeting.attendance.iter().any(|one| one.organisation == id);
        let all = directory.all().into_iter().filter(|one| one.active || noted(one.id));
        let mut named: Vec<_> =
            all.map(|one| (one.code.clone(), self.page.organisation(&one.id), noted(one.id))).collect();
        named.sort_by(|left, right| crate::format::in_order(self.page.lang(), &left.1, &right.1));
        named
    }

    fn outcomes(&self) -> Vec<(String, String)> {
        let all = ObjectionOutcome::ALL.into_iter();
        all.map(|outcome| (outcome.code().to_owned(), self.page.word("objection_outcome", outcome.code())))
            .collect()
    }
}

async fn find(visit: &Visit, meeting: &str) -> Result<MeetingView, Failure> {
    visit.actor()?;
    if !visit.viewer().is_secretariat() {
        return Err(Code::RoleRequired.into());
    }
    Ok(meetings::get(visit.app(), &visit.viewer(), key(meeting)).await?)
}

/// `GET /{language}/meetings/{meeting}/build`
pub(super) async fn show(visit: Visit, Path(meeting): Path<String>) -> Result<Response, Failure> {
    let view = find(&visit, &meeting).await?;
    build_page(&visit, &view, &Form::default()).await
}

async fn build_page(visit: &Visit, view: &MeetingView, form: &Form) -> Result<Response, Failure> {
    let (app, viewer, id) = (visit.app(), visit.viewer(), Key::Id(view.meeting.id));
    let request = CarryOverRequest { limit: OFFERED, after: None, before: None };
    let carried = meetings::carry_over(app, &viewer, id.clone(), request).await?.rows;
    let part = ObjectionPage { limit: OBJECTIONS, after: None, before: None };
    let objections = meetings::objections(app, &viewer, id, &part).await?.objections;
    let mut page = Page::new(visit, "building-title");
    page.hide();
    let shown = BuildPage { page: &page, meeting: &view.meeting, view, carried, objections, form };
    Ok(render_form(&shown, form))
}

/// `POST /{language}/meetings/{meeting}/build`: the field `what` says which form was sent.
pub(super) async fn make(
    visit: Visit,
    Path(meeting): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let view = find(&visit, &meeting).await?;
    let made = if form.has("what", "answer") {
        answer(&visit, &view, &mut form).await
    } else {
        change(&visit, &view, &mut form).await
    };
    match made {
        Ok(anchor) if !form.is_wrong() => {
            let page = Page::new(&visit, "building-title");
            Ok(Redirect::to(&format!("{}?done=meeting#{anchor}", path(&page, &view.meeting))).into_response())
        }
        Ok(_) => build_page(&visit, &view, &form).await,
        Err(error) => {
            form.take(error)?;
            build_page(&visit, &view, &form).await
        }
    }
}
