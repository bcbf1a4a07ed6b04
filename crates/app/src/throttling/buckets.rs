//! What is remembered of many, within bounds.

use std::collections::HashMap;

use qadam_domain::calendar::Timestamp;
use qadam_domain::throttling::{Decision, Left, Quota};

/// The length of a digest that tells one from another, in bytes.
pub(super) const KEY: usize = 16;

/// How many are remembered: some megabytes. Whoever comes from more networks than that has the half forgotten that would
/// be forgotten first.
const MOST: usize = 100_000;

/// When what each did will be forgotten. Whoever did nothing is not in it.
#[derive(Debug, Default)]
pub(super) struct Buckets(HashMap<[u8; KEY], Timestamp>);

impl Buckets {
    /// One more time; without one left, in how many seconds there is.
    pub(super) fn take(&mut self, who: [u8; KEY], quota: Quota, now: Timestamp) -> Result<Left, u32> {
        match quota.decide(self.0.get(&who).copied(), now) {
            Decision::Refused(seconds) => Err(seconds),
            Decision::Allowed(forgotten, left) => {
                if self.0.len() >= MOST && !self.0.contains_key(&who) {
                    self.make_room(now);
                }
                self.0.insert(who, forgotten);
                Ok(left)
            }
        }
    }

    pub(super) fn give_back(&mut self, who: [u8; KEY], quota: Quota) {
        if let Some(forgotten) = self.0.get_mut(&who) {
            *forgotten = quota.give_back(*forgotten);
        }
    }

    pub(super) fn forget(&mut self, who: [u8; KEY]) {
        self.0.remove(&who);
    }

    /// Forgets what is over; where that is not half, the half that is over first.
    fn make_room(&mut self, now: Timestamp) {
        self.0.retain(|_, forgotten| *forgotten > now);
        if self.0.len() > MOST / 2 {
            let mut instants: Vec<_> = self.0.values().copied().collect();
            let (_, middle, _) = instants.select_nth_unstable(MOST / 2);
            let middle = *middle;
            self.0.retain(|_, forgotten| *forgotten > middle);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONCE: Quota = Quota { times: 1, seconds: 60 };

    fn who(number: usize) -> [u8; KEY] {
        let mut who = [0; KEY];
        who[..8].copy_from_slice(&number.to_be_bytes());
        who
    }

    #[test]
    fn each_has_a_quota_of_its_own_and_what_is_given_back_is_there_again() {
        let mut buckets = Buckets::default();
        let mut take = |number, now| buckets.take(who(number), ONCE, Timestamp(now)).is_ok();
        assert!(take(1, 0) && take(2, 0) && !take(1, 1) && take(1, 60_000));
        buckets.give_back(who(1), ONCE);
        assert!(buckets.take(who(1), ONCE, Timestamp(60_001)).is_ok());
        buckets.forget(who(1));
        assert!(buckets.take(who(1), ONCE, Timestamp(60_002)).is_ok());
    }

    #[test]
    fn no_more_are_remembered_than_there_is_room_for_and_the_newest_are() {
        let mut buckets = Buckets::default();
        let now = |number: usize| Timestamp(i64::try_from(number).unwrap_or_default() / 10);
        for number in 0..=MOST {
            buckets.take(who(number), ONCE, now(number)).unwrap();
        }
        assert!(buckets.0.len() <= MOST / 2 + 1, "{}", buckets.0.len());
        assert!(buckets.take(who(MOST), ONCE, now(MOST)).is_err(), "the newest is remembered");
        assert!(buckets.take(who(0), ONCE, now(MOST)).is_ok(), "the oldest is not");
    }
}
