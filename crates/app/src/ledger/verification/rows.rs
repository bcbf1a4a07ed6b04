//! Whether what is stored beside a leaf, by which entries are found and by which is decided who reads them, says the same
//! as the leaf and its payload.
//!
//! Who reads a sealed entry is said by its row alone: no leaf tells it, and no payload does.

use chrono::{Days, NaiveTime, TimeDelta};
use qadam_domain::accounts::Role;
use qadam_domain::calendar::Timestamp;
use qadam_domain::items::contributions::ContributionKind;
use qadam_domain::levels::{Axis, Level};
use qadam_ledger::{Entry, Moment};
use qadam_storage::ledger::ITEM_FILING;
use serde_json::Value;

use crate::ledger::auditing::AuditedEntry;
use crate::ledger::{CONTRIBUTION_FILING, ITEM};

/// The first column of an entry's row that says something else than its leaf and its payload.
pub(super) fn differs(stored: &AuditedEntry, entry: &Entry) -> Option<&'static str> {
    of_the_leaf(stored, entry)
        .or_else(|| entry.payload.as_ref().and_then(|payload| of_the_payload(stored, payload)))
        .or_else(|| of_the_subject(stored))
}

/// What every leaf tells, and what an open one tells beside it.
fn of_the_leaf(stored: &AuditedEntry, entry: &Entry) -> Option<&'static str> {
    if stored.sealed != entry.leaf.is_sealed() {
        return Some("sealed");
    }
    let told = entry.leaf.description()?;
    let said = [
        ("level", stored.level == Level::Public),
        ("action", stored.action == told.action),
        ("subject_type", stored.subject_type == told.subject.kind),
        ("subject_id", stored.subject_id == told.subject.id),
        ("subject_ref", stored.subject_ref == told.subject.reference),
        ("actor_role", stored.actor_role == told.actor.role),
        ("actor_organisation", stored.actor_organisation == told.actor.organisation),
    ];
    first_wrong(&said)
}

fn of_the_payload(stored: &AuditedEntry, payload: &Value) -> Option<&'static str> {
    let told = |pointer: &str| payload.pointer(pointer).and_then(Value::as_str);
    // A row, like a leaf, never names the organisation of civil society.
    let organisation = told("/actor/organisation").filter(|_| stored.actor_role != Role::NgoMember.code());
    let said = [
        ("action", told("/action") == Some(&stored.action)),
        ("subject_type", told("/subject/type") == Some(&stored.subject_type)),
        ("subject_id", told("/subject/id") == Some(&stored.subject_id)),
        ("subject_ref", told("/subject/ref") == stored.subject_ref.as_deref()),
        ("actor_role", told("/actor/role") == Some(&stored.actor_role)),
        ("actor_organisation", organisation == stored.actor_organisation.as_deref()),
        ("at", told("/at").and_then(|at| at.parse().ok()).is_some_and(|at| is_at(stored.at, at))),
    ];
    first_wrong(&said)
}

/// What follows from the kind of record.
fn of_the_subject(stored: &AuditedEntry) -> Option<&'static str> {
    let kind = stored.subject_type.as_str();
    let names = [ITEM_FILING, CONTRIBUTION_FILING].contains(&kind) || kind.ends_with("_author");
    if (stored.axis == Axis::Identity) != names {
        return Some("axis");
    }
    let itself = [ITEM, ITEM_FILING].contains(&kind);
    let added = kind == CONTRIBUTION_FILING || ContributionKind::from_code(kind).is_some();
    let item = stored.item.map(|id| id.to_string());
    let right = match item {
        Some(id) => (itself && id == stored.subject_id) || added,
        // What narrower levels read of what was added is no part of the item's history.
        None => !(itself || (added && stored.level >= Level::Members)),
    };
    (!right).then_some("item_id")
}

/// Whether an instant is one at which something was done that is told so. A day begins at up to fourteen hours before
/// and twelve after it does in Greenwich, and an hour later where clocks are changed at midnight.
fn is_at(stored: Timestamp, told: Moment) -> bool {
    match told {
        Moment::Instant(instant) => instant.epoch_milliseconds() == stored.0,
        Moment::Day(day) => {
            let begins = day.date().and_time(NaiveTime::MIN).and_utc();
            let earliest = begins - TimeDelta::hours(14);
            let latest = begins.checked_add_days(Days::new(1)).unwrap_or(begins) + TimeDelta::hours(12);
            (earliest.timestamp_millis()..=latest.timestamp_millis()).contains(&stored.0)
        }
    }
}

fn first_wrong(said: &[(&'static str, bool)]) -> Option<&'static str> {
    said.iter().find(|(_, right)| !right).map(|(column, _)| *column)
}
