//! The one table of status moves: from, to, who, and what each needs.
//!
//! The API serves [`TABLE`], the documentation draws it, the tests walk it. [`decide()`] is the only way to learn
//! whether a move may be made.

mod decide;
mod table;

pub use decide::{MoveFacts, MoveRefusal, decide};
pub use table::TABLE;

use super::status::{ClosingResult, Kind, Status};

/// Who may make a move, by their relation to the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mover {
    /// A member of a filing organisation.
    Submitter,
    /// An officer or approver of the lead body.
    Lead,
    /// The secretariat.
    Secretariat,
}

impl Mover {
    /// All movers.
    pub const ALL: [Self; 3] = [Self::Submitter, Self::Lead, Self::Secretariat];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Submitter => "submitter",
            Self::Lead => "lead",
            Self::Secretariat => "secretariat",
        }
    }
}

/// What a move needs beside the right mover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// A reason that those who see the item can read.
    Reason,
    /// Exactly one lead body, named now or before.
    Lead,
    /// The submitter's consent to level `addressed` or wider.
    ConsentToAddressed,
    /// An answer of the lead: a text and its day.
    Answer,
    /// A due date, or the reason why there is none.
    DueOrReason,
    /// At least one piece of evidence.
    Evidence,
    /// Where it was announced: a meeting's decision, or quoted words with their source.
    AnnouncementSource,
    /// A source other than the one that was declined.
    NewSource,
    /// A closing result; as `implemented` only from `reported_done`, with a public finding of a non-owner.
    ClosingResult,
    /// A closing result that says nothing was carried out: `overtaken` or `not_implemented`.
    ClosingWithoutResult,
    /// The item it is joined into.
    Target,
    /// The consent of every submitter to the joining.
    ConsentToMerge,
    /// The item or document that replaces it.
    Successor,
    /// The lead's request to withdraw, made by an update.
    LeadRequest,
    /// A mechanism whose vocabulary has answers (UPR, NPM).
    MechanismAnswers,
}

impl Need {
    /// All needs.
    pub const ALL: [Self; 15] = [
        Self::Reason,
        Self::Lead,
        Self::ConsentToAddressed,
        Self::Answer,
        Self::DueOrReason,
        Self::Evidence,
        Self::AnnouncementSource,
        Self::NewSource,
        Self::ClosingResult,
        Self::ClosingWithoutResult,
        Self::Target,
        Self::ConsentToMerge,
        Self::Successor,
        Self::LeadRequest,
        Self::MechanismAnswers,
    ];

    /// The code used in the API; a refused move answers `<code>_required`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::Lead => "lead",
            Self::ConsentToAddressed => "consent",
            Self::Answer => "answer",
            Self::DueOrReason => "due_on",
            Self::Evidence => "evidence",
            Self::AnnouncementSource => "source",
            Self::NewSource => "new_source",
            Self::ClosingResult => "closing_result",
            Self::ClosingWithoutResult => "closing_result_without_implementation",
            Self::Target => "target",
            Self::ConsentToMerge => "merge_consent",
            Self::Successor => "successor",
            Self::LeadRequest => "lead_request",
            Self::MechanismAnswers => "answering_mechanism",
        }
    }
}

/// A row of the table: from any of `from` to `to`, by any of `by`, with all of `needs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The kind of item.
    pub kind: Kind,
    /// The statuses it starts from.
    pub from: &'static [Status],
    /// The status it leads to.
    pub to: Status,
    /// Who may make it.
    pub by: &'static [Mover],
    /// What it needs.
    pub needs: &'static [Need],
}

/// The row for a move, if there is one.
pub fn find(kind: Kind, from: Status, to: Status) -> Option<&'static Move> {
    TABLE.iter().find(|row| row.kind == kind && row.to == to && row.from.contains(&from))
}

/// The statuses that an item can move to from here, whoever makes the move.
pub fn reachable(kind: Kind, from: Status) -> impl Iterator<Item = &'static Move> {
    TABLE.iter().filter(move |row| row.kind == kind && row.from.contains(&from))
}

/// Whether a closing result may be given with the move from a status by this row.
///
/// Only a row that asks for a result takes one: a proposal is closed without.
pub fn allows_result(row: &Move, from: Status, result: ClosingResult) -> bool {
    if row.needs.contains(&Need::ClosingWithoutResult) {
        return matches!(result, ClosingResult::NotImplemented | ClosingResult::Overtaken);
    }
    row.needs.contains(&Need::ClosingResult)
        && (result != ClosingResult::Implemented || from == Status::ReportedDone)
}
