//! A round as the ledger keeps it for readers of one level.
//!
//! Organisations stand by code, items by identifier. Every member is always there, so that a record compares with the
//! resource member by member.

use std::collections::BTreeMap;

use qadam_domain::reporting_rounds::{Asked, ReportingRound};
use serde_json::{Map, Value, json};

use crate::directory::Directory;
use crate::items::record::language_map;

/// What a round says to readers who see these items of it.
pub fn round_record(directory: &Directory, round: &ReportingRound, asked: &[Asked]) -> Map<String, Value> {
    let value = json!({
        "id": round.id.to_string(),
        "name": language_map(&round.name),
        "period_from": round.period_from.to_string(),
        "period_to": round.period_to.to_string(),
        "due_on": round.due_on.to_string(),
        "state": round.state.code(),
        "opened_on": round.opened_on.to_string(),
        "closed_on": round.closed_on.map(|day| day.to_string()),
        "reminded_on": round.reminded_on.map(|day| day.to_string()),
        "asked": asked_record(directory, asked),
    });
    match value {
        Value::Object(record) => record,
        _ => Map::new(),
    }
}

fn asked_record(directory: &Directory, asked: &[Asked]) -> Vec<Value> {
    let mut by_body: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in asked {
        by_body.entry(directory.code(one.organisation)).or_default().push(one.item.to_string());
    }
    let body = |(organisation, mut items): (&str, Vec<String>)| {
        items.sort_unstable();
        json!({"organisation": organisation, "items": items})
    };
    by_body.into_iter().map(body).collect()
}
