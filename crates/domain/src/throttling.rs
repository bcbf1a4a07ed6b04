//! How often somebody may do something: so many times at once, and as many again over a time.
//!
//! The rule is the generic cell rate algorithm (ITU-T I.371, annex A). All that it needs to know of somebody is one
//! instant: when everything they did will be forgotten. Nothing is kept of what they did, nor when.

use crate::calendar::Timestamp;

/// So many times within a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// How many times at once. At least one.
    pub times: u32,
    /// After how many seconds without any all of them are there again. At least one.
    pub seconds: u32,
}

/// What is left of a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// How many more times at once.
    pub times: u32,
    /// In how many whole seconds all of them are there again.
    pub seconds: u32,
}

/// What came of asking for one more time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It may be done. What is to be remembered, and what is left.
    Allowed(Timestamp, Left),
    /// It may not yet be done: in so many whole seconds, at least one.
    Refused(u32),
}

impl Quota {
    /// Whether it may be done once more. `forgotten` is what was remembered of the last time; without it, nothing was done.
    pub fn decide(self, forgotten: Option<Timestamp>, now: Timestamp) -> Decision {
        let (whole, after) = (self.whole(), self.forgotten_after(forgotten, now) + self.one());
        if after > whole {
            return Decision::Refused(seconds(after - whole).max(1));
        }
        Decision::Allowed(Timestamp(now.0 + after), self.left(after))
    }

    /// What is to be remembered once something that was allowed is not counted after all.
    #[must_use]
    pub fn give_back(self, forgotten: Timestamp) -> Timestamp {
        Timestamp(forgotten.0 - self.one())
    }

    /// In how many milliseconds what was done will be forgotten. Never later than a whole quota takes, whatever a clock
    /// that was set back says.
    fn forgotten_after(self, forgotten: Option<Timestamp>, now: Timestamp) -> i64 {
        forgotten.map_or(0, |forgotten| forgotten.0.saturating_sub(now.0)).clamp(0, self.whole())
    }

    fn left(self, after: i64) -> Left {
        let times = (self.whole() - after) / self.one();
        Left { times: u32::try_from(times).unwrap_or_default(), seconds: seconds(after) }
    }

    /// The milliseconds after which one time is there again.
    fn one(self) -> i64 {
        (i64::from(self.seconds.max(1)) * 1_000 / i64::from(self.times.max(1))).max(1)
    }

    /// The milliseconds after which all times are there again.
    fn whole(self) -> i64 {
        self.one() * i64::from(self.times.max(1))
    }
}

/// Milliseconds in whole seconds that have passed by then.
fn seconds(milliseconds: i64) -> u32 {
    u32::try_from((milliseconds + 999) / 1_000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FIVE: Quota = Quota { times: 5, seconds: 60 };

    /// Does it at each of the instants, in milliseconds, and tells which were allowed.
    fn allowed(quota: Quota, instants: &[i64]) -> Vec<bool> {
        let mut forgotten = None;
        let mut once = |now: &i64| match quota.decide(forgotten, Timestamp(*now)) {
            Decision::Allowed(then, _) => {
                forgotten = Some(then);
                true
            }
            Decision::Refused(_) => false,
        };
        instants.iter().map(&mut once).collect()
    }

    #[test]
    fn a_quota_is_used_up_at_once_and_comes_back_one_by_one() {
        assert_eq!(allowed(FIVE, &[0; 6]), [true, true, true, true, true, false]);
        let instants = [0, 0, 0, 0, 0, 11_999, 12_000, 12_000, 72_000, 72_000];
        let expected = [true, true, true, true, true, false, true, false, true, true];
        assert_eq!(allowed(FIVE, &instants), expected);
    }

    #[test]
    fn whoever_is_refused_is_told_when_and_whoever_is_not_what_is_left() {
        let Decision::Allowed(then, left) = FIVE.decide(None, Timestamp(0)) else { panic!("the first time") };
        assert_eq!((then, left), (Timestamp(12_000), Left { times: 4, seconds: 12 }));
        let Decision::Allowed(then, left) = FIVE.decide(Some(then), Timestamp(0)) else {
            panic!("the second")
        };
        assert_eq!((then, left), (Timestamp(24_000), Left { times: 3, seconds: 24 }));
        let full = Some(Timestamp(60_000));
        assert_eq!(FIVE.decide(full, Timestamp(0)), Decision::Refused(12));
        assert_eq!(FIVE.decide(full, Timestamp(11_001)), Decision::Refused(1));
        assert!(matches!(FIVE.decide(full, Timestamp(12_000)), Decision::Allowed(_, Left { times: 0, .. })));
    }

    #[test]
    fn what_is_given_back_was_not_done() {
        let Decision::Allowed(then, _) = FIVE.decide(Some(Timestamp(48_000)), Timestamp(0)) else {
            panic!("the fifth time")
        };
        assert_eq!(FIVE.give_back(then), Timestamp(48_000));
    }

    proptest! {
        #[test]
        fn no_time_sees_more_than_twice_the_quota_and_a_patient_one_is_never_refused(
            times in 1_u32..50,
            seconds in 1_u32..5_000,
            steps in prop::collection::vec(0_i64..20_000, 1..200),
        ) {
            let quota = Quota { times, seconds };
            let instants: Vec<i64> = steps.iter().scan(0, |now, step| { *now += step; Some(*now) }).collect();
            let allowed = allowed(quota, &instants);
            let done: Vec<i64> = instants.iter().zip(&allowed).filter(|(_, done)| **done).map(|(at, _)| *at).collect();
            for begun in &done {
                let within = done.iter().filter(|at| (*begun..begun + quota.whole()).contains(*at)).count();
                prop_assert!(within <= 2 * times as usize, "{within} within {seconds} s");
            }
            let patient: Vec<i64> = (0..i64::from(times) * 3).map(|turn| turn * quota.one()).collect();
            prop_assert!(super::tests::allowed(quota, &patient).into_iter().all(|done| done));
        }

        #[test]
        fn whoever_waits_as_long_as_told_is_not_refused_again(
            times in 1_u32..50, seconds in 1_u32..5_000, forgotten in 0_i64..10_000_000,
        ) {
            let quota = Quota { times, seconds };
            if let Decision::Refused(wait) = quota.decide(Some(Timestamp(forgotten)), Timestamp(0)) {
                let later = Timestamp(i64::from(wait) * 1_000);
                let kept = Timestamp(forgotten.min(quota.whole()));
                prop_assert!(matches!(quota.decide(Some(kept), later), Decision::Allowed(..)));
            }
        }
    }
}
