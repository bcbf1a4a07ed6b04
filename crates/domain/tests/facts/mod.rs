//! What comes with a move, and with which results an item may be closed: both written by hand.

use qadam_domain::items::ClosingResult::{self, Implemented, NotImplemented, Overtaken, PartlyImplemented};
use qadam_domain::items::Kind::{self, Commitment, Recommendation};
use qadam_domain::items::Status::{
    self, Accepted, InProgress, Noted, PartlyAccepted, Planned, Registered, ReportedDone,
};
use qadam_domain::items::moves::{MoveFacts, Need};

/// From where an item may be closed with which results. A proposal is not here: it is closed without one.
pub(crate) const CLOSINGS: &[(Kind, Status, &[ClosingResult])] = &[
    (Commitment, Planned, &[PartlyImplemented, NotImplemented, Overtaken]),
    (Commitment, InProgress, &[PartlyImplemented, NotImplemented, Overtaken]),
    (Commitment, ReportedDone, &[Implemented, PartlyImplemented, NotImplemented, Overtaken]),
    (Recommendation, Planned, &[PartlyImplemented, NotImplemented, Overtaken]),
    (Recommendation, InProgress, &[PartlyImplemented, NotImplemented, Overtaken]),
    (Recommendation, ReportedDone, &[Implemented, PartlyImplemented, NotImplemented, Overtaken]),
    (Recommendation, Noted, &[PartlyImplemented, NotImplemented, Overtaken]),
    (Recommendation, Registered, &[NotImplemented, Overtaken]),
    (Recommendation, Accepted, &[NotImplemented, Overtaken]),
    (Recommendation, PartlyAccepted, &[NotImplemented, Overtaken]),
];

/// Whether an item may be closed from a status with a result, findings apart.
pub(crate) fn closes_with(kind: Kind, from: Status, result: ClosingResult) -> bool {
    CLOSINGS.iter().any(|row| (row.0, row.1) == (kind, from) && row.2.contains(&result))
}

/// Facts that meet exactly these needs. A result is given as `overtaken`, which every closing allows.
pub(crate) fn that_meet(needs: impl IntoIterator<Item = Need>) -> MoveFacts {
    let mut facts = MoveFacts::default();
    for need in needs {
        match need {
            Need::Reason => facts.reason = true,
            Need::Lead => facts.lead = true,
            Need::ConsentToAddressed => facts.consent_to_addressed = true,
            Need::Answer => facts.answer = true,
            Need::DueOrReason => facts.due_or_reason = true,
            Need::Evidence => facts.evidence = true,
            Need::AnnouncementSource => facts.announcement_source = true,
            Need::NewSource => facts.new_source = true,
            Need::ClosingResult | Need::ClosingWithoutResult => {
                facts.closing_result = Some(Overtaken);
            }
            Need::Target => facts.target = true,
            Need::ConsentToMerge => facts.consent_to_merge = true,
            Need::Successor => facts.successor = true,
            Need::LeadRequest => facts.lead_request = true,
            Need::MechanismAnswers => facts.mechanism_answers = true,
        }
    }
    facts
}
