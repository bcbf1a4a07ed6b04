//! What somebody may do with an item where it stands: what pages offer. Whether it is then done, the use case of each
//! decides anew.

use qadam_domain::accounts::{Role, Viewer};
use qadam_domain::ids::OrganisationId;
use qadam_domain::items::contributions::ContributionKind;
use qadam_domain::items::fields::Field;
use qadam_domain::items::moves::{Move, Mover, TABLE};
use qadam_domain::policy::{Action, ItemFacts, Subject, may, may_move_alone, movers};
use qadam_storage::{accounts, items as stored};

use super::contributions::contributor;
use super::editing::facts;
use super::questions::has_somebody_to_ask;
use super::view::ItemView;
use crate::application::App;
use crate::error::AppError;

/// Something that can be done with an item beside moving it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Possibility {
    /// Report on it as an owner.
    Report,
    /// Give a finding on it.
    Assess,
    /// Change its texts and classification.
    Edit,
    /// Agree to who may read its text and its author's name, or narrow that.
    ChangeLevels,
    /// Move its deadline.
    ReviseDeadline,
    /// Ask about it.
    Ask,
    /// Bring evidence.
    AddEvidence,
    /// Plan a milestone.
    AddMilestone,
    /// Name an indicator.
    AddIndicator,
    /// Say who answers for it.
    ChangeOwners,
    /// Link it to another item.
    Link,
    /// Announce that it will be closed as implemented.
    AnnounceClosing,
    /// Split it into parts.
    Split,
    /// Invite an organisation to file it together.
    InviteToFile,
    /// Take passages out of what is said about it.
    Redact,
    /// Throw the draft away.
    Delete,
}

impl Possibility {
    /// All of them, in the order in which pages offer them.
    pub const ALL: [Self; 16] = [
        Self::Report,
        Self::Assess,
        Self::Edit,
        Self::ChangeLevels,
        Self::ReviseDeadline,
        Self::Ask,
        Self::AddEvidence,
        Self::AddMilestone,
        Self::AddIndicator,
        Self::ChangeOwners,
        Self::Link,
        Self::AnnounceClosing,
        Self::Split,
        Self::InviteToFile,
        Self::Redact,
        Self::Delete,
    ];
}

/// What somebody may do with an item.
#[derive(Debug, Clone, Default)]
pub struct Possibilities {
    /// The moves that the viewer makes by itself.
    pub moves: Vec<&'static Move>,
    /// The moves that a report may ask for: those of the lead.
    pub with_report: Vec<&'static Move>,
    /// The fields that the viewer edits.
    pub fields: Vec<Field>,
    /// What else.
    pub others: Vec<Possibility>,
    /// Whether an approver of the viewer's body must approve what the viewer says in its name.
    pub needs_approval: bool,
}

impl Possibilities {
    /// Whether this is among them.
    pub fn has(&self, possibility: Possibility) -> bool {
        self.others.contains(&possibility)
    }
}

/// What the viewer may do with an item that it sees.
pub async fn possibilities(app: &App, viewer: &Viewer, view: &ItemView) -> Result<Possibilities, AppError> {
    let Some(actor) = viewer.actor() else { return Ok(Possibilities::default()) };
    let reader = app.store.read();
    let item = &view.item;
    let consents = stored::consents(&reader, item.id).await?;
    let facts = facts(item, &consents);
    let has_approver = accounts::has_active(&reader, actor.organisation, Role::Approver).await?;
    let alone = may_move_alone(actor.role, has_approver);
    let contributor = contributor(app, item, actor, has_approver)?;
    let can = |action: Action| may(viewer, action, Subject::Item(&facts)).is_ok();
    let fields: Vec<Field> = Field::ALL.into_iter().filter(|field| can(Action::EditField(*field))).collect();
    let is_possible = |possibility: &Possibility| match possibility {
        Possibility::Report => can(Action::Report),
        Possibility::Assess => can(Action::Assess(contributor.assessor)),
        Possibility::Edit => !fields.is_empty(),
        Possibility::ChangeLevels => can(Action::Consent),
        Possibility::ReviseDeadline => can(Action::ReviseDeadline),
        Possibility::Ask => {
            can(Action::Add(ContributionKind::Question, contributor)) && has_somebody_to_ask(viewer, item)
        }
        Possibility::AddEvidence => can(Action::Add(ContributionKind::Evidence, contributor)),
        Possibility::AddMilestone => can(Action::Add(ContributionKind::Milestone, contributor)),
        Possibility::AddIndicator => can(Action::Add(ContributionKind::Indicator, contributor)),
        Possibility::ChangeOwners => can(Action::ChangeOwners),
        Possibility::Link => can(Action::Link),
        Possibility::AnnounceClosing => can(Action::AnnounceClosing),
        Possibility::Split => can(Action::Split),
        Possibility::InviteToFile => can(Action::InviteToFile),
        Possibility::Redact => can(Action::Redact),
        Possibility::Delete => can(Action::DeleteDraft),
    };
    let theirs = movers(viewer, &facts);
    let as_lead = theirs.contains(&Mover::Lead);
    Ok(Possibilities {
        moves: rows(&facts, |by| theirs.contains(by) && (alone || *by != Mover::Lead)),
        with_report: rows(&facts, |by| as_lead && *by == Mover::Lead),
        others: Possibility::ALL.into_iter().filter(is_possible).collect(),
        fields,
        needs_approval: !alone,
    })
}

/// The rows of the table from where the item stands, by whom it asks for.
fn rows(facts: &ItemFacts, by: impl Fn(&Mover) -> bool) -> Vec<&'static Move> {
    let here = TABLE.iter().filter(|row| row.kind == facts.kind && row.from.contains(&facts.status));
    here.filter(|row| row.by.iter().any(&by)).collect()
}

/// Whether the viewer may create items of a kind in its own name.
pub fn may_create(viewer: &Viewer, kind: qadam_domain::items::Kind) -> bool {
    may(viewer, Action::CreateItem(kind), Subject::Register).is_ok()
}

/// Whether the organisation speaks through an approver, so that what others of it say waits for one.
pub async fn has_approver(app: &App, body: OrganisationId) -> Result<bool, AppError> {
    Ok(accounts::has_active(&app.store.read(), body, Role::Approver).await?)
}
