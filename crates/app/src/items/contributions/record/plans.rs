//! Milestones and indicators as the ledger keeps them.

use qadam_domain::items::indicators::{Decimal, Indicator, IndicatorValue};
use qadam_domain::items::milestones::{Milestone, StageReached};
use serde_json::{Map, Value, json};

use super::members;
use crate::directory::Directory;
use crate::items::record::{language_map, recorded_from};

pub(super) fn milestone(milestone: &Milestone) -> Map<String, Value> {
    members(json!({
        "kind": milestone.kind.code(),
        "title": language_map(&milestone.title),
        "due_on": milestone.due.map(|due| due.on.to_string()),
        "due_precision": milestone.due.map(|due| due.precision.code()),
        "original_due_on": milestone.original_due_on.map(|day| day.to_string()),
        "reached_on": milestone.reached.map(|on| on.on.to_string()),
        "reached_precision": milestone.reached.map(|on| on.precision.code()),
        "stages": milestone.stages.iter().map(stage).collect::<Value>(),
        "url": milestone.url,
        "note": language_map(&milestone.note),
        "recorded_from": milestone.recorded_from.as_ref().map(recorded_from),
    }))
}

fn stage(reached: &StageReached) -> Value {
    json!({
        "stage": reached.stage,
        "on": reached.on.on.to_string(),
        "precision": reached.on.precision.code(),
    })
}

pub(super) fn indicator(directory: &Directory, indicator: &Indicator) -> Map<String, Value> {
    let number = |number: &Option<Decimal>| number.as_ref().map(ToString::to_string);
    members(json!({
        "name": language_map(&indicator.name),
        "unit": language_map(&indicator.unit),
        "baseline": number(&indicator.baseline),
        "target": number(&indicator.target),
        "values": indicator.values.iter().map(|one| value(directory, one)).collect::<Value>(),
        "recorded_from": indicator.recorded_from.as_ref().map(recorded_from),
    }))
}

fn value(directory: &Directory, value: &IndicatorValue) -> Value {
    json!({
        "id": value.id.to_string(),
        "on": value.on.on.to_string(),
        "precision": value.on.precision.code(),
        "value": value.value.to_string(),
        "scope": language_map(&value.scope),
        "source": value.source.as_ref().map(|source| json!({
            "label": source.label,
            "url": source.url,
            "on": source.on.map(|day| day.to_string()),
        })),
        "corrects": value.corrects.map(|id| id.to_string()),
        "organisation": directory.code(value.organisation),
        "role": value.role.code(),
        "recorded_on": value.recorded_on.to_string(),
    })
}
