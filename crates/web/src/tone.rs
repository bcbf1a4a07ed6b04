//! In which colour a status or a finding is shown. Colour says nothing alone: the word stands beside it.

use qadam_domain::items::assessments::Finding;
use qadam_domain::items::{ClosingResult, Status};

/// A group of statuses that looks alike, named as in the stylesheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Somebody's word is awaited.
    Waiting,
    /// It was taken on and is on its way.
    Moving,
    /// The responsible body says that it is done.
    Claimed,
    /// It is done.
    Done,
    /// In part.
    Partly,
    /// It is not done, or was declined.
    Failed,
    /// It ended in another way.
    Ended,
}

impl Tone {
    /// The groups that open items and ended ones fall into, as they are counted.
    pub(crate) const COUNTED: [Self; 4] = [Self::Waiting, Self::Moving, Self::Claimed, Self::Ended];

    /// The name of its class.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Moving => "moving",
            Self::Claimed => "claimed",
            Self::Done => "done",
            Self::Partly => "partly",
            Self::Failed => "failed",
            Self::Ended => "ended",
        }
    }

    /// The group that a status is counted in, whatever it was closed with.
    pub(crate) const fn counted(status: Status) -> Self {
        match status {
            Status::Draft
            | Status::Submitted
            | Status::Returned
            | Status::Registered
            | Status::Announced
            | Status::UnderReview => Self::Waiting,
            Status::Accepted | Status::PartlyAccepted | Status::Planned | Status::InProgress => Self::Moving,
            Status::ReportedDone => Self::Claimed,
            Status::Declined
            | Status::Noted
            | Status::Closed
            | Status::Withdrawn
            | Status::Merged
            | Status::Superseded => Self::Ended,
        }
    }

    /// How an item's status is shown.
    pub(crate) const fn of(status: Status, result: Option<ClosingResult>) -> Self {
        match (status, result) {
            (Status::Closed, Some(ClosingResult::Implemented)) => Self::Done,
            (Status::Closed, Some(ClosingResult::PartlyImplemented)) | (Status::PartlyAccepted, _) => {
                Self::Partly
            }
            (Status::Closed, Some(ClosingResult::NotImplemented)) | (Status::Declined, _) => Self::Failed,
            _ => Self::counted(status),
        }
    }

    /// How a finding is shown.
    pub(crate) const fn found(finding: Finding) -> Self {
        match finding {
            Finding::Implemented => Self::Done,
            Finding::SubstantiveSteps | Finding::PartlyImplemented | Finding::InitialSteps => Self::Partly,
            Finding::NotImplemented | Finding::Counteracted | Finding::Regressed => Self::Failed,
            Finding::InsufficientInformation | Finding::CannotAssess => Self::Ended,
        }
    }
}

/// The statuses of a group, as a filter names them.
pub(crate) fn counted_in(tone: Tone) -> String {
    let of = Status::ALL.iter().filter(|status| Tone::counted(**status) == tone);
    of.map(|status| status.code()).collect::<Vec<_>>().join(",")
}

/// How many items stand in a group, by the places of statuses in [`Status::ALL`].
pub(crate) fn grouped(statuses: &[u64], tone: Tone) -> u64 {
    let of = Status::ALL.iter().zip(statuses).filter(|(status, _)| Tone::counted(**status) == tone);
    of.map(|(_, count)| count).sum()
}
