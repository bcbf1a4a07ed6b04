//! What is left of something that was added to an item once its words are removed on a legal ground: what was found, on
//! which day, by whom; and nothing that anybody wrote.

use super::super::assessments::Assessment;
use super::super::contributions::Content;
use super::super::evidence::ItemEvidence;
use super::super::indicators::Indicator;
use super::super::item::RecordedFrom;
use super::super::milestones::Milestone;
use super::super::questions::Said;
use super::super::updates::Update;
use crate::language::LanguageMap;

impl Content {
    /// The same without words.
    #[must_use]
    pub fn without_words(mut self) -> Self {
        match &mut self {
            Self::Update(update) => blank_update(update),
            Self::Assessment(assessment) => blank_assessment(assessment),
            Self::ClosingNotice(notice) => notice.reason = LanguageMap::default(),
            Self::Milestone(milestone) => blank_milestone(milestone),
            Self::Indicator(indicator) => blank_indicator(indicator),
            Self::Evidence(evidence) => blank_evidence(evidence),
            Self::Question(question) => blank_said(&mut question.said),
            Self::Answer(answer) => blank_said(&mut answer.said),
        }
        self
    }
}

fn blank_update(update: &mut Update) {
    update.narrative = LanguageMap::default();
    update.evidence.clear();
    update.responsible_unit = None;
    update.outgoing_number = None;
    update.return_reason = LanguageMap::default();
    if let Some(requested) = &mut update.status {
        requested.reason = LanguageMap::default();
        requested.answer = None;
        requested.no_due_reason = LanguageMap::default();
    }
    blank_document(update.recorded_from.as_mut());
}

fn blank_assessment(assessment: &mut Assessment) {
    assessment.rationale = LanguageMap::default();
    assessment.evidence.clear();
    if let Some(reply) = &mut assessment.reply {
        reply.text = LanguageMap::default();
    }
    blank_document(assessment.transcribed.as_mut().map(|transcribed| &mut transcribed.from));
}

fn blank_milestone(milestone: &mut Milestone) {
    milestone.title = LanguageMap::default();
    milestone.note = LanguageMap::default();
    milestone.url = None;
    blank_document(milestone.recorded_from.as_mut());
}

fn blank_indicator(indicator: &mut Indicator) {
    indicator.name = LanguageMap::default();
    indicator.unit = LanguageMap::default();
    blank_document(indicator.recorded_from.as_mut());
    for value in &mut indicator.values {
        value.scope = LanguageMap::default();
    }
}

fn blank_evidence(brought: &mut ItemEvidence) {
    let evidence = &mut brought.evidence;
    evidence.title = LanguageMap::default();
    evidence.url = None;
    evidence.number = None;
    evidence.issuer = None;
    brought.file = None;
}

fn blank_said(said: &mut Said) {
    said.text = LanguageMap::default();
    said.refusal = LanguageMap::default();
}

/// The name of a document that anybody can look up stays; what was noted about it goes.
fn blank_document(document: Option<&mut RecordedFrom>) {
    if let Some(document) = document {
        document.note = LanguageMap::default();
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::assessments::{Assessor, Finding, Reply, Transcribed, Voice};
    use super::super::super::closing::ClosingNotice;
    use super::super::super::contributions::Sight;
    use super::super::super::files::{File, FileType};
    use super::super::super::indicators::IndicatorValue;
    use super::super::super::item::{Evidence, EvidenceKind, EvidenceRelation};
    use super::super::super::milestones::MilestoneKind;
    use super::super::super::questions::{Answer, Asked, Question};
    use super::super::super::status::Status;
    use super::super::super::updates::{RequestedMove, UpdateState};
    use super::super::passages::{MARK, Passages, passage};
    use super::super::writing::Written as _;
    use super::*;
    use crate::accounts::Role;
    use crate::calendar::AsOf;
    use crate::ids::{ContributionId, OrganisationId, Uuid};
    use crate::language::Language;

    /// A word that somebody wrote.
    const WORD: &str = "quailfeather";

    fn words() -> LanguageMap {
        LanguageMap::single(Language::English, WORD)
    }

    fn evidence() -> Evidence {
        Evidence {
            kind: EvidenceKind::Link,
            relation: EvidenceRelation::Supports,
            title: words(),
            url: Some(WORD.to_owned()),
            number: Some(WORD.to_owned()),
            issued_on: None,
            issuer: Some(WORD.to_owned()),
        }
    }

    fn file() -> File {
        File {
            object: Uuid::from_u128(1),
            name: WORD.to_owned(),
            file_type: FileType::Text,
            size: 1,
            sha256: [0; 32],
            metadata_removed: false,
        }
    }

    fn document() -> RecordedFrom {
        RecordedFrom { label: "A report".to_owned(), url: None, on: None, note: words() }
    }

    fn as_of() -> AsOf {
        AsOf::day("2026-01-10".parse().unwrap())
    }

    fn assessment() -> Content {
        Content::Assessment(Assessment {
            assessor: Assessor::Mechanism("CAT".to_owned()),
            voice: Voice::Mechanisms,
            finding: Finding::Regressed,
            no_judgement: None,
            scale_code: None,
            as_of: as_of(),
            rationale: words(),
            evidence: vec![evidence()],
            evidence_until: None,
            confidence: None,
            transcribed: Some(Transcribed { from: document(), symbol: None, paragraph: None }),
            reply: Some(Reply {
                text: words(),
                on: as_of().on,
                organisation: OrganisationId(Uuid::from_u128(1)),
            }),
        })
    }

    fn update() -> Content {
        Content::Update(Update {
            state: UpdateState::Published,
            as_of: as_of(),
            narrative: words(),
            status: Some(RequestedMove {
                to: Status::InProgress,
                reason: words(),
                answer: Some((words(), None)),
                due: None,
                no_due_reason: words(),
            }),
            evidence: vec![evidence()],
            responsible_unit: Some(WORD.to_owned()),
            outgoing_number: Some(WORD.to_owned()),
            corrects: None,
            round: None,
            recorded_from: Some(document()),
            return_reason: words(),
        })
    }

    fn plans() -> [Content; 2] {
        let milestone = Milestone {
            kind: MilestoneKind::Training,
            title: words(),
            due: None,
            original_due_on: None,
            reached: None,
            stages: Vec::new(),
            url: Some(WORD.to_owned()),
            note: words(),
            recorded_from: Some(document()),
        };
        let value = IndicatorValue {
            id: ContributionId(Uuid::from_u128(1)),
            on: as_of(),
            value: "7".parse().unwrap(),
            scope: words(),
            source: None,
            corrects: None,
            organisation: OrganisationId(Uuid::from_u128(1)),
            role: Role::Officer,
            recorded_on: as_of().on,
        };
        let indicator = Indicator {
            name: words(),
            unit: words(),
            baseline: None,
            target: None,
            values: vec![value],
            recorded_from: Some(document()),
        };
        [Content::Milestone(milestone), Content::Indicator(indicator)]
    }

    fn all() -> Vec<Content> {
        let (said, _) = Said::directly(words(), Sight::AsItem);
        let answer = Answer { question: ContributionId(Uuid::from_u128(1)), said: said.clone() };
        let mut all = vec![
            assessment(),
            update(),
            Content::ClosingNotice(ClosingNotice::new(words(), as_of().on)),
            Content::Evidence(ItemEvidence { evidence: evidence(), about: None, file: Some(file()) }),
            Content::Question(Question { to: Asked::Owner, said }),
            Content::Answer(answer),
        ];
        all.extend(plans());
        all
    }

    #[test]
    fn nothing_that_anybody_wrote_is_left_and_the_kind_and_the_grade_are() {
        for content in all() {
            let kind = content.kind();
            assert!(format!("{content:?}").contains(WORD));
            let left = content.without_words();
            assert!(!format!("{left:?}").contains(WORD), "{left:?}");
            assert_eq!(left.kind(), kind);
        }
        let Content::Assessment(left) = assessment().without_words() else { panic!("another kind") };
        assert_eq!(left.finding, Finding::Regressed);
    }

    #[test]
    fn a_passage_is_taken_out_of_whatever_anybody_wrote() {
        let passages = Passages::new(vec![passage(WORD).unwrap()]);
        for mut content in all() {
            assert!(content.take_out(&passages));
            let left = format!("{content:?}");
            assert!(!left.contains(WORD) && left.contains(MARK), "{left}");
            assert!(!content.take_out(&passages), "nothing is left to be taken out");
        }
    }
}
