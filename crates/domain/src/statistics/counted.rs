//! What counts need to know of one item.

use chrono::NaiveDate;

use super::findings::CountedFinding;
use crate::calendar::{AsOf, Precision};
use crate::ids::{ItemId, OrganisationId};
use crate::items::translation_gaps::TranslationGaps;
use crate::items::{Kind, OwnerRole, Status};
use crate::levels::Level;

/// The statuses in which the lead's answer is.
pub const ANSWERS: [Status; 4] = [Status::Accepted, Status::PartlyAccepted, Status::Declined, Status::Noted];

/// Whether a status is an answer of the lead.
pub fn is_answer(status: Status) -> bool {
    ANSWERS.contains(&status)
}

/// A change of status that an item went through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where to.
    pub to: Status,
    /// Since when.
    pub as_of: AsOf,
    /// Who may read of it.
    pub level: Level,
    /// Who made it; `None` for a submitter.
    pub organisation: Option<OrganisationId>,
}

/// What counts need to know of one item. A draft is counted for those who write it alone: its author and the
/// colleagues they named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Its identifier.
    pub id: ItemId,
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub status: Status,
    /// Marked by the secretariat.
    pub priority: bool,
    /// What there is to do on its texts in other languages.
    pub translation_gaps: TranslationGaps,
    /// Code of the mechanism it comes from.
    pub mechanism: Option<String>,
    /// The bodies that answer for it.
    pub owners: Vec<(OrganisationId, OwnerRole)>,
    /// The organisations it is addressed to before it has owners.
    pub addressees: Vec<OrganisationId>,
    /// The organisations that filed it.
    pub filed_by: Vec<OrganisationId>,
    /// Theme codes.
    pub themes: Vec<String>,
    /// Legal reference codes.
    pub legal_refs: Vec<String>,
    /// Who reads its text.
    pub text_level: Level,
    /// Who reads who filed it.
    pub identity_level: Level,
    /// When it is due.
    pub due_on: Option<NaiveDate>,
    /// When it was due at first publication.
    pub original_due_on: Option<NaiveDate>,
    /// The day it was filed.
    pub filed_on: Option<AsOf>,
    /// When it entered the register.
    pub entered_on: NaiveDate,
    /// The local day on which its text was narrowed, while it is.
    pub narrowed_on: Option<NaiveDate>,
    /// Its changes of status in the order they were recorded.
    pub changes: Vec<Change>,
    /// Its changes of the deadline: who may read of each.
    pub revisions: Vec<Level>,
    /// Whether its lead says that it was done.
    pub is_said_done: bool,
    /// What was found on it.
    pub findings: Vec<CountedFinding>,
    /// The items that it implements.
    pub implements: Vec<ItemId>,
}

impl Counted {
    /// The lead body.
    pub fn lead(&self) -> Option<OrganisationId> {
        self.owners.iter().find(|(_, role)| *role == OwnerRole::Lead).map(|(body, _)| *body)
    }
}

/// Precisions by which a day is known to its month.
pub(super) const fn within_a_month(precision: Precision) -> bool {
    matches!(precision, Precision::Day | Precision::Month)
}
