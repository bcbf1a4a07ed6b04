//! How long a draft is kept that nobody touches. What was filed is kept; a draft is nobody's record, and the less of it
//! lies about, the less can be taken.

use crate::calendar::Timestamp;

/// A day in milliseconds.
const DAY: i64 = 86_400_000;

/// How many days lie between the word that a draft will be deleted and that.
pub const DRAFT_NOTICE_DAYS: u32 = 30;

/// What becomes of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftFate {
    /// It stays: somebody touched it not long ago, or was told of its end and has time left.
    Stays,
    /// Those who write it are to be told that it will be deleted.
    IsTold,
    /// It is deleted.
    Ends,
}

/// For how many days a draft is kept that nobody touches, before those who write it are told of its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftTerm(pub u32);

impl Default for DraftTerm {
    fn default() -> Self {
        Self(365)
    }
}

impl DraftTerm {
    /// What becomes of a draft that was last touched then, and whose end was last told then.
    pub fn fate(self, touched_at: Timestamp, told_at: Option<Timestamp>, now: Timestamp) -> DraftFate {
        if touched_at > self.touched_before(now) {
            return DraftFate::Stays;
        }
        match told_at {
            // What was told before somebody touched it holds no more.
            Some(told_at) if told_at >= touched_at => {
                if now < later(told_at, DRAFT_NOTICE_DAYS) {
                    DraftFate::Stays
                } else {
                    DraftFate::Ends
                }
            }
            _ => DraftFate::IsTold,
        }
    }

    /// When a draft was touched last, at the latest, for something to become of it.
    pub fn touched_before(self, now: Timestamp) -> Timestamp {
        Timestamp(now.0.saturating_sub(i64::from(self.0).saturating_mul(DAY)))
    }

    /// Until when a draft stays at least that was touched then: those who write it may be told later, and no earlier.
    pub fn kept_until(self, touched_at: Timestamp) -> Timestamp {
        later(touched_at, self.0.saturating_add(DRAFT_NOTICE_DAYS))
    }
}

fn later(at: Timestamp, days: u32) -> Timestamp {
    Timestamp(at.0.saturating_add(i64::from(days).saturating_mul(DAY)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn day(day: i64) -> Timestamp {
        Timestamp(day * DAY)
    }

    #[test]
    fn a_draft_ends_thirty_days_after_it_was_told_that_it_will_and_nobody_touched_it() {
        let term = DraftTerm(100);
        for (touched, told, today, fate) in [
            (0, None, 99, DraftFate::Stays),
            (0, None, 100, DraftFate::IsTold),
            (0, None, 1_000, DraftFate::IsTold),
            (0, Some(100), 129, DraftFate::Stays),
            (0, Some(100), 130, DraftFate::Ends),
            (0, Some(500), 529, DraftFate::Stays),
            (110, Some(100), 130, DraftFate::Stays),
            (110, Some(100), 209, DraftFate::Stays),
            (110, Some(100), 210, DraftFate::IsTold),
            (110, Some(210), 240, DraftFate::Ends),
            (50, None, 0, DraftFate::Stays),
        ] {
            let told_at = told.map(day);
            assert_eq!(term.fate(day(touched), told_at, day(today)), fate, "{touched} {told:?} {today}");
        }
    }

    proptest! {
        #[test]
        fn nothing_ends_before_the_day_that_was_told_or_without_a_word(
            term in 1_u32..1_000, touched in 0_i64..3_000, told in proptest::option::of(0_i64..3_000),
            now in 0_i64..6_000,
        ) {
            let term = DraftTerm(term);
            let fate = term.fate(day(touched), told.map(day), day(now));
            if fate == DraftFate::Ends {
                let told = told.expect("a word");
                prop_assert!(told >= touched && now >= told + i64::from(DRAFT_NOTICE_DAYS));
            }
            // Told as soon as it may be, it ends on the day that was shown, and never before.
            let at_once = touched + i64::from(term.0);
            let until = term.kept_until(day(touched));
            prop_assert_eq!(term.fate(day(touched), Some(day(at_once)), until), DraftFate::Ends);
            let before = Timestamp(until.0 - 1);
            prop_assert_ne!(term.fate(day(touched), Some(day(at_once)), before), DraftFate::Ends);
        }
    }
}
