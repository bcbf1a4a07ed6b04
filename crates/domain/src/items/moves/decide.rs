//! Whether a move may be made, given who makes it and what comes with it.

use super::{Mover, Need, allows_result, find};
use crate::items::status::{ClosingResult, Kind, Status};

/// What comes with a requested move, and what already stands on the item. Each fact meets one need.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an independent fact that meets one need of the table"
)]
pub struct MoveFacts {
    /// A reason was given.
    pub reason: bool,
    /// A lead stands on the item or is named with the move.
    pub lead: bool,
    /// The submitter consented to level `addressed` or wider.
    pub consent_to_addressed: bool,
    /// An answer was given.
    pub answer: bool,
    /// A due date, or a reason for none, stands on the item or comes with the move.
    pub due_or_reason: bool,
    /// Evidence came with the move.
    pub evidence: bool,
    /// A decision, or quoted words with their source, stand on the item or come with the move.
    pub announcement_source: bool,
    /// A source came with the move that differs from the one on the item.
    pub new_source: bool,
    /// The closing result that came with the move, never the one that stands on the item.
    pub closing_result: Option<ClosingResult>,
    /// A non-owner's current public finding says it was implemented.
    pub supporting_finding: bool,
    /// The target of a merge was given.
    pub target: bool,
    /// Every submitter consented to the merge.
    pub consent_to_merge: bool,
    /// The successor was given.
    pub successor: bool,
    /// The lead asked for the withdrawal.
    pub lead_request: bool,
    /// The mechanism's vocabulary has answers.
    pub mechanism_answers: bool,
}

/// Why a move is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoveRefusal {
    /// The table has no such move from where the item stands.
    #[error("an item cannot move from {} to {}", .from.code(), .to.code())]
    NoSuchMove {
        /// Where the item stands.
        from: Status,
        /// Where it was to go.
        to: Status,
    },
    /// The table has the move, for somebody else.
    #[error("this move is not yours to make")]
    NotYourMove,
    /// Something the move needs is missing.
    #[error("the move needs {}", .0.code())]
    Missing(Need),
    /// The closing result does not fit where the item stands, or the move takes none.
    #[error("the result {} cannot be given with this move from {}", .result.code(), .from.code())]
    ResultNotAllowed {
        /// Where the item stands.
        from: Status,
        /// The result that was given.
        result: ClosingResult,
    },
    /// Closing as implemented needs a current public finding of a non-owner.
    #[error("closing as implemented needs a finding of a non-owner")]
    FindingRequired,
}

/// Whether somebody who is all of `movers` to the item may make the move.
///
/// Refusals come in a fixed order: no such move, not yours, what is missing in the order of the table's row, then a
/// closing result that does not fit, then the finding it rests on.
pub fn decide(
    kind: Kind,
    from: Status,
    to: Status,
    movers: &[Mover],
    facts: &MoveFacts,
) -> Result<(), MoveRefusal> {
    let row = find(kind, from, to).ok_or(MoveRefusal::NoSuchMove { from, to })?;
    if !row.by.iter().any(|mover| movers.contains(mover)) {
        return Err(MoveRefusal::NotYourMove);
    }
    if let Some(missing) = row.needs.iter().copied().find(|need| !is_met(*need, facts)) {
        return Err(MoveRefusal::Missing(missing));
    }
    match facts.closing_result {
        Some(result) if !allows_result(row, from, result) => {
            Err(MoveRefusal::ResultNotAllowed { from, result })
        }
        Some(ClosingResult::Implemented) if !facts.supporting_finding => Err(MoveRefusal::FindingRequired),
        _ => Ok(()),
    }
}

/// Whether the facts meet a need.
const fn is_met(need: Need, facts: &MoveFacts) -> bool {
    match need {
        Need::Reason => facts.reason,
        Need::Lead => facts.lead,
        Need::ConsentToAddressed => facts.consent_to_addressed,
        Need::Answer => facts.answer,
        Need::DueOrReason => facts.due_or_reason,
        Need::Evidence => facts.evidence,
        Need::AnnouncementSource => facts.announcement_source,
        Need::NewSource => facts.new_source,
        Need::ClosingResult | Need::ClosingWithoutResult => facts.closing_result.is_some(),
        Need::Target => facts.target,
        Need::ConsentToMerge => facts.consent_to_merge,
        Need::Successor => facts.successor,
        Need::LeadRequest => facts.lead_request,
        Need::MechanismAnswers => facts.mechanism_answers,
    }
}
