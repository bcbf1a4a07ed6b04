//! Days and instants.

use std::fmt;

use chrono::{DateTime, NaiveDate, SecondsFormat};
use qadam_app::error::FieldCode;
use qadam_domain::calendar::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::reading::refuse;

/// A day: `2026-12-31`, in the platform's time zone. Fields end with `_on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub NaiveDate);

/// An instant: RFC 3339 in UTC with milliseconds. Fields end with `_at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub Timestamp);

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instant = DateTime::from_timestamp_millis(self.0.0).unwrap_or_default();
        formatter.write_str(&instant.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        read_day(&text).map(Self).ok_or_else(|| refuse(FieldCode::InvalidDate))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let instant = DateTime::parse_from_rfc3339(&text).map_err(|_| refuse(FieldCode::InvalidDate))?;
        Ok(Self(Timestamp(instant.timestamp_millis())))
    }
}

/// A day in exactly this form, so that no two texts are one day.
fn read_day(text: &str) -> Option<NaiveDate> {
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !form || text.starts_with("0000") {
        return None;
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

fn text_of_format(format: KnownFormat, description: &str, example: &str) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(format)))
        .description(Some(description))
        .examples([example])
        .into()
}

impl PartialSchema for Day {
    fn schema() -> RefOr<Schema> {
        text_of_format(KnownFormat::Date, "A day in the platform's time zone.", "2026-12-31")
    }
}

impl ToSchema for Day {}

impl PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        text_of_format(KnownFormat::DateTime, "An instant in UTC.", "2026-12-31T18:59:59.999Z")
    }
}

impl ToSchema for Moment {}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json, to_value};

    #[test]
    fn a_day_has_one_form() {
        assert_eq!(from_value::<Day>(json!("2024-02-29")).unwrap().to_string(), "2024-02-29");
        for bad in
            ["2025-02-29", "2026-1-01", "20260101", "2026-01-01T00:00:00Z", "+026-01-01", "0000-01-01", ""]
        {
            let error = from_value::<Day>(json!(bad)).unwrap_err().to_string();
            assert_eq!(error, "invalid_date", "{bad}");
        }
    }

    #[test]
    fn an_instant_is_written_in_utc_with_milliseconds() {
        assert_eq!(to_value(Moment(Timestamp(0))).unwrap(), "1970-01-01T00:00:00.000Z");
        assert_eq!(to_value(Moment(Timestamp(1_767_207_599_999))).unwrap(), "2025-12-31T18:59:59.999Z");
    }

    #[test]
    fn an_instant_is_read_with_any_offset() {
        let read = |text: &str| from_value::<Moment>(json!(text)).map(|moment| moment.0.0);
        assert_eq!(read("2025-12-31T23:59:59.999+05:00").unwrap(), 1_767_207_599_999);
        assert_eq!(read("2025-12-31").unwrap_err().to_string(), "invalid_date");
    }
}
