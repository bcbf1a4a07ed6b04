//! Months and quarters.

use chrono::{Datelike, NaiveDate};

use super::row::number;
use crate::calendar::Precision;

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The month with this number, from 1, of a year from 1 to 9999.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let month0 = i32::try_from(month.checked_sub(1)?).ok().filter(|month0| *month0 < 12)?;
        (1..=9999).contains(&year).then_some(Self(year * 12 + month0))
    }

    /// The month that contains a day.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.year() * 12 + i32::try_from(day.month0()).unwrap_or_default())
    }

    /// Its year.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// Its number, from 1.
    pub const fn number(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }

    /// The month so many months before.
    #[must_use]
    pub const fn back(self, months: i32) -> Self {
        Self(self.0 - months)
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        let month = u32::try_from(self.number()).unwrap_or(1);
        NaiveDate::from_ymd_opt(self.year(), month, 1).unwrap_or_default()
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        Precision::Month.last_day(self.first_day())
    }
}

/// Months one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months {
    from: Month,
    count: usize,
}

impl Months {
    /// How many months may be asked for at once: fifty years.
    pub const MAX: usize = 600;

    /// How many months are told of where nobody says since when: three years.
    const UNASKED: i32 = 36;

    /// The months from one to another; `None` where they are in the wrong order, or too many.
    pub fn new(from: Month, to: Month) -> Option<Self> {
        let count = usize::try_from(to.0 - from.0 + 1).ok()?;
        (1..=Self::MAX).contains(&count).then_some(Self { from, count })
    }

    /// The months that are asked for on a local day: without an end, up to the present one; without a beginning, three
    /// years. `None` as for [`Self::new`].
    pub fn asked(from: Option<Month>, to: Option<Month>, today: NaiveDate) -> Option<Self> {
        let to = to.unwrap_or_else(|| Month::of(today));
        Self::new(from.unwrap_or_else(|| to.back(Self::UNASKED - 1)), to)
    }

    /// No months.
    pub(super) const fn none() -> Self {
        Self { from: Month(12), count: 0 }
    }

    /// Every one of them.
    pub fn all(self) -> impl Iterator<Item = Month> {
        (0..self.count).map(move |place| Month(self.from.0 + i32::try_from(place).unwrap_or_default()))
    }

    /// How many there are.
    pub const fn count(self) -> usize {
        self.count
    }

    /// Their days. To look a day up there is far cheaper than to ask the calendar for its month, and there are many.
    pub(super) fn days(self) -> Days {
        let places = self.all().enumerate().flat_map(|(place, month)| {
            let days = number(month.last_day()) - number(month.first_day()) + 1;
            std::iter::repeat_n(place, usize::try_from(days).unwrap_or_default())
        });
        Days { first: number(self.from.first_day()), places: places.collect() }
    }
}

/// The days of months, each with the place of its month among them.
#[derive(Debug)]
pub(super) struct Days {
    first: i32,
    places: Vec<usize>,
}

impl Days {
    /// The place of the month that contains a day.
    pub(super) fn place(&self, day: i32) -> Option<usize> {
        let after = day.checked_sub(self.first)?;
        self.places.get(usize::try_from(after).ok()?).copied()
    }
}

/// A calendar quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter(NaiveDate);

impl Quarter {
    /// The last quarters that are over on a day, the newest first.
    pub fn before(today: NaiveDate) -> impl Iterator<Item = Self> {
        let previous = |quarter: &Self| quarter.0.pred_opt().map(Self::of);
        std::iter::successors(previous(&Self::of(today)), previous)
    }

    /// The quarter that contains a day.
    pub fn of(day: NaiveDate) -> Self {
        Self(Precision::Quarter.first_day(day))
    }

    /// Its year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// Its number, from 1.
    pub fn number(self) -> u32 {
        self.0.month0() / 3 + 1
    }

    /// Its first day.
    pub const fn first_day(self) -> NaiveDate {
        self.0
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        Precision::Quarter.last_day(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_go_over_the_end_of_the_year_and_are_not_too_many() {
        let (from, to) = (Month::new(2025, 11).unwrap(), Month::of(day("2026-02-10")));
        let months = Months::new(from, to).unwrap();
        let days: Vec<_> = months.all().map(|month| (month.first_day(), month.last_day())).collect();
        assert_eq!(days.len(), 4);
        assert_eq!(days[1], (day("2025-12-01"), day("2025-12-31")));
        assert_eq!(days[3], (day("2026-02-01"), day("2026-02-28")));
        let known = months.days();
        let place = |text: &str| known.place(number(day(text)));
        assert_eq!(
            ["2025-11-01", "2025-12-31", "2026-01-01", "2026-02-28"].map(place),
            [0, 1, 2, 3].map(Some)
        );
        assert_eq!(["2025-10-31", "2026-03-01"].map(place), [None, None]);
        assert_eq!([i32::MIN, i32::MAX].map(|day| known.place(day)), [None, None]);
        assert_eq!(to.back(3), from);
        assert_eq!(Months::new(to, from), None);
        assert_eq!(Months::new(to.back(600), to), None);
        assert_eq!((Month::new(2025, 0), Month::new(2025, 13), Month::new(0, 1)), (None, None, None));
    }

    #[test]
    fn only_quarters_that_are_over_come_before_a_day() {
        let names = |today: &str| -> Vec<_> {
            Quarter::before(day(today)).take(3).map(|quarter| (quarter.year(), quarter.number())).collect()
        };
        assert_eq!(names("2026-03-31"), [(2025, 4), (2025, 3), (2025, 2)]);
        assert_eq!(names("2026-04-01"), [(2026, 1), (2025, 4), (2025, 3)]);
        let quarter = Quarter::of(day("2026-05-05"));
        assert_eq!((quarter.first_day(), quarter.last_day()), (day("2026-04-01"), day("2026-06-30")));
    }
}
