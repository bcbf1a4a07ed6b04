//! Identifiers: random UUIDs (version 4), a type for each kind of thing.
//!
//! Version 4 and not 7, because a time-ordered identifier would tell when a hidden item was filed.

use std::fmt;
use std::str::FromStr;

pub use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(
    /// An item: a proposal, a commitment or a recommendation.
    ItemId
);
id!(
    /// An organisation.
    OrganisationId
);
id!(
    /// A user account.
    UserId
);
id!(
    /// A passkey of an account.
    PasskeyId
);
id!(
    /// An identity of an account at a provider.
    IdentityId
);
id!(
    /// A meeting.
    MeetingId
);
id!(
    /// An agenda item of a meeting.
    AgendaItemId
);
id!(
    /// A decision in a meeting's protocol.
    DecisionId
);
id!(
    /// An objection to a meeting's protocol.
    ObjectionId
);
id!(
    /// A typed link between two items.
    LinkId
);
id!(
    /// A sign-in session.
    SessionId
);
id!(
    /// A dated event of an item: a status change, a deadline revision, a consent, a level change.
    EventId
);
id!(
    /// A wait for somebody's word on an item.
    ClockId
);
id!(
    /// Something an organisation added to an item: a finding, a report, evidence.
    ContributionId
);
id!(
    /// A round in which bodies are asked to report.
    ReportingRoundId
);
id!(
    /// Something an account is told.
    NotificationId
);
