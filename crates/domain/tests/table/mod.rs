//! The table of status moves, written out by hand from the rules of the register: one row for each kind, status
//! before and status after. Nothing here is derived from the code that is tested.

use qadam_domain::items::Kind::{self, Commitment, Proposal, Recommendation};
use qadam_domain::items::Status::{
    self, Accepted, Announced, Closed, Declined, Draft, InProgress, Merged, Noted, PartlyAccepted, Planned,
    Registered, ReportedDone, Returned, Submitted, Superseded, UnderReview, Withdrawn,
};
use qadam_domain::items::moves::Mover::{self, Lead, Secretariat, Submitter};
use qadam_domain::items::moves::Need::{
    self, AnnouncementSource, Answer, ClosingResult, ClosingWithoutResult, ConsentToAddressed,
    ConsentToMerge, DueOrReason, Evidence, Lead as NamedLead, LeadRequest, MechanismAnswers, NewSource,
    Reason, Successor, Target,
};

/// One move that may be made.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// The kind of item.
    pub(crate) kind: Kind,
    /// Where it stands.
    pub(crate) from: Status,
    /// Where it goes.
    pub(crate) to: Status,
    /// Who makes the move.
    pub(crate) who: &'static [Mover],
    /// What it needs, in the order in which it is asked for.
    pub(crate) needs: &'static [Need],
}

/// Every legal move.
pub(crate) const MOVES: &[Row] = &[
    // A proposal is filed by the submitter, sent back or passed on by the secretariat, answered by the lead.
    row(Proposal, Draft, Submitted, &[Submitter], &[]),
    row(Proposal, Submitted, Returned, &[Secretariat], &[Reason]),
    row(Proposal, Returned, Submitted, &[Submitter], &[]),
    row(Proposal, Submitted, UnderReview, &[Secretariat], &[NamedLead, ConsentToAddressed]),
    row(Proposal, UnderReview, Accepted, &[Lead], &[Answer]),
    row(Proposal, UnderReview, PartlyAccepted, &[Lead], &[Answer]),
    row(Proposal, UnderReview, Declined, &[Lead], &[Answer]),
    row(Proposal, Accepted, Closed, &[Secretariat], &[]),
    row(Proposal, PartlyAccepted, Closed, &[Secretariat], &[]),
    row(Proposal, Declined, Closed, &[Secretariat], &[]),
    row(Proposal, Declined, UnderReview, &[Secretariat], &[NamedLead, Reason]),
    row(Proposal, Closed, UnderReview, &[Secretariat], &[NamedLead, Reason]),
    row(Proposal, Submitted, Withdrawn, &[Submitter], &[]),
    row(Proposal, Returned, Withdrawn, &[Submitter], &[]),
    row(Proposal, UnderReview, Withdrawn, &[Submitter], &[]),
    row(Proposal, Accepted, Withdrawn, &[Submitter], &[]),
    row(Proposal, PartlyAccepted, Withdrawn, &[Submitter], &[]),
    row(Proposal, Submitted, Merged, &[Secretariat], &[Target, ConsentToMerge]),
    row(Proposal, Returned, Merged, &[Secretariat], &[Target, ConsentToMerge]),
    row(Proposal, UnderReview, Merged, &[Secretariat], &[Target, ConsentToMerge]),
    row(Proposal, Accepted, Merged, &[Secretariat], &[Target, ConsentToMerge]),
    row(Proposal, PartlyAccepted, Merged, &[Secretariat], &[Target, ConsentToMerge]),
    // A commitment is planned by its body, or announced by the secretariat and confirmed or declined by the body.
    row(Commitment, Draft, Planned, &[Lead], &[NamedLead, DueOrReason]),
    row(Commitment, Draft, Announced, &[Secretariat], &[NamedLead, AnnouncementSource]),
    row(Commitment, Announced, Planned, &[Lead], &[DueOrReason]),
    row(Commitment, Announced, Declined, &[Lead], &[Reason]),
    row(Commitment, Declined, Announced, &[Secretariat], &[NamedLead, NewSource]),
    row(Commitment, Declined, Planned, &[Lead], &[DueOrReason]),
    row(Commitment, Planned, InProgress, &[Lead], &[]),
    row(Commitment, InProgress, ReportedDone, &[Lead], &[Evidence]),
    row(Commitment, ReportedDone, InProgress, &[Lead, Secretariat], &[Reason]),
    row(Commitment, Planned, Closed, &[Secretariat], &[ClosingResult]),
    row(Commitment, InProgress, Closed, &[Secretariat], &[ClosingResult]),
    row(Commitment, ReportedDone, Closed, &[Secretariat], &[ClosingResult]),
    row(Commitment, Closed, InProgress, &[Secretariat], &[NamedLead]),
    row(Commitment, Announced, Withdrawn, &[Secretariat], &[LeadRequest, Reason]),
    row(Commitment, Planned, Withdrawn, &[Secretariat], &[LeadRequest, Reason]),
    row(Commitment, InProgress, Withdrawn, &[Secretariat], &[LeadRequest, Reason]),
    row(Commitment, ReportedDone, Withdrawn, &[Secretariat], &[LeadRequest, Reason]),
    row(Commitment, Announced, Superseded, &[Secretariat], &[Successor]),
    row(Commitment, Planned, Superseded, &[Secretariat], &[Successor]),
    row(Commitment, InProgress, Superseded, &[Secretariat], &[Successor]),
    row(Commitment, ReportedDone, Superseded, &[Secretariat], &[Successor]),
    // A recommendation is registered, answered where its mechanism asks for answers, then goes on as a commitment.
    row(Recommendation, Draft, Registered, &[Secretariat], &[]),
    row(Recommendation, Registered, UnderReview, &[Secretariat], &[MechanismAnswers, NamedLead]),
    row(Recommendation, UnderReview, Accepted, &[Lead], &[Answer]),
    row(Recommendation, UnderReview, PartlyAccepted, &[Lead], &[Answer]),
    row(Recommendation, UnderReview, Noted, &[Lead], &[Answer]),
    row(Recommendation, Registered, Planned, &[Lead, Secretariat], &[NamedLead, DueOrReason]),
    row(Recommendation, Accepted, Planned, &[Lead, Secretariat], &[NamedLead, DueOrReason]),
    row(Recommendation, PartlyAccepted, Planned, &[Lead, Secretariat], &[NamedLead, DueOrReason]),
    row(Recommendation, Planned, InProgress, &[Lead], &[]),
    row(Recommendation, InProgress, ReportedDone, &[Lead], &[Evidence]),
    row(Recommendation, ReportedDone, InProgress, &[Lead, Secretariat], &[Reason]),
    row(Recommendation, Planned, Closed, &[Secretariat], &[ClosingResult]),
    row(Recommendation, InProgress, Closed, &[Secretariat], &[ClosingResult]),
    row(Recommendation, ReportedDone, Closed, &[Secretariat], &[ClosingResult]),
    row(Recommendation, Noted, Closed, &[Secretariat], &[ClosingResult]),
    row(Recommendation, Registered, Closed, &[Secretariat], &[ClosingWithoutResult]),
    row(Recommendation, Accepted, Closed, &[Secretariat], &[ClosingWithoutResult]),
    row(Recommendation, PartlyAccepted, Closed, &[Secretariat], &[ClosingWithoutResult]),
    row(Recommendation, Closed, InProgress, &[Secretariat], &[NamedLead]),
    row(Recommendation, Registered, Merged, &[Secretariat], &[Target]),
    row(Recommendation, UnderReview, Merged, &[Secretariat], &[Target]),
    row(Recommendation, Accepted, Merged, &[Secretariat], &[Target]),
    row(Recommendation, PartlyAccepted, Merged, &[Secretariat], &[Target]),
    row(Recommendation, Planned, Merged, &[Secretariat], &[Target]),
    row(Recommendation, InProgress, Merged, &[Secretariat], &[Target]),
    row(Recommendation, ReportedDone, Merged, &[Secretariat], &[Target]),
    row(Recommendation, Registered, Superseded, &[Secretariat], &[Successor]),
    row(Recommendation, UnderReview, Superseded, &[Secretariat], &[Successor]),
    row(Recommendation, Accepted, Superseded, &[Secretariat], &[Successor]),
    row(Recommendation, PartlyAccepted, Superseded, &[Secretariat], &[Successor]),
    row(Recommendation, Planned, Superseded, &[Secretariat], &[Successor]),
    row(Recommendation, InProgress, Superseded, &[Secretariat], &[Successor]),
    row(Recommendation, ReportedDone, Superseded, &[Secretariat], &[Successor]),
];

const fn row(kind: Kind, from: Status, to: Status, who: &'static [Mover], needs: &'static [Need]) -> Row {
    Row { kind, from, to, who, needs }
}

/// The row for a move, if it is legal.
pub(crate) fn legal(kind: Kind, from: Status, to: Status) -> Option<&'static Row> {
    MOVES.iter().find(|row| (row.kind, row.from, row.to) == (kind, from, to))
}
