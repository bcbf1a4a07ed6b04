//! Milestones: planning one, and going on with it.

use chrono::NaiveDate;
use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::{AsOf, Deadline, Precision};
use qadam_domain::items::RecordedFrom;
use qadam_domain::items::contributions::{Content, Contribution, ContributionKind, Sight};
use qadam_domain::items::milestones::{Milestone, MilestoneKind, MilestoneRefusal};
use qadam_domain::language::{Language, LanguageMap};
use qadam_storage::items::Key;
use serde_json::Value;

use super::contributions::{Adding, Addition, Continuation, ContributionView, contributions};
use super::record::language_map;
use crate::application::App;
use crate::error::{AppError, FieldCode, FieldError};
use crate::vocabularies::VocabularyKind;

/// A day named by a caller, with its precision.
pub type NamedDay = (NaiveDate, Precision);

/// A milestone as named by a caller.
#[derive(Debug, Clone)]
pub struct MilestoneInput {
    /// What is to happen.
    pub kind: MilestoneKind,
    /// What it is.
    pub title: LanguageMap,
    /// When it is due.
    pub due: Option<Deadline>,
    /// The stages that a legal act has reached already.
    pub stages: Vec<(String, NamedDay)>,
    /// When it was reached.
    pub reached: Option<NamedDay>,
    /// Address of what it is about.
    pub url: Option<String>,
    /// What the reader should know.
    pub note: LanguageMap,
    /// The document the secretariat records it from.
    pub recorded_from: Option<RecordedFrom>,
}

/// A change of a milestone: what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct MilestoneEdit {
    /// A stage that was reached.
    pub stage: Option<(String, NamedDay)>,
    /// When it was reached.
    pub reached: Option<NamedDay>,
    /// When it is due; none where it is not any more.
    pub due: Option<Option<Deadline>>,
    /// Why the day is moved.
    pub reason: LanguageMap,
    /// What it is, language by language.
    pub title: Vec<(Language, Option<String>)>,
    /// What the reader should know, language by language.
    pub note: Vec<(Language, Option<String>)>,
    /// Address of what it is about.
    pub url: Option<Option<String>>,
    /// The document the secretariat records the change from.
    pub recorded_from: Option<RecordedFrom>,
}

/// The milestones of an item, oldest first; at most 1,000.
pub async fn milestones(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<ContributionView>, AppError> {
    Ok(contributions(app, viewer, key, &[ContributionKind::Milestone]).await?.1)
}

impl Addition for MilestoneInput {
    const KIND: ContributionKind = ContributionKind::Milestone;
    const PATH: &'static str = "milestones";
    const ACTION: &'static str = "milestone.planned";

    fn prepare(self, adding: &Adding<'_>) -> Result<Contribution, AppError> {
        adding.check_document(self.recorded_from.as_ref(), true)?;
        let mut milestone = Milestone {
            kind: self.kind,
            title: self.title,
            due: self.due,
            original_due_on: self.due.map(|due| due.on),
            reached: None,
            stages: Vec::new(),
            url: self.url,
            note: self.note,
            recorded_from: self.recorded_from,
        };
        for (index, (stage, on)) in self.stages.iter().enumerate() {
            let on = adding.past(*on, &format!("/stages/{index}/on"))?;
            reach_stage(adding, &mut milestone, stage, on).map_err(|refusal| {
                let (field, code) = at_stage(refusal);
                AppError::field(format!("/stages/{index}/{field}"), code)
            })?;
        }
        if let Some(on) = self.reached {
            reach(adding, &mut milestone, on)?;
        }
        Ok(adding.editing.contribution(Content::Milestone(milestone), Sight::AsItem))
    }
}

impl Continuation for MilestoneEdit {
    const KIND: ContributionKind = ContributionKind::Milestone;
    const PATH: &'static str = "milestones";

    fn apply(
        self,
        adding: &Adding<'_>,
        before: &Contribution,
    ) -> Result<(Contribution, &'static str, Value), AppError> {
        adding.check_document(self.recorded_from.as_ref(), false)?;
        let Content::Milestone(planned) = &before.content else { return Err(AppError::NotFound) };
        let mut milestone = planned.clone();
        for (language, text) in self.title {
            milestone.title.set(language, text);
        }
        if milestone.title.is_empty() {
            return Err(AppError::field("/title", FieldCode::Required));
        }
        for (language, text) in self.note {
            milestone.note.set(language, text);
        }
        milestone.url = self.url.unwrap_or(milestone.url);
        milestone.recorded_from = self.recorded_from.or(milestone.recorded_from);
        let mut action = "milestone.changed";
        if let Some(due) = self.due.filter(|due| *due != milestone.due) {
            if self.reason.is_empty() && milestone.due.is_some() {
                return Err(AppError::field("/reason", FieldCode::Required));
            }
            milestone.move_due(due).map_err(|_| AppError::field("/due_on", FieldCode::NotAllowed))?;
            action = "milestone.moved";
        }
        if let Some((stage, on)) = self.stage {
            let on = adding.past(on, "/stage_on")?;
            reach_stage(adding, &mut milestone, &stage, on).map_err(|refusal| {
                let (field, code) = at_stage(refusal);
                AppError::field(if field == "on" { "/stage_on" } else { "/stage" }, code)
            })?;
            action = "milestone.stage_reached";
        }
        if let Some(on) = self.reached {
            reach(adding, &mut milestone, on)?;
        }
        if planned.reached.is_none() && milestone.reached.is_some() {
            action = "milestone.reached";
        }
        let reason = if self.reason.is_empty() { Value::Null } else { language_map(&self.reason) };
        let after = Contribution { content: Content::Milestone(milestone), ..before.clone() };
        Ok((after, action, reason))
    }
}

impl Adding<'_> {
    /// The secretariat records from documents, and nobody else does.
    pub(super) fn check_document(
        &self,
        document: Option<&RecordedFrom>,
        required: bool,
    ) -> Result<(), AppError> {
        match (self.editing.viewer().is_secretariat(), document) {
            (true, None) if required => Err(AppError::field("/recorded_from", FieldCode::Required)),
            (false, Some(_)) => Err(AppError::field("/recorded_from", FieldCode::NotAllowed)),
            _ => Ok(()),
        }
    }

    /// A day that is not in the future.
    pub(super) fn past(&self, (on, precision): NamedDay, pointer: &str) -> Result<AsOf, AppError> {
        AsOf::new(on, precision, self.editing.act.today)
            .ok_or_else(|| AppError::Invalid(vec![FieldError::new(pointer, FieldCode::InFuture)]))
    }
}

fn reach_stage(
    adding: &Adding<'_>,
    milestone: &mut Milestone,
    stage: &str,
    on: AsOf,
) -> Result<(), MilestoneRefusal> {
    let vocabularies = adding.editing.app.vocabularies();
    let terms = vocabularies.terms(VocabularyKind::LawStages.code());
    let order: Vec<&str> = terms.iter().map(|term| term.code.as_str()).collect();
    milestone.reach_stage(stage, on, &order)
}

fn reach(adding: &Adding<'_>, milestone: &mut Milestone, on: NamedDay) -> Result<(), AppError> {
    let on = adding.past(on, "/reached_on")?;
    milestone.reach(on).map_err(|refusal| {
        let code = match refusal {
            MilestoneRefusal::BeforePrevious => FieldCode::Contradiction,
            _ => FieldCode::NotAllowed,
        };
        AppError::field("/reached_on", code)
    })
}

/// Which field of a stage is wrong, and how.
const fn at_stage(refusal: MilestoneRefusal) -> (&'static str, FieldCode) {
    match refusal {
        MilestoneRefusal::NoStages | MilestoneRefusal::Reached => ("stage", FieldCode::NotAllowed),
        MilestoneRefusal::UnknownStage => ("stage", FieldCode::UnknownReference),
        MilestoneRefusal::StageOutOfOrder => ("stage", FieldCode::Contradiction),
        MilestoneRefusal::BeforePrevious => ("on", FieldCode::Contradiction),
    }
}
