//! Closing as implemented: when it is possible, and when it stays contested.
//!
//! It needs a current public finding of a non-owner that says so. Where another says the contrary, the secretariat
//! announces the closing first; after 30 days for the authors of contrary findings to object it may close, and the
//! item is marked as contested. Where the host owns the item, somebody else of the secretariat announces it first.

use chrono::{Days, NaiveDate};

use super::assessments::Finding;
use crate::ids::UserId;
use crate::language::LanguageMap;

/// How many days authors of contrary findings have to object.
pub const OBJECTION_DAYS: u64 = 30;

/// The announcement that an item will be closed as implemented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingNotice {
    /// Why.
    pub reason: LanguageMap,
    /// The last day on which those who found otherwise may object, by a new finding.
    pub objections_until: NaiveDate,
}

impl ClosingNotice {
    /// An announcement made on a local day.
    pub fn new(reason: LanguageMap, today: NaiveDate) -> Self {
        let objections_until = today.checked_add_days(Days::new(OBJECTION_DAYS)).unwrap_or(today);
        Self { reason, objections_until }
    }
}

/// What closing as implemented rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClosingFacts {
    /// The current public findings, one an assessor.
    pub findings: Vec<Finding>,
    /// Announcements since the item reached its status: who made each, and until when it may be objected.
    pub notices: Vec<(UserId, NaiveDate)>,
    /// Whether the host owns the item.
    pub host_owns: bool,
}

impl ClosingFacts {
    /// Whether somebody found that it was implemented.
    pub fn is_supported(&self) -> bool {
        self.findings.contains(&Finding::Implemented)
    }
}

/// What keeps an item from being closed as implemented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClosingRefusal {
    /// No current public finding of a non-owner says that it was implemented.
    #[error("no finding of a non-owner says that it was implemented")]
    FindingRequired,
    /// A finding says the contrary, and its author's time to object has not passed, or not begun.
    #[error("those who found otherwise must have 30 days to object")]
    NoticeRequired,
    /// The host owns the item: another person of the secretariat must have announced it.
    #[error("another person of the secretariat must have announced it")]
    SecondPersonRequired,
}

/// Whether somebody may close an item as implemented on a local day, and whether it is contested then.
pub fn close_as_implemented(
    facts: &ClosingFacts,
    user: UserId,
    today: NaiveDate,
) -> Result<bool, ClosingRefusal> {
    if !facts.is_supported() {
        return Err(ClosingRefusal::FindingRequired);
    }
    let contested = facts.findings.iter().any(|finding| finding.contradicts_done());
    if contested && !facts.notices.iter().any(|(_, until)| *until < today) {
        return Err(ClosingRefusal::NoticeRequired);
    }
    if facts.host_owns && !facts.notices.iter().any(|(by, _)| *by != user) {
        return Err(ClosingRefusal::SecondPersonRequired);
    }
    Ok(contested)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;

    fn user(number: u128) -> UserId {
        UserId(Uuid::from_u128(number))
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn closing_as_implemented_needs_what_the_design_says() {
        use ClosingRefusal::{FindingRequired, NoticeRequired, SecondPersonRequired};
        use Finding::{CannotAssess, Implemented, InitialSteps, PartlyImplemented, Regressed};
        let today = day("2026-11-22");
        let passed = (user(1), day("2026-11-21"));
        let running = (user(2), day("2026-11-22"));
        for (findings, notices, host_owns, expected) in [
            (vec![], vec![], false, Err(FindingRequired)),
            (vec![PartlyImplemented], vec![], false, Err(FindingRequired)),
            (vec![InitialSteps], vec![passed], false, Err(FindingRequired)),
            (vec![Implemented], vec![], false, Ok(false)),
            (vec![Implemented, PartlyImplemented, CannotAssess], vec![], false, Ok(false)),
            (vec![Implemented, Regressed], vec![], false, Err(NoticeRequired)),
            (vec![Implemented, Regressed], vec![running], false, Err(NoticeRequired)),
            (vec![Implemented, Regressed], vec![passed], false, Ok(true)),
            (vec![Implemented], vec![], true, Err(SecondPersonRequired)),
            (vec![Implemented], vec![passed], true, Err(SecondPersonRequired)),
            (vec![Implemented], vec![running], true, Ok(false)),
            (vec![Implemented, InitialSteps], vec![passed], true, Err(SecondPersonRequired)),
            (vec![Implemented, InitialSteps], vec![passed, running], true, Ok(true)),
        ] {
            let facts = ClosingFacts { findings, notices, host_owns };
            assert_eq!(close_as_implemented(&facts, user(1), today), expected, "{facts:?}");
        }
    }

    #[test]
    fn a_notice_gives_thirty_days_to_object() {
        let notice = ClosingNotice::new(LanguageMap::default(), day("2026-11-01"));
        assert_eq!(notice.objections_until, day("2026-12-01"));
    }
}
