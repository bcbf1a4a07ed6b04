//! The rows.

use super::super::status::Kind::{self, Commitment, Proposal, Recommendation};
use super::super::status::Status::{
    self, Accepted, Announced, Closed, Declined, Draft, InProgress, Merged, Noted, PartlyAccepted, Planned,
    Registered, ReportedDone, Returned, Submitted, Superseded, UnderReview, Withdrawn,
};
use super::Move;
use super::Mover::{Lead, Secretariat, Submitter};
use super::Need::{
    AnnouncementSource, Answer, ClosingResult, ClosingWithoutResult, ConsentToAddressed, ConsentToMerge,
    DueOrReason, Evidence, Lead as NamedLead, LeadRequest, MechanismAnswers, NewSource, Reason, Successor,
    Target,
};
use super::{Mover, Need};

/// Every status move there is.
///
/// Whoever moves an item without being its lead into a status that needs one names it, where none stands: also
/// when reopening, because an item may have been closed or recorded without a lead.
pub const TABLE: &[Move] = &[
    // Proposals: filed, passed on with consent, answered by the lead, closed by the secretariat.
    row(Proposal, &[Draft], Submitted, &[Submitter], &[]),
    row(Proposal, &[Submitted], Returned, &[Secretariat], &[Reason]),
    row(Proposal, &[Returned], Submitted, &[Submitter], &[]),
    row(Proposal, &[Submitted], UnderReview, &[Secretariat], &[NamedLead, ConsentToAddressed]),
    row(Proposal, &[UnderReview], Accepted, &[Lead], &[Answer]),
    row(Proposal, &[UnderReview], PartlyAccepted, &[Lead], &[Answer]),
    row(Proposal, &[UnderReview], Declined, &[Lead], &[Answer]),
    row(Proposal, &[Accepted, PartlyAccepted, Declined], Closed, &[Secretariat], &[]),
    row(Proposal, OPEN_PROPOSAL, Withdrawn, &[Submitter], &[]),
    row(Proposal, OPEN_PROPOSAL, Merged, &[Secretariat], &[Target, ConsentToMerge]),
    row(Proposal, &[Declined, Closed], UnderReview, &[Secretariat], &[NamedLead, Reason]),
    // Commitments: announced by a protocol or a statement, confirmed by the body, reported, closed.
    row(Commitment, &[Draft], Planned, &[Lead], &[NamedLead, DueOrReason]),
    row(Commitment, &[Draft], Announced, &[Secretariat], &[NamedLead, AnnouncementSource]),
    row(Commitment, &[Announced], Planned, &[Lead], &[DueOrReason]),
    row(Commitment, &[Announced], Declined, &[Lead], &[Reason]),
    row(Commitment, &[Declined], Announced, &[Secretariat], &[NamedLead, NewSource]),
    row(Commitment, &[Declined], Planned, &[Lead], &[DueOrReason]),
    row(Commitment, &[Planned], InProgress, &[Lead], &[]),
    row(Commitment, &[InProgress], ReportedDone, &[Lead], &[Evidence]),
    row(Commitment, &[ReportedDone], InProgress, &[Lead, Secretariat], &[Reason]),
    row(Commitment, &[Planned, InProgress, ReportedDone], Closed, &[Secretariat], &[ClosingResult]),
    row(Commitment, &[Closed], InProgress, &[Secretariat], &[NamedLead]),
    row(Commitment, OPEN_COMMITMENT, Withdrawn, &[Secretariat], &[LeadRequest, Reason]),
    row(Commitment, OPEN_COMMITMENT, Superseded, &[Secretariat], &[Successor]),
    // Recommendations: registered, answered where the mechanism asks for answers, then as a commitment.
    row(Recommendation, &[Draft], Registered, &[Secretariat], &[]),
    row(Recommendation, &[Registered], UnderReview, &[Secretariat], &[MechanismAnswers, NamedLead]),
    row(Recommendation, &[UnderReview], Accepted, &[Lead], &[Answer]),
    row(Recommendation, &[UnderReview], PartlyAccepted, &[Lead], &[Answer]),
    row(Recommendation, &[UnderReview], Noted, &[Lead], &[Answer]),
    row(
        Recommendation,
        &[Registered, Accepted, PartlyAccepted],
        Planned,
        &[Lead, Secretariat],
        &[NamedLead, DueOrReason],
    ),
    row(Recommendation, &[Planned], InProgress, &[Lead], &[]),
    row(Recommendation, &[InProgress], ReportedDone, &[Lead], &[Evidence]),
    row(Recommendation, &[ReportedDone], InProgress, &[Lead, Secretariat], &[Reason]),
    row(Recommendation, &[Planned, InProgress, ReportedDone], Closed, &[Secretariat], &[ClosingResult]),
    row(Recommendation, &[Noted], Closed, &[Secretariat], &[ClosingResult]),
    row(
        Recommendation,
        &[Registered, Accepted, PartlyAccepted],
        Closed,
        &[Secretariat],
        &[ClosingWithoutResult],
    ),
    row(Recommendation, &[Closed], InProgress, &[Secretariat], &[NamedLead]),
    row(Recommendation, OPEN_RECOMMENDATION, Merged, &[Secretariat], &[Target]),
    row(Recommendation, OPEN_RECOMMENDATION, Superseded, &[Secretariat], &[Successor]),
];

const OPEN_PROPOSAL: &[Status] = &[Submitted, Returned, UnderReview, Accepted, PartlyAccepted];
const OPEN_COMMITMENT: &[Status] = &[Announced, Planned, InProgress, ReportedDone];
const OPEN_RECOMMENDATION: &[Status] =
    &[Registered, UnderReview, Accepted, PartlyAccepted, Planned, InProgress, ReportedDone];

const fn row(
    kind: Kind,
    from: &'static [Status],
    to: Status,
    by: &'static [Mover],
    needs: &'static [Need],
) -> Move {
    Move { kind, from, to, by, needs }
}
