//! All records of a register, of one kind after the other.

use qadam_domain::ids::{ContributionId, ItemId, ReportingRoundId};
use qadam_storage::{accounts, meetings};

use super::{Audit, RecordPage};
use crate::error::AppError;

/// Where the reading of all records stands: after which record of which kind.
#[derive(Debug, Clone)]
pub enum RecordPlace {
    /// Among items.
    Items(Option<ItemId>),
    /// Among what was added to items.
    Contributions(Option<ContributionId>),
    /// Among meetings.
    Meetings(Option<meetings::Cursor>),
    /// Among reporting rounds.
    ReportingRounds(Option<ReportingRoundId>),
    /// Among accounts.
    Accounts(Option<accounts::Place>),
    /// Before organisations and terms, which come together.
    Lists,
}

impl RecordPlace {
    /// Before the first record.
    pub const BEGINNING: Self = Self::Items(None);
}

impl Audit {
    /// Records from a place on, of one kind.
    pub async fn records(&self, place: RecordPlace, limit: u64) -> Result<RecordPage<RecordPlace>, AppError> {
        use RecordPlace::{Accounts, Contributions, Items, Lists, Meetings, ReportingRounds};
        Ok(match place {
            Items(after) => self.items(after, limit).await?.then(Items, Contributions(None)),
            Contributions(after) => {
                self.contributions(after, limit).await?.then(Contributions, Meetings(None))
            }
            Meetings(after) => self.meetings(after, limit).await?.then(Meetings, ReportingRounds(None)),
            ReportingRounds(after) => {
                self.reporting_rounds(after, limit).await?.then(ReportingRounds, Accounts(None))
            }
            Accounts(after) => self.accounts(after, limit).await?.then(Accounts, Lists),
            Lists => RecordPage { records: self.lists().await?, next: None },
        })
    }
}

impl<C> RecordPage<C> {
    /// The page among all records: after its last record, or before the next kind.
    fn then(
        self,
        here: impl FnOnce(Option<C>) -> RecordPlace,
        next_kind: RecordPlace,
    ) -> RecordPage<RecordPlace> {
        let next = self.next.map_or(next_kind, |next| here(Some(next)));
        RecordPage { records: self.records, next: Some(next) }
    }
}
