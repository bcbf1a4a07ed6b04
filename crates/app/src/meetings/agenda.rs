//! The agenda: its lines, who speaks, and the items discussed under them.

use qadam_domain::ids::{AgendaItemId, Uuid};
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::levels::Level;
use qadam_domain::meetings::{AgendaItem, Meeting};
use qadam_storage::items::Key as ItemKey;

use super::changing::Changing;
use super::inputs::{
    OfficeHolderInput, below, changed_text, check_level, check_number, edited_text, free_number, items,
    office_holders,
};
use crate::error::{AppError, FieldCode};
use crate::random::uuid;

/// How many lines an agenda has.
const LINES_MAX: usize = 100;

/// An agenda line as named by a caller.
#[derive(Debug, Clone)]
pub struct AgendaItemInput {
    /// The line it is, where it stays the same one when the agenda is replaced.
    pub id: Option<AgendaItemId>,
    /// Its number; without it, the next (its place, when the agenda is replaced).
    pub number: Option<i32>,
    /// What it is about.
    pub title: LanguageMap,
    /// Who speaks.
    pub speakers: Vec<OfficeHolderInput>,
    /// The items discussed.
    pub items: Vec<ItemKey>,
    /// What the protocol says.
    pub protocol_text: LanguageMap,
    /// Who reads the line.
    pub level: Level,
}

/// What an edit of a line changes. `None` leaves a field alone.
#[derive(Debug, Clone, Default)]
pub struct AgendaItemEdit {
    /// Its number.
    pub number: Option<i32>,
    /// Changes of the title by language.
    pub title: Vec<(Language, Option<String>)>,
    /// Who speaks.
    pub speakers: Option<Vec<OfficeHolderInput>>,
    /// The items discussed.
    pub items: Option<Vec<ItemKey>>,
    /// Changes of what the protocol says by language.
    pub protocol_text: Vec<(Language, Option<String>)>,
    /// Who reads the line.
    pub level: Option<Level>,
}

/// The meeting with this agenda in place of its own. A line without the identifier of one that stands is new.
pub(super) async fn replaced(
    changing: &Changing<'_>,
    lines: Vec<AgendaItemInput>,
) -> Result<Meeting, AppError> {
    if lines.len() > LINES_MAX {
        return Err(AppError::field("", FieldCode::TooMany));
    }
    let mut after = changing.before.clone();
    after.agenda.clear();
    for (place, mut input) in (1..).zip(lines) {
        let id = match input.id {
            None => AgendaItemId(uuid(changing.app.random.as_ref())),
            Some(id) if after.agenda.iter().any(|line| line.id == id) => {
                return Err(AppError::field(format!("/{}/id", place - 1), FieldCode::Duplicate));
            }
            Some(id) if changing.before.agenda.iter().any(|line| line.id == id) => id,
            Some(_) => {
                return Err(AppError::field(format!("/{}/id", place - 1), FieldCode::UnknownReference));
            }
        };
        input.number.get_or_insert(place);
        let line = line(changing, &after, id, input)
            .await
            .map_err(|error| below(&format!("/{}", place - 1), error))?;
        after.agenda.push(line);
    }
    tidy(&mut after);
    Ok(after)
}

/// The meeting with one line more, which gets this identifier.
pub(super) async fn added(
    changing: &Changing<'_>,
    id: Uuid,
    input: AgendaItemInput,
) -> Result<Meeting, AppError> {
    let mut after = changing.before.clone();
    if after.agenda.len() >= LINES_MAX {
        return Err(AppError::field("", FieldCode::TooMany));
    }
    let line = line(changing, &after, AgendaItemId(id), input).await?;
    after.agenda.push(line);
    tidy(&mut after);
    Ok(after)
}

async fn line(
    changing: &Changing<'_>,
    meeting: &Meeting,
    id: AgendaItemId,
    input: AgendaItemInput,
) -> Result<AgendaItem, AppError> {
    let taken: Vec<_> = meeting.agenda.iter().map(|line| line.number).collect();
    let mut errors = Vec::new();
    let number = free_number(&taken, input.number).map_err(|mistake| errors.push(mistake)).unwrap_or(0);
    let title = changed_text("/title", &input.title, Vec::new())
        .map_err(|mistake| errors.push(mistake))
        .unwrap_or_default();
    errors.extend(check_level("/level", input.level).err());
    let speakers = office_holders(changing.app, "/speakers", &input.speakers)
        .map_err(|mistakes| errors.extend(mistakes))
        .unwrap_or_default();
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let items = items(changing.tx, &changing.actor, "/items", &input.items).await?;
    Ok(AgendaItem {
        id,
        number,
        title,
        speakers,
        items,
        protocol_text: input.protocol_text,
        level: input.level,
    })
}

/// The meeting with a line changed.
pub(super) async fn edited(
    changing: &Changing<'_>,
    id: AgendaItemId,
    edit: AgendaItemEdit,
) -> Result<Meeting, AppError> {
    let mut after = changing.before.clone();
    let others: Vec<_> = after.agenda.iter().filter(|line| line.id != id).map(|line| line.number).collect();
    let line = after.agenda.iter_mut().find(|line| line.id == id).ok_or(AppError::NotFound)?;
    if let Some(number) = edit.number {
        line.number = check_number(&others, number).map_err(one)?;
    }
    line.title = changed_text("/title", &line.title, edit.title).map_err(one)?;
    line.protocol_text = edited_text(&line.protocol_text, edit.protocol_text);
    if let Some(speakers) = edit.speakers {
        line.speakers = office_holders(changing.app, "/speakers", &speakers).map_err(AppError::Invalid)?;
    }
    if let Some(discussed) = edit.items {
        line.items = items(changing.tx, &changing.actor, "/items", &discussed).await?;
    }
    if let Some(level) = edit.level {
        check_level("/level", level).map_err(one)?;
        line.level = level;
    }
    tidy(&mut after);
    Ok(after)
}

/// The meeting without a line. Decisions taken under it stay, under none.
pub(super) fn removed(changing: &Changing<'_>, id: AgendaItemId) -> Result<Meeting, AppError> {
    let mut after = changing.before.clone();
    after.agenda.retain(|line| line.id != id);
    if after.agenda.len() == changing.before.agenda.len() {
        return Err(AppError::NotFound);
    }
    tidy(&mut after);
    Ok(after)
}

/// Lines stand by number, and decisions point to lines that are there.
fn tidy(meeting: &mut Meeting) {
    meeting.agenda.sort_by_key(|line| line.number);
    let lines: Vec<_> = meeting.agenda.iter().map(|line| line.id).collect();
    for decision in &mut meeting.decisions {
        decision.agenda_item = decision.agenda_item.filter(|line| lines.contains(line));
    }
}

fn one(mistake: crate::error::FieldError) -> AppError {
    AppError::Invalid(vec![mistake])
}
