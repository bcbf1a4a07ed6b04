//! Indicators: what is counted to see whether something changes, and the values that were given for it.
//!
//! Values are added and never changed: one that was wrong is corrected by another that names it, and both are shown.
//! Two values that differ are no contradiction where they count different things: each says what it counts.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::item::RecordedFrom;
use crate::accounts::Role;
use crate::calendar::AsOf;
use crate::ids::{ContributionId, OrganisationId};
use crate::language::LanguageMap;

/// How many values an indicator has at most.
pub const VALUES_MAX: usize = 200;

/// How many digits a number has at most before the point.
const WHOLE_DIGITS_MAX: usize = 15;

/// How many digits a number has at most after the point.
const FRACTION_DIGITS_MAX: usize = 6;

/// A decimal number as it was given: `39000`, `-0.5`, `40.0`. Digits after the point are kept as they are, because
/// they say how exact it is. No binary fraction ever stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal(String);

/// A text that is no decimal number, or has too many digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number")]
pub struct NotDecimal;

impl Decimal {
    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Decimal {
    type Err = NotDecimal;

    /// An optional minus, digits without needless zeros before them, and after a point some more.
    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (unsigned, None),
        };
        let digits = |text: &str, max: usize| {
            (1..=max).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let plain = digits(whole, WHOLE_DIGITS_MAX)
            && (whole == "0" || !whole.starts_with('0'))
            && fraction.is_none_or(|fraction| digits(fraction, FRACTION_DIGITS_MAX));
        let minus_nothing = text.starts_with('-') && unsigned.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        if plain && !minus_nothing { Ok(Self(text.to_owned())) } else { Err(NotDecimal) }
    }
}

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueSource {
    /// The document's name.
    pub label: String,
    /// Its address.
    pub url: Option<String>,
    /// Its day.
    pub on: Option<NaiveDate>,
}

/// A value of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorValue {
    /// Its identifier.
    pub id: ContributionId,
    /// The day it holds for.
    pub on: AsOf,
    /// How much.
    pub value: Decimal,
    /// What exactly was counted: where, of whom, by what rule.
    pub scope: LanguageMap,
    /// Where it stands.
    pub source: Option<ValueSource>,
    /// The value that it corrects; both are shown.
    pub corrects: Option<ContributionId>,
    /// The organisation that gave it.
    pub organisation: OrganisationId,
    /// The role that gave it.
    pub role: Role,
    /// The local day it was recorded.
    pub recorded_on: NaiveDate,
}

/// What is counted to see whether something changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// What is counted.
    pub name: LanguageMap,
    /// In what unit.
    pub unit: LanguageMap,
    /// How much it was before anything was done.
    pub baseline: Option<Decimal>,
    /// How much it should become.
    pub target: Option<Decimal>,
    /// The values, in the order in which they were given.
    pub values: Vec<IndicatorValue>,
    /// The document it was recorded from; then the secretariat recorded it.
    pub recorded_from: Option<RecordedFrom>,
}

/// Why a value cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ValueRefusal {
    /// There are as many as an indicator has.
    #[error("an indicator has 200 values at most")]
    TooMany,
    /// The value it corrects is none of this indicator, or was corrected already.
    #[error("it corrects no value that stands")]
    NothingToCorrect,
}

impl Indicator {
    /// Adds a value. One that corrects another names one that stands.
    pub fn add(&mut self, value: IndicatorValue) -> Result<(), ValueRefusal> {
        if self.values.len() >= VALUES_MAX {
            return Err(ValueRefusal::TooMany);
        }
        if let Some(corrected) = value.corrects
            && !self.standing().any(|one| one.id == corrected)
        {
            return Err(ValueRefusal::NothingToCorrect);
        }
        self.values.push(value);
        Ok(())
    }

    /// The values that no other corrects, in the order in which they were given.
    pub fn standing(&self) -> impl Iterator<Item = &IndicatorValue> {
        self.values.iter().filter(|value| self.corrected_by(value.id).is_none())
    }

    /// The value that corrects another.
    pub fn corrected_by(&self, id: ContributionId) -> Option<ContributionId> {
        self.values.iter().find(|value| value.corrects == Some(id)).map(|value| value.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;
    use proptest::prelude::*;

    fn id(number: u128) -> ContributionId {
        ContributionId(Uuid::from_u128(number))
    }

    fn value(number: u128, corrects: Option<u128>) -> IndicatorValue {
        let on: NaiveDate = "2025-05-01".parse().unwrap();
        IndicatorValue {
            id: id(number),
            on: AsOf::day(on),
            value: "39000".parse().unwrap(),
            scope: LanguageMap::default(),
            source: None,
            corrects: corrects.map(id),
            organisation: OrganisationId(Uuid::from_u128(1)),
            role: Role::Secretariat,
            recorded_on: on,
        }
    }

    fn indicator() -> Indicator {
        Indicator {
            name: LanguageMap::default(),
            unit: LanguageMap::default(),
            baseline: None,
            target: None,
            values: Vec::new(),
            recorded_from: None,
        }
    }

    #[test]
    fn numbers_are_decimal_and_nothing_else() {
        for good in ["0", "7", "39000", "-3", "0.5", "-0.5", "40.0", "999999999999999.999999"] {
            assert_eq!(good.parse::<Decimal>().map(|number| number.to_string()), Ok(good.to_owned()));
        }
        for bad in [
            "",
            "-",
            ".",
            "1.",
            ".5",
            "+1",
            "01",
            "00",
            "1e3",
            "1,5",
            " 1",
            "1 000",
            "-0",
            "-0.0",
            "0x1",
            "NaN",
            "٣",
            "1000000000000000",
            "0.0000001",
            "--1",
            "1.2.3",
        ] {
            assert_eq!(bad.parse::<Decimal>(), Err(NotDecimal), "{bad}");
        }
    }

    #[test]
    fn a_correction_names_a_value_that_stands() {
        let mut counted = indicator();
        for (added, expected) in [
            (value(1, Some(1)), Err(ValueRefusal::NothingToCorrect)),
            (value(1, None), Ok(())),
            (value(2, Some(1)), Ok(())),
            (value(3, Some(1)), Err(ValueRefusal::NothingToCorrect)),
            (value(3, Some(2)), Ok(())),
        ] {
            assert_eq!(counted.add(added.clone()), expected, "{added:?}");
        }
        assert_eq!(counted.standing().map(|one| one.id).collect::<Vec<_>>(), [id(3)]);
        assert_eq!((counted.values.len(), counted.corrected_by(id(1))), (3, Some(id(2))));
    }

    #[test]
    fn an_indicator_has_no_more_values_than_it_may() {
        let mut counted = indicator();
        for number in 0..VALUES_MAX {
            assert_eq!(counted.add(value(number as u128, None)), Ok(()));
        }
        assert_eq!(counted.add(value(9_999, None)), Err(ValueRefusal::TooMany));
    }

    proptest! {
        #[test]
        fn every_number_of_few_digits_is_kept_as_it_was_given(
            number in -1_000_000_000_i64..1_000_000_000, fraction in 1_u32..999_999
        ) {
            let whole = number.to_string();
            prop_assert_eq!(whole.parse::<Decimal>().unwrap().to_string(), whole.clone());
            let exact = format!("{whole}.{fraction}");
            prop_assert_eq!(exact.parse::<Decimal>().unwrap().to_string(), exact);
        }
    }
}
