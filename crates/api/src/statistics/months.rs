//! Months as they are asked for and named: `2026-03`.

use std::fmt;

use chrono::NaiveDate;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::statistics::{Month, Months};
use serde::{Deserialize, Deserializer};
use utoipa::IntoParams;

use crate::extract::refuse;
use crate::problems::Problem;

/// A calendar month: `2026-03`.
#[derive(Debug, Clone, Copy)]
pub(super) struct MonthWord(pub(super) Month);

impl fmt::Display for MonthWord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.0.year(), self.0.number())
    }
}

impl<'de> Deserialize<'de> for MonthWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        read(&text).map(Self).ok_or_else(|| refuse(FieldCode::InvalidDate))
    }
}

fn read(text: &str) -> Option<Month> {
    let (year, month) = text.split_once('-').filter(|(year, month)| (year.len(), month.len()) == (4, 2))?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(year) && digits(month) { Month::new(year.parse().ok()?, month.parse().ok()?) } else { None }
}

/// The months of a trend.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct TrendQuery {
    /// The first month of the trend; without it, three years are told.
    #[param(value_type = Option<String>, pattern = "^(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-(0[1-9]|1[0-2])$", example = "2024-01")]
    from: Option<MonthWord>,
    /// The last month of the trend; without it, the present one. At most 600 months are told.
    #[param(value_type = Option<String>, pattern = "^(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-(0[1-9]|1[0-2])$", example = "2026-12")]
    to: Option<MonthWord>,
}

impl TrendQuery {
    /// The months that are asked for on a local day.
    pub(super) fn months(&self, today: NaiveDate) -> Result<Months, Problem> {
        let (from, to) = (self.from.map(|from| from.0), self.to.map(|to| to.0));
        let wrong = || Problem::parameter(Code::InvalidParameter, "from", FieldCode::Contradiction);
        Months::asked(from, to, today).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_in_one_way() {
        for wrong in [
            "2026-3",
            "2026-13",
            "2026-00",
            "0000-01",
            "26-03",
            "2026-03-01",
            "2026",
            "",
            "+202-03",
            "2026-+3",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(MonthWord(read("2026-03").unwrap()).to_string(), "2026-03");
        assert_eq!(MonthWord(read("0001-12").unwrap()).to_string(), "0001-12");
    }
}
