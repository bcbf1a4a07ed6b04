//! What a meeting opens with: what earlier meetings decided and nobody finished, what is late, and what was put to
//! them and never answered.

use crate::items::{Kind, Status};

/// Why something stands on the list. An item stands there once, for the first reason that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CarryOverGroup {
    /// An earlier meeting decided it, and the commitment is open.
    OpenDecision,
    /// Its deadline has passed.
    Overdue,
    /// It stood on the agenda of an earlier meeting, and has no answer.
    Unanswered,
    /// Nobody who owes a word on it has given one, long after it was due.
    ListedForMeeting,
}

impl CarryOverGroup {
    /// All groups, in the order of the list.
    pub const ALL: [Self; 4] = [Self::OpenDecision, Self::Overdue, Self::Unanswered, Self::ListedForMeeting];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OpenDecision => "open_decision",
            Self::Overdue => "overdue",
            Self::Unanswered => "unanswered",
            Self::ListedForMeeting => "listed_for_meeting",
        }
    }

    /// The group with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }
}

/// Where the commitment of a decision still waits for somebody.
pub const OPEN_COMMITMENT: [Status; 4] =
    [Status::Announced, Status::Planned, Status::InProgress, Status::ReportedDone];

/// Where an item of a kind waits for an answer.
pub const fn waits_for_answer(kind: Kind) -> &'static [Status] {
    match kind {
        Kind::Proposal => &[Status::Submitted, Status::UnderReview],
        Kind::Recommendation => &[Status::UnderReview],
        Kind::Commitment => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_read_back_in_the_order_of_the_list() {
        for group in CarryOverGroup::ALL {
            assert_eq!(CarryOverGroup::from_code(group.code()), Some(group));
        }
        assert!(CarryOverGroup::ALL.is_sorted());
        assert_eq!(CarryOverGroup::from_code("closed"), None);
    }

    #[test]
    fn an_open_commitment_is_one_that_neither_ended_nor_was_only_drafted() {
        let open: Vec<_> = Status::ALL.iter().filter(|status| OPEN_COMMITMENT.contains(status)).collect();
        assert_eq!(open, [&Status::Announced, &Status::Planned, &Status::InProgress, &Status::ReportedDone]);
    }
}
