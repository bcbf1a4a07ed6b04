//! What a contribution says, as the JSON text that is stored.

mod evidence;
mod indicators;
mod milestones;
mod questions;

use qadam_domain::calendar::{AsOf, Deadline, Precision};
use qadam_domain::ids::{ContributionId, OrganisationId, ReportingRoundId};
use qadam_domain::items::assessments::{
    Assessment, Confidence, Finding, NoJudgementReason, Reply, Transcribed, Voice,
};
use qadam_domain::items::closing::ClosingNotice;
use qadam_domain::items::contributions::Content;
use qadam_domain::items::status::Status;
use qadam_domain::items::updates::{RequestedMove, Update, UpdateState};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::evidence::StoredItemEvidence;
pub use self::evidence::{RecordedFile, recorded_file};
use self::indicators::StoredIndicator;
use self::milestones::StoredMilestone;
use self::questions::{StoredAnswer, StoredQuestion};
use crate::items::assessor;
use crate::items::content::StoredRecordedFrom;
use crate::items::evidence::{self as pieces, StoredEvidence};
use crate::items::row::as_of;
use crate::json::StoredText;

/// The JSON text.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum StoredContent {
    Update(Box<StoredUpdate>),
    Assessment(Box<StoredAssessment>),
    ClosingNotice(StoredNotice),
    Milestone(Box<StoredMilestone>),
    Indicator(Box<StoredIndicator>),
    Evidence(Box<StoredItemEvidence>),
    Question(Box<StoredQuestion>),
    Answer(Box<StoredAnswer>),
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredNotice {
    reason: StoredText,
    objections_until: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredAsOf {
    on: String,
    precision: String,
}

impl From<AsOf> for StoredAsOf {
    fn from(as_of: AsOf) -> Self {
        Self { on: as_of.on.to_string(), precision: as_of.precision.code().to_owned() }
    }
}

impl StoredAsOf {
    fn read(&self) -> Option<AsOf> {
        as_of(&self.on, &self.precision)
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredUpdate {
    state: String,
    as_of: StoredAsOf,
    narrative: StoredText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<StoredMove>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<StoredEvidence>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    responsible_unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outgoing_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    corrects: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    round: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recorded_from: Option<StoredRecordedFrom>,
    #[serde(default, skip_serializing_if = "StoredText::is_empty")]
    return_reason: StoredText,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredMove {
    to: String,
    #[serde(default, skip_serializing_if = "StoredText::is_empty")]
    reason: StoredText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<(StoredText, Option<String>)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due: Option<StoredAsOf>,
    #[serde(default, skip_serializing_if = "StoredText::is_empty")]
    no_due_reason: StoredText,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredAssessment {
    assessor: String,
    voice: String,
    finding: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    no_judgement: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scale_code: Option<String>,
    as_of: StoredAsOf,
    #[serde(default, skip_serializing_if = "StoredText::is_empty")]
    rationale: StoredText,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<StoredEvidence>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    evidence_until: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confidence: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    transcribed: Option<StoredTranscribed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reply: Option<StoredReply>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredTranscribed {
    from: StoredRecordedFrom,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    symbol: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paragraph: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredReply {
    text: StoredText,
    on: String,
    organisation: Uuid,
}

impl StoredContent {
    /// What is stored of a content.
    pub(super) fn of(content: &Content) -> Self {
        match content {
            Content::Update(update) => Self::Update(Box::new(StoredUpdate::of(update))),
            Content::Assessment(assessment) => Self::Assessment(Box::new(StoredAssessment::of(assessment))),
            Content::ClosingNotice(notice) => Self::ClosingNotice(StoredNotice {
                reason: (&notice.reason).into(),
                objections_until: notice.objections_until.to_string(),
            }),
            Content::Milestone(milestone) => Self::Milestone(Box::new(StoredMilestone::of(milestone))),
            Content::Indicator(indicator) => Self::Indicator(Box::new(StoredIndicator::of(indicator))),
            Content::Evidence(evidence) => Self::Evidence(Box::new(StoredItemEvidence::of(evidence))),
            Content::Question(question) => Self::Question(Box::new(StoredQuestion::of(question))),
            Content::Answer(answer) => Self::Answer(Box::new(StoredAnswer::of(answer))),
        }
    }

    /// The content, or `None` where it is none that was written here.
    pub(super) fn into_content(self) -> Option<Content> {
        Some(match self {
            Self::Update(update) => Content::Update(update.read()?),
            Self::Assessment(assessment) => Content::Assessment(assessment.read()?),
            Self::ClosingNotice(notice) => Content::ClosingNotice(ClosingNotice {
                reason: notice.reason.into(),
                objections_until: notice.objections_until.parse().ok()?,
            }),
            Self::Milestone(milestone) => Content::Milestone(milestone.read()?),
            Self::Indicator(indicator) => Content::Indicator(indicator.read()?),
            Self::Evidence(evidence) => Content::Evidence(evidence.read()?),
            Self::Question(question) => Content::Question(question.read()?),
            Self::Answer(answer) => Content::Answer(answer.read()?),
        })
    }
}

impl StoredUpdate {
    fn of(update: &Update) -> Self {
        Self {
            state: update.state.code().to_owned(),
            as_of: update.as_of.into(),
            narrative: (&update.narrative).into(),
            status: update.status.as_ref().map(StoredMove::of),
            evidence: update.evidence.iter().map(Into::into).collect(),
            responsible_unit: update.responsible_unit.clone(),
            outgoing_number: update.outgoing_number.clone(),
            corrects: update.corrects.map(|id| id.0),
            round: update.round.map(|id| id.0),
            recorded_from: update.recorded_from.as_ref().map(Into::into),
            return_reason: (&update.return_reason).into(),
        }
    }

    fn read(self) -> Option<Update> {
        Some(Update {
            state: UpdateState::from_code(&self.state)?,
            as_of: self.as_of.read()?,
            narrative: self.narrative.into(),
            status: transposed(self.status.map(StoredMove::read))?,
            evidence: pieces::all(self.evidence)?,
            responsible_unit: self.responsible_unit,
            outgoing_number: self.outgoing_number,
            corrects: self.corrects.map(ContributionId),
            round: self.round.map(ReportingRoundId),
            recorded_from: self.recorded_from.map(Into::into),
            return_reason: self.return_reason.into(),
        })
    }
}

impl StoredMove {
    fn of(requested: &RequestedMove) -> Self {
        Self {
            to: requested.to.code().to_owned(),
            reason: (&requested.reason).into(),
            answer: requested.answer.as_ref().map(|(text, on)| (text.into(), on.map(|on| on.to_string()))),
            due: requested
                .due
                .map(|due| StoredAsOf { on: due.on.to_string(), precision: due.precision.code().to_owned() }),
            no_due_reason: (&requested.no_due_reason).into(),
        }
    }

    fn read(self) -> Option<RequestedMove> {
        let answer = match self.answer {
            None => None,
            Some((text, on)) => Some((text.into(), transposed(on.map(|on| on.parse().ok()))?)),
        };
        let due = |due: StoredAsOf| {
            Some(Deadline { on: due.on.parse().ok()?, precision: Precision::from_code(&due.precision)? })
        };
        Some(RequestedMove {
            to: Status::from_code(&self.to)?,
            reason: self.reason.into(),
            answer,
            due: transposed(self.due.map(due))?,
            no_due_reason: self.no_due_reason.into(),
        })
    }
}

impl StoredAssessment {
    fn of(assessment: &Assessment) -> Self {
        Self {
            assessor: assessor::key(&assessment.assessor),
            voice: assessment.voice.code().to_owned(),
            finding: assessment.finding.code().to_owned(),
            no_judgement: assessment.no_judgement.map(|reason| reason.code().to_owned()),
            scale_code: assessment.scale_code.clone(),
            as_of: assessment.as_of.into(),
            rationale: (&assessment.rationale).into(),
            evidence: assessment.evidence.iter().map(Into::into).collect(),
            evidence_until: assessment.evidence_until.map(|day| day.to_string()),
            confidence: assessment.confidence.map(|confidence| confidence.code().to_owned()),
            transcribed: assessment.transcribed.as_ref().map(|transcribed| StoredTranscribed {
                from: (&transcribed.from).into(),
                symbol: transcribed.symbol.clone(),
                paragraph: transcribed.paragraph.clone(),
            }),
            reply: assessment.reply.as_ref().map(|reply| StoredReply {
                text: (&reply.text).into(),
                on: reply.on.to_string(),
                organisation: reply.organisation.0,
            }),
        }
    }

    fn read(self) -> Option<Assessment> {
        let reply = |reply: StoredReply| {
            Some(Reply {
                text: reply.text.into(),
                on: reply.on.parse().ok()?,
                organisation: OrganisationId(reply.organisation),
            })
        };
        Some(Assessment {
            assessor: assessor::from_key(self.assessor),
            voice: Voice::from_code(&self.voice)?,
            finding: Finding::from_code(&self.finding)?,
            no_judgement: transposed(self.no_judgement.map(|code| NoJudgementReason::from_code(&code)))?,
            scale_code: self.scale_code,
            as_of: self.as_of.read()?,
            rationale: self.rationale.into(),
            evidence: pieces::all(self.evidence)?,
            evidence_until: transposed(self.evidence_until.map(|day| day.parse().ok()))?,
            confidence: transposed(self.confidence.map(|code| Confidence::from_code(&code)))?,
            transcribed: self.transcribed.map(|transcribed| Transcribed {
                from: transcribed.from.into(),
                symbol: transcribed.symbol,
                paragraph: transcribed.paragraph,
            }),
            reply: transposed(self.reply.map(reply))?,
        })
    }
}

/// `Some(None)` for nothing, `None` for something unreadable.
#[expect(clippy::option_option, reason = "the outer option is unreadable, the inner one is nothing stored")]
fn transposed<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(None) => None,
        some => Some(some.flatten()),
    }
}
