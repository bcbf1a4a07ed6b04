//! A contribution as the ledger keeps it: what its JSON has that is stored.
//!
//! Who made it stands there only where whoever reads it may know; otherwise that is a record of its own.

mod plans;

use qadam_domain::calendar::AsOf;
use qadam_domain::items::assessments::{
    Assessment, Assessor, Confidence, NoJudgementReason, Reply, Transcribed,
};
use qadam_domain::items::contributions::{Content, Contribution, Sight};
use qadam_domain::items::evidence::ItemEvidence;
use qadam_domain::items::files::File;
use qadam_domain::items::questions::Said;
use qadam_domain::items::updates::{RequestedMove, Update};
use qadam_domain::items::{Evidence, EvidenceKind};
use qadam_ledger::Digest;
use serde_json::{Map, Value, json};

use crate::directory::Directory;
use crate::items::record::{language_map, recorded_from};

/// What a contribution says, for those who read it.
pub fn contribution_record(directory: &Directory, contribution: &Contribution) -> Map<String, Value> {
    let mut record = match &contribution.content {
        Content::Update(update) => self::update(update),
        Content::Assessment(assessment) => self::assessment(directory, assessment),
        Content::ClosingNotice(notice) => members(json!({
            "reason": language_map(&notice.reason),
            "objections_until": notice.objections_until.to_string(),
        })),
        Content::Milestone(milestone) => plans::milestone(milestone),
        Content::Indicator(indicator) => plans::indicator(directory, indicator),
        Content::Evidence(evidence) => item_evidence(evidence),
        Content::Question(question) => {
            let mut record = said(&question.said);
            record.insert("to".to_owned(), question.to.code().into());
            record
        }
        Content::Answer(answer) => {
            let mut record = said(&answer.said);
            record.insert("question".to_owned(), answer.question.to_string().into());
            record
        }
    };
    record.insert("id".to_owned(), contribution.id.to_string().into());
    record.insert("item".to_owned(), contribution.item.to_string().into());
    record.insert("recorded_on".to_owned(), contribution.recorded_on.to_string().into());
    let level = match contribution.sight {
        Sight::AsItem => Value::Null,
        Sight::Levels { text, .. } => text.code().into(),
    };
    record.insert("text_level".to_owned(), level);
    if !contribution.hides_author() {
        let organisation = contribution.organisation.map(|id| directory.code(id).to_owned());
        record.insert("organisation".to_owned(), organisation.into());
    }
    record
}

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn update(update: &Update) -> Map<String, Value> {
    members(json!({
        "state": update.state.code(),
        "as_of": update.as_of.on.to_string(),
        "as_of_precision": update.as_of.precision.code(),
        "narrative": language_map(&update.narrative),
        "status_change": update.status.as_ref().map(requested),
        "evidence": evidence(&update.evidence),
        "responsible_unit": update.responsible_unit,
        "outgoing_number": update.outgoing_number,
        "corrects": update.corrects.map(|id| id.to_string()),
        "round": update.round.map(|id| id.to_string()),
        "recorded_from": update.recorded_from.as_ref().map(recorded_from),
        "return_reason": language_map(&update.return_reason),
    }))
}

fn requested(requested: &RequestedMove) -> Value {
    json!({
        "to": requested.to.code(),
        "reason": language_map(&requested.reason),
        "answer": requested.answer.as_ref().map(|(text, on)| {
            json!({"text": language_map(text), "on": on.map(|on| on.to_string())})
        }),
        "due_on": requested.due.map(|due| due.on.to_string()),
        "due_precision": requested.due.map(|due| due.precision.code()),
        "no_due_reason": language_map(&requested.no_due_reason),
    })
}

fn assessment(directory: &Directory, assessment: &Assessment) -> Map<String, Value> {
    let AsOf { on, precision } = assessment.as_of;
    members(json!({
        "mechanism": match &assessment.assessor {
            Assessor::Organisation(_) => None,
            Assessor::Mechanism(code) => Some(code),
        },
        "voice": assessment.voice.code(),
        "finding": assessment.finding.code(),
        "no_judgement_reason": assessment.no_judgement.map(NoJudgementReason::code),
        "scale_code": assessment.scale_code,
        "as_of": on.to_string(),
        "as_of_precision": precision.code(),
        "rationale": language_map(&assessment.rationale),
        "evidence": evidence(&assessment.evidence),
        "evidence_until": assessment.evidence_until.map(|day| day.to_string()),
        "confidence": assessment.confidence.map(Confidence::code),
        "recorded_from": assessment.transcribed.as_ref().map(transcribed),
        "reply": assessment.reply.as_ref().map(|reply| self::reply(directory, reply)),
    }))
}

fn transcribed(transcribed: &Transcribed) -> Value {
    json!({
        "label": transcribed.from.label,
        "url": transcribed.from.url,
        "on": transcribed.from.on.map(|day| day.to_string()),
        "note": language_map(&transcribed.from.note),
        "symbol": transcribed.symbol,
        "paragraph": transcribed.paragraph,
    })
}

fn reply(directory: &Directory, reply: &Reply) -> Value {
    json!({
        "text": language_map(&reply.text),
        "on": reply.on.to_string(),
        "organisation": directory.code(reply.organisation),
    })
}

fn item_evidence(evidence: &ItemEvidence) -> Map<String, Value> {
    let mut record = members(one_evidence(&evidence.evidence));
    record.insert("about".to_owned(), evidence.about.map(|id| id.to_string()).into());
    if evidence.evidence.kind == EvidenceKind::File {
        record.insert("file".to_owned(), evidence.file.as_ref().map(file).into());
    }
    record
}

fn said(said: &Said) -> Map<String, Value> {
    members(json!({
        "text": language_map(&said.text),
        "state": said.passing.code(),
        "not_passed_on_reason": language_map(&said.refusal),
    }))
}

fn file(file: &File) -> Value {
    json!({
        "name": file.name,
        "media_type": file.file_type.media_type(),
        "size": file.size,
        "sha256": Digest::from_bytes(file.sha256).to_string(),
        "metadata_removed": file.metadata_removed,
    })
}

fn evidence(evidence: &[Evidence]) -> Value {
    evidence.iter().map(one_evidence).collect()
}

fn one_evidence(evidence: &Evidence) -> Value {
    json!({
        "kind": evidence.kind.code(),
        "relation": evidence.relation.code(),
        "title": language_map(&evidence.title),
        "url": evidence.url,
        "number": evidence.number,
        "issued_on": evidence.issued_on.map(|day| day.to_string()),
        "issuer": evidence.issuer,
    })
}
