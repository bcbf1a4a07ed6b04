//! A finding as JSON.

use qadam_app::App;
use qadam_app::items::ContributionView;
use qadam_domain::items::assessments::{Reply, Transcribed};
use qadam_domain::items::contributions::{Content, ContributionKind};
use serde::Serialize;
use utoipa::ToSchema;

use crate::items::adding::{Added, Speaker};
use crate::items::parts::EvidenceBody;
use crate::items::positions::assessor;
use crate::items::view::ItemBody;
use crate::links::Links;
use crate::values::{
    ConfidenceWord, Day, FindingWord, LanguageMapView, LevelWord, NoJudgementWord, OrganisationReference,
    PrecisionWord, RoleWord, VoiceWord,
};

/// A finding of somebody who does not own the item.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Assessment)]
pub(crate) struct AssessmentBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The item's identifier.
    #[schema(format = Uuid)]
    item: String,
    /// Whose voice it is.
    voice: VoiceWord,
    /// Who found it; null where the caller may not know, and for a mechanism that is no organisation here.
    organisation: Option<OrganisationReference>,
    /// Code of the mechanism.
    mechanism: Option<String>,
    /// What was found.
    finding: FindingWord,
    /// Why nothing can be said.
    no_judgement_reason: Option<NoJudgementWord>,
    /// The grade on the assessor's own scale.
    scale_code: Option<String>,
    /// Since when it holds: the first day of the period.
    as_of: Day,
    /// How exactly that day is known.
    as_of_precision: PrecisionWord,
    /// Why it was found so.
    rationale: LanguageMapView,
    /// What it rests on.
    evidence: Vec<EvidenceBody>,
    /// The last day of what was looked at.
    evidence_until: Option<Day>,
    /// How sure the assessor is.
    confidence: Option<ConfidenceWord>,
    /// The document it was transcribed from.
    recorded_from: Option<TranscribedBody>,
    /// The reply of a body that owns the item.
    reply: Option<ReplyBody>,
    /// Whether a newer finding of the same assessor stands.
    superseded: bool,
    /// Who reads it; null where whoever reads the item does.
    text_level: Option<LevelWord>,
    /// Who reads who found it; null where whoever reads the item does, and where the caller may not know.
    identity_level: Option<LevelWord>,
    /// The role that recorded it.
    role: RoleWord,
    /// The day it was recorded.
    recorded_on: Day,
}

/// The document a finding was transcribed from.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Transcribed)]
pub(crate) struct TranscribedBody {
    /// Its name.
    label: String,
    /// Its address.
    url: Option<String>,
    /// Its day.
    on: Option<Day>,
    /// What the reader must know about the record.
    note: LanguageMapView,
    /// Its symbol.
    symbol: Option<String>,
    /// The paragraph.
    paragraph: Option<String>,
}

/// The reply of a body that owns the item.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Reply)]
pub(crate) struct ReplyBody {
    /// What it says.
    text: LanguageMapView,
    /// Its day.
    on: Day,
    /// The body.
    organisation: Option<OrganisationReference>,
}

/// An item with a finding on it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AssessmentResult {
    /// The item.
    item: ItemBody,
    /// The finding.
    assessment: Option<AssessmentBody>,
}

impl From<Transcribed> for TranscribedBody {
    fn from(transcribed: Transcribed) -> Self {
        let document = transcribed.from;
        Self {
            label: document.label,
            url: document.url,
            on: document.on.map(Day),
            note: document.note.into(),
            symbol: transcribed.symbol,
            paragraph: transcribed.paragraph,
        }
    }
}

impl Added for AssessmentBody {
    const KIND: ContributionKind = ContributionKind::Assessment;
    const PATH: &'static str = "assessments";
    type Result = AssessmentResult;

    fn new(app: &App, links: &Links, view: ContributionView) -> Option<Self> {
        let speaker = Speaker::of(app, links, &view);
        let ContributionView { contribution, named, superseded } = view;
        let Content::Assessment(assessment) = contribution.content else { return None };
        let directory = app.directory();
        let (organisation, mechanism) = assessor(&assessment.assessor, named, &directory, links);
        let reply = |reply: Reply| ReplyBody {
            text: reply.text.into(),
            on: Day(reply.on),
            organisation: OrganisationReference::find(reply.organisation, &directory, links),
        };
        Some(Self {
            id: contribution.id.to_string(),
            item: contribution.item.to_string(),
            voice: assessment.voice.into(),
            organisation,
            mechanism,
            finding: assessment.finding.into(),
            no_judgement_reason: assessment.no_judgement.map(Into::into),
            scale_code: assessment.scale_code,
            as_of: Day(assessment.as_of.on),
            as_of_precision: assessment.as_of.precision.into(),
            rationale: assessment.rationale.into(),
            evidence: assessment.evidence.iter().map(EvidenceBody::from).collect(),
            evidence_until: assessment.evidence_until.map(Day),
            confidence: assessment.confidence.map(Into::into),
            recorded_from: assessment.transcribed.map(Into::into),
            reply: assessment.reply.map(reply),
            superseded,
            text_level: speaker.text_level,
            identity_level: speaker.identity_level,
            role: contribution.role.into(),
            recorded_on: Day(contribution.recorded_on),
        })
    }

    fn result(item: ItemBody, assessment: Option<Self>) -> AssessmentResult {
        AssessmentResult { item, assessment }
    }
}
