//! Indicators: naming one, and giving values for it.

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::ContributionId;
use qadam_domain::items::RecordedFrom;
use qadam_domain::items::contributions::{Content, Contribution, ContributionKind, Sight};
use qadam_domain::items::indicators::{Decimal, Indicator, IndicatorValue, ValueRefusal, ValueSource};
use qadam_domain::language::LanguageMap;
use qadam_storage::items::Key;
use serde_json::Value;

use super::contributions::{Adding, Addition, Continuation, ContributionView, contributions};
use super::milestones::NamedDay;
use crate::application::App;
use crate::error::{AppError, FieldCode};
use crate::random::uuid;

/// An indicator as named by a caller.
#[derive(Debug, Clone)]
pub struct IndicatorInput {
    /// What is counted.
    pub name: LanguageMap,
    /// In what unit.
    pub unit: LanguageMap,
    /// How much it was before anything was done.
    pub baseline: Option<Decimal>,
    /// How much it should become.
    pub target: Option<Decimal>,
    /// The document the secretariat records it from.
    pub recorded_from: Option<RecordedFrom>,
}

/// A value as named by a caller.
#[derive(Debug, Clone)]
pub struct IndicatorValueInput {
    /// The day it holds for.
    pub on: NamedDay,
    /// How much.
    pub value: Decimal,
    /// What exactly was counted.
    pub scope: LanguageMap,
    /// Where it stands; the secretariat names it.
    pub source: Option<ValueSource>,
    /// The value that it corrects.
    pub corrects: Option<ContributionId>,
}

/// The indicators of an item with their values, oldest first; at most 1,000.
pub async fn indicators(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<ContributionView>, AppError> {
    Ok(contributions(app, viewer, key, &[ContributionKind::Indicator]).await?.1)
}

impl Addition for IndicatorInput {
    const KIND: ContributionKind = ContributionKind::Indicator;
    const PATH: &'static str = "indicators";
    const ACTION: &'static str = "indicator.named";

    fn prepare(self, adding: &Adding<'_>) -> Result<Contribution, AppError> {
        adding.check_document(self.recorded_from.as_ref(), true)?;
        let indicator = Indicator {
            name: self.name,
            unit: self.unit,
            baseline: self.baseline,
            target: self.target,
            values: Vec::new(),
            recorded_from: self.recorded_from,
        };
        Ok(adding.editing.contribution(Content::Indicator(indicator), Sight::AsItem))
    }
}

impl Continuation for IndicatorValueInput {
    const KIND: ContributionKind = ContributionKind::Indicator;
    const PATH: &'static str = "indicators";

    fn apply(
        self,
        adding: &Adding<'_>,
        before: &Contribution,
    ) -> Result<(Contribution, &'static str, Value), AppError> {
        let Content::Indicator(named) = &before.content else { return Err(AppError::NotFound) };
        if self.source.is_none() && adding.editing.viewer().is_secretariat() {
            return Err(AppError::field("/source", FieldCode::Required));
        }
        let mut indicator = named.clone();
        let action = if self.corrects.is_some() { "indicator.corrected" } else { "indicator.measured" };
        let added = indicator.add(IndicatorValue {
            id: ContributionId(uuid(adding.editing.app.random.as_ref())),
            on: adding.past(self.on, "/on")?,
            value: self.value,
            scope: self.scope,
            source: self.source,
            corrects: self.corrects,
            organisation: adding.editing.actor.organisation,
            role: adding.editing.actor.role,
            recorded_on: adding.editing.act.today,
        });
        added.map_err(|refusal| match refusal {
            ValueRefusal::TooMany => AppError::field("/value", FieldCode::TooMany),
            ValueRefusal::NothingToCorrect => AppError::field("/corrects", FieldCode::UnknownReference),
        })?;
        let after = Contribution { content: Content::Indicator(indicator), ..before.clone() };
        Ok((after, action, Value::Null))
    }
}
