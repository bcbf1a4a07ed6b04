//! Reports of owners, and who approves them.
//!
//! In a body with an approver a report waits until one approves or returns it, seen by the body alone. A report may
//! carry a change of status, which is made when it is published.

use chrono::NaiveDate;

use super::assessments::coded;
use super::item::{Evidence, RecordedFrom};
use super::status::Status;
use crate::accounts::Role;
use crate::calendar::{AsOf, Deadline};
use crate::ids::{ContributionId, ReportingRoundId};
use crate::language::LanguageMap;

coded! {
    /// Where a report stands.
    UpdateState {
        /// Being written; seen by the body alone, in no ledger.
        Draft => "draft",
        /// Waits for an approver of the body; seen by the body alone.
        AwaitingApproval => "awaiting_approval",
        /// Sent back by an approver with a reason; seen by the body alone.
        Returned => "returned",
        /// Seen by whoever reads the item.
        Published => "published",
    }
}

coded! {
    /// What is done with a report that is not published.
    UpdateStep {
        /// Write it anew.
        Edit => "edit",
        /// Hand it in: to the approver, or to the public where the body has none.
        Submit => "submit",
        /// Publish it.
        Approve => "approve",
        /// Send it back.
        Return => "return",
        /// Throw it away.
        Discard => "discard",
    }
}

/// A change of status that comes with a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestedMove {
    /// Where to.
    pub to: Status,
    /// Why.
    pub reason: LanguageMap,
    /// The answer that the move needs: its text, and its day (without one, that of the publication).
    pub answer: Option<(LanguageMap, Option<NaiveDate>)>,
    /// When it is due.
    pub due: Option<Deadline>,
    /// Why it has no due date.
    pub no_due_reason: LanguageMap,
}

/// A report of an owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Where it stands.
    pub state: UpdateState,
    /// What it reports about: the day it holds for.
    pub as_of: AsOf,
    /// What it says.
    pub narrative: LanguageMap,
    /// The change of status that comes with it.
    pub status: Option<RequestedMove>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// The unit of the body that answers for it.
    pub responsible_unit: Option<String>,
    /// The number of the letter it came with.
    pub outgoing_number: Option<String>,
    /// The report that it corrects; both are shown.
    pub corrects: Option<ContributionId>,
    /// The reporting round it answers.
    pub round: Option<ReportingRoundId>,
    /// The document it was transcribed from; then the secretariat recorded it, not the body.
    pub recorded_from: Option<RecordedFrom>,
    /// Why it was returned.
    pub return_reason: LanguageMap,
}

/// Whether a report that somebody with this role hands in waits for an approver of the body first.
pub const fn waits_for_approval(role: Role, body_has_approver: bool) -> bool {
    body_has_approver && !matches!(role, Role::Approver)
}

/// Where a report stands after a step; none where the step cannot be taken there.
pub const fn after_step(
    state: UpdateState,
    step: UpdateStep,
    waits_for_approval: bool,
) -> Option<UpdateState> {
    use UpdateState::{AwaitingApproval, Draft, Published, Returned};
    match (state, step) {
        // What was handed in once stands in the ledger and is not thrown away.
        (Draft, UpdateStep::Discard) | (Draft | Returned, UpdateStep::Edit) => Some(state),
        (Draft | Returned, UpdateStep::Submit) => {
            Some(if waits_for_approval { AwaitingApproval } else { Published })
        }
        (AwaitingApproval, UpdateStep::Approve) => Some(Published),
        (AwaitingApproval, UpdateStep::Return) => Some(Returned),
        _ => None,
    }
}

/// Whether somebody with this role of the body may take a step.
pub const fn may_step(role: Role, step: UpdateStep) -> bool {
    match step {
        UpdateStep::Approve | UpdateStep::Return => matches!(role, Role::Approver),
        UpdateStep::Edit | UpdateStep::Submit | UpdateStep::Discard => role.speaks_for_body(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_take_the_steps_written_here_by_hand() {
        use UpdateState::{AwaitingApproval, Draft, Published, Returned};
        use UpdateStep::{Approve, Discard, Edit, Return, Submit};
        let taken = [
            (Draft, Edit, Draft, Draft),
            (Draft, Discard, Draft, Draft),
            (Draft, Submit, AwaitingApproval, Published),
            (Returned, Edit, Returned, Returned),
            (Returned, Submit, AwaitingApproval, Published),
            (AwaitingApproval, Approve, Published, Published),
            (AwaitingApproval, Return, Returned, Returned),
        ];
        for state in UpdateState::ALL {
            for step in UpdateStep::ALL {
                let row = taken.iter().find(|row| (row.0, row.1) == (*state, *step));
                assert_eq!(after_step(*state, *step, true), row.map(|row| row.2), "{state:?} {step:?}");
                assert_eq!(after_step(*state, *step, false), row.map(|row| row.3), "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn only_approvers_approve_and_only_officers_wait_for_them() {
        for role in Role::ALL {
            let approver = role == Role::Approver;
            for step in UpdateStep::ALL {
                let expected = match step {
                    UpdateStep::Approve | UpdateStep::Return => approver,
                    _ => approver || role == Role::Officer,
                };
                assert_eq!(may_step(role, *step), expected, "{role:?} {step:?}");
            }
            assert_eq!(waits_for_approval(role, true), !approver);
            assert!(!waits_for_approval(role, false));
        }
    }
}
