//! Findings: giving one, transcribing one from a document, replying to one.

use chrono::NaiveDate;
use qadam_domain::accounts::{Role, Viewer};
use qadam_domain::calendar::{AsOf, Precision};
use qadam_domain::ids::{ContributionId, OrganisationId};
use qadam_domain::items::assessments::{
    Assessment, Assessor, Confidence, Finding, NoJudgementReason, Reply, Transcribed, Voice, reason_fits,
};
use qadam_domain::items::contributions::{Content, Contribution, ContributionKind, Sight};
use qadam_domain::items::positions::{Found, current};
use qadam_domain::items::{Evidence, Item};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::{Level, is_legal_pair};
use qadam_domain::organisations::Organisation;
use qadam_domain::policy::{Action, AssessorFacts, ContributorFacts};
use qadam_storage::items::Key;
use serde_json::Value;

use super::contributions::{Adding, Addition, Continuation, ContributionView, contributions};
use super::editing::Editing;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode, FieldError};
use crate::vocabularies::VocabularyKind;

/// How much evidence comes with a finding or a report at most.
pub(super) const EVIDENCE_MAX: usize = 20;

/// A finding as named by a caller.
#[derive(Debug, Clone)]
pub struct AssessmentInput {
    /// What was found.
    pub finding: Finding,
    /// Why nothing can be said.
    pub no_judgement: Option<NoJudgementReason>,
    /// The grade on the assessor's own scale.
    pub scale_code: Option<String>,
    /// Since when it holds; without it, today.
    pub as_of: Option<(NaiveDate, Precision)>,
    /// Why it was found so.
    pub rationale: LanguageMap,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// The last day of what was looked at.
    pub evidence_until: Option<NaiveDate>,
    /// How sure the assessor is.
    pub confidence: Option<Confidence>,
    /// Who reads it; without it, who reads what the organisation filed there.
    pub text_level: Option<Level>,
    /// Who reads who found it; without it, as with what the organisation filed there, and its own where it filed
    /// nothing.
    pub identity_level: Option<Level>,
    /// Where it is transcribed from a document: who found it (code or identifier of an organisation, or code of a
    /// mechanism), and the document.
    pub transcribed: Option<(String, Transcribed)>,
}

/// The findings on an item that the viewer may read, oldest first; at most 1,000.
pub async fn assessments(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<ContributionView>, AppError> {
    let (item, views) = contributions(app, viewer, key, &[ContributionKind::Assessment]).await?;
    Ok(with_superseded(views, &item))
}

/// Findings on one item with whether each is superseded.
fn with_superseded(views: Vec<ContributionView>, item: &Item) -> Vec<ContributionView> {
    let found: Vec<Found> =
        views.iter().filter_map(|view| Found::of(&view.contribution, item, view.named)).collect();
    let current: Vec<ContributionId> = current(&found).into_iter().map(|found| found.id).collect();
    let superseded = |view: &ContributionView| !current.contains(&view.contribution.id);
    views.into_iter().map(|view| ContributionView { superseded: superseded(&view), ..view }).collect()
}

impl Addition for AssessmentInput {
    const KIND: ContributionKind = ContributionKind::Assessment;
    const PATH: &'static str = "assessments";
    const ACTION: &'static str = "assessment.given";

    fn prepare(self, adding: &Adding<'_>) -> Result<Contribution, AppError> {
        prepare(adding.editing, self)
    }
}

/// What the actor's organisation is to the item, where it would assess it.
pub(super) fn assessor_facts(app: &App, item: &Item, organisation: &Organisation) -> AssessorFacts {
    let directory = app.directory();
    let is_kin = |owner: &qadam_domain::items::Owner| {
        owner.organisation == organisation.id
            || organisation.parent == Some(owner.organisation)
            || directory.get(owner.organisation).is_some_and(|body| body.parent == Some(organisation.id))
    };
    AssessorFacts { kind: organisation.kind, kin_of_owner: item.owners.iter().any(is_kin) }
}

/// The finding as it will be saved: who may give it, then what is wrong with it.
fn prepare(editing: &Editing<'_>, input: AssessmentInput) -> Result<Contribution, AppError> {
    let (assessor, organisation, voice, sight) = match &input.transcribed {
        Some((named, _)) => {
            editing.may(Action::Transcribe)?;
            let (assessor, organisation, voice) = named_assessor(editing, named)?;
            (assessor, organisation, voice, Sight::AsItem)
        }
        None => own_voice(editing, &input)?,
    };
    check(editing, &input)?;
    let content = Content::Assessment(Assessment {
        assessor,
        voice,
        finding: input.finding,
        no_judgement: input.no_judgement,
        scale_code: input.scale_code,
        as_of: as_of(editing, input.as_of)?,
        rationale: input.rationale,
        evidence: input.evidence,
        evidence_until: input.evidence_until,
        confidence: input.confidence,
        transcribed: input.transcribed.map(|(_, transcribed)| transcribed),
        reply: None,
    });
    Ok(Contribution { organisation, ..editing.contribution(content, sight) })
}

type Author = (Assessor, Option<OrganisationId>, Voice, Sight);

/// A finding in the actor's own name.
fn own_voice(editing: &Editing<'_>, input: &AssessmentInput) -> Result<Author, AppError> {
    let directory = editing.app.directory();
    let organisation = directory.get(editing.actor.organisation).ok_or(Code::RoleRequired)?;
    editing.may(Action::Assess(assessor_facts(editing.app, &editing.before, organisation)))?;
    let voice = Voice::of(organisation.kind).ok_or(Code::NotAnAssessor)?;
    let sight = sight(editing, input.text_level, input.identity_level)?;
    Ok((Assessor::Organisation(organisation.id), Some(organisation.id), voice, sight))
}

/// Who reads what the actor adds: civil society names levels; bodies, institutions and the secretariat speak under their
/// names to whoever reads the item.
pub(super) fn sight(
    editing: &Editing<'_>,
    text: Option<Level>,
    identity: Option<Level>,
) -> Result<Sight, AppError> {
    if editing.actor.role == Role::NgoMember {
        return levels(editing, text, identity);
    }
    let named = [("/text_level", text), ("/identity_level", identity)];
    let named = named.iter().filter(|(_, level)| level.is_some());
    let errors: Vec<_> = named.map(|(pointer, _)| FieldError::new(*pointer, FieldCode::NotAllowed)).collect();
    if errors.is_empty() { Ok(Sight::AsItem) } else { Err(AppError::Invalid(errors)) }
}

/// The levels of what civil society adds: those named, by default those of what the organisation filed there.
fn levels(editing: &Editing<'_>, text: Option<Level>, wanted: Option<Level>) -> Result<Sight, AppError> {
    let item = &editing.before;
    let filed = item.filed_by.contains(&editing.actor.organisation);
    let text = text.unwrap_or(item.text_level);
    let identity = wanted.unwrap_or(if filed { item.identity_level } else { Level::Own });
    let identity = if wanted.is_none() { identity.min(text) } else { identity };
    if text > item.text_level || text == Level::Own {
        return Err(AppError::field("/text_level", FieldCode::NotAllowed));
    }
    if !is_legal_pair(text, identity) {
        return Err(AppError::field("/identity_level", FieldCode::Contradiction));
    }
    // A name is made public by two members of the organisation, not by the one who writes.
    let public_already = filed && item.identity_level == Level::Public;
    if identity == Level::Public && !public_already {
        return Err(AppError::field("/identity_level", FieldCode::NotAllowed));
    }
    Ok(Sight::Levels { text, identity })
}

/// The assessor named by code or identifier of an organisation, or by code of a mechanism. A mechanism that is an
/// organisation here is that organisation.
pub fn assessor(app: &App, named: &str) -> Option<Assessor> {
    let directory = app.directory();
    if let Some(organisation) = directory.find(named) {
        return Some(Assessor::Organisation(organisation.id));
    }
    let vocabularies = app.vocabularies();
    let mechanism = vocabularies.get(VocabularyKind::Mechanisms.code(), named)?;
    let organisation = mechanism.data.get("organisation").and_then(Value::as_str);
    let organisation = organisation.and_then(|code| directory.find(code));
    Some(organisation.map_or_else(
        || Assessor::Mechanism(mechanism.code.clone()),
        |organisation| Assessor::Organisation(organisation.id),
    ))
}

/// Whose finding the document gives: an organisation other than a state body, or a mechanism.
fn named_assessor(
    editing: &Editing<'_>,
    named: &str,
) -> Result<(Assessor, Option<OrganisationId>, Voice), AppError> {
    let unknown = || AppError::field("/assessor", FieldCode::UnknownReference);
    let found = assessor(editing.app, named).ok_or_else(unknown)?;
    let Assessor::Organisation(id) = found else { return Ok((found, None, Voice::Mechanisms)) };
    let directory = editing.app.directory();
    let organisation = directory.get(id).ok_or_else(unknown)?;
    let facts = assessor_facts(editing.app, &editing.before, organisation);
    let voice = Voice::of(organisation.kind).filter(|_| !facts.kin_of_owner).ok_or(Code::NotAnAssessor)?;
    Ok((found, Some(id), voice))
}

fn check(editing: &Editing<'_>, input: &AssessmentInput) -> Result<(), AppError> {
    let mut errors = Vec::new();
    if !reason_fits(input.finding, input.no_judgement) {
        let missing = input.finding == Finding::CannotAssess;
        let code = if missing { FieldCode::Required } else { FieldCode::NotAllowed };
        errors.push(FieldError::new("/no_judgement_reason", code));
    }
    if input.rationale.is_empty() && input.transcribed.is_none() {
        errors.push(FieldError::new("/rationale", FieldCode::Required));
    }
    if input.evidence.len() > EVIDENCE_MAX {
        errors.push(FieldError::new("/evidence", FieldCode::TooMany));
    }
    if input.evidence_until.is_some_and(|until| until > editing.act.today) {
        errors.push(FieldError::new("/evidence_until", FieldCode::InFuture));
    }
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}

/// The day it holds for: today, or one that is named and not in the future.
pub(super) fn as_of(editing: &Editing<'_>, named: Option<(NaiveDate, Precision)>) -> Result<AsOf, AppError> {
    let today = editing.act.today;
    let Some((on, precision)) = named else { return Ok(AsOf::day(today)) };
    AsOf::new(on, precision, today).ok_or_else(|| AppError::field("/as_of", FieldCode::InFuture))
}

/// The reply of a body that owns the item to a finding, once.
#[derive(Debug, Clone)]
pub struct ReplyInput(pub LanguageMap);

impl Continuation for ReplyInput {
    const KIND: ContributionKind = ContributionKind::Assessment;
    const PATH: &'static str = "assessments";

    fn action(facts: ContributorFacts) -> Action {
        Action::ReplyToFinding { body_has_approver: facts.body_has_approver }
    }

    fn apply(
        self,
        adding: &Adding<'_>,
        before: &Contribution,
    ) -> Result<(Contribution, &'static str, Value), AppError> {
        Ok((replied(adding.editing, before, &self.0)?, "assessment.replied", Value::Null))
    }
}

fn replied(
    editing: &Editing<'_>,
    before: &Contribution,
    text: &LanguageMap,
) -> Result<Contribution, AppError> {
    let mut after = before.clone();
    let Content::Assessment(assessment) = &mut after.content else { return Err(AppError::NotFound) };
    if assessment.reply.is_some() {
        return Err(Code::AlreadyReplied.into());
    }
    if text.is_empty() {
        return Err(AppError::field("/text", FieldCode::Required));
    }
    assessment.reply =
        Some(Reply { text: text.clone(), on: editing.act.today, organisation: editing.actor.organisation });
    Ok(after)
}
