//! Replaying a database: what a server could hide from those who ask it lies here in the open, and is checked too.
//!
//! Beside what [`super::remote`] shows: sealed payloads are as their digests say, every entry is in the tree or
//! waits for it, the stored nodes are those of the tree, and every record, whoever may see it, is as its last entry
//! says.

use std::collections::{HashMap, HashSet};

use qadam_app::database::Store;
use qadam_app::ledger::auditing::{Audit, AuditedEntry, CurrentRecord, digest};
use qadam_domain::levels::Level;
use qadam_ledger::{
    Checkpoint, Digest, Entry, Leaf, Payload, Replay, Salt, SignedNote, Standing, canonical_json, commit,
    leaf_hash,
};
use serde_json::Value;

use super::outcome::{Doubt, Proof};
use super::remote::today;
use super::request::Evidence;

/// How many rows are read at once.
const PAGE: u64 = 500;

/// How often it is read again when the register changed meanwhile.
const ROUNDS: u32 = 3;

/// Checks a whole database.
pub(crate) async fn verify(store: &Store, evidence: &Evidence) -> Result<Proof, Doubt> {
    let mut round = 1;
    loop {
        let audit = Audit::begin(store).await.map_err(unreadable)?;
        let before = last_note(&audit).await?;
        let outcome = once(&audit, evidence).await;
        let unchanged = last_note(&audit).await? == before;
        match outcome {
            Err(doubt) if doubt.may_be_a_change_meanwhile() && !unchanged && round < ROUNDS => round += 1,
            outcome => return outcome,
        }
    }
}

async fn once(audit: &Audit, evidence: &Evidence) -> Result<Proof, Doubt> {
    let mut replay = Replay::new(evidence.since.clone())?;
    let promised = replay_leaves(audit, evidence, &mut replay).await?;
    let checkpoint = checkpoint(&last_note(audit).await?, evidence)?;
    let summary = replay.finish(&checkpoint)?;
    let last = LastEntries::read(audit).await?;
    let records = compare_all(audit, &last).await?;
    let receipt = match &evidence.receipt {
        None => None,
        Some(receipt) => match receipt.standing(&promised, today()?) {
            Standing::Dropped => return Err(Doubt::Dropped),
            standing => Some(standing),
        },
    };
    Ok(Proof {
        origin: checkpoint.origin,
        entries: summary.size,
        open: summary.open,
        withheld: summary.withheld + summary.redacted,
        records,
        pending: 0,
        since: evidence.since.as_ref().map(|earlier| earlier.size),
        receipt,
        key_was_given: evidence.keys_were_given,
    })
}

async fn last_note(audit: &Audit) -> Result<String, Doubt> {
    let note = audit.checkpoint().await.map_err(unreadable)?;
    note.ok_or_else(|| Doubt::Unreadable("the ledger was never signed".to_owned()))
}

fn checkpoint(note: &str, evidence: &Evidence) -> Result<Checkpoint, Doubt> {
    let wrong = |error: &dyn std::fmt::Display| Doubt::Stored(format!("the checkpoint: {error}"));
    let note: SignedNote = note.parse().map_err(|error| wrong(&error))?;
    Checkpoint::open(&note, &evidence.keys).map_err(|error| wrong(&error))
}

/// Replays the tree, and compares the stored nodes with those that it gives. The leaf that the receipt promised, if
/// it is there.
async fn replay_leaves(
    audit: &Audit,
    evidence: &Evidence,
    replay: &mut Replay,
) -> Result<Option<Leaf>, Doubt> {
    let mut promised = None;
    loop {
        let after = replay.size().checked_sub(1);
        let page = audit.leaves(after, PAGE).await.map_err(unreadable)?;
        if page.is_empty() {
            return Ok(promised);
        }
        let mut nodes = Vec::with_capacity(page.len() * 2);
        for stored in &page {
            let entry = entry(stored)?;
            let seq = entry.leaf.seq();
            if digest(stored) != Some(entry.leaf.digest()) {
                return Err(Doubt::Stored(format!(
                    "entry {seq}: its leaf and its row have different digests"
                )));
            }
            nodes.extend(replay.feed(&entry)?);
            if evidence.receipt.as_ref().is_some_and(|receipt| receipt.proves(&entry.leaf)) {
                promised = Some(entry.leaf);
            }
        }
        if let Some(wrong) = audit.first_wrong_node(&nodes).await.map_err(unreadable)? {
            // The subtree's last leaf is the one that completed it.
            let seq = ((wrong.address.index + 1) << wrong.address.level) - 1;
            return Err(Doubt::Stored(format!(
                "entry {seq}: its leaf is not the one the stored tree was made of"
            )));
        }
    }
}

/// An entry in the tree as it would be served to somebody who may read everything.
fn entry(stored: &AuditedEntry) -> Result<Entry, Doubt> {
    let position = stored.position;
    let leaf = stored.leaf.as_deref().unwrap_or_default();
    let leaf =
        Leaf::parse(leaf).map_err(|error| Doubt::Stored(format!("leaf at position {position}: {error}")))?;
    let opened = opened(stored)?;
    let (salt, payload) = opened.map_or((None, None), |(salt, payload)| (Some(salt), Some(payload)));
    Ok(Entry { leaf, salt, payload })
}

fn opened(stored: &AuditedEntry) -> Result<Option<(Salt, Value)>, Doubt> {
    let Some((salt, payload)) = &stored.opened else { return Ok(None) };
    let wrong = |what: &str| Doubt::Stored(format!("the payload at position {} {what}", stored.position));
    let salt = <[u8; 32]>::try_from(salt.as_slice()).map_err(|_| wrong("has no salt of 32 bytes"))?;
    let payload = serde_json::from_str(payload).map_err(|_| wrong("is not JSON"))?;
    Ok(Some((Salt::from_bytes(salt), payload)))
}

/// What the last entry about a record says: a digest, so that a large register fits into memory.
#[derive(Debug, Clone, Copy)]
struct LastEntry {
    position: i64,
    level: Level,
    /// Of `after`; `None` where the record is gone or the payload is not there.
    after: Option<Digest>,
}

/// The last entries by kind and identifier: of all levels, and of the public alone.
#[derive(Debug, Default)]
struct LastEntries {
    any: HashMap<(String, String), LastEntry>,
    public: HashMap<(String, String), LastEntry>,
}

impl LastEntries {
    /// Reads all entries in the order they were made in, and checks what the tree does not show.
    async fn read(audit: &Audit) -> Result<Self, Doubt> {
        let mut last = Self::default();
        let mut after = 0;
        loop {
            let page = audit.entries(after, PAGE).await.map_err(unreadable)?;
            let Some(end) = page.last() else { return Ok(last) };
            after = end.position;
            for entry in &page {
                last.take(entry)?;
            }
        }
    }

    fn take(&mut self, stored: &AuditedEntry) -> Result<(), Doubt> {
        let position = stored.position;
        if stored.leaf.is_some() == stored.queued {
            let what = if stored.queued {
                "is in the tree and waits for it"
            } else {
                "is neither in the tree nor waits for it"
            };
            return Err(Doubt::Stored(format!("the entry at position {position} {what}")));
        }
        let key = (stored.subject_type.clone(), stored.subject_id.clone());
        let entry = LastEntry { position, level: stored.level, after: after(stored)? };
        if stored.level == Level::Public {
            self.public.insert(key.clone(), entry);
        }
        self.any.insert(key, entry);
        Ok(())
    }
}

/// The digest of what an entry says that its record looks like. Checks the payload against the entry, since of
/// those that wait nobody else does.
fn after(stored: &AuditedEntry) -> Result<Option<Digest>, Doubt> {
    let Some((salt, value)) = opened(stored)? else { return Ok(None) };
    let wrong = |what: &dyn std::fmt::Display| {
        Doubt::Stored(format!("the payload at position {} is not that of its entry: {what}", stored.position))
    };
    let made = commit(&salt, &value).map_err(|error| wrong(&error))?;
    let payload = Payload::from_json(&value).map_err(|error| wrong(&error))?;
    let described = payload.subject.kind == stored.subject_type && payload.subject.id == stored.subject_id;
    if Some(made) != digest(stored) || !described {
        return Err(wrong(&"another digest or another record"));
    }
    if payload.after.is_null() { Ok(None) } else { fingerprint(&payload.after).map(Some) }
}

fn fingerprint(record: &Value) -> Result<Digest, Doubt> {
    let text = canonical_json(record).map_err(|error| Doubt::Stored(error.to_string()))?;
    Ok(leaf_hash(text.as_bytes()))
}

/// Compares every record with its last entry. How many there are.
async fn compare_all(audit: &Audit, last: &LastEntries) -> Result<u64, Doubt> {
    let mut compared = Compared { last, records: HashSet::new() };
    let mut after = None;
    loop {
        let page = audit.items(after, PAGE).await.map_err(unreadable)?;
        page.records.iter().try_for_each(|record| compared.take(record))?;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let mut after = None;
    loop {
        let page = audit.contributions(after, PAGE).await.map_err(unreadable)?;
        page.records.iter().try_for_each(|record| compared.take(record))?;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let mut after = None;
    loop {
        let page = audit.meetings(after, PAGE).await.map_err(unreadable)?;
        page.records.iter().try_for_each(|record| compared.take(record))?;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let mut after = None;
    loop {
        let page = audit.reporting_rounds(after, PAGE).await.map_err(unreadable)?;
        page.records.iter().try_for_each(|record| compared.take(record))?;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    audit.lists().await.map_err(unreadable)?.iter().try_for_each(|record| compared.take(record))?;
    compared.end()
}

/// The kinds of records that are compared. Others are in the ledger and have no row of their own, or none that
/// anybody reads as a record.
const KINDS: [&str; 15] = [
    "item",
    "item_filing",
    "update",
    "assessment",
    "closing_notice",
    "milestone",
    "indicator",
    "evidence",
    "question",
    "answer",
    "contribution_filing",
    "meeting",
    "reporting_round",
    "organisation",
    "vocabulary_term",
];

struct Compared<'a> {
    last: &'a LastEntries,
    /// What there is, by kind and identifier.
    records: HashSet<(String, String)>,
}

impl Compared<'_> {
    fn take(&mut self, record: &CurrentRecord) -> Result<(), Doubt> {
        let key = (record.kind.to_owned(), record.id.clone());
        let newest = self.last.any.get(&key);
        // Of a record that levels see differently, the newest entry tells how the readers of its level see it, and
        // the newest public one how the public does.
        let entry = match record.at {
            Some(Level::Public) => self.last.public.get(&key),
            Some(level) if newest.is_some_and(|entry| entry.level != level) => return Ok(()),
            _ => newest,
        };
        self.records.insert(key);
        let Some(entry) = entry else {
            return Err(Doubt::record(record.kind, &record.name, "there without an entry in the ledger"));
        };
        if entry.after != Some(fingerprint(&record.value)?) {
            let what = format!("not as its last entry, at position {}, says", entry.position);
            return Err(Doubt::record(record.kind, &record.name, what));
        }
        Ok(())
    }

    /// What was recorded must be there.
    fn end(self) -> Result<u64, Doubt> {
        let gone = self.last.any.iter().find(|(key, entry)| {
            KINDS.contains(&key.0.as_str()) && entry.after.is_some() && !self.records.contains(*key)
        });
        if let Some(((kind, id), entry)) = gone {
            let what = format!("not there, although its last entry, at position {}, says so", entry.position);
            return Err(Doubt::record(kind, id, what));
        }
        Ok(u64::try_from(self.records.len()).unwrap_or(u64::MAX))
    }
}

fn unreadable(error: impl std::fmt::Display) -> Doubt {
    Doubt::unreadable("the database", error)
}
