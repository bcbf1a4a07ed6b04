//! How many proposals wait, are returned or narrowed: told to everybody, and therefore only of quarters that are
//! over, without rows.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::months::Quarter;
use super::row::{Row, number};
use super::rows::Rows;
use crate::items::{Kind, Status};

/// The proposals of a quarter, whoever may see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withheld {
    /// The quarter.
    pub quarter: Quarter,
    /// Filed, and without an answer or a return at the quarter's end.
    pub waiting: u64,
    /// Returned to their submitter within the quarter.
    pub returned: u64,
    /// Narrowed within the quarter, and not widened since.
    pub narrowed: u64,
}

/// Counts the proposals of the last `quarters` quarters that are over on a day, the newest quarter first.
pub fn withheld(rows: &Rows, today: NaiveDate, quarters: usize) -> Vec<Withheld> {
    let mut counts: Vec<_> = Quarter::before(today)
        .take(quarters)
        .map(|quarter| Withheld { quarter, waiting: 0, returned: 0, narrowed: 0 })
        .collect();
    // Asked of the calendar once, not for each of many proposals.
    let days = |count: &Withheld| number(count.quarter.first_day())..=number(count.quarter.last_day());
    let days: Vec<_> = counts.iter().map(days).collect();
    for row in rows.iter().filter(|row| row.kind() == Kind::Proposal) {
        for (count, days) in counts.iter_mut().zip(&days) {
            count.add(&row, days);
        }
    }
    counts
}

impl Withheld {
    fn add(&mut self, row: &Row<'_>, days: &RangeInclusive<i32>) {
        let within = |day: i32| days.contains(&day);
        let waits = matches!(row.status_on(*days.end()), Some(Status::Submitted | Status::UnderReview));
        let returned = |change: &super::rows::Event| change.to == Status::Returned && within(change.day);
        self.waiting += u64::from(waits);
        self.returned += u64::from(row.changes.iter().any(returned));
        self.narrowed += u64::from(within(row.fixed.narrowed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::AsOf;
    use crate::ids::{ItemId, Uuid};
    use crate::items::translation_gaps::TranslationGaps;
    use crate::levels::Level;
    use crate::statistics::{Change, Counted, Names};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn item(number: u128, kind: Kind, narrowed_on: Option<&str>, changes: &[(Status, &str)]) -> Counted {
        let change = |(to, on): &(Status, &str)| Change {
            to: *to,
            as_of: AsOf::day(day(on)),
            level: Level::Own,
            organisation: None,
        };
        Counted {
            id: ItemId(Uuid::from_u128(number)),
            kind,
            status: changes.last().map_or(Status::Submitted, |(to, _)| *to),
            priority: false,
            translation_gaps: TranslationGaps::default(),
            mechanism: None,
            owners: Vec::new(),
            addressees: Vec::new(),
            filed_by: Vec::new(),
            themes: Vec::new(),
            legal_refs: Vec::new(),
            text_level: Level::Secretariat,
            identity_level: Level::Own,
            due_on: None,
            original_due_on: None,
            filed_on: None,
            entered_on: day("2025-01-01"),
            narrowed_on: narrowed_on.map(day),
            changes: changes.iter().map(change).collect(),
            revisions: Vec::new(),
            is_said_done: false,
            findings: Vec::new(),
            implements: Vec::new(),
        }
    }

    #[test]
    fn what_waits_is_what_waited_at_each_quarters_end() {
        use Status::{Accepted, Registered, Returned, Submitted, UnderReview};
        let items = [
            item(1, Kind::Proposal, None, &[(Submitted, "2025-06-30"), (UnderReview, "2025-08-01")]),
            item(2, Kind::Proposal, None, &[(Submitted, "2025-07-01"), (Accepted, "2025-10-01")]),
            item(3, Kind::Proposal, None, &[(Submitted, "2025-07-02"), (Returned, "2025-09-30")]),
            item(
                4,
                Kind::Proposal,
                Some("2025-10-02"),
                &[(Submitted, "2025-10-01"), (Returned, "2025-10-01")],
            ),
            item(5, Kind::Recommendation, Some("2025-10-02"), &[(Registered, "2025-07-01")]),
        ];
        let rows = Rows::of(&items, &mut Names::default()).unwrap();
        let counts = withheld(&rows, day("2026-01-05"), 3);
        let counts: Vec<_> =
            counts.iter().map(|count| (count.waiting, count.returned, count.narrowed)).collect();
        assert_eq!(counts, [(1, 1, 1), (2, 1, 0), (1, 0, 0)]);
    }
}
