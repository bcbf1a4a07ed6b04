//! The item itself: everything the register keeps about a proposal, a commitment or a recommendation.

use chrono::NaiveDate;

use super::reference::Reference;
use super::response::{ClockKind, ResponseClock};
use super::status::{ClosingResult, Kind, Status};
use crate::accounts::Viewer;
use crate::calendar::{AsOf, Deadline, Timestamp};
use crate::ids::{DecisionId, ItemId, MeetingId, OrganisationId, UserId};
use crate::language::{Language, LanguageMap, Translations};
use crate::levels::{Level, Parties, Relation, relation};

/// What an owner does for an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnerRole {
    /// Moves the status; exactly one where a lead is needed.
    Lead,
    /// Takes part and reports.
    Co,
    /// Watches over it.
    Oversight,
}

impl OwnerRole {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Lead, Self::Co, Self::Oversight];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Co => "co",
            Self::Oversight => "oversight",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A body that answers for an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    /// The body.
    pub organisation: OrganisationId,
    /// What it does.
    pub role: OwnerRole,
    /// Whether it stands outside the Government and takes part "by agreement".
    pub by_agreement: bool,
}

/// Where an item comes from: a mechanism's document, a meeting's decision, a public statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Code of the mechanism (vocabulary `mechanisms`).
    pub mechanism: Option<String>,
    /// Document symbol, `CAT/C/KAZ/CO/4`.
    pub symbol: Option<String>,
    /// Paragraph in the document.
    pub paragraph: Option<String>,
    /// Whether the paragraph was checked against the document.
    pub paragraph_verified: Option<bool>,
    /// Address of the document.
    pub url: Option<String>,
    /// The day the document was published.
    pub published_on: Option<NaiveDate>,
    /// The words as spoken or written.
    pub quote: Option<String>,
    /// The meeting it was made at.
    pub meeting: Option<MeetingId>,
    /// The decision that created it.
    pub decision: Option<DecisionId>,
}

/// The document from which the secretariat recorded an item or a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedFrom {
    /// Its name.
    pub label: String,
    /// Its address.
    pub url: Option<String>,
    /// Its day.
    pub on: Option<NaiveDate>,
    /// What the reader must know about the record, such as "reported concern: the wording is the compiler's".
    pub note: LanguageMap,
}

/// The lead's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its text.
    pub text: LanguageMap,
    /// Its day.
    pub on: NaiveDate,
}

/// How a piece of evidence is at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// An address.
    Link,
    /// Named, not attached: a document with its number, date and issuer.
    Named,
    /// A file that is kept here.
    File,
}

impl EvidenceKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Link, Self::Named, Self::File];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Named => "named",
            Self::File => "file",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What a piece of evidence says about the claim it stands beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceRelation {
    /// It supports it.
    Supports,
    /// It contradicts it.
    Contradicts,
    /// It gives context.
    Context,
}

impl EvidenceRelation {
    /// All relations.
    pub const ALL: [Self; 3] = [Self::Supports, Self::Contradicts, Self::Context];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Contradicts => "contradicts",
            Self::Context => "context",
        }
    }

    /// The relation with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.code() == code)
    }
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// How it is at hand.
    pub kind: EvidenceKind,
    /// What it says about the claim.
    pub relation: EvidenceRelation,
    /// What it is.
    pub title: LanguageMap,
    /// Its address, for a link.
    pub url: Option<String>,
    /// Its number, for a named document.
    pub number: Option<String>,
    /// Its day.
    pub issued_on: Option<NaiveDate>,
    /// Who issued it.
    pub issuer: Option<String>,
}

/// When an item last changed, as seen from one level: the newest ledger entry a reader of that level may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangedAt {
    /// Private position of the entry in the ledger; leaves the server only inside a keyed hash.
    pub position: i64,
    /// Its time.
    pub at: Timestamp,
}

/// A proposal, a commitment or a recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its identifier.
    pub id: ItemId,
    /// What it is.
    pub kind: Kind,
    /// Its number, from first publication on.
    pub reference: Option<Reference>,
    /// The code shown to submitter and secretariat before it has a number.
    pub filing_code: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// Since when it stands there.
    pub status_as_of: AsOf,
    /// The result it was closed with.
    pub closing_result: Option<ClosingResult>,
    /// Closed as implemented although a non-owner found otherwise.
    pub contested: bool,
    /// Its title.
    pub title: LanguageMap,
    /// What it says.
    pub summary: LanguageMap,
    /// The language it was written in.
    pub original_language: Language,
    /// How each language came to be.
    pub translations: Translations,
    /// Theme codes.
    pub themes: Vec<String>,
    /// Legal reference codes.
    pub legal_refs: Vec<String>,
    /// Codes of affected groups.
    pub groups: Vec<String>,
    /// Sustainable-development targets, `16.3`.
    pub sdg_targets: Vec<String>,
    /// The bodies that answer for it, the lead first.
    pub owners: Vec<Owner>,
    /// The organisations it is addressed to before it has owners.
    pub addressees: Vec<OrganisationId>,
    /// The organisations that filed it, the first filer first.
    pub filed_by: Vec<OrganisationId>,
    /// While it is a draft: its author and the colleagues they named.
    pub drafters: Vec<UserId>,
    /// Where it comes from.
    pub source: Source,
    /// The document it was recorded from.
    pub recorded_from: Option<RecordedFrom>,
    /// The lead's answer.
    pub answer: Option<Answer>,
    /// When it is due.
    pub due: Option<Deadline>,
    /// Why it has no due date.
    pub no_due_reason: LanguageMap,
    /// The due date at first publication.
    pub original_due_on: Option<NaiveDate>,
    /// When a mechanism wants information; makes nothing overdue.
    pub information_due_on: Option<NaiveDate>,
    /// Marked by the secretariat.
    pub priority: bool,
    /// Why it is needed (proposal).
    pub grounds: LanguageMap,
    /// What it should bring about (proposal).
    pub expected_result: LanguageMap,
    /// The form in which it is completed (commitment).
    pub completion_form: LanguageMap,
    /// Chosen for the mechanism's follow-up procedure (recommendation).
    pub followup_selected: Option<bool>,
    /// The mechanism's grade of the information received (recommendation).
    pub information_quality: Option<String>,
    /// Who reads its text.
    pub text_level: Level,
    /// Who reads who filed it.
    pub identity_level: Level,
    /// The day it was filed.
    pub filed_on: Option<AsOf>,
    /// The newest wait for somebody's word; see [`Item::waiting`].
    pub response: Option<ResponseClock>,
    /// When it entered the register.
    pub entered_on: NaiveDate,
    /// Row version for optimistic locking: grows with every change.
    pub version: i64,
    /// When it last changed, for each level from `own` to `public`.
    pub changed: [ChangedAt; 5],
}

impl Item {
    /// The lead body.
    pub fn lead(&self) -> Option<OrganisationId> {
        self.owners.iter().find(|owner| owner.role == OwnerRole::Lead).map(|owner| owner.organisation)
    }

    /// The facts that decide what a viewer is to the item.
    pub fn parties(&self) -> Parties {
        let addressed =
            self.owners.iter().map(|owner| owner.organisation).chain(self.addressees.iter().copied());
        Parties {
            filed_by: self.filed_by.clone(),
            addressed: addressed.collect(),
            drafters: self.drafters.clone(),
            draft: self.status == Status::Draft,
        }
    }

    /// What a viewer is to the item.
    pub fn relation(&self, viewer: &Viewer) -> Relation {
        relation(viewer, &self.parties())
    }

    /// When the item last changed for a viewer with this relation.
    pub fn changed_for(&self, relation: Relation) -> ChangedAt {
        let [own, secretariat, addressed, members, public] = self.changed;
        match relation.floor() {
            Level::Own => own,
            Level::Secretariat => secretariat,
            Level::Addressed => addressed,
            Level::Members => members,
            Level::Public => public,
        }
    }

    /// Whole days past the deadline on the local day `today`; 0 when nothing is overdue.
    pub fn days_late(&self, today: NaiveDate) -> u32 {
        match self.due {
            Some(due) if self.status.deadline_runs() => due.days_late(today),
            _ => 0,
        }
    }

    /// Whole days from the due date at first publication to the present one; negative where it was brought forward,
    /// nothing where one of them is missing.
    pub fn slippage_days(&self) -> Option<i64> {
        Some((self.due?.on - self.original_due_on?).num_days())
    }

    /// The response clock, while it runs: a proposal that was returned keeps one that stands still.
    pub fn waiting(&self) -> Option<&ResponseClock> {
        let waits_for = ClockKind::of(self.kind, self.status)?;
        self.response.as_ref().filter(|clock| clock.kind == waits_for)
    }
}
