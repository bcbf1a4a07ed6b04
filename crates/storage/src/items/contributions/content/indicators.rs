//! An indicator as stored, with its values.

use qadam_domain::accounts::Role;
use qadam_domain::ids::{ContributionId, OrganisationId};
use qadam_domain::items::indicators::{Indicator, IndicatorValue, ValueSource};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{StoredAsOf, transposed};
use crate::items::content::StoredRecordedFrom;
use crate::json::StoredText;

#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) struct StoredIndicator {
    name: StoredText,
    #[serde(default, skip_serializing_if = "StoredText::is_empty")]
    unit: StoredText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    baseline: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    values: Vec<StoredValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recorded_from: Option<StoredRecordedFrom>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredValue {
    id: Uuid,
    on: StoredAsOf,
    value: String,
    #[serde(default, skip_serializing_if = "StoredText::is_empty")]
    scope: StoredText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<StoredSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    corrects: Option<Uuid>,
    organisation: Uuid,
    role: String,
    recorded_on: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredSource {
    label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<String>,
}

impl StoredIndicator {
    pub(super) fn of(indicator: &Indicator) -> Self {
        Self {
            name: (&indicator.name).into(),
            unit: (&indicator.unit).into(),
            baseline: indicator.baseline.as_ref().map(ToString::to_string),
            target: indicator.target.as_ref().map(ToString::to_string),
            values: indicator.values.iter().map(StoredValue::of).collect(),
            recorded_from: indicator.recorded_from.as_ref().map(Into::into),
        }
    }

    pub(super) fn read(self) -> Option<Indicator> {
        Some(Indicator {
            name: self.name.into(),
            unit: self.unit.into(),
            baseline: transposed(self.baseline.map(|number| number.parse().ok()))?,
            target: transposed(self.target.map(|number| number.parse().ok()))?,
            values: self.values.into_iter().map(StoredValue::read).collect::<Option<_>>()?,
            recorded_from: self.recorded_from.map(Into::into),
        })
    }
}

impl StoredValue {
    fn of(value: &IndicatorValue) -> Self {
        let source = |source: &ValueSource| StoredSource {
            label: source.label.clone(),
            url: source.url.clone(),
            on: source.on.map(|day| day.to_string()),
        };
        Self {
            id: value.id.0,
            on: value.on.into(),
            value: value.value.to_string(),
            scope: (&value.scope).into(),
            source: value.source.as_ref().map(source),
            corrects: value.corrects.map(|id| id.0),
            organisation: value.organisation.0,
            role: value.role.code().to_owned(),
            recorded_on: value.recorded_on.to_string(),
        }
    }

    fn read(self) -> Option<IndicatorValue> {
        let source = |source: StoredSource| {
            Some(ValueSource {
                on: transposed(source.on.map(|day| day.parse().ok()))?,
                label: source.label,
                url: source.url,
            })
        };
        Some(IndicatorValue {
            id: ContributionId(self.id),
            on: self.on.read()?,
            value: self.value.parse().ok()?,
            scope: self.scope.into(),
            source: transposed(self.source.map(source))?,
            corrects: self.corrects.map(ContributionId),
            organisation: OrganisationId(self.organisation),
            role: Role::from_code(&self.role)?,
            recorded_on: self.recorded_on.parse().ok()?,
        })
    }
}
