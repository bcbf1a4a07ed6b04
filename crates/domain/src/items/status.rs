//! Kinds of item, their statuses and the results with which they close.

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Filed by civil society; ref `P-2026-0001`.
    Proposal,
    /// Made by a body; ref `C-2026-0001`.
    Commitment,
    /// Issued by a mechanism; ref `R-2026-0001`.
    Recommendation,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Proposal, Self::Commitment, Self::Recommendation];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposal => "proposal",
            Self::Commitment => "commitment",
            Self::Recommendation => "recommendation",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The letter its refs begin with.
    pub const fn letter(self) -> char {
        match self {
            Self::Proposal => 'P',
            Self::Commitment => 'C',
            Self::Recommendation => 'R',
        }
    }

    /// The statuses an item of this kind can have, in the order of its life.
    pub const fn statuses(self) -> &'static [Status] {
        use Status::{
            Accepted, Announced, Closed, Declined, Draft, InProgress, Merged, Noted, PartlyAccepted, Planned,
            Registered, ReportedDone, Returned, Submitted, Superseded, UnderReview, Withdrawn,
        };
        match self {
            Self::Proposal => &[
                Draft,
                Submitted,
                Returned,
                UnderReview,
                Accepted,
                PartlyAccepted,
                Declined,
                Closed,
                Withdrawn,
                Merged,
            ],
            Self::Commitment => &[
                Draft,
                Announced,
                Declined,
                Planned,
                InProgress,
                ReportedDone,
                Closed,
                Withdrawn,
                Superseded,
            ],
            Self::Recommendation => &[
                Draft,
                Registered,
                UnderReview,
                Accepted,
                PartlyAccepted,
                Noted,
                Planned,
                InProgress,
                ReportedDone,
                Closed,
                Merged,
                Superseded,
            ],
        }
    }
}

macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident => $code:literal,)*) => {
        /// Where an item stands. Overdue is computed from the deadline, never a status.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Status { $($(#[$doc])* $name,)* }

        impl Status {
            /// All statuses.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code used in the API.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

statuses! {
    /// Being written; seen by its author and the colleagues they name.
    Draft => "draft",
    /// Filed with the secretariat.
    Submitted => "submitted",
    /// Sent back to the submitter with a reason.
    Returned => "returned",
    /// A recommendation taken into the register.
    Registered => "registered",
    /// Spoken or published, not confirmed by the body.
    Announced => "announced",
    /// With the lead body, which owes an answer.
    UnderReview => "under_review",
    /// The lead answered yes.
    Accepted => "accepted",
    /// The lead answered yes to a part.
    PartlyAccepted => "partly_accepted",
    /// The lead answered no.
    Declined => "declined",
    /// The lead took a recommendation to notice without accepting it.
    Noted => "noted",
    /// The lead confirmed it and named a date, or why there is none.
    Planned => "planned",
    /// The lead says work goes on.
    InProgress => "in_progress",
    /// The lead says it is done.
    ReportedDone => "reported_done",
    /// The secretariat closed it with a result.
    Closed => "closed",
    /// Taken back.
    Withdrawn => "withdrawn",
    /// Joined into another item.
    Merged => "merged",
    /// Replaced by another item or document.
    Superseded => "superseded",
}

impl Status {
    /// The status with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.code() == code)
    }

    /// Whether something is still owed: the item left the draft and came to no end.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Submitted
                | Self::Returned
                | Self::Registered
                | Self::Announced
                | Self::UnderReview
                | Self::Accepted
                | Self::PartlyAccepted
                | Self::Planned
                | Self::InProgress
                | Self::ReportedDone
        )
    }

    /// Whether the deadline still runs: done, closed, declined and ended items are not overdue.
    pub const fn deadline_runs(self) -> bool {
        self.is_open() && !matches!(self, Self::ReportedDone)
    }

    /// Whether exactly one lead must stand on the item: from `under_review`, `announced` or `planned` on.
    pub const fn needs_lead(self) -> bool {
        matches!(
            self,
            Self::Announced
                | Self::UnderReview
                | Self::Accepted
                | Self::PartlyAccepted
                | Self::Planned
                | Self::InProgress
                | Self::ReportedDone
        )
    }
}

/// With what result an item was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClosingResult {
    /// Done, and a non-owner found so.
    Implemented,
    /// Done in part.
    PartlyImplemented,
    /// Not done.
    NotImplemented,
    /// Events overtook it.
    Overtaken,
}

impl ClosingResult {
    /// All results.
    pub const ALL: [Self; 4] =
        [Self::Implemented, Self::PartlyImplemented, Self::NotImplemented, Self::Overtaken];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Implemented => "implemented",
            Self::PartlyImplemented => "partly_implemented",
            Self::NotImplemented => "not_implemented",
            Self::Overtaken => "overtaken",
        }
    }

    /// The result with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|result| result.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back_and_unknown_ones_are_not() {
        for status in Status::ALL {
            assert_eq!(Status::from_code(status.code()), Some(*status));
        }
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
        }
        for result in ClosingResult::ALL {
            assert_eq!(ClosingResult::from_code(result.code()), Some(result));
        }
        assert_eq!(
            (Status::from_code("overdue"), Kind::from_code("x"), ClosingResult::from_code("")),
            (None, None, None)
        );
    }

    #[test]
    fn open_statuses_are_these_ten() {
        let open: Vec<_> =
            Status::ALL.iter().filter(|status| status.is_open()).map(|status| status.code()).collect();
        assert_eq!(
            open,
            [
                "submitted",
                "returned",
                "registered",
                "announced",
                "under_review",
                "accepted",
                "partly_accepted",
                "planned",
                "in_progress",
                "reported_done"
            ]
        );
    }

    #[test]
    fn a_reported_item_is_not_overdue_and_needs_its_lead() {
        assert!(!Status::ReportedDone.deadline_runs() && Status::Planned.deadline_runs());
        assert!(!Status::Closed.deadline_runs() && !Status::Draft.deadline_runs());
        let leads: Vec<_> =
            Status::ALL.iter().filter(|status| status.needs_lead()).map(|status| status.code()).collect();
        assert_eq!(
            leads,
            [
                "announced",
                "under_review",
                "accepted",
                "partly_accepted",
                "planned",
                "in_progress",
                "reported_done"
            ]
        );
    }
}
