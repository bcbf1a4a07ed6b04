//! What the forms of the builder change.

use qadam_app::AppError;
use qadam_app::error::FieldCode;
use qadam_app::items::Key as ItemKey;
use qadam_app::meetings::{
    self, AgendaItemEdit, AgendaItemInput, AttendanceInput, DecisionEdit, DecisionInput, Key, MeetingChange,
    MeetingView, ObjectionAnswerInput, OfficeHolderInput, ProtocolChange,
};
use qadam_app::precondition::IfMatch;
use qadam_domain::ids::{AgendaItemId, DecisionId, ObjectionId};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;
use qadam_domain::meetings::objections::ObjectionOutcome;
use qadam_domain::meetings::{AgendaItem, Meeting, OfficeHolder, ProtocolState};
use qadam_http::texts::TextLimit;

use crate::form::Form;
use crate::items::inputs::{changes, due};
use crate::visit::Visit;

/// Makes the change that a form asks for, unless something is wrong with it. Says where on the page to go on.
pub(super) async fn change(
    visit: &Visit,
    view: &MeetingView,
    form: &mut Form,
) -> Result<&'static str, AppError> {
    let (asked, anchor) = asked(visit, &view.meeting, form)?;
    if form.is_wrong() {
        return Ok(anchor);
    }
    let id = Key::Id(view.meeting.id);
    let (condition, viewer) = (Some(form.condition()), visit.viewer());
    let work = meetings::change(visit.app(), &viewer, id, condition, asked, form.retry());
    form.once(visit, work).await?;
    Ok(anchor)
}

fn asked(
    visit: &Visit,
    meeting: &Meeting,
    form: &mut Form,
) -> Result<(MeetingChange, &'static str), AppError> {
    let what = form.text("what").to_owned();
    Ok(match what.as_str() {
        "line" => (MeetingChange::AddAgendaItem(new_line(form)), "agenda"),
        "carry" => (MeetingChange::AddAgendaItem(carried_line(form)?), "agenda"),
        "edit_line" => (MeetingChange::EditAgendaItem(line_id(form)?, line_edit(form)), "agenda"),
        "remove_line" => (MeetingChange::RemoveAgendaItem(line_id(form)?), "agenda"),
        "up" | "down" => (moved(visit, meeting, line_id(form)?, what == "up"), "agenda"),
        "decision" => (MeetingChange::AddDecision(new_decision(form)), "decisions"),
        "edit_decision" => {
            (MeetingChange::EditDecision(decision_id(form)?, decision_edit(form)), "decisions")
        }
        "remove_decision" => (MeetingChange::RemoveDecision(decision_id(form)?), "decisions"),
        "attendance" => (MeetingChange::Attendance(attendance(form)), "attendance"),
        "circulate" => (MeetingChange::Protocol(protocol(form, ProtocolState::Circulated)), "protocol"),
        "approve" => (MeetingChange::Protocol(protocol(form, ProtocolState::Approved)), "protocol"),
        "take_back" => (MeetingChange::Protocol(protocol(form, ProtocolState::Draft)), "protocol"),
        _ => return Err(AppError::field("/what", FieldCode::UnknownValue)),
    })
}

/// Items by their numbers, separated by commas or blanks.
fn references(form: &mut Form, name: &str) -> Vec<ItemKey> {
    let text = form.text(name).to_owned();
    let parts = text.split([',', ';', ' ', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let keys: Vec<Option<ItemKey>> = parts.map(read_key).collect();
    if keys.iter().any(Option::is_none) {
        form.refuse(name, FieldCode::UnknownReference);
    }
    keys.into_iter().flatten().collect()
}

fn read_key(text: &str) -> Option<ItemKey> {
    let reference = text.parse().ok().map(ItemKey::Reference);
    reference.or_else(|| text.parse().ok().map(ItemKey::Id))
}

fn new_line(form: &mut Form) -> AgendaItemInput {
    AgendaItemInput {
        id: None,
        number: None,
        title: form.required_map("title", TextLimit::TITLE),
        speakers: Vec::new(),
        items: references(form, "items"),
        protocol_text: LanguageMap::default(),
        level: Level::from_code(form.text("level")).unwrap_or(Level::Public),
    }
}

/// A line for an item that an earlier meeting left open, titled as the item is.
fn carried_line(form: &mut Form) -> Result<AgendaItemInput, AppError> {
    let item = read_key(form.text("item"));
    let item = item.ok_or_else(|| AppError::field("/item", FieldCode::UnknownReference))?;
    Ok(AgendaItemInput { items: vec![item], ..new_line(form) })
}

fn line_edit(form: &mut Form) -> AgendaItemEdit {
    AgendaItemEdit {
        number: None,
        title: changes(&form.required_map("title", TextLimit::TITLE)),
        speakers: None,
        items: Some(references(form, "items")),
        protocol_text: changes(&form.map("protocol_text", TextLimit::BODY)),
        level: None,
    }
}

/// The agenda with a line moved by one place.
fn moved(visit: &Visit, meeting: &Meeting, line: AgendaItemId, up: bool) -> MeetingChange {
    let mut lines: Vec<AgendaItemInput> = meeting.agenda.iter().map(|line| again(visit, line)).collect();
    let at = meeting.agenda.iter().position(|one| one.id == line);
    let other = at.and_then(|at| if up { at.checked_sub(1) } else { Some(at + 1) });
    if let (Some(at), Some(other)) = (at, other.filter(|other| *other < lines.len())) {
        lines.swap(at, other);
    }
    for line in &mut lines {
        line.number = None;
    }
    MeetingChange::Agenda(lines)
}

/// A line as it stands.
fn again(visit: &Visit, line: &AgendaItem) -> AgendaItemInput {
    let directory = visit.app().directory();
    let speaker = |holder: &OfficeHolder| OfficeHolderInput {
        office: holder.office.clone(),
        holder: holder.holder.clone(),
        organisation: holder.organisation.map(|id| directory.code(id).to_owned()),
    };
    AgendaItemInput {
        id: Some(line.id),
        number: Some(line.number),
        title: line.title.clone(),
        speakers: line.speakers.iter().map(speaker).collect(),
        items: line.items.iter().copied().map(ItemKey::Id).collect(),
        protocol_text: line.protocol_text.clone(),
        level: line.level,
    }
}

fn new_decision(form: &mut Form) -> DecisionInput {
    DecisionInput {
        number: None,
        agenda_item: form.text("line").parse().ok(),
        text: form.required_map("text", TextLimit::BODY),
        lead: lead(form),
        due: due(form),
        implements: references(form, "implements"),
    }
}

fn lead(form: &mut Form) -> String {
    let lead = form.text("lead").to_owned();
    if lead.is_empty() {
        form.refuse("lead", FieldCode::Required);
    }
    lead
}

fn decision_edit(form: &mut Form) -> DecisionEdit {
    DecisionEdit {
        number: None,
        agenda_item: None,
        text: changes(&form.required_map("text", TextLimit::BODY)),
        lead: Some(lead(form)),
        due: Some(due(form)),
        implements: Some(references(form, "implements")),
    }
}

fn attendance(form: &Form) -> Vec<AttendanceInput> {
    let noted = form.all("participants");
    let noted = noted.map(|code| AttendanceInput { organisation: code.to_owned(), level: Level::Public });
    noted.collect()
}

fn protocol(form: &mut Form, to: ProtocolState) -> ProtocolChange {
    let is_circulated = to == ProtocolState::Circulated;
    let until = form.day("objections_until");
    ProtocolChange {
        to,
        objections_until: until.filter(|_| is_circulated),
        reason: form.map("reason", TextLimit::BODY),
    }
}

/// Answers an objection.
pub(super) async fn answer(
    visit: &Visit,
    view: &MeetingView,
    form: &mut Form,
) -> Result<&'static str, AppError> {
    let id: ObjectionId = form.text("objection").parse().map_err(|_| AppError::NotFound)?;
    let outcome = ObjectionOutcome::from_code(form.text("outcome"));
    let text = form.required_map("answer", TextLimit::BODY);
    let Some(outcome) = outcome else {
        form.refuse("outcome", FieldCode::Required);
        return Ok("objections");
    };
    if form.is_wrong() {
        return Ok("objections");
    }
    let input = Ok(ObjectionAnswerInput { outcome, text });
    let condition = IfMatch::Tags(vec![form.text("objection_etag").to_owned()]);
    let meeting = Key::Id(view.meeting.id);
    meetings::answer_objection(visit.app(), &visit.viewer(), meeting, id, condition, input).await?;
    Ok("objections")
}

fn line_id(form: &Form) -> Result<AgendaItemId, AppError> {
    form.text("line").parse().map_err(|_| AppError::field("/line", FieldCode::UnknownReference))
}

fn decision_id(form: &Form) -> Result<DecisionId, AppError> {
    form.text("decision").parse().map_err(|_| AppError::field("/decision", FieldCode::UnknownReference))
}
