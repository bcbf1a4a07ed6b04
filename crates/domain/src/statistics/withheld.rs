//! How many proposals wait, are returned or narrowed: told to everybody, and therefore only of quarters that are
//! over, without rows.

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
    for row in rows.iter().filter(|row| row.kind() == Kind::Proposal) {
        for count in &mut counts {
            count.add(&row);
        }
    }
    counts
}

impl Withheld {
    fn add(&mut self, row: &Row<'_>) {
        let (first, last) = (number(self.quarter.first_day()), number(self.quarter.last_day()));
        let within = |day: i32| (first..=last).contains(&day);
        let waits = matches!(row.status_on(last), Some(Status::Submitted | Status::UnderReview));
        let returned = |change: &super::rows::Event| change.to == Status::Returned && within(change.day);
        self.waiting += u64::from(waits);
        self.returned += u64::from(row.changes.iter().any(returned));
        self.narrowed += u64::from(within(row.fixed.narrowed));
    }
}
