//! A milestone as stored.

use qadam_domain::calendar::{Deadline, Precision};
use qadam_domain::items::milestones::{Milestone, MilestoneKind, StageReached};
use serde::{Deserialize, Serialize};

use super::{StoredAsOf, transposed};
use crate::items::content::StoredRecordedFrom;
use crate::json::StoredText;

#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) struct StoredMilestone {
    // The member `kind` says what the contribution is.
    of: String,
    title: StoredText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due: Option<StoredAsOf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    original_due_on: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reached: Option<StoredAsOf>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stages: Vec<StoredStage>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "StoredText::is_empty")]
    note: StoredText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recorded_from: Option<StoredRecordedFrom>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredStage {
    stage: String,
    on: StoredAsOf,
}

impl StoredMilestone {
    pub(super) fn of(milestone: &Milestone) -> Self {
        let stage =
            |reached: &StageReached| StoredStage { stage: reached.stage.clone(), on: reached.on.into() };
        Self {
            of: milestone.kind.code().to_owned(),
            title: (&milestone.title).into(),
            due: milestone
                .due
                .map(|due| StoredAsOf { on: due.on.to_string(), precision: due.precision.code().to_owned() }),
            original_due_on: milestone.original_due_on.map(|day| day.to_string()),
            reached: milestone.reached.map(Into::into),
            stages: milestone.stages.iter().map(stage).collect(),
            url: milestone.url.clone(),
            note: (&milestone.note).into(),
            recorded_from: milestone.recorded_from.as_ref().map(Into::into),
        }
    }

    pub(super) fn read(self) -> Option<Milestone> {
        let due = |due: StoredAsOf| {
            Some(Deadline { on: due.on.parse().ok()?, precision: Precision::from_code(&due.precision)? })
        };
        let stage = |stored: StoredStage| Some(StageReached { on: stored.on.read()?, stage: stored.stage });
        Some(Milestone {
            kind: MilestoneKind::from_code(&self.of)?,
            title: self.title.into(),
            due: transposed(self.due.map(due))?,
            original_due_on: transposed(self.original_due_on.map(|day| day.parse().ok()))?,
            reached: transposed(self.reached.map(|on| on.read()))?,
            stages: self.stages.into_iter().map(stage).collect::<Option<_>>()?,
            url: self.url,
            note: self.note.into(),
            recorded_from: self.recorded_from.map(Into::into),
        })
    }
}
