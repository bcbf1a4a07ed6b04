//! Decisions of a protocol while it is a draft. Approval makes commitments of them.

use qadam_domain::ids::{AgendaItemId, DecisionId, Uuid};
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::meetings::{Decision, Meeting};
use qadam_storage::items::Key as ItemKey;

use super::changing::{Changing, check_decisions_open};
use super::inputs::{body, changed_text, check_number, free_number, items};
use crate::error::{AppError, FieldCode, FieldError};
use crate::items::DueInput;

/// How many decisions a protocol has.
const DECISIONS_MAX: usize = 100;

/// A decision as named by a caller.
#[derive(Debug, Clone)]
pub struct DecisionInput {
    /// Its number; without it, the next.
    pub number: Option<i32>,
    /// The agenda line it was taken under.
    pub agenda_item: Option<AgendaItemId>,
    /// What was decided.
    pub text: LanguageMap,
    /// Code or identifier of the body that leads.
    pub lead: String,
    /// When it is due.
    pub due: Option<DueInput>,
    /// The items it implements.
    pub implements: Vec<ItemKey>,
}

/// What an edit of a decision changes. `None` leaves a field alone.
#[derive(Debug, Clone, Default)]
pub struct DecisionEdit {
    /// Its number.
    pub number: Option<i32>,
    /// The agenda line it was taken under, or that there is none.
    pub agenda_item: Option<Option<AgendaItemId>>,
    /// Changes of the text by language.
    pub text: Vec<(Language, Option<String>)>,
    /// Code or identifier of the body that leads.
    pub lead: Option<String>,
    /// When it is due, or that it has no date.
    pub due: Option<Option<DueInput>>,
    /// The items it implements.
    pub implements: Option<Vec<ItemKey>>,
}

/// The meeting with one decision more, which gets this identifier.
pub(super) async fn added(
    changing: &Changing<'_>,
    id: Uuid,
    input: DecisionInput,
) -> Result<Meeting, AppError> {
    check_decisions_open(&changing.before)?;
    let mut after = changing.before.clone();
    if after.decisions.len() >= DECISIONS_MAX {
        return Err(AppError::field("", FieldCode::TooMany));
    }
    let taken: Vec<_> = after.decisions.iter().map(|decision| decision.number).collect();
    let mut errors = Vec::new();
    let number = free_number(&taken, input.number).map_err(|mistake| errors.push(mistake)).ok();
    let text = changed_text("/text", &input.text, Vec::new()).map_err(|mistake| errors.push(mistake)).ok();
    let lead = body(changing.app, "/lead", &input.lead).map_err(|mistake| errors.push(mistake)).ok();
    errors.extend(check_line(&after, input.agenda_item).err());
    let (Some(number), Some(text), Some(lead), true) = (number, text, lead, errors.is_empty()) else {
        return Err(AppError::Invalid(errors));
    };
    after.decisions.push(Decision {
        id: DecisionId(id),
        number,
        agenda_item: input.agenda_item,
        text,
        lead,
        due: input.due.map(DueInput::deadline),
        implements: items(changing.tx, &changing.actor, "/implements", &input.implements).await?,
        commitment: None,
    });
    after.decisions.sort_by_key(|decision| decision.number);
    Ok(after)
}

/// The meeting with a decision changed.
pub(super) async fn edited(
    changing: &Changing<'_>,
    id: DecisionId,
    edit: DecisionEdit,
) -> Result<Meeting, AppError> {
    let mut after = changing.before.clone();
    let others: Vec<_> =
        after.decisions.iter().filter(|other| other.id != id).map(|other| other.number).collect();
    let decision = after.decisions.iter_mut().find(|decision| decision.id == id).ok_or(AppError::NotFound)?;
    check_decisions_open(&changing.before)?;
    if let Some(number) = edit.number {
        decision.number = check_number(&others, number).map_err(one)?;
    }
    if let Some(line) = edit.agenda_item {
        check_line(&changing.before, line).map_err(one)?;
        decision.agenda_item = line;
    }
    decision.text = changed_text("/text", &decision.text, edit.text).map_err(one)?;
    if let Some(lead) = edit.lead {
        decision.lead = body(changing.app, "/lead", &lead).map_err(one)?;
    }
    if let Some(due) = edit.due {
        decision.due = due.map(DueInput::deadline);
    }
    if let Some(implements) = edit.implements {
        decision.implements = items(changing.tx, &changing.actor, "/implements", &implements).await?;
    }
    after.decisions.sort_by_key(|decision| decision.number);
    Ok(after)
}

/// The meeting without a decision.
pub(super) fn removed(changing: &Changing<'_>, id: DecisionId) -> Result<Meeting, AppError> {
    let mut after = changing.before.clone();
    after.decisions.retain(|decision| decision.id != id);
    if after.decisions.len() == changing.before.decisions.len() {
        return Err(AppError::NotFound);
    }
    check_decisions_open(&changing.before)?;
    Ok(after)
}

fn check_line(meeting: &Meeting, line: Option<AgendaItemId>) -> Result<(), FieldError> {
    match line {
        Some(line) if !meeting.agenda.iter().any(|other| other.id == line) => {
            Err(FieldError::new("/agenda_item", FieldCode::UnknownReference))
        }
        _ => Ok(()),
    }
}

fn one(mistake: FieldError) -> AppError {
    AppError::Invalid(vec![mistake])
}
