//! How many days there are to answer, and how they are counted.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{ClockKind, Schedule};

/// Which days count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum DayCount {
    /// All days.
    #[default]
    Calendar,
    /// Monday to Friday but for holidays.
    Working {
        /// Days that do not count although they are none of the weekend.
        holidays: BTreeSet<NaiveDate>,
    },
}

impl DayCount {
    /// Whether a day counts.
    fn counts(&self, day: NaiveDate) -> bool {
        match self {
            Self::Calendar => true,
            Self::Working { holidays } => {
                !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !holidays.contains(&day)
            }
        }
    }

    /// The day that is `number` counted days after another; with 0, that day itself.
    pub fn after(&self, day: NaiveDate, number: u32) -> NaiveDate {
        self.walk(day, number, |day| day.checked_add_days(Days::new(1)))
    }

    /// The day that is `number` counted days before another; with 0, that day itself.
    pub fn before(&self, day: NaiveDate, number: u32) -> NaiveDate {
        self.walk(day, number, |day| day.checked_sub_days(Days::new(1)))
    }

    /// Goes on day by day until so many counted ones were passed; at the end of the calendar it stays there.
    fn walk(
        &self,
        mut day: NaiveDate,
        number: u32,
        step: impl Fn(NaiveDate) -> Option<NaiveDate>,
    ) -> NaiveDate {
        let mut left = number;
        while left > 0 {
            let Some(next) = step(day) else { return day };
            day = next;
            left -= u32::from(self.counts(day));
        }
        day
    }
}

/// The deployment's terms: all numbers are days as `count` counts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// For the secretariat's review, from first submission on.
    pub review: u32,
    /// For the lead's answer, from `under_review` on.
    pub answer: u32,
    /// For the lead's confirmation, from `announced` on.
    pub confirmation: u32,
    /// How long before the last day it is due soon.
    pub due_soon: u32,
    /// From overdue to the letter.
    pub letter: u32,
    /// From the letter to the list of the next meeting.
    pub meeting: u32,
    /// Which days count.
    pub count: DayCount,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            review: 10,
            answer: 30,
            confirmation: 30,
            due_soon: 5,
            letter: 10,
            meeting: 10,
            count: DayCount::Calendar,
        }
    }
}

impl Terms {
    /// How many days there are for something.
    pub const fn days(&self, kind: ClockKind) -> u32 {
        match kind {
            ClockKind::Review => self.review,
            ClockKind::Answer => self.answer,
            ClockKind::Confirmation => self.confirmation,
        }
    }

    /// The days of a wait that begins on a day. What is due within the time of "due soon" is so from the beginning.
    pub fn schedule(&self, kind: ClockKind, started_on: NaiveDate) -> Schedule {
        let due_on = self.count.after(started_on, self.days(kind));
        let overdue_on = due_on.checked_add_days(Days::new(1)).unwrap_or(due_on);
        let letter_on = self.count.after(overdue_on, self.letter);
        Schedule {
            due_soon_on: self.count.before(due_on, self.due_soon).max(started_on),
            due_on,
            letter_on,
            meeting_on: self.count.after(letter_on, self.meeting),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn working(holidays: &[&str]) -> DayCount {
        DayCount::Working { holidays: holidays.iter().map(|text| day(text)).collect() }
    }

    #[test]
    fn calendar_days_are_all_days() {
        let count = DayCount::Calendar;
        assert_eq!(count.after(day("2026-02-27"), 3), day("2026-03-02"));
        assert_eq!(count.before(day("2026-03-02"), 3), day("2026-02-27"));
        assert_eq!(count.after(day("2026-02-27"), 0), day("2026-02-27"));
    }

    #[test]
    fn working_days_leave_out_weekends_and_holidays() {
        // 2026-03-20 is a Friday.
        let holidays_of_spring = ["2026-03-21", "2026-03-22", "2026-03-23", "2026-03-24"];
        for (holidays, from, number, expected) in [
            (&[][..], "2026-03-20", 1, "2026-03-23"),
            (&[], "2026-03-20", 5, "2026-03-27"),
            (&holidays_of_spring, "2026-03-20", 1, "2026-03-25"),
            (&holidays_of_spring, "2026-03-20", 3, "2026-03-27"),
            (&holidays_of_spring, "2026-03-22", 1, "2026-03-25"),
            (&holidays_of_spring, "2026-03-22", 0, "2026-03-22"),
        ] {
            assert_eq!(working(holidays).after(day(from), number), day(expected), "{from} + {number}");
        }
        assert_eq!(working(&holidays_of_spring).before(day("2026-03-25"), 1), day("2026-03-20"));
    }

    #[test]
    fn the_days_of_a_wait_follow_from_the_terms() {
        let terms = Terms::default();
        let schedule = |kind, on| {
            let Schedule { due_soon_on, due_on, letter_on, meeting_on } = terms.schedule(kind, day(on));
            [due_soon_on, due_on, letter_on, meeting_on].map(|day| day.to_string())
        };
        assert_eq!(
            schedule(ClockKind::Review, "2026-03-02"),
            ["2026-03-07", "2026-03-12", "2026-03-23", "2026-04-02"]
        );
        assert_eq!(
            schedule(ClockKind::Answer, "2026-03-02"),
            ["2026-03-27", "2026-04-01", "2026-04-12", "2026-04-22"]
        );
        assert_eq!(
            schedule(ClockKind::Confirmation, "2025-12-31"),
            ["2026-01-25", "2026-01-30", "2026-02-10", "2026-02-20"]
        );
    }

    #[test]
    fn in_working_days_every_span_is_counted_so() {
        let terms = Terms { count: working(&["2026-03-09"]), ..Terms::default() };
        let Schedule { due_soon_on, due_on, letter_on, meeting_on } =
            terms.schedule(ClockKind::Review, day("2026-03-02"));
        let found = [due_soon_on, due_on, letter_on, meeting_on].map(|day| day.to_string());
        assert_eq!(found, ["2026-03-10", "2026-03-17", "2026-04-01", "2026-04-15"]);
    }

    #[test]
    fn a_short_wait_is_due_soon_from_its_beginning() {
        let terms = Terms { review: 2, ..Terms::default() };
        let schedule = terms.schedule(ClockKind::Review, day("2026-03-02"));
        assert_eq!((schedule.due_soon_on, schedule.due_on), (day("2026-03-02"), day("2026-03-04")));
    }

    #[test]
    fn at_the_end_of_the_calendar_nothing_is_counted_further() {
        let last = NaiveDate::MAX;
        assert_eq!(DayCount::Calendar.after(last, 9), last);
        let schedule = Terms::default().schedule(ClockKind::Review, last);
        assert_eq!((schedule.due_on, schedule.meeting_on), (last, last));
    }

    prop_compose! {
        fn a_day()(offset in 0i32..40_000) -> NaiveDate {
            NaiveDate::from_num_days_from_ce_opt(720_000 + offset).unwrap()
        }
    }

    proptest! {
        #[test]
        fn the_days_of_a_wait_never_decrease(
            started_on in a_day(), numbers in prop::array::uniform4(1u32..60), working_days: bool,
            holidays in prop::collection::btree_set(a_day(), 0..40),
        ) {
            let [review, due_soon, letter, meeting] = numbers;
            let count = if working_days { DayCount::Working { holidays } } else { DayCount::Calendar };
            let terms = Terms { review, due_soon, letter, meeting, count, ..Terms::default() };
            let schedule = terms.schedule(ClockKind::Review, started_on);
            prop_assert!(started_on <= schedule.due_soon_on);
            prop_assert!(schedule.due_soon_on <= schedule.due_on);
            prop_assert!(schedule.due_on < schedule.letter_on);
            prop_assert!(schedule.letter_on < schedule.meeting_on);
        }

        #[test]
        fn there_and_back_is_a_counted_day_where_one_began_on_one(from in a_day(), number in 0u32..60) {
            let count = DayCount::Working { holidays: BTreeSet::new() };
            let monday = count.after(from, 1);
            prop_assert_eq!(count.before(count.after(monday, number), number), monday);
        }
    }
}
