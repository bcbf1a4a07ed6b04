//! A meeting as the ledger keeps it for readers of one level.
//!
//! Organisations stand by code, items by identifier. Every member is always there, so that a record compares with
//! the resource member by member.

use qadam_domain::items::RecordedFrom;
use qadam_domain::levels::Level;
use qadam_domain::meetings::{AgendaItem, Attendance, Decision, Meeting, OfficeHolder, ProtocolState};
use serde_json::{Map, Value, json};

use crate::directory::Directory;
use crate::items::record::language_map;

/// What a meeting says to readers of a level. `meeting` is what they see of it: see [`super::rendition()`].
pub fn meeting_record(directory: &Directory, meeting: &Meeting, floor: Level) -> Map<String, Value> {
    let shown = floor <= Level::Secretariat || meeting.protocol == ProtocolState::Approved;
    let value = json!({
        "id": meeting.id.to_string(),
        "code": meeting.code,
        "kind": meeting.kind.code(),
        "title": language_map(&meeting.title),
        "topics": language_map(&meeting.topics),
        "held_on": meeting.held_on.map(|day| day.to_string()),
        "held_on_precision": meeting.held_on.map(|_| meeting.held_on_precision.code()),
        "held_until": meeting.held_until.map(|day| day.to_string()),
        "published_on": meeting.published_on.map(|day| day.to_string()),
        "place": language_map(&meeting.place),
        "chairs": office_holders(directory, &meeting.chairs),
        "protocol": shown.then(|| meeting.protocol.code()),
        "objections_until": meeting.objections_until.map(|day| day.to_string()),
        "recorded_from": meeting.recorded_from.as_ref().map(recorded_from),
        "agenda": meeting.agenda.iter().map(|line| agenda_item(directory, line)).collect::<Vec<_>>(),
        "attendance": meeting.attendance.iter().map(|one| attendance(directory, one)).collect::<Vec<_>>(),
        "decisions": meeting.decisions.iter().map(|one| decision(directory, one)).collect::<Vec<_>>(),
    });
    match value {
        Value::Object(record) => record,
        _ => Map::new(),
    }
}

fn agenda_item(directory: &Directory, line: &AgendaItem) -> Value {
    json!({
        "id": line.id.to_string(),
        "number": line.number,
        "title": language_map(&line.title),
        "speakers": office_holders(directory, &line.speakers),
        "items": line.items.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "protocol_text": language_map(&line.protocol_text),
        "level": line.level.code(),
    })
}

fn attendance(directory: &Directory, one: &Attendance) -> Value {
    json!({"organisation": directory.code(one.organisation), "level": one.level.code()})
}

fn decision(directory: &Directory, decision: &Decision) -> Value {
    json!({
        "id": decision.id.to_string(),
        "number": decision.number,
        "agenda_item": decision.agenda_item.map(|id| id.to_string()),
        "text": language_map(&decision.text),
        "lead": directory.code(decision.lead),
        "due_on": decision.due.map(|due| due.on.to_string()),
        "due_precision": decision.due.map(|due| due.precision.code()),
        "implements": decision.implements.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "commitment": decision.commitment.map(|id| id.to_string()),
    })
}

fn office_holders(directory: &Directory, holders: &[OfficeHolder]) -> Vec<Value> {
    let one = |holder: &OfficeHolder| {
        json!({
            "office": language_map(&holder.office),
            "holder": holder.holder,
            "organisation": holder.organisation.map(|id| directory.code(id).to_owned()),
        })
    };
    holders.iter().map(one).collect()
}

fn recorded_from(recorded: &RecordedFrom) -> Value {
    json!({
        "label": recorded.label,
        "url": recorded.url,
        "on": recorded.on.map(|day| day.to_string()),
        "note": language_map(&recorded.note),
    })
}
