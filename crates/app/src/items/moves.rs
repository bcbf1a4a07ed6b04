//! Moving an item's status.
//!
//! The table in `qadam_domain::items::moves` decides; this brings it the facts and carries the move out: levels
//! that follow the status, the lead, the answer, the deadline, the number at first publication.

use std::sync::Arc;

use chrono::NaiveDate;
use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::{AsOf, Precision};
use qadam_domain::ids::EventId;
use qadam_domain::items::closing::{ClosingFacts, close_as_implemented};
use qadam_domain::items::moves::{MoveFacts, Mover, decide, find};
use qadam_domain::items::{Answer, ClosingResult, Evidence, Item, Kind, Owner, OwnerRole, Source, Status};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;
use qadam_domain::policy::{may_move_alone, movers};
use qadam_storage::items::{self as stored, Key, StatusChange};
use serde_json::Value;

use super::closing::closing_facts;
use super::consents::all_agree_to_merge;
use super::editing::{Editing, find_visible};
use super::inputs::{DueInput, OwnerInput, owners};
use super::links::link_to_target;
use super::receipts::files;
use super::record::language_map;
use super::updates::asks_for_withdrawal;
use super::view::ItemView;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode, FieldError};
use crate::idempotency::Retry;
use crate::ledger::{Axes, ItemChange, Written, receipts};
use crate::precondition::IfMatch;
use crate::random::uuid;
use crate::readings::hear_items;
use crate::throttling;

/// How much evidence comes with a move at most.
const EVIDENCE_MAX: usize = 20;

/// A piece of evidence as named by a caller.
pub type EvidenceInput = Evidence;

/// A move as named by a caller.
#[derive(Debug, Clone)]
pub struct StatusChangeInput {
    /// Where to.
    pub to: Status,
    /// Since when; without it, today.
    pub as_of: Option<(NaiveDate, Precision)>,
    /// Why.
    pub reason: LanguageMap,
    /// The lead's answer: its text, and its day (without one, today).
    pub answer: Option<(LanguageMap, Option<NaiveDate>)>,
    /// Code or identifier of the lead.
    pub lead: Option<String>,
    /// When it is due.
    pub due: Option<DueInput>,
    /// Why it has no due date.
    pub no_due_reason: LanguageMap,
    /// Evidence.
    pub evidence: Vec<EvidenceInput>,
    /// The result it closes with.
    pub closing_result: Option<ClosingResult>,
    /// Where it was announced.
    pub source: Option<Source>,
    /// The item it is joined into, or that replaces it: ref or identifier.
    pub target: Option<Key>,
}

impl StatusChangeInput {
    /// A move to a status with nothing else.
    pub fn to(to: Status) -> Self {
        Self {
            to,
            as_of: None,
            reason: LanguageMap::default(),
            answer: None,
            lead: None,
            due: None,
            no_due_reason: LanguageMap::default(),
            evidence: Vec::new(),
            closing_result: None,
            source: None,
            target: None,
        }
    }
}

/// A move that was made.
#[derive(Debug)]
pub struct Moved {
    /// The item after it.
    pub view: ItemView,
    /// The event.
    pub change: StatusChange,
    /// The signed receipt, where the move filed a proposal.
    pub receipt: Option<String>,
}

/// Moves an item's status.
pub async fn change_status(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    condition: Option<IfMatch>,
    input: StatusChangeInput,
    retry: Option<Retry>,
) -> Result<Moved, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let (item, change, receipt) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, condition.as_ref()).await?;
                let id = EventId(uuid(shared.random.as_ref()));
                if let Some(retry) = retry {
                    let location = format!("/api/v1/items/{}/status-changes/{id}", editing.before.id);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                // On the heap: a move does much, and what waits for it would be as large.
                let made = Box::pin(make(&editing, &input, id)).await?;
                Ok::<_, AppError>(made)
            })
        })
        .await?;
    app.committed();
    Ok(Moved { view: ItemView::load(app, viewer, item).await?, change, receipt })
}

/// Makes the move inside the write: the item after it, the event, and the receipt where it filed a proposal.
pub(super) async fn make(
    editing: &Editing<'_>,
    input: &StatusChangeInput,
    id: EventId,
) -> Result<(Item, StatusChange, Option<String>), AppError> {
    let movers = movers(&editing.viewer(), &editing.facts);
    let before = &editing.before;
    approved(editing, input.to, &movers).await?;
    // The table's refusal names what is missing; the policy's only that it is not yours.
    let target = target(editing, input).await;
    let named = target.as_ref().ok().and_then(Option::as_ref);
    let other = target.is_err() || named.is_some_and(|target| target.id != before.id);
    let closing = closing(editing, input).await?;
    let asked = lead_asked(editing, input.to).await?;
    let facts = MoveFacts {
        supporting_finding: closing.as_ref().is_some_and(ClosingFacts::is_supported),
        lead_request: asked,
        consent_to_merge: agreed_to_merge(editing, input.to, target.as_ref()).await?,
        ..facts(editing, input, other)
    };
    decide(before.kind, before.status, input.to, &movers, &facts)?;
    let contested = match &closing {
        Some(closing) => close_as_implemented(closing, editing.actor.user, editing.act.today)?,
        None => false,
    };
    // What cannot be found was named all the same: it is a fault of the fields, which come last.
    let target = target?;
    check_target(input, target.as_ref())?;
    if (before.kind, before.status, input.to) == (Kind::Proposal, Status::Draft, Status::Submitted) {
        throttling::file(editing.app, editing.actor.user)?;
    }
    let mut after = apply(editing, input)?;
    after.contested = contested;
    let from = before.status;
    let change = ItemChange {
        action: "item.status_changed",
        reason: if input.reason.is_empty() { Value::Null } else { language_map(&input.reason) },
        axes: if from == Status::Draft && !before.filed_by.is_empty() { Axes::Both } else { Axes::Text },
        ..ItemChange::default()
    };
    let (after, written) = editing.save(after, change).await?;
    let written = written.ok_or_else(|| AppError::Internal("a move left no ledger entry".to_owned()))?;
    let event = event(editing, input, &after, id, written);
    stored::insert_status_change(editing.tx, &event).await?;
    let after = match target.filter(|_| input.to == Status::Merged) {
        Some(target) => link_to_target(editing, after, &target).await?,
        None => after,
    };
    let receipt = if files(&after, &event) {
        Some(receipts::receipt(editing.app, after.id, event.recorded_on, written.digest, written.salt)?)
    } else {
        None
    };
    Ok((after, event, receipt))
}

/// In a body with an approver an officer moves an item by a report, which waits for approval.
async fn approved(editing: &Editing<'_>, to: Status, movers: &[Mover]) -> Result<(), AppError> {
    let before = &editing.before;
    let as_lead = find(before.kind, before.status, to)
        .is_some_and(|row| movers.iter().filter(|mover| row.by.contains(mover)).eq([&Mover::Lead]));
    // Asked only of those for whom it makes a difference.
    let alone = !as_lead
        || may_move_alone(editing.actor.role, true)
        || may_move_alone(editing.actor.role, editing.body_has_approver().await?);
    if alone { Ok(()) } else { Err(Code::ApprovalRequired.into()) }
}

/// What closing as implemented rests on; nothing for every other move.
async fn closing(editing: &Editing<'_>, input: &StatusChangeInput) -> Result<Option<ClosingFacts>, AppError> {
    if input.to != Status::Closed || input.closing_result != Some(ClosingResult::Implemented) {
        return Ok(None);
    }
    Ok(Some(closing_facts(editing).await?))
}

/// Whether the lead asked for a withdrawal by a report since the item stands where it does.
async fn lead_asked(editing: &Editing<'_>, to: Status) -> Result<bool, AppError> {
    if to != Status::Withdrawn || editing.before.kind != Kind::Commitment {
        return Ok(false);
    }
    asks_for_withdrawal(editing).await
}

/// The item it is joined into, or that replaces it.
async fn target(editing: &Editing<'_>, input: &StatusChangeInput) -> Result<Option<Item>, AppError> {
    let Some(key) = input.target else { return Ok(None) };
    let target = find_visible(editing.tx, &editing.viewer(), key).await.map_err(unknown_target)?;
    Ok(Some(target))
}

/// Whether every submitter agreed to the merge. Where the target cannot be found nobody can have agreed, and the fault
/// is the target's, which is told later.
async fn agreed_to_merge(
    editing: &Editing<'_>,
    to: Status,
    target: Result<&Option<Item>, &AppError>,
) -> Result<bool, AppError> {
    match target {
        Ok(Some(target)) if to == Status::Merged => all_agree_to_merge(editing, target.id).await,
        Ok(_) => Ok(false),
        Err(_) => Ok(to == Status::Merged),
    }
}

/// Nothing is merged into what was merged itself, or is nobody's business any more.
fn check_target(input: &StatusChangeInput, target: Option<&Item>) -> Result<(), AppError> {
    let gone = |target: &Item| matches!(target.status, Status::Draft | Status::Merged | Status::Withdrawn);
    if input.to == Status::Merged && target.is_some_and(gone) {
        return Err(AppError::field("/target", FieldCode::NotAllowed));
    }
    Ok(())
}

/// What comes with the move and what stands on the item, as the table asks for it; `other` is whether another item
/// was named.
fn facts(editing: &Editing<'_>, input: &StatusChangeInput, other: bool) -> MoveFacts {
    let before = &editing.before;
    let source = input.source.as_ref();
    let quoted =
        |source: &Source| source.decision.is_some() || (source.quote.is_some() && source.url.is_some());
    MoveFacts {
        reason: !input.reason.is_empty(),
        lead: input.lead.is_some() || before.lead().is_some(),
        consent_to_addressed: editing.facts.text_consent.is_some_and(|consent| consent >= Level::Addressed),
        answer: input.answer.is_some(),
        due_or_reason: input.due.is_some()
            || before.due.is_some()
            || !input.no_due_reason.is_empty()
            || !before.no_due_reason.is_empty(),
        evidence: !input.evidence.is_empty(),
        announcement_source: source.is_some_and(quoted) || quoted(&before.source),
        new_source: source.is_some_and(|source| quoted(source) && *source != before.source),
        closing_result: input.closing_result,
        // Told by findings and reports, which are read where the move needs them.
        supporting_finding: false,
        target: other,
        // Looked up where the move is a merge.
        consent_to_merge: false,
        successor: other || source.is_some_and(|source| source.symbol.is_some() || source.url.is_some()),
        lead_request: false,
        mechanism_answers: before
            .source
            .mechanism
            .as_ref()
            .is_some_and(|code| editing.app.vocabularies().mechanism_answers(code)),
    }
}

fn unknown_target(error: AppError) -> AppError {
    match error {
        AppError::NotFound | AppError::Gone { .. } => AppError::field("/target", FieldCode::UnknownReference),
        other => other,
    }
}

/// The item after the move.
fn apply(editing: &Editing<'_>, input: &StatusChangeInput) -> Result<Item, AppError> {
    let mut after = editing.before.clone();
    check(editing, input)?;
    after.status = input.to;
    after.status_as_of = as_of(editing, input)?;
    after.closing_result = input.closing_result.filter(|_| input.to == Status::Closed);
    if let Some(lead) = &input.lead {
        name_lead(editing, &mut after, lead)?;
    }
    if let Some((text, on)) = &input.answer {
        let on = on.unwrap_or(editing.act.today);
        if on > editing.act.today {
            return Err(AppError::field("/answer/on", FieldCode::InFuture));
        }
        after.answer = Some(Answer { text: text.clone(), on });
    }
    if let Some(due) = input.due {
        after.due = Some(due.deadline());
        after.no_due_reason = LanguageMap::default();
    } else if !input.no_due_reason.is_empty() {
        after.due = None;
        after.no_due_reason = input.no_due_reason.clone();
    }
    if let Some(source) = input.source.as_ref().filter(|_| input.to == Status::Announced) {
        after.source = source.clone();
    }
    follow_status(editing, &mut after);
    Ok(after)
}

/// Fields that contradict each other or do not belong to the move.
fn check(editing: &Editing<'_>, input: &StatusChangeInput) -> Result<(), AppError> {
    let mut errors = Vec::new();
    if input.evidence.len() > EVIDENCE_MAX {
        errors.push(FieldError::new("/evidence", FieldCode::TooMany));
    }
    if input.due.is_some() && !input.no_due_reason.is_empty() {
        errors.push(FieldError::new("/no_due_reason", FieldCode::Contradiction));
    }
    if (input.due.is_some() || !input.no_due_reason.is_empty()) && input.to != Status::Planned {
        errors.push(FieldError::new("/due_on", FieldCode::NotAllowed));
    }
    if input.answer.is_some() && editing.before.status != Status::UnderReview {
        errors.push(FieldError::new("/answer", FieldCode::NotAllowed));
    }
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}

fn as_of(editing: &Editing<'_>, input: &StatusChangeInput) -> Result<AsOf, AppError> {
    let today = editing.act.today;
    match input.as_of {
        None => Ok(AsOf::day(today)),
        Some((on, precision)) => {
            AsOf::new(on, precision, today).ok_or_else(|| AppError::field("/as_of", FieldCode::InFuture))
        }
    }
}

/// Makes a body the lead; whoever led before takes part.
fn name_lead(editing: &Editing<'_>, after: &mut Item, lead: &str) -> Result<(), AppError> {
    if !matches!(after.status, Status::UnderReview | Status::Announced | Status::Planned) {
        return Err(AppError::field("/lead", FieldCode::NotAllowed));
    }
    let named = OwnerInput { organisation: lead.to_owned(), role: OwnerRole::Lead, by_agreement: None };
    let found = owners(editing.app, std::slice::from_ref(&named))
        .map_err(|_| AppError::field("/lead", FieldCode::UnknownReference))?;
    let Some(lead) = found.into_iter().next() else { return Ok(()) };
    // Only the secretariat says who leads; a lead that names itself says nothing new.
    if after.lead() != Some(lead.organisation) && !editing.viewer().is_secretariat() {
        return Err(AppError::field("/lead", FieldCode::NotAllowed));
    }
    after.owners.retain(|owner| owner.organisation != lead.organisation);
    for owner in &mut after.owners {
        if owner.role == OwnerRole::Lead {
            *owner = Owner { role: OwnerRole::Co, ..*owner };
        }
    }
    after.owners.insert(0, lead);
    Ok(())
}

/// What follows from the new status: levels, the day of filing, the end of the draft.
fn follow_status(editing: &Editing<'_>, after: &mut Item) {
    if editing.before.status == Status::Draft {
        after.drafters.clear();
        after.filed_on = after.filed_on.or(Some(AsOf::day(editing.act.today)));
    }
    match (after.kind, after.status) {
        (Kind::Proposal, Status::Submitted) => {
            after.text_level = after.text_level.max(Level::Secretariat);
        }
        (Kind::Proposal, Status::UnderReview) => after.text_level = after.text_level.max(Level::Addressed),
        // Commitments are public from their announcement or confirmation, recommendations from registration.
        (Kind::Commitment, Status::Announced | Status::Planned)
        | (Kind::Recommendation, Status::Registered) => {
            after.text_level = Level::Public;
            after.identity_level = Level::Public;
        }
        _ => {}
    }
}

fn event(
    editing: &Editing<'_>,
    input: &StatusChangeInput,
    after: &Item,
    id: EventId,
    written: Written,
) -> StatusChange {
    let submitter = editing.actor.role == qadam_domain::accounts::Role::NgoMember;
    StatusChange {
        id,
        item: after.id,
        position: written.position,
        from: Some(editing.before.status),
        to: after.status,
        as_of: after.status_as_of,
        recorded_on: editing.act.today,
        reason: input.reason.clone(),
        answer: input.answer.as_ref().and(after.answer.clone()),
        evidence: input.evidence.clone(),
        recorded_from: None,
        role: editing.actor.role,
        organisation: (!submitter).then_some(editing.actor.organisation),
        level: after.text_level,
    }
}

/// The status changes of an item that the viewer may see, oldest first.
pub async fn status_changes(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<StatusChange>, AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    hear_items(app, viewer, [&item], true)?;
    let floor = item.relation(viewer).floor();
    Ok(stored::status_changes(&reader, item.id, floor).await?)
}
