//! The ledger's entries that say what is taken out.

use std::collections::BTreeMap;

use qadam_domain::items::contributions::Contribution;
use qadam_domain::items::redaction::passages::{PassageError, Passages};
use qadam_domain::levels::Level;
use qadam_storage::ledger::{self as stored, ToldOfItem};
use serde_json::Value;

use super::Original;
use crate::error::{AppError, FieldCode, text_code};
use crate::items::Editing;
use crate::ledger::admit_waiting;
use crate::ledger::redaction::removed_by;

/// Leaves that one entry tells of.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// The level at which that entry is sealed; `None` for whoever reads the record.
    pub(super) sealed_at: Option<Level>,
    /// Those whose payloads the public no longer gets.
    pub(super) withheld: Vec<u64>,
    /// Those whose payloads are gone.
    pub(super) redacted: Vec<u64>,
}

/// The entries about an item and what was added to it, each with the texts that it has.
pub(super) struct Telling {
    entries: Vec<(ToldOfItem, Vec<String>)>,
}

/// What the secretariat reads of the entries about the item and these additions to it. What was told a moment ago is
/// admitted first, so that it can be named.
pub(super) async fn of_item(editing: &Editing<'_>, added: &[Contribution]) -> Result<Telling, AppError> {
    Box::pin(admit_waiting(editing.app, editing.tx)).await?;
    let ids: Vec<_> = added.iter().map(|one| one.id).collect();
    let told = stored::told_of_item(editing.tx, editing.before.id, &ids, Level::Secretariat).await?;
    let entries = told.into_iter().map(|entry| {
        let texts = texts_of(&entry.payload);
        (entry, texts)
    });
    Ok(Telling { entries: entries.collect() })
}

impl Telling {
    /// Whether one of them says one of the passages.
    pub(super) fn says(&self, passages: &Passages) -> bool {
        self.entries.iter().any(|(_, texts)| texts.iter().any(|text| passages.occur_in(text)))
    }

    /// Keeps those that say the passages from all but the secretariat and whoever filed, or deletes what they say. Gives
    /// the leaves that entries must name, by the record's identifier; the last group of each is for all who read it.
    pub(super) async fn end(
        self,
        editing: &Editing<'_>,
        passages: &Passages,
        original: Original,
    ) -> Result<BTreeMap<String, Vec<Group>>, AppError> {
        let says = |texts: &[String]| texts.iter().any(|text| passages.occur_in(text));
        let saying: Vec<ToldOfItem> =
            self.entries.into_iter().filter(|(_, texts)| says(texts)).map(|(entry, _)| entry).collect();
        match original {
            Original::Kept => keep(editing, &saying).await,
            Original::Removed => remove(editing, &saying).await,
        }
    }
}

async fn keep(
    editing: &Editing<'_>,
    saying: &[ToldOfItem],
) -> Result<BTreeMap<String, Vec<Group>>, AppError> {
    let wider = saying.iter().filter(|entry| entry.level > Level::Secretariat);
    let positions: Vec<i64> = wider.map(|entry| entry.position).collect();
    stored::keep_from_wider(editing.tx, &positions).await?;
    let mut groups: BTreeMap<String, Vec<Group>> = BTreeMap::new();
    for entry in saying {
        let group = groups.entry(entry.id.clone()).or_insert_with(|| vec![Group::default()]);
        // The payload of a sealed leaf is missing for the public without a word: it was never there.
        if let (Some(last), Some(seq), false) = (group.last_mut(), entry.seq, entry.sealed) {
            last.withheld.push(seq);
        }
    }
    for group in groups.values_mut().flatten() {
        group.withheld.sort_unstable();
    }
    Ok(groups)
}

async fn remove(
    editing: &Editing<'_>,
    saying: &[ToldOfItem],
) -> Result<BTreeMap<String, Vec<Group>>, AppError> {
    let mut removed: BTreeMap<String, BTreeMap<Option<Level>, Vec<u64>>> = BTreeMap::new();
    for entry in saying {
        // A payload that is gone before its leaf is in the tree could be proved by nobody.
        let seq = entry.seq.ok_or_else(|| AppError::field("/original", FieldCode::TooEarly))?;
        stored::delete_payload(editing.tx, entry.position).await?;
        // An open entry that named a sealed leaf would tell everybody what that leaf is about.
        let sealed_at = entry.sealed.then_some(entry.level.min(Level::Members));
        let of_record = removed.entry(entry.id.clone()).or_default();
        of_record.entry(None).or_default();
        let group = of_record.entry(sealed_at).or_default();
        group.push(seq);
        // What an earlier redaction removed would be missing without a word once that redaction's own payload is gone.
        group.extend(removed_by(&entry.payload));
    }
    let groups = removed.into_iter().map(|(id, by_level)| {
        let mut groups: Vec<Group> = by_level
            .into_iter()
            .map(|(sealed_at, mut redacted)| {
                redacted.sort_unstable();
                redacted.dedup();
                Group { sealed_at, redacted, withheld: Vec::new() }
            })
            .collect();
        groups.sort_by_key(|group| group.sealed_at.is_none());
        (id, groups)
    });
    Ok(groups.collect())
}

/// All texts of a payload. What its keys and codes say is ours and nobody's words.
fn texts_of(payload: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut left = vec![serde_json::from_str(payload).unwrap_or(Value::Null)];
    while let Some(value) = left.pop() {
        match value {
            Value::String(text) => texts.push(text),
            Value::Array(values) => left.extend(values),
            Value::Object(members) => left.extend(members.into_iter().map(|(_, value)| value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    texts
}

/// What is wrong with a passage.
pub(super) const fn code(error: PassageError) -> FieldCode {
    match error {
        PassageError::Text(error) => text_code(error),
        PassageError::TooShort => FieldCode::TooShort,
        PassageError::Marked => FieldCode::ForbiddenCharacter,
    }
}
