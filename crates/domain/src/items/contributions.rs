//! What organisations add to an item: findings, reports, evidence, questions, milestones, indicators.
//!
//! A contribution of a body, of the secretariat, or from a document is read by whoever reads the item. One of civil
//! society has levels of its own, on two axes as a filing has; then its author reads it, and who else does follows
//! from the author, not from who filed the item.

use chrono::NaiveDate;

use super::assessments::{Assessment, coded};
use super::closing::ClosingNotice;
use super::evidence::ItemEvidence;
use super::indicators::Indicator;
use super::item::Item;
use super::milestones::Milestone;
use super::questions::{Answer, Question};
use super::updates::Update;
use crate::accounts::{Role, Viewer};
use crate::ids::{ContributionId, ItemId, OrganisationId, UserId};
use crate::levels::{Level, Parties, Relation, relation};

coded! {
    /// What was added.
    ContributionKind {
        /// An owner's report.
        Update => "update",
        /// A finding.
        Assessment => "assessment",
        /// The announcement that an item will be closed as implemented.
        ClosingNotice => "closing_notice",
        /// A step on the way.
        Milestone => "milestone",
        /// What is counted, with its values.
        Indicator => "indicator",
        /// A piece of evidence.
        Evidence => "evidence",
        /// A question.
        Question => "question",
        /// An answer to a question.
        Answer => "answer",
    }
}

/// Who reads a contribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Whoever reads the item.
    AsItem,
    /// Its author, and who reads these levels of it; identity is never wider than text.
    Levels {
        /// Of what it says.
        text: Level,
        /// Of who made it.
        identity: Level,
    },
}

impl Sight {
    /// Its author alone.
    pub const OWN: Self = Self::Levels { text: Level::Own, identity: Level::Own };

    /// The level at which what it says is told, on an item whose text has this level.
    pub fn text_on(self, item: Level) -> Level {
        match self {
            Self::AsItem => item,
            Self::Levels { text, .. } => text.min(item),
        }
    }

    /// The level at which is told who made it, on an item whose text has this level.
    pub fn identity_on(self, item: Level) -> Level {
        match self {
            Self::AsItem => item,
            Self::Levels { identity, .. } => identity.min(item),
        }
    }
}

/// What is settled about who reads a contribution, beside its levels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Readership {
    /// The organisation that reads what it says as its author does: the one whose question it answers.
    pub heard_by: Option<OrganisationId>,
    /// Whether the secretariat narrowed it: then its author does not widen it again.
    pub held: bool,
    /// The member of the author's organisation that asked for its name to be made public, where a second one has not
    /// agreed yet.
    pub publication_asked_by: Option<UserId>,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// An owner's report.
    Update(Update),
    /// A finding.
    Assessment(Assessment),
    /// The announcement that an item will be closed as implemented.
    ClosingNotice(ClosingNotice),
    /// A step on the way.
    Milestone(Milestone),
    /// What is counted, with its values.
    Indicator(Indicator),
    /// A piece of evidence.
    Evidence(ItemEvidence),
    /// A question.
    Question(Question),
    /// An answer to a question.
    Answer(Answer),
}

impl Content {
    /// What was added before that it is about, and that whoever reads it must read too.
    pub const fn about(&self) -> Option<ContributionId> {
        match self {
            Self::Answer(answer) => Some(answer.question),
            Self::Evidence(evidence) => evidence.about,
            _ => None,
        }
    }

    /// What it is.
    pub const fn kind(&self) -> ContributionKind {
        match self {
            Self::Update(_) => ContributionKind::Update,
            Self::Assessment(_) => ContributionKind::Assessment,
            Self::ClosingNotice(_) => ContributionKind::ClosingNotice,
            Self::Milestone(_) => ContributionKind::Milestone,
            Self::Indicator(_) => ContributionKind::Indicator,
            Self::Evidence(_) => ContributionKind::Evidence,
            Self::Question(_) => ContributionKind::Question,
            Self::Answer(_) => ContributionKind::Answer,
        }
    }
}

/// Something added to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// Its identifier.
    pub id: ContributionId,
    /// The item.
    pub item: ItemId,
    /// The organisation that made it, or in whose document it stands; none for a mechanism that is no organisation
    /// here.
    pub organisation: Option<OrganisationId>,
    /// The role that made it.
    pub role: Role,
    /// The account that made it. Never told.
    pub user: UserId,
    /// Who reads it.
    pub sight: Sight,
    /// What else is settled about who reads it.
    pub readership: Readership,
    /// The local day it was recorded.
    pub recorded_on: NaiveDate,
    /// Its first place in the ledger, by which contributions are ordered; 0 while it is in none.
    pub position: i64,
    /// Its newest place in the ledger.
    pub changed: i64,
    /// Row version for optimistic locking.
    pub version: i64,
    /// What it says.
    pub content: Content,
}

/// What a viewer is to the contributions on an item that somebody else made: like a stranger's item that names the
/// same bodies. Who filed the item is no closer to them.
pub fn relation_as_other(viewer: &Viewer, item: &Item) -> Relation {
    let parties = Parties { addressed: item.parties().addressed, ..Parties::default() };
    relation(viewer, &parties)
}

impl Contribution {
    /// What a viewer is to what it says, on an item that the viewer reads.
    pub fn relation(&self, viewer: &Viewer, item: &Item) -> Relation {
        as_of_these(viewer, item, self.organisation.into_iter().chain(self.readership.heard_by))
    }

    /// Whether who made it has a level of its own: it is civil society's, and not in a public document.
    pub fn hides_author(&self) -> bool {
        self.role == Role::NgoMember && self.sight != Sight::AsItem
    }

    /// Whether a viewer who reads the item reads what it says.
    pub fn is_read_by(&self, viewer: &Viewer, item: &Item) -> bool {
        match self.sight {
            Sight::AsItem => true,
            Sight::Levels { text, .. } => self.relation(viewer, item).reads(text),
        }
    }

    /// Whether a viewer who reads what it says may know who made it.
    pub fn author_is_read_by(&self, viewer: &Viewer, item: &Item) -> bool {
        match self.sight {
            // Bodies and institutions speak under their names, to whomever.
            _ if self.role != Role::NgoMember => true,
            Sight::AsItem => true,
            Sight::Levels { identity, .. } => {
                as_of_these(viewer, item, self.organisation.into_iter()).reads(identity)
            }
        }
    }
}

/// What a viewer is to something of these organisations, on an item that the viewer reads.
fn as_of_these(viewer: &Viewer, item: &Item, own: impl Iterator<Item = OrganisationId>) -> Relation {
    let parties =
        Parties { filed_by: own.collect(), addressed: item.parties().addressed, ..Parties::default() };
    relation(viewer, &parties)
}
