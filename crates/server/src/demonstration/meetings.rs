//! The meetings of the demonstration: recorded from reports, and then what was discussed at them.

use std::collections::HashMap;
use std::sync::Arc;

use qadam_app::App;
use qadam_app::items::Key as ItemKey;
use qadam_app::meetings::{
    self, AgendaItemInput, AttendanceInput, HeldInput, Key, MeetingChange, MeetingView, NewMeeting,
    OfficeHolderInput, RecordedMeeting,
};
use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{ItemId, MeetingId};
use qadam_domain::levels::Level;
use qadam_domain::meetings::{AgendaItem, MeetingKind};

use super::LoadError;
use super::files::{AgendaFile, MeetingFile, PersonFile, Text, lines, map_or_empty, precision};

/// The meetings by the id they have in the files, which is their code in the register.
pub(super) struct Held(HashMap<String, MeetingView>);

impl Held {
    /// The meeting with an id of the files.
    pub(super) fn get(&self, record: &str, id: &str) -> Result<MeetingId, LoadError> {
        Ok(self.view(record, id)?.meeting.id)
    }

    fn view(&self, record: &str, id: &str) -> Result<&MeetingView, LoadError> {
        self.0.get(id).ok_or_else(|| LoadError::unknown(record, "meeting", id))
    }
}

/// Records the meetings, without the items discussed: those are recorded after them and point back.
pub(super) async fn load(
    app: &Arc<App>,
    secretariat: &Viewer,
    files: &[MeetingFile],
) -> Result<Held, LoadError> {
    let mut held = HashMap::with_capacity(files.len());
    for file in files {
        let recorded = recorded(file)?;
        let view = meetings::record_from_document(app, secretariat, recorded, None).await;
        held.insert(file.id.clone(), view.map_err(LoadError::refused(&file.id))?);
    }
    Ok(Held(held))
}

/// Names the items discussed under each line of the agendas.
pub(super) async fn discuss(
    app: &Arc<App>,
    secretariat: &Viewer,
    files: &[MeetingFile],
    held: &Held,
    items: &HashMap<String, ItemId>,
) -> Result<(), LoadError> {
    for file in files.iter().filter(|file| file.agenda.iter().any(|line| !line.items.is_empty())) {
        let view = held.view(&file.id, &file.id)?;
        let mut agenda = Vec::with_capacity(file.agenda.len());
        for line in &file.agenda {
            let mut input = agenda_item(line);
            input.id = known(&view.meeting.agenda, line.number);
            for id in &line.items {
                let item = items.get(id).ok_or_else(|| LoadError::unknown(&file.id, "item", id))?;
                input.items.push(ItemKey::Id(*item));
            }
            agenda.push(input);
        }
        let change = MeetingChange::Agenda(agenda);
        let changed = meetings::change(app, secretariat, Key::Id(view.meeting.id), None, change, None).await;
        changed.map_err(LoadError::refused(&file.id))?;
    }
    Ok(())
}

fn known(agenda: &[AgendaItem], number: i32) -> Option<qadam_domain::ids::AgendaItemId> {
    agenda.iter().find(|line| line.number == number).map(|line| line.id)
}

fn recorded(file: &MeetingFile) -> Result<RecordedMeeting, LoadError> {
    let kind =
        MeetingKind::from_code(&file.kind).ok_or_else(|| LoadError::unknown(&file.id, "kind", &file.kind))?;
    let precision = precision(&file.id, file.held_on_precision.as_deref())?;
    let notes: Vec<_> = [&file.held_on_note, &file.notes].into_iter().flatten().map(Text::map).collect();
    Ok(RecordedMeeting {
        new: NewMeeting {
            code: file.id.clone(),
            kind,
            title: file.title.map(),
            topics: file.topics.map(),
            held: file.held_on.map(|on| HeldInput { on, precision, until: file.held_on_end }),
            published_on: file.published_on,
            place: map_or_empty(file.place.as_ref()),
            chairs: file.chair.iter().map(office_holder).collect(),
        },
        recorded_from: file.source.recorded_from(lines(&notes)),
        agenda: file.agenda.iter().map(agenda_item).collect(),
        attendance: file.attendance.iter().map(|code| attendance(code)).collect(),
    })
}

fn agenda_item(line: &AgendaFile) -> AgendaItemInput {
    AgendaItemInput {
        id: None,
        number: Some(line.number),
        title: line.title.map(),
        speakers: line.speakers.iter().map(office_holder).collect(),
        items: Vec::new(),
        protocol_text: map_or_empty(line.text.as_ref()),
        level: Level::Public,
    }
}

fn attendance(code: &str) -> AttendanceInput {
    AttendanceInput { organisation: code.to_owned(), level: Level::Public }
}

fn office_holder(person: &PersonFile) -> OfficeHolderInput {
    OfficeHolderInput {
        office: person.office.map(),
        holder: person.holder.clone(),
        organisation: Some(person.organisation.clone()),
    }
}
