//! What time it is. Injected, so that tests move it.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use qadam_domain::calendar::Timestamp;

/// A source of time.
pub trait Clock: std::fmt::Debug + Send + Sync {
    /// Now, in whole milliseconds.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everything else is given")]
    fn now(&self) -> Timestamp {
        Timestamp(chrono::Utc::now().timestamp_millis())
    }
}

/// The local day of an instant in the platform's time zone.
pub fn local_day(at: Timestamp, zone: Tz) -> NaiveDate {
    DateTime::from_timestamp_millis(at.0).unwrap_or_default().with_timezone(&zone).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_local_midnight() {
        let before = DateTime::parse_from_rfc3339("2025-12-31T18:59:59.999Z").unwrap().timestamp_millis();
        let day = |at| local_day(Timestamp(at), chrono_tz::Asia::Almaty).to_string();
        assert_eq!(day(before), "2025-12-31");
        assert_eq!(day(before + 1), "2026-01-01");
    }
}
