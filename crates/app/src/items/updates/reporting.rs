//! Writing a report, and handing it in.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{ContributionId, EventId, OrganisationId};
use qadam_domain::items::contributions::{Content, Contribution, ContributionKind, Sight};
use qadam_domain::items::updates::{
    RequestedMove, Update, UpdateState, UpdateStep, after_step, may_step, waits_for_approval,
};
use qadam_domain::items::{Evidence, Item, Kind, Status};
use qadam_domain::language::LanguageMap;
use qadam_domain::policy::Action;
use qadam_domain::reporting_rounds::Asked;
use qadam_storage::items::{self as stored, Key};
use serde_json::Value;

use super::UpdateInput;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode, FieldError};
use crate::idempotency::Retry;
use crate::items::DueInput;
use crate::items::assessments::{EVIDENCE_MAX, as_of};
use crate::items::contributions::Contributed;
use crate::items::editing::Editing;
use crate::items::moves::{StatusChangeInput, make};
use crate::random::uuid;
use crate::reporting_rounds::{Wanted, receive, still_open, wanted};

/// Reports on an item as one of its owners.
pub async fn report(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    input: UpdateInput,
    retry: Option<Retry>,
) -> Result<Contributed, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let (item, made) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                let content = Content::Update(written(&editing, &input, UpdateState::Draft)?);
                let made = editing.contribution(content, Sight::OWN);
                if let Some(retry) = retry {
                    let location = format!("/api/v1/items/{}/updates/{}", editing.before.id, made.id);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                if let Some(transcribed) = &input.transcribed {
                    let body = transcribed.organisation.as_deref();
                    let organisation = transcribed_owner(&editing, body, &input)?;
                    check_round(&editing, organisation, &input).await?;
                    return publish(&editing, Contribution { organisation, ..made }, None).await;
                }
                editing.may(Action::Report)?;
                check(&editing, &input).await?;
                editing.check_room(ContributionKind::Update).await?;
                if input.draft {
                    stored::insert_contribution(tx, &made).await?;
                    return Ok((editing.before, made));
                }
                hand_in(&editing, made, None).await
            })
        })
        .await?;
    app.committed();
    Contributed::load(app, viewer, item, made).await
}

/// Writes a report anew that was not handed in, or was returned; and hands it in, unless it stays a draft.
pub async fn edit_update(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    id: ContributionId,
    input: UpdateInput,
) -> Result<Contributed, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let (item, made) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                let before = editing.own_update(id).await?;
                editing.may(Action::Report)?;
                let state = state_of(&before)?;
                next(&editing, state, UpdateStep::Edit, false)?;
                check(&editing, &input).await?;
                let update = written(&editing, &input, state)?;
                // Why it was returned stays with it until it is handed in again.
                let content = Content::Update(Update { return_reason: return_reason(&before), ..update });
                let after = Contribution { content, ..before.clone() };
                if input.draft {
                    let after = Contribution { version: before.version + 1, ..after };
                    stored::update_contribution(tx, &before, &after).await?;
                    return Ok((editing.before, after));
                }
                hand_in(&editing, after, Some(&before)).await
            })
        })
        .await?;
    app.committed();
    Contributed::load(app, viewer, item, made).await
}

/// The owner whose report the secretariat transcribes: what stands in the document, and nothing that the body would
/// do by it here.
fn transcribed_owner(
    editing: &Editing<'_>,
    body: Option<&str>,
    input: &UpdateInput,
) -> Result<Option<OrganisationId>, AppError> {
    editing.may(Action::Transcribe)?;
    let directory = editing.app.directory();
    let found = body.and_then(|body| directory.find(body)).map(|organisation| organisation.id);
    let owner = editing.before.owners.iter().find(|owner| Some(owner.organisation) == found);
    let mut errors = Vec::new();
    if body.is_some() && owner.is_none() {
        errors.push(FieldError::new("/organisation", FieldCode::UnknownReference));
    }
    if input.narrative.is_empty() {
        errors.push(FieldError::new("/narrative", FieldCode::Required));
    }
    for (pointer, given) in [
        ("/status_change", input.status.is_some()),
        ("/draft", input.draft),
        ("/corrects", input.corrects.is_some()),
        // A round asks bodies, not the State as a whole.
        ("/round", input.round.is_some() && body.is_none()),
    ] {
        if given {
            errors.push(FieldError::new(pointer, FieldCode::NotAllowed));
        }
    }
    if errors.is_empty() { Ok(owner.map(|owner| owner.organisation)) } else { Err(AppError::Invalid(errors)) }
}

impl Editing<'_> {
    /// A report of the actor's own body.
    pub(super) async fn own_update(&self, id: ContributionId) -> Result<Contribution, AppError> {
        let found = self.contributed(id, ContributionKind::Update).await?;
        if found.organisation == Some(self.actor.organisation) && found.role.speaks_for_body() {
            Ok(found)
        } else {
            Err(Code::RoleRequired.into())
        }
    }
}

/// Where a report stands.
pub(super) fn state_of(contribution: &Contribution) -> Result<UpdateState, AppError> {
    match &contribution.content {
        Content::Update(update) => Ok(update.state),
        _ => Err(AppError::NotFound),
    }
}

/// Why a report was returned; empty where it was not.
fn return_reason(contribution: &Contribution) -> LanguageMap {
    match &contribution.content {
        Content::Update(update) => update.return_reason.clone(),
        _ => LanguageMap::default(),
    }
}

/// Where a report stands after a step of the actor.
pub(super) fn next(
    editing: &Editing<'_>,
    state: UpdateState,
    step: UpdateStep,
    waits: bool,
) -> Result<UpdateState, AppError> {
    if !may_step(editing.actor.role, step) {
        let approves = matches!(step, UpdateStep::Approve | UpdateStep::Return);
        let speaks = editing.actor.role.speaks_for_body();
        return Err(if approves && speaks { Code::ApprovalRequired } else { Code::RoleRequired }.into());
    }
    after_step(state, step, waits).ok_or_else(|| Code::UpdateConflict.into())
}

/// Hands a report in: to the approver, or to whoever reads the item where the body has none or an approver wrote it.
pub(super) async fn hand_in(
    editing: &Editing<'_>,
    made: Contribution,
    before: Option<&Contribution>,
) -> Result<(Item, Contribution), AppError> {
    if matches!(&made.content, Content::Update(update) if update.narrative.is_empty()) {
        return Err(AppError::field("/narrative", FieldCode::Required));
    }
    let waits = waits_for_approval(editing.actor.role, editing.body_has_approver().await?);
    let state = next(editing, state_of(&made)?, UpdateStep::Submit, waits)?;
    if state == UpdateState::Published {
        return publish(editing, made, before).await;
    }
    still_open(editing.tx, &made).await?;
    let made = in_state(made, state, LanguageMap::default());
    let made = Contribution { recorded_on: editing.act.today, ..made };
    match before {
        Some(before) => editing.change_contribution(before, made, "update.submitted", Value::Null).await,
        None => editing.contribute(made, "update.submitted", Value::Null).await,
    }
}

/// Publishes a report, and makes the move that comes with it. For everybody but the body it is of that day.
pub(super) async fn publish(
    editing: &Editing<'_>,
    made: Contribution,
    before: Option<&Contribution>,
) -> Result<(Item, Contribution), AppError> {
    still_open(editing.tx, &made).await?;
    let made = Contribution {
        sight: Sight::AsItem,
        recorded_on: editing.act.today,
        ..in_state(made, UpdateState::Published, LanguageMap::default())
    };
    let moved = match requested(&made) {
        Some((requested, evidence, as_of)) if is_move(editing, requested.to) => {
            let input = StatusChangeInput {
                as_of: Some(as_of),
                reason: requested.reason.clone(),
                answer: requested.answer.clone(),
                due: requested.due.map(|due| DueInput { on: due.on, precision: due.precision }),
                no_due_reason: requested.no_due_reason.clone(),
                evidence: evidence.to_vec(),
                ..StatusChangeInput::to(requested.to)
            };
            let id = EventId(uuid(editing.app.random.as_ref()));
            Some(Box::pin(make(editing, &input, id)).await.map_err(within_report)?.0)
        }
        _ => None,
    };
    let continued = moved.map(|item| editing.continued(item));
    let editing = continued.as_ref().unwrap_or(editing);
    let (item, published) = match before {
        Some(before) => editing.change_contribution(before, made, "update.published", Value::Null).await,
        None => editing.contribute(made, "update.published", Value::Null).await,
    }?;
    receive(editing.tx, &editing.act, &published).await?;
    Ok((item, published))
}

type Requested<'a> =
    (&'a RequestedMove, &'a [Evidence], (chrono::NaiveDate, qadam_domain::calendar::Precision));

fn requested(contribution: &Contribution) -> Option<Requested<'_>> {
    let Content::Update(update) = &contribution.content else { return None };
    let as_of = (update.as_of.on, update.as_of.precision);
    update.status.as_ref().map(|requested| (requested, update.evidence.as_slice(), as_of))
}

/// Whether the wanted status is one the body moves to itself. A withdrawal of a commitment is asked for, and the
/// secretariat confirms it.
fn is_move(editing: &Editing<'_>, to: Status) -> bool {
    !(editing.before.kind == Kind::Commitment && to == Status::Withdrawn)
}

/// What is wrong with the move is wrong with a part of the report.
fn within_report(error: AppError) -> AppError {
    match error {
        AppError::Invalid(errors) => AppError::Invalid(
            errors
                .into_iter()
                .map(|error| match error.pointer.as_str() {
                    "/evidence" | "/as_of" => error,
                    _ => FieldError::new(format!("/status_change{}", error.pointer), error.code),
                })
                .collect(),
        ),
        other => other,
    }
}

pub(super) fn in_state(
    contribution: Contribution,
    state: UpdateState,
    return_reason: LanguageMap,
) -> Contribution {
    let content = match contribution.content {
        Content::Update(update) => Content::Update(Update { state, return_reason, ..update }),
        other => other,
    };
    Contribution { content, ..contribution }
}

fn written(editing: &Editing<'_>, input: &UpdateInput, state: UpdateState) -> Result<Update, AppError> {
    Ok(Update {
        state,
        as_of: as_of(editing, input.as_of)?,
        narrative: input.narrative.clone(),
        status: input.status.clone(),
        evidence: input.evidence.clone(),
        responsible_unit: input.responsible_unit.clone(),
        outgoing_number: input.outgoing_number.clone(),
        corrects: input.corrects,
        round: input.round,
        recorded_from: input.transcribed.as_ref().map(|transcribed| transcribed.document.clone()),
        return_reason: LanguageMap::default(),
    })
}

async fn check(editing: &Editing<'_>, input: &UpdateInput) -> Result<(), AppError> {
    let mut errors = Vec::new();
    // All that is missing is told at once.
    if input.narrative.is_empty() && !input.draft {
        errors.push(FieldError::new("/narrative", FieldCode::Required));
    }
    if input.evidence.len() > EVIDENCE_MAX {
        errors.push(FieldError::new("/evidence", FieldCode::TooMany));
    }
    if input.transcribed.is_some() {
        errors.push(FieldError::new("/recorded_from", FieldCode::NotAllowed));
    }
    if let Some(corrected) = input.corrects
        && !is_correctable(editing, corrected).await?
    {
        errors.push(FieldError::new("/corrects", FieldCode::UnknownReference));
    }
    // Only the lead moves status; co-owners report.
    if input.status.is_some() && editing.before.lead() != Some(editing.actor.organisation) {
        errors.push(FieldError::new("/status_change", FieldCode::NotAllowed));
    }
    errors.extend(wrong_round(editing, Some(editing.actor.organisation), input).await?);
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}

/// A round that is named is open, and asks this body about this item.
async fn check_round(
    editing: &Editing<'_>,
    body: Option<OrganisationId>,
    input: &UpdateInput,
) -> Result<(), AppError> {
    let wrong = wrong_round(editing, body, input).await?;
    wrong.map_or(Ok(()), |wrong| Err(AppError::Invalid(vec![wrong])))
}

/// What is wrong with the round that a report names. A closed one is refused before anything that is wrong with fields.
async fn wrong_round(
    editing: &Editing<'_>,
    body: Option<OrganisationId>,
    input: &UpdateInput,
) -> Result<Option<FieldError>, AppError> {
    let (Some(round), Some(organisation)) = (input.round, body) else { return Ok(None) };
    match wanted(editing.tx, round, Asked { organisation, item: editing.before.id }).await? {
        Wanted::Yes => Ok(None),
        Wanted::NotAsked => Ok(Some(FieldError::new("/round", FieldCode::UnknownReference))),
        Wanted::Closed => Err(Code::RoundClosed.into()),
    }
}

/// A correction names a published report of the same body.
async fn is_correctable(editing: &Editing<'_>, id: ContributionId) -> Result<bool, AppError> {
    match editing.own_update(id).await {
        Ok(found) => Ok(state_of(&found)? == UpdateState::Published),
        Err(AppError::NotFound | AppError::Refused(Code::RoleRequired)) => Ok(false),
        Err(error) => Err(error),
    }
}
