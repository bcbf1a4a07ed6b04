//! Days, periods and numbers as each language writes them. Month names and grouping come from ICU; the order of words
//! in a Kazakh date is that of laws (`2026 жылғы 5 қараша`), which ICU's is not.

use std::cmp::Ordering;
use std::sync::OnceLock;

use chrono::{Datelike as _, NaiveDate};
use icu_calendar::{Date, Gregorian};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{M, MD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::{Locale, locale};
use qadam_domain::calendar::Precision;
use qadam_domain::language::Language;
use qadam_localisation::{Argument, text_with};

/// What ICU knows of one language.
struct Formatters {
    collator: Option<CollatorBorrowed<'static>>,
    day_and_month: Option<FixedCalendarDateTimeFormatter<Gregorian, MD>>,
    month: Option<FixedCalendarDateTimeFormatter<Gregorian, M>>,
    number: Option<DecimalFormatter>,
}

impl Formatters {
    fn new(locale: &Locale) -> Self {
        Self {
            collator: Collator::try_new(locale.into(), CollatorOptions::default()).ok(),
            day_and_month: FixedCalendarDateTimeFormatter::try_new(locale.into(), MD::long()).ok(),
            month: FixedCalendarDateTimeFormatter::try_new(locale.into(), M::long()).ok(),
            number: DecimalFormatter::try_new(
                locale.into(),
                icu_decimal::options::DecimalFormatterOptions::default(),
            )
            .ok(),
        }
    }
}

fn formatters(language: Language) -> &'static Formatters {
    static KAZAKH: OnceLock<Formatters> = OnceLock::new();
    static RUSSIAN: OnceLock<Formatters> = OnceLock::new();
    static ENGLISH: OnceLock<Formatters> = OnceLock::new();
    match language {
        Language::Kazakh => KAZAKH.get_or_init(|| Formatters::new(&locale!("kk"))),
        Language::Russian => RUSSIAN.get_or_init(|| Formatters::new(&locale!("ru"))),
        // The day before the month, as the platform writes.
        Language::English => ENGLISH.get_or_init(|| Formatters::new(&locale!("en-GB"))),
    }
}

/// A day in figures, as all three languages write it: `05.11.2026`.
pub(crate) fn day(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}

/// A day in words: `2026 жылғы 5 қараша`.
pub(crate) fn long_day(language: Language, on: NaiveDate) -> String {
    match (&formatters(language).day_and_month, gregorian(on)) {
        (Some(formatter), Some(date)) => {
            dated(language, "date-day", "day", &formatter.format(&date).to_string(), on.year())
        }
        _ => day(on),
    }
}

/// A month in words: `2026 жылғы қараша`.
pub(crate) fn month(language: Language, on: NaiveDate) -> String {
    match (&formatters(language).month, gregorian(on)) {
        (Some(formatter), Some(date)) => {
            let name = formatter.format(&date).to_string();
            // ICU knows the Kazakh month by itself, as a heading; within a date it is no name.
            let name = if language == Language::Kazakh { name.to_lowercase() } else { name };
            dated(language, "date-month", "month", &name, on.year())
        }
        _ => on.format("%m.%Y").to_string(),
    }
}

/// A period by one of its days.
pub(crate) fn period(language: Language, of: NaiveDate, precision: Precision) -> String {
    let number = |months: u32| (of.month0() / months + 1).to_string();
    match precision {
        Precision::Day => long_day(language, of),
        Precision::Month => month(language, of),
        Precision::Quarter => dated(language, "date-quarter", "number", &number(3), of.year()),
        Precision::HalfYear => dated(language, "date-half_year", "number", &number(6), of.year()),
        Precision::Year => dated(language, "date-year", "number", "", of.year()),
    }
}

/// Which of two texts stands first in the alphabet of a language.
pub(crate) fn in_order(language: Language, left: &str, right: &str) -> Ordering {
    match &formatters(language).collator {
        Some(collator) => collator.compare(left, right),
        None => left.cmp(right),
    }
}

/// A share in percent, as each language writes it.
pub(crate) fn percent(language: Language, share: f64) -> String {
    let space = if language == Language::Russian { "\u{a0}" } else { "" };
    format!("{:.0}{space}%", share * 100.0)
}

/// A number with its groups of three apart.
pub(crate) fn number(language: Language, number: u64) -> String {
    match &formatters(language).number {
        Some(formatter) => formatter.format(&Decimal::from(number)).to_string(),
        None => number.to_string(),
    }
}

fn dated(language: Language, key: &str, part: &'static str, value: &str, year: i32) -> String {
    let year = year.to_string();
    text_with(language.tag(), key, &[(part, Argument::Text(value)), ("year", Argument::Text(&year))])
}

fn gregorian(day: NaiveDate) -> Option<Date<Gregorian>> {
    let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    Date::try_new_gregorian(day.year(), month, of_month).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_each_language_writes_it() {
        let on = NaiveDate::from_ymd_opt(2026, 11, 5).unwrap();
        assert_eq!(long_day(Language::Kazakh, on), "2026 жылғы 5 қараша");
        assert_eq!(long_day(Language::Russian, on), "5 ноября 2026 года");
        assert_eq!(long_day(Language::English, on), "5 November 2026");
        assert_eq!(day(on), "05.11.2026");
    }

    #[test]
    fn a_period_is_named_as_exactly_as_it_is_known() {
        let on = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        for (language, precision, words) in [
            (Language::Kazakh, Precision::Month, "2026 жылғы желтоқсан"),
            (Language::Russian, Precision::Month, "декабрь 2026 года"),
            (Language::English, Precision::Month, "December 2026"),
            (Language::English, Precision::Quarter, "quarter 4 of 2026"),
            (Language::Russian, Precision::HalfYear, "2-е полугодие 2026 года"),
            (Language::Kazakh, Precision::Year, "2026 жыл"),
        ] {
            assert_eq!(period(language, on, precision), words);
        }
    }

    #[test]
    fn kazakh_letters_stand_in_their_own_places() {
        let mut names = ["Үміт", "Ішкі", "Ұлттық", "Ырыс", "Әділет", "Бас", "Қаржы", "Кеңес", "Қ", "Л", "К"];
        names.sort_by(|left, right| in_order(Language::Kazakh, left, right));
        let sorted = ["Әділет", "Бас", "К", "Кеңес", "Қ", "Қаржы", "Л", "Ұлттық", "Үміт", "Ырыс", "Ішкі"];
        assert_eq!(names, sorted);
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(number(Language::Kazakh, 1_234_567), "1\u{a0}234\u{a0}567");
        assert_eq!(number(Language::Russian, 1_234_567), "1\u{a0}234\u{a0}567");
        assert_eq!(number(Language::English, 1_234_567), "1,234,567");
    }
}
