//! The last entry about each record, and what of the entries the tree does not show.

use std::collections::HashMap;

use qadam_domain::items::redaction::passages::is_rendition;
use qadam_domain::levels::Level;
use qadam_ledger::{Digest, Payload, canonical_json, commit, leaf_hash};
use qadam_storage::items::StatusChange;
use serde_json::Value;

use super::outcome::Doubt;
use super::tree::opened;
use super::{PAGE, unreadable};
use crate::items::record::language_map;
use crate::ledger::auditing::{Audit, AuditedEntry, digest};

/// The action of entries whose reason is that of the status change which they enter.
const STATUS_CHANGED: &str = "item.status_changed";

/// What the last entry about a record says: a digest, so that a large register fits into memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct LastEntry {
    pub(super) position: i64,
    pub(super) level: Level,
    /// Of `after`; `None` where the record is gone or the payload is not there.
    pub(super) after: Option<Digest>,
}

/// The last entries by kind and identifier: of all levels, and of the public alone.
#[derive(Debug, Default)]
pub(super) struct LastEntries {
    pub(super) any: HashMap<(String, String), LastEntry>,
    pub(super) public: HashMap<(String, String), LastEntry>,
}

impl LastEntries {
    /// Reads all entries in the order they were made in, and checks what the tree does not show.
    pub(super) async fn read(audit: &Audit) -> Result<Self, Doubt> {
        let mut last = Self::default();
        let mut after = 0;
        loop {
            let page = audit.entries(after, PAGE).await.map_err(unreadable)?;
            let end = page.last().map_or(i64::MAX, |entry| entry.position);
            let changes = audit.status_changes(after, end).await.map_err(unreadable)?;
            let mut changes = changes.into_iter().peekable();
            for entry in &page {
                last.take(entry, changes.next_if(|change| change.position == entry.position).as_ref())?;
            }
            // They come in the order of the entries, one of an entry at most.
            if let Some(change) = changes.next() {
                let id = change.id.to_string();
                return Err(Doubt::record("status_change", id, "there without an entry in the ledger"));
            }
            if page.is_empty() {
                return Ok(last);
            }
            after = end;
        }
    }

    fn take(&mut self, stored: &AuditedEntry, change: Option<&StatusChange>) -> Result<(), Doubt> {
        let position = stored.position;
        if stored.leaf.is_some() == stored.queued {
            let what = if stored.queued {
                "is in the tree and waits for it"
            } else {
                "is neither in the tree nor waits for it"
            };
            return Err(Doubt::Stored(format!("the entry at position {position} {what}")));
        }
        let payload = payload(stored)?;
        if let (Some(change), Some(payload)) = (change, &payload)
            && let Some(what) = differs(change, stored, payload)
        {
            let what = format!("not as its entry, at position {position}, says: {what}");
            return Err(Doubt::record("status_change", change.id.to_string(), what));
        }
        let after =
            payload.as_ref().and_then(|payload| payload.get("after")).filter(|after| !after.is_null());
        let key = (stored.subject_type.clone(), stored.subject_id.clone());
        let entry = LastEntry { position, level: stored.level, after: after.map(fingerprint).transpose()? };
        if stored.level == Level::Public {
            self.public.insert(key.clone(), entry);
        }
        self.any.insert(key, entry);
        Ok(())
    }
}

/// The payload of an entry. That of one in the tree was held against its leaf; of one that waits, nobody else holds it
/// against anything.
fn payload(stored: &AuditedEntry) -> Result<Option<Value>, Doubt> {
    let wrong = |what: &dyn std::fmt::Display| {
        Doubt::Stored(format!("the payload at position {} is not that of its entry: {what}", stored.position))
    };
    let opened = opened(stored).map_err(|what| wrong(&what))?;
    if stored.leaf.is_some() {
        return Ok(opened.map(|(_, payload)| payload));
    }
    let Some((salt, value)) = opened else { return Err(wrong(&"it is gone before the entry was admitted")) };
    let made = commit(&salt, &value).map_err(|error| wrong(&error))?;
    let payload = Payload::from_json(&value).map_err(|error| wrong(&error))?;
    let described = payload.subject.kind == stored.subject_type && payload.subject.id == stored.subject_id;
    if Some(made) != digest(stored) || !described {
        return Err(wrong(&"another digest or another record"));
    }
    Ok(Some(value))
}

/// What of a status change is not as its entry says.
fn differs(change: &StatusChange, stored: &AuditedEntry, payload: &Value) -> Option<&'static str> {
    let told = |pointer: &str| payload.pointer(pointer).and_then(Value::as_str);
    let reason = if change.reason.is_empty() { Value::Null } else { language_map(&change.reason) };
    let said = [
        ("item_id", stored.subject_id == change.item.to_string()),
        ("to_status", told("/after/status") == Some(change.to.code())),
        ("as_of", told("/after/status_as_of") == Some(&change.as_of.on.to_string())),
        ("as_of_precision", told("/after/status_as_of_precision") == Some(change.as_of.precision.code())),
        ("level", stored.level == change.level),
        ("content", stored.action != STATUS_CHANGED || is_said(stored, payload.get("reason"), &reason)),
    ];
    said.iter().find(|(_, right)| !right).map(|(column, _)| *column)
}

/// Whether the words beside a status change are those of its entry; or, where passages were taken out, what is left of them.
fn is_said(stored: &AuditedEntry, told: Option<&Value>, now: &Value) -> bool {
    if told == Some(now) || !stored.redacted {
        return told == Some(now);
    }
    let (Some(told), Some(now)) = (told.and_then(Value::as_object), now.as_object()) else { return false };
    let left = |language: &String| told.get(language).and_then(Value::as_str);
    told.len() == now.len()
        && now.iter().all(|(language, now)| {
            left(language).zip(now.as_str()).is_some_and(|(told, now)| is_rendition(told, now))
        })
}

/// What is compared of a record.
pub(super) fn fingerprint(record: &Value) -> Result<Digest, Doubt> {
    let text = canonical_json(record).map_err(|error| Doubt::Stored(error.to_string()))?;
    Ok(leaf_hash(text.as_bytes()))
}
