//! A clock that stands still until a test moves it.

use std::sync::atomic::{AtomicI64, Ordering};

use qadam_app::clock::Clock;
use qadam_domain::calendar::Timestamp;

/// When every story begins: 2 March 2026, 09:00 in Almaty.
pub const BEGINNING: i64 = 1_772_424_000_000;

#[derive(Debug)]
pub(crate) struct ManualClock(AtomicI64);

impl ManualClock {
    pub(crate) const fn new() -> Self {
        Self(AtomicI64::new(BEGINNING))
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}
