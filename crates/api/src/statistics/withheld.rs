//! Proposals of a quarter, told without rows.

use qadam_domain::statistics::Withheld;
use serde::Serialize;
use utoipa::ToSchema;

/// Below this, only that it is below is told.
const TOLD_FROM: u64 = 5;

/// Proposals of a calendar quarter that is over, whoever may see them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuarterCounts {
    /// The quarter.
    #[schema(example = "2026-Q3")]
    quarter: String,
    /// Proposals that were with the secretariat or a body at the quarter's end, without an answer.
    waiting: Rounded,
    /// Proposals that were returned to their submitters in the quarter.
    returned: Rounded,
    /// Proposals whose text was narrowed in the quarter, and not widened since.
    narrowed: Rounded,
}

/// A number that is told from five on.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
struct Rounded {
    /// The number; null below five.
    value: Option<u64>,
    /// Five, where the number is below; else null.
    fewer_than: Option<u64>,
}

impl From<u64> for Rounded {
    fn from(number: u64) -> Self {
        if number < TOLD_FROM {
            Self { value: None, fewer_than: Some(TOLD_FROM) }
        } else {
            Self { value: Some(number), fewer_than: None }
        }
    }
}

impl From<&Withheld> for QuarterCounts {
    fn from(counts: &Withheld) -> Self {
        Self {
            quarter: format!("{:04}-Q{}", counts.quarter.year(), counts.quarter.number()),
            waiting: counts.waiting.into(),
            returned: counts.returned.into(),
            narrowed: counts.narrowed.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_five_nothing_is_told_but_that() {
        for number in 0..5 {
            assert_eq!(Rounded::from(number), Rounded { value: None, fewer_than: Some(5) });
        }
        assert_eq!(Rounded::from(5), Rounded { value: Some(5), fewer_than: None });
    }
}
