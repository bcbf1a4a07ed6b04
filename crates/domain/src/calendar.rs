//! Days, their precision, and instants.

use chrono::{Datelike, Days, Months, NaiveDate};

/// An instant: whole milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

/// How exactly a day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// The day itself.
    Day,
    /// The month.
    Month,
    /// The quarter.
    Quarter,
    /// The half-year.
    HalfYear,
    /// The year.
    Year,
}

impl Precision {
    /// All precisions, finest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Month, Self::Quarter, Self::HalfYear, Self::Year];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::HalfYear => "half_year",
            Self::Year => "year",
        }
    }

    /// The precision with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|precision| precision.code() == code)
    }

    /// How many months the period has; none for a day.
    const fn months(self) -> u32 {
        match self {
            Self::Day => 0,
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }

    /// The first day of the period that contains `day`.
    pub fn first_day(self, day: NaiveDate) -> NaiveDate {
        let months = self.months();
        if months == 0 {
            return day;
        }
        let first_month = day.month0() / months * months;
        day.with_day(1).and_then(|first| first.with_month0(first_month)).unwrap_or(day)
    }

    /// The last day of the period that contains `day`.
    pub fn last_day(self, day: NaiveDate) -> NaiveDate {
        let months = self.months();
        if months == 0 {
            return day;
        }
        self.first_day(day)
            .checked_add_months(Months::new(months))
            .and_then(|next| next.checked_sub_days(Days::new(1)))
            .unwrap_or(day)
    }
}

/// A day known to a precision. The day is the last of its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// The last day of the period.
    pub on: NaiveDate,
    /// How exact the period is.
    pub precision: Precision,
}

impl Deadline {
    /// A deadline at the end of the period that contains `day`.
    pub fn new(day: NaiveDate, precision: Precision) -> Self {
        Self { on: precision.last_day(day), precision }
    }

    /// Whole days past the deadline on the local day `today`; 0 when it is not overdue.
    ///
    /// A deadline is overdue from the next local day on.
    pub fn days_late(self, today: NaiveDate) -> u32 {
        u32::try_from((today - self.on).num_days()).unwrap_or(0)
    }
}

/// The day something holds from, as a document gives it: the first day of its period, never in the future.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsOf {
    /// The first day of the period.
    pub on: NaiveDate,
    /// How exact the period is.
    pub precision: Precision,
}

impl AsOf {
    /// A day known to the day.
    pub const fn day(on: NaiveDate) -> Self {
        Self { on, precision: Precision::Day }
    }

    /// The period that contains `day`; `None` when it begins after `today`.
    pub fn new(day: NaiveDate, precision: Precision, today: NaiveDate) -> Option<Self> {
        let on = precision.first_day(day);
        (on <= today).then_some(Self { on, precision })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_ends_on_its_last_day() {
        let cases = [
            ("2025-02-10", Precision::Day, "2025-02-10", "2025-02-10"),
            ("2024-02-10", Precision::Month, "2024-02-01", "2024-02-29"),
            ("2025-05-31", Precision::Quarter, "2025-04-01", "2025-06-30"),
            ("2025-12-31", Precision::Quarter, "2025-10-01", "2025-12-31"),
            ("2025-06-30", Precision::HalfYear, "2025-01-01", "2025-06-30"),
            ("2025-07-01", Precision::HalfYear, "2025-07-01", "2025-12-31"),
            ("2025-03-31", Precision::Year, "2025-01-01", "2025-12-31"),
        ];
        for (within, precision, first, last) in cases {
            assert_eq!(precision.first_day(day(within)), day(first), "{within} {precision:?}");
            assert_eq!(precision.last_day(day(within)), day(last), "{within} {precision:?}");
        }
    }

    #[test]
    fn a_deadline_is_late_from_the_next_day_on() {
        let deadline = Deadline::new(day("2025-12-01"), Precision::Year);
        assert_eq!(deadline.days_late(day("2025-12-30")), 0);
        assert_eq!(deadline.days_late(day("2025-12-31")), 0);
        assert_eq!(deadline.days_late(day("2026-01-01")), 1);
        assert_eq!(deadline.days_late(day("2026-02-01")), 32);
    }

    #[test]
    fn what_holds_from_the_future_is_refused() {
        assert_eq!(AsOf::new(day("2025-03-02"), Precision::Day, day("2025-03-01")), None);
        assert_eq!(
            AsOf::new(day("2025-03-31"), Precision::Month, day("2025-03-01")).unwrap().on,
            day("2025-03-01")
        );
        assert_eq!(
            AsOf::new(day("2025-03-01"), Precision::Day, day("2025-03-01")),
            Some(AsOf::day(day("2025-03-01")))
        );
    }

    proptest! {
        #[test]
        fn every_day_lies_in_its_period(offset in 0u32..60_000, choice in 0usize..5) {
            let day = NaiveDate::from_num_days_from_ce_opt(690_000 + i32::try_from(offset).unwrap()).unwrap();
            let precision = Precision::ALL[choice];
            prop_assert!(precision.first_day(day) <= day && day <= precision.last_day(day));
            prop_assert_eq!(precision.last_day(precision.last_day(day)), precision.last_day(day));
        }
    }
}
