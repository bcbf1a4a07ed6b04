//! Whether every record, whoever may see it, is as its last entry says.

use std::collections::HashSet;

use qadam_domain::levels::Level;

use super::entries::{LastEntries, fingerprint};
use super::outcome::Doubt;
use super::{PAGE, unreadable};
use crate::ledger::auditing::{Audit, CurrentRecord, RecordPlace};

/// Compares every record with its last entry. How many there are.
pub(super) async fn compare_all(audit: &Audit, last: &LastEntries) -> Result<u64, Doubt> {
    let mut compared = Compared { last, records: HashSet::new() };
    let mut place = Some(RecordPlace::BEGINNING);
    while let Some(here) = place {
        let page = audit.records(here, PAGE).await.map_err(unreadable)?;
        page.records.iter().try_for_each(|record| compared.take(record))?;
        place = page.next;
    }
    compared.end()
}

/// The kinds of records that are compared. Others are in the ledger and have no row of their own, or none that
/// anybody reads as a record.
const KINDS: [&str; 16] = [
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
    "account",
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
        if let Some(place) = record.differs {
            return Err(Doubt::record(
                record.kind,
                &record.name,
                format!("stored otherwise in {place} than in its record"),
            ));
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
