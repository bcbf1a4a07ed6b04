//! When something happened, as exactly as it may be told.
//!
//! An hour can betray a submitter who filed from the office. So the time of an act is either an instant, to the
//! millisecond, or only a day; both are texts with exactly one spelling, because they are hashed.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text is not a day or an instant in the one spelling allowed, or the year has not four digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a day as 2025-02-27 or an instant as 2025-02-27T10:00:00.000Z")]
pub struct MomentError;

/// A calendar day, `2025-02-27`, of the years 0000 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// Takes a date whose year has four digits.
    pub fn new(date: NaiveDate) -> Result<Self, MomentError> {
        if (0..=9999).contains(&date.year()) { Ok(Self(date)) } else { Err(MomentError) }
    }

    /// The date.
    pub const fn date(self) -> NaiveDate {
        self.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for Day {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| MomentError)?;
        // The parser also takes signs, blanks and missing zeros.
        Self::new(date).and_then(|day| if day.to_string() == text { Ok(day) } else { Err(MomentError) })
    }
}

/// An instant to the millisecond, `2025-02-27T10:00:00.000Z`, of the years 0000 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(DateTime<Utc>);

impl Instant {
    /// Takes the milliseconds since 1970-01-01T00:00:00Z.
    pub fn from_epoch_milliseconds(milliseconds: i64) -> Result<Self, MomentError> {
        let instant = DateTime::from_timestamp_millis(milliseconds).ok_or(MomentError)?;
        Day::new(instant.date_naive()).map(|_| Self(instant))
    }

    /// The milliseconds since 1970-01-01T00:00:00Z.
    pub fn epoch_milliseconds(self) -> i64 {
        self.0.timestamp_millis()
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl FromStr for Instant {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        let parsed = DateTime::parse_from_rfc3339(text).map_err(|_| MomentError)?;
        let instant = Self::from_epoch_milliseconds(parsed.timestamp_millis())?;
        // RFC 3339 has many spellings of one instant.
        if instant.to_string() == text { Ok(instant) } else { Err(MomentError) }
    }
}

/// A day or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// Only the day may be told.
    Day(Day),
    /// The instant.
    Instant(Instant),
}

impl From<Day> for Moment {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl From<Instant> for Moment {
    fn from(instant: Instant) -> Self {
        Self::Instant(instant)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(formatter),
            Self::Instant(instant) => instant.fmt(formatter),
        }
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        text.parse().map(Self::Day).or_else(|_: MomentError| text.parse().map(Self::Instant))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
