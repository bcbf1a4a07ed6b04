//! Who adds what to an item.

use super::{Action, ItemFacts, Refusal, when};
use crate::accounts::{Actor, Role, Viewer};
use crate::items::Status;
use crate::items::contributions::ContributionKind;
use crate::items::questions::can_be_asked_about;
use crate::levels::may_see_own;
use crate::organisations::OrganisationKind;

/// What an assessor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssessorFacts {
    /// What its organisation is.
    pub kind: OrganisationKind,
    /// Whether its organisation owns the item, or is the parent or a child of one that does.
    pub kin_of_owner: bool,
}

/// What somebody who adds something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContributorFacts {
    /// What it is to the item, where it does not own it.
    pub assessor: AssessorFacts,
    /// Whether its body has an approver.
    pub body_has_approver: bool,
}

/// Whether the viewer may add this to an item that it sees.
pub(super) fn may_contribute(viewer: &Viewer, action: Action, item: &ItemFacts) -> Result<(), Refusal> {
    let actor = viewer.actor().ok_or(Refusal::Unauthenticated)?;
    let owns = actor.role.speaks_for_body() && item.owners.contains(&actor.organisation);
    match action {
        Action::Assess(facts) => may_assess(actor, facts, item),
        Action::Transcribe => {
            when(actor.role == Role::Secretariat, Refusal::RoleRequired)?;
            when(item.status != Status::Draft, Refusal::StatusConflict)
        }
        Action::ReplyToFinding { body_has_approver } => {
            when(owns, Refusal::RoleRequired)?;
            when(may_move_alone(actor.role, body_has_approver), Refusal::ApprovalRequired)
        }
        Action::Report => {
            when(owns, Refusal::RoleRequired)?;
            when(can_be_reported_on(item.status), Refusal::StatusConflict)
        }
        Action::Add(kind, facts) => may_add(actor, kind, facts, owns, item),
        Action::AnnounceClosing => {
            when(actor.role == Role::Secretariat, Refusal::RoleRequired)?;
            when(item.status == Status::ReportedDone, Refusal::StatusConflict)
        }
        _ => Err(Refusal::RoleRequired),
    }
}

/// Whether somebody may add a finding, a milestone, an indicator, evidence, a question or an answer: owners plan, count
/// and prove, the secretariat records from documents, institutions that stand apart count too, and whoever assesses brings
/// evidence and asks. Owners and submitters answer each other.
fn may_add(
    actor: &Actor,
    kind: ContributionKind,
    facts: ContributorFacts,
    owns: bool,
    item: &ItemFacts,
) -> Result<(), Refusal> {
    match kind {
        ContributionKind::Assessment if actor.role == Role::Secretariat => {
            return when(item.status != Status::Draft, Refusal::StatusConflict);
        }
        ContributionKind::Assessment => return may_assess(actor, facts.assessor, item),
        ContributionKind::Question => return may_ask(actor, facts, owns, item),
        ContributionKind::Answer => return may_answer(actor, facts, owns, item),
        _ => {}
    }
    if owns {
        when(may_move_alone(actor.role, facts.body_has_approver), Refusal::ApprovalRequired)?;
    } else if kind == ContributionKind::Evidence && actor.role != Role::Secretariat {
        return may_assess(actor, facts.assessor, item);
    } else if actor.role != Role::Secretariat {
        let AssessorFacts { kind: body, kin_of_owner } = facts.assessor;
        let counts = kind == ContributionKind::Indicator && body == OrganisationKind::Independent;
        when(counts && actor.role.speaks_for_body(), Refusal::RoleRequired)?;
        when(!kin_of_owner, Refusal::NotAnAssessor)?;
    }
    when(can_be_reported_on(item.status), Refusal::StatusConflict)
}

fn may_ask(actor: &Actor, facts: ContributorFacts, owns: bool, item: &ItemFacts) -> Result<(), Refusal> {
    if owns {
        when(may_move_alone(actor.role, facts.body_has_approver), Refusal::ApprovalRequired)?;
    } else if actor.role != Role::Secretariat {
        may_assess(actor, facts.assessor, item)?;
    }
    when(can_be_asked_about(item.status), Refusal::StatusConflict)
}

fn may_answer(actor: &Actor, facts: ContributorFacts, owns: bool, item: &ItemFacts) -> Result<(), Refusal> {
    if owns {
        when(may_move_alone(actor.role, facts.body_has_approver), Refusal::ApprovalRequired)?;
    } else {
        let filed = actor.role == Role::NgoMember && item.parties.filed_by.contains(&actor.organisation);
        when(filed && may_see_own(actor.role, actor.confirmed), Refusal::RoleRequired)?;
    }
    when(can_be_asked_about(item.status), Refusal::StatusConflict)
}

fn may_assess(actor: &Actor, facts: AssessorFacts, item: &ItemFacts) -> Result<(), Refusal> {
    let role = match actor.role {
        Role::NgoMember => may_see_own(actor.role, actor.confirmed),
        Role::Officer | Role::Approver => true,
        Role::Secretariat | Role::Observer | Role::Admin => false,
    };
    when(role, Refusal::RoleRequired)?;
    let stands_apart = facts.kind != OrganisationKind::StateBody && !facts.kin_of_owner;
    when(stands_apart, Refusal::NotAnAssessor)?;
    when(item.status != Status::Draft, Refusal::StatusConflict)
}

/// Whether owners report on an item that stands here: not before it is theirs, nor when it ended without a result.
pub const fn can_be_reported_on(status: Status) -> bool {
    !matches!(
        status,
        Status::Draft
            | Status::Submitted
            | Status::Returned
            | Status::Withdrawn
            | Status::Merged
            | Status::Superseded
    )
}

/// Whether somebody with this role speaks for its body without an approver's word: in a body that has one, approvers
/// alone do.
pub const fn may_move_alone(role: Role, body_has_approver: bool) -> bool {
    !body_has_approver || !matches!(role, Role::Officer)
}
