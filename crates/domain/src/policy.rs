//! The one function that decides every action: [`may`].
//!
//! What is not visible is the same as absent, so every refusal that would tell of a hidden thing is
//! [`Refusal::NotFound`]. Actions on items other than reading are decided by the viewer's part in the item: see
//! [`movers`].

mod accounts;
mod contribution_levels;
mod contributions;
mod levels;
mod parts;
mod protocols;

use crate::accounts::{Actor, Role, Viewer};
use crate::ids::OrganisationId;
use crate::items::co_filing::{can_be_joined, may_leave};
use crate::items::contributions::ContributionKind;
use crate::items::fields::{Field, may_edit};
use crate::items::moves::{Mover, find};
use crate::items::{Kind, Status};
use crate::levels::{Axis, Level, Parties, may_see_own, relation};
use crate::meetings::ProtocolState;

pub use accounts::AccountFacts;
use accounts::may_on_account;
pub use contribution_levels::ContributionLevels;
use contribution_levels::may_change_contribution_level;
use contributions::may_contribute;
pub use contributions::{AssessorFacts, ContributorFacts, can_be_reported_on, may_move_alone};
use levels::may_change_level;
pub use levels::{IdentityVoice, consent_after_narrowing, identity_after_narrowing};
pub use parts::movers;
pub use protocols::ProtocolFacts;

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Create an item of a kind in one's own name.
    CreateItem(Kind),
    /// Record an item or a meeting from a document.
    RecordFromDocument,
    /// Read an item.
    ReadItem,
    /// Read who filed an item.
    ReadFiler,
    /// Edit a field of an item.
    EditField(Field),
    /// Delete a draft.
    DeleteDraft,
    /// Move an item's status.
    Move(Status),
    /// Consent to a wider level.
    Consent,
    /// Change a level from the present one to another.
    ChangeLevel {
        /// Which axis.
        axis: Axis,
        /// The wanted level.
        to: Level,
    },
    /// Move a deadline.
    ReviseDeadline,
    /// Change who owns an item.
    ChangeOwners,
    /// Link an item to another one.
    Link,
    /// Read the drafted letter to the head of the body that owes a word on an item, and note that it was sent.
    ResponseLetter,
    /// Give a finding on an item.
    Assess(AssessorFacts),
    /// Transcribe a finding or a report from a document.
    Transcribe,
    /// Reply to a finding.
    ReplyToFinding {
        /// Whether the actor's body has an approver.
        body_has_approver: bool,
    },
    /// Report on an item as one of its owners.
    Report,
    /// Announce that an item will be closed as implemented.
    AnnounceClosing,
    /// Split an item into parts.
    Split,
    /// Add something to an item, or go on with it.
    Add(ContributionKind, ContributorFacts),
    /// Pass a question or an answer on, or say why not.
    PassOn,
    /// Invite an organisation to file an item together.
    InviteToFile,
    /// Take an invitation to file together back.
    TakeBackInvitation,
    /// Take the name of one's organisation from an item that others file too.
    LeaveFiling,
    /// Change a level of something that was added to an item.
    ChangeContributionLevel {
        /// Which axis.
        axis: Axis,
        /// The wanted level.
        to: Level,
        /// What is known of it.
        of: ContributionLevels,
    },
    /// Read a meeting's decisions, agenda texts and everything else of its protocol.
    ReadProtocol,
    /// Create or change meetings, agendas, attendance, decisions and protocols.
    ManageMeetings,
    /// Open, change and close reporting rounds.
    ManageReportingRounds,
    /// Read the protocol that was circulated to the participants.
    ReadCirculatedProtocol,
    /// Read objections to a protocol, as far as they are one's own or all of them.
    ReadObjections,
    /// Object to a circulated protocol.
    Object,
    /// Answer an objection.
    AnswerObjection,
    /// Create or change organisations.
    ManageOrganisations,
    /// Create, disable and re-activate accounts.
    ManageUsers,
    /// Confirm a newcomer to one's civil-society organisation, or to the secretariat.
    ConfirmMember,
    /// Lock a colleague out.
    LockOut,
    /// Say for a colleague who lost the password that they asked for a new one.
    VouchForRecovery,
    /// Remove the payload of a ledger entry on a legal ground.
    Redact,
}

/// What an item is, as far as decisions need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemFacts {
    /// Its kind.
    pub kind: Kind,
    /// Where it stands.
    pub status: Status,
    /// Who reads its text.
    pub text_level: Level,
    /// Who reads who filed it.
    pub identity_level: Level,
    /// The bodies and organisations that have a part in it.
    pub parties: Parties,
    /// The lead body.
    pub lead: Option<OrganisationId>,
    /// The bodies that own it.
    pub owners: Vec<OrganisationId>,
    /// The widest level the submitter consented to for its text.
    pub text_consent: Option<Level>,
    /// Who of the filing organisations agreed to wider levels of their names.
    pub identity_voices: Vec<IdentityVoice>,
}

/// What an action is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// The register as a whole.
    Register,
    /// An item.
    Item(&'a ItemFacts),
    /// A meeting, by the state of its protocol.
    Meeting(ProtocolState),
    /// The protocol of a meeting, and what the viewer has to do with it.
    Protocol(ProtocolFacts),
    /// An account of an organisation.
    Account(AccountFacts),
}

/// Why an action is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody is signed in.
    #[error("sign in first")]
    Unauthenticated,
    /// The subject is not visible to the viewer, which is the same as not there.
    #[error("not found")]
    NotFound,
    /// The role or the part in the item does not allow it.
    #[error("your role does not allow this")]
    RoleRequired,
    /// The field may not be edited in this status.
    #[error("this field cannot be edited in this status")]
    FieldLocked,
    /// Only drafts are deleted.
    #[error("only a draft can be deleted")]
    NotADraft,
    /// Identity may not be wider than text.
    #[error("identity cannot be wider than text")]
    IdentityWiderThanText,
    /// The level is the one it has.
    #[error("the level is unchanged")]
    LevelUnchanged,
    /// The submitter has not consented to this level.
    #[error("the submitter has not consented to this level")]
    ConsentRequired,
    /// A second member of the organisation must ask too.
    #[error("a second member of the organisation must confirm this")]
    SecondPersonRequired,
    /// Nobody would be left who filed the proposal.
    #[error("nobody would be left who filed it")]
    OnlySubmitter,
    /// Drafts have no levels to change, and levels of commitments and recommendations follow their status.
    #[error("this item's level cannot be changed")]
    LevelFixed,
    /// The status does not allow it.
    #[error("the status does not allow this")]
    StatusConflict,
    /// Owners, their parents and children, and state bodies assess nothing.
    #[error("owners, their parents and children, and state bodies do not assess")]
    NotAnAssessor,
    /// In a body with an approver, one must approve it.
    #[error("an approver of your body must approve this")]
    ApprovalRequired,
    /// Items of this kind, or in this status, are not split.
    #[error("this item cannot be split")]
    NotSplittable,
    /// Nobody objects to the protocol now: it is not circulated, or the day has passed.
    #[error("objections are not taken now")]
    ObjectionsClosed,
    /// The protocol is approved and stays as it is.
    #[error("the protocol is approved")]
    ProtocolApproved,
}

/// Whether a role files items of a kind.
const fn files(role: Role, kind: Kind) -> bool {
    match kind {
        Kind::Proposal => matches!(role, Role::NgoMember),
        Kind::Commitment => matches!(role, Role::Officer | Role::Approver | Role::Secretariat),
        Kind::Recommendation => matches!(role, Role::Secretariat),
    }
}

/// Whether the viewer may do this to the subject.
///
/// Says nothing about what a status move needs beside the right mover: that is
/// [`crate::items::moves::decide`].
pub fn may(viewer: &Viewer, action: Action, subject: Subject<'_>) -> Result<(), Refusal> {
    match (action, subject) {
        (Action::ReadItem, Subject::Item(item)) => visible(viewer, item),
        (Action::ReadFiler, Subject::Item(item)) => {
            visible(viewer, item)?;
            when(relation(viewer, &item.parties).reads(item.identity_level), Refusal::NotFound)
        }
        (Action::ReadProtocol, Subject::Meeting(state)) => {
            when(state == ProtocolState::Approved || viewer.is_secretariat(), Refusal::NotFound)
        }
        (_, Subject::Item(item)) => {
            // 401 comes before 404: an anonymous write learns nothing about what exists.
            signed_in(viewer)?;
            visible(viewer, item)?;
            may_on_item(viewer, action, item)
        }
        (_, Subject::Account(account)) => may_on_account(signed_in(viewer)?, action, &account),
        (_, Subject::Protocol(facts)) => protocols::may_on_protocol(viewer, action, facts),
        (_, Subject::Meeting(_)) => may_on_meeting(signed_in(viewer)?, action),
        (_, Subject::Register) => may_on_register(signed_in(viewer)?, action),
    }
}

fn may_on_register(actor: &Actor, action: Action) -> Result<(), Refusal> {
    let allowed = match action {
        // Who does not see its organisation's drafts cannot write one.
        Action::CreateItem(kind) => files(actor.role, kind) && may_see_own(actor.role, actor.confirmed),
        Action::RecordFromDocument
        | Action::ManageMeetings
        | Action::ManageReportingRounds
        | Action::Redact => actor.role == Role::Secretariat,
        Action::ManageOrganisations => matches!(actor.role, Role::Secretariat | Role::Admin),
        Action::ManageUsers => actor.role == Role::Admin,
        _ => false,
    };
    when(allowed, Refusal::RoleRequired)
}

fn may_on_meeting(actor: &Actor, action: Action) -> Result<(), Refusal> {
    when(action == Action::ManageMeetings && actor.role == Role::Secretariat, Refusal::RoleRequired)
}

fn may_on_item(viewer: &Viewer, action: Action, item: &ItemFacts) -> Result<(), Refusal> {
    let movers = movers(viewer, item);
    let is = |mover| movers.contains(&mover);
    match action {
        Action::EditField(field) => {
            when(!movers.is_empty(), Refusal::RoleRequired)?;
            when(may_edit(item.kind, item.status, field, &movers), Refusal::FieldLocked)
        }
        Action::DeleteDraft => {
            when(is(Mover::Submitter), Refusal::RoleRequired)?;
            when(item.status == Status::Draft, Refusal::NotADraft)
        }
        Action::Move(to) => {
            let row = find(item.kind, item.status, to).ok_or(Refusal::StatusConflict)?;
            when(row.by.iter().any(|mover| is(*mover)), Refusal::RoleRequired)
        }
        Action::Consent => {
            when(is(Mover::Submitter), Refusal::RoleRequired)?;
            when(item.kind == Kind::Proposal, Refusal::LevelFixed)
        }
        Action::ChangeLevel { axis, to } => may_change_level(viewer, &movers, item, axis, to),
        Action::ReviseDeadline => {
            when(is(Mover::Lead) || is(Mover::Secretariat), Refusal::RoleRequired)?;
            when(deadline_can_be_revised(item), Refusal::StatusConflict)
        }
        Action::ChangeOwners => {
            when(is(Mover::Secretariat) || is_own_draft(item, &movers), Refusal::RoleRequired)
        }
        Action::Split => {
            when(is(Mover::Secretariat), Refusal::RoleRequired)?;
            when(can_be_split(item), Refusal::NotSplittable)
        }
        Action::Link => when(!movers.is_empty(), Refusal::RoleRequired),
        Action::InviteToFile => {
            when(is(Mover::Submitter) && item.kind == Kind::Proposal, Refusal::RoleRequired)?;
            when(can_be_joined(item.status), Refusal::StatusConflict)
        }
        Action::TakeBackInvitation => when(is(Mover::Submitter), Refusal::RoleRequired),
        Action::LeaveFiling => {
            when(is(Mover::Submitter) && item.kind == Kind::Proposal, Refusal::RoleRequired)?;
            let leaves =
                viewer.actor().is_some_and(|actor| may_leave(&item.parties.filed_by, actor.organisation));
            when(leaves, Refusal::OnlySubmitter)
        }
        Action::Redact => {
            when(is(Mover::Secretariat), Refusal::RoleRequired)?;
            // A draft is in no ledger and read by nobody else.
            when(item.status != Status::Draft, Refusal::StatusConflict)
        }
        Action::ResponseLetter | Action::PassOn => when(is(Mover::Secretariat), Refusal::RoleRequired),
        Action::ChangeContributionLevel { axis, to, of } => {
            may_change_contribution_level(viewer, axis, to, of)
        }
        _ => may_contribute(viewer, action, item),
    }
}

/// A deadline is revised while it runs and something was promised.
const fn deadline_can_be_revised(item: &ItemFacts) -> bool {
    matches!(item.status, Status::Planned | Status::InProgress)
}

/// What asks for several things is split before anybody has answered it as a whole. What a body promises it words
/// itself.
const fn can_be_split(item: &ItemFacts) -> bool {
    matches!(
        (item.kind, item.status),
        (Kind::Proposal, Status::Submitted | Status::UnderReview)
            | (Kind::Recommendation, Status::Registered | Status::UnderReview)
    )
}

/// A body names the owners of its own draft.
fn is_own_draft(item: &ItemFacts, movers: &[Mover]) -> bool {
    item.status == Status::Draft && item.kind != Kind::Proposal && movers.contains(&Mover::Submitter)
}

fn visible(viewer: &Viewer, item: &ItemFacts) -> Result<(), Refusal> {
    when(relation(viewer, &item.parties).reads(item.text_level), Refusal::NotFound)
}

fn signed_in(viewer: &Viewer) -> Result<&Actor, Refusal> {
    viewer.actor().ok_or(Refusal::Unauthenticated)
}

const fn when(allowed: bool, refusal: Refusal) -> Result<(), Refusal> {
    if allowed { Ok(()) } else { Err(refusal) }
}
