//! What a check of the whole database reads: the ledger as it lies in the tables, and every record as it is now.
//!
//! Not for requests: nothing here asks who may see what.

mod all_records;
mod files;

use std::collections::HashSet;

use qadam_domain::ids::{ContributionId, ItemId, ReportingRoundId};
use qadam_domain::items::contributions::Contribution;
use qadam_domain::items::{Item, Status};
use qadam_domain::levels::Level;
use qadam_domain::meetings::Meeting;
use qadam_domain::reporting_rounds::{Asked, ReportingRound};
use qadam_ledger::{Digest, Node};
use qadam_storage::items::{Audited, StatusChange};
pub use qadam_storage::ledger::AuditedEntry;
use qadam_storage::{
    Reader, Store, accounts, items, ledger as stored, meetings as stored_meetings, organisations,
    reporting_rounds as stored_rounds, vocabularies,
};
use serde_json::Value;

use crate::accounts::account_record;
use crate::directory::Directory;
use crate::error::AppError;
use crate::items::contribution_record;
use crate::items::record::{contribution_filing_record, filing_record, text_record};
use crate::ledger::{CONTRIBUTION_FILING, FLOORS, item_levels};
use crate::meetings::{self, items_of};
use crate::reporting_rounds::{self, REPORTING_ROUND, Whole};

pub use all_records::RecordPlace;
pub use files::FilesFound;

/// How many nodes are asked for at once: SQLite's expressions are at most 1,000 deep.
const NODES_AT_ONCE: usize = 200;

/// A database under examination.
#[derive(Debug)]
pub struct Audit {
    reader: Reader,
    directory: Directory,
}

/// A record as it is now.
#[derive(Debug, Clone)]
pub struct CurrentRecord {
    /// The kind of record.
    pub kind: &'static str,
    /// Its identifier.
    pub id: String,
    /// What people know it by.
    pub name: String,
    /// The level whose readers see it so; `None` for a record that is the same for all its readers.
    pub at: Option<Level>,
    /// What it says.
    pub value: Value,
    /// The column or table, of those that repeat what the record says, that says something else.
    pub differs: Option<&'static str>,
}

/// A page of records, and where the next one begins.
#[derive(Debug, Clone)]
pub struct RecordPage<C> {
    /// The records.
    pub records: Vec<CurrentRecord>,
    /// Where the next page begins, if there is one.
    pub next: Option<C>,
}

impl Audit {
    /// Begins. The tables are read as they are: the schema must be the newest.
    pub async fn begin(store: &Store) -> Result<Self, AppError> {
        let reader = store.read();
        // Which organisation is the host makes no difference to a record.
        let directory = Directory::new(organisations::all(&reader).await?, "");
        Ok(Self { reader, directory })
    }

    /// The newest signed checkpoint.
    pub async fn checkpoint(&self) -> Result<Option<String>, AppError> {
        Ok(stored::checkpoint(&self.reader).await?.map(|(_, note)| note))
    }

    /// Signed checkpoints of sizes after one, by size.
    pub async fn checkpoints(&self, after: Option<u64>, limit: u64) -> Result<Vec<(u64, String)>, AppError> {
        Ok(stored::audited_checkpoints(&self.reader, after, limit).await?)
    }

    /// The status changes that entries after one place and up to another entered.
    pub async fn status_changes(&self, after: i64, until: i64) -> Result<Vec<StatusChange>, AppError> {
        Ok(items::status_changes_at(&self.reader, after, until).await?)
    }

    /// Entries in the tree after a leaf, in order.
    pub async fn leaves(&self, after: Option<u64>, limit: u64) -> Result<Vec<AuditedEntry>, AppError> {
        Ok(stored::audited_leaves(&self.reader, after, limit).await?)
    }

    /// All entries after a place, in order of their places.
    pub async fn entries(&self, after: i64, limit: u64) -> Result<Vec<AuditedEntry>, AppError> {
        Ok(stored::audited_entries(&self.reader, after, limit).await?)
    }

    /// The first of these nodes that is not stored as it should be.
    pub async fn first_wrong_node(&self, nodes: &[Node]) -> Result<Option<Node>, AppError> {
        for chunk in nodes.chunks(NODES_AT_ONCE) {
            let addresses: Vec<_> = chunk.iter().map(|node| node.address).collect();
            let found = stored::nodes(&self.reader, &addresses).await?;
            let is_wrong = |node: &&Node| found.get(&node.address).copied() != Some(node.hash);
            if let Some(wrong) = chunk.iter().find(is_wrong) {
                return Ok(Some(*wrong));
            }
        }
        Ok(None)
    }

    /// Items, and where somebody did who filed them, after an item. Drafts are left out: the ledger does not know them.
    async fn items(&self, after: Option<ItemId>, limit: u64) -> Result<RecordPage<ItemId>, AppError> {
        let page = items::audited_items(&self.reader, after, limit).await?;
        let next = page.last().map(|audited| audited.record.id);
        let submitted = page.iter().filter(|audited| audited.record.status != Status::Draft);
        Ok(RecordPage { records: submitted.flat_map(|audited| self.item(audited)).collect(), next })
    }

    fn item(&self, Audited { record: item, differs }: &Audited<Item>) -> Vec<CurrentRecord> {
        let name = item.reference.map_or_else(|| item.id.to_string(), |reference| reference.to_string());
        let record = |kind, value| CurrentRecord {
            kind,
            id: item.id.to_string(),
            name: name.clone(),
            at: None,
            value: Value::Object(value),
            differs: *differs,
        };
        let mut records = vec![record("item", text_record(&self.directory, item))];
        if !item.filed_by.is_empty() {
            records.push(record("item_filing", filing_record(&self.directory, item)));
        }
        records
    }

    /// What organisations added to items, and where it is hidden who did, after a contribution. What is in no ledger
    /// is left out.
    async fn contributions(
        &self,
        after: Option<ContributionId>,
        limit: u64,
    ) -> Result<RecordPage<ContributionId>, AppError> {
        let page = items::audited_contributions(&self.reader, after, limit).await?;
        let next = page.last().map(|audited| audited.record.id);
        let entered = page.iter().filter(|audited| audited.record.position > 0);
        Ok(RecordPage { records: entered.flat_map(|one| self.contribution(one)).collect(), next })
    }

    fn contribution(&self, audited: &Audited<Contribution>) -> Vec<CurrentRecord> {
        let contribution = &audited.record;
        let record = |kind, value| CurrentRecord {
            kind,
            id: contribution.id.to_string(),
            name: contribution.id.to_string(),
            at: None,
            value,
            differs: audited.differs,
        };
        let said = Value::Object(contribution_record(&self.directory, contribution));
        let mut records = vec![record(contribution.content.kind().code(), said)];
        if contribution.hides_author() {
            let author = contribution_filing_record(&self.directory, contribution);
            records.push(record(CONTRIBUTION_FILING, author));
        }
        records
    }

    /// Meetings as the readers of each level see them, after a meeting.
    async fn meetings(
        &self,
        after: Option<stored_meetings::Cursor>,
        limit: u64,
    ) -> Result<RecordPage<stored_meetings::Cursor>, AppError> {
        let page = stored_meetings::Page { limit, after, before: None };
        let mut rows =
            stored_meetings::list(&self.reader, &stored_meetings::Filter::default(), &page).await?;
        let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if more {
            rows.pop();
        }
        let mut records = Vec::with_capacity(rows.len() * 3);
        for (meeting, _) in &rows {
            records.extend(self.meeting(meeting).await?);
        }
        Ok(RecordPage { records, next: rows.pop().map(|(_, cursor)| cursor).filter(|_| more) })
    }

    async fn meeting(&self, meeting: &Meeting) -> Result<Vec<CurrentRecord>, AppError> {
        let levels = item_levels(&self.reader, &items_of(meeting)).await?;
        let at = |floor: Level| CurrentRecord {
            kind: "meeting",
            id: meeting.id.to_string(),
            name: meeting.code.clone(),
            at: Some(floor),
            value: Value::Object(meetings::record_at(&self.directory, meeting, &levels, floor)),
            differs: None,
        };
        Ok(FLOORS.map(at).into())
    }

    /// Reporting rounds as the readers of each level see them, after a round.
    pub async fn reporting_rounds(
        &self,
        after: Option<ReportingRoundId>,
        limit: u64,
    ) -> Result<RecordPage<ReportingRoundId>, AppError> {
        let page = stored_rounds::every(&self.reader, after, limit).await?;
        let next = page.last().map(|round| round.id);
        let mut records = Vec::with_capacity(page.len() * 3);
        for round in &page {
            records.extend(self.reporting_round(round).await?);
        }
        Ok(RecordPage { records, next })
    }

    async fn reporting_round(&self, round: &ReportingRound) -> Result<Vec<CurrentRecord>, AppError> {
        let rows = stored_rounds::asked_in(&self.reader, round.id).await?;
        let asked: Vec<Asked> = rows.into_iter().map(|row| row.asked).collect();
        let items: HashSet<ItemId> = asked.iter().map(|one| one.item).collect();
        let levels = item_levels(&self.reader, &items).await?;
        let whole = Whole { round, asked: &asked };
        let at = |floor: Level| CurrentRecord {
            kind: REPORTING_ROUND,
            id: round.id.to_string(),
            name: round.id.to_string(),
            at: Some(floor),
            value: Value::Object(reporting_rounds::record_at(&self.directory, whole, &levels, floor)),
            differs: None,
        };
        Ok(FLOORS.map(at).into())
    }

    /// What accounts may do and for whom, after an account in the order of their addresses.
    async fn accounts(
        &self,
        after: Option<accounts::Place>,
        limit: u64,
    ) -> Result<RecordPage<accounts::Place>, AppError> {
        let page = accounts::Page { limit, after, before: None };
        let mut rows = accounts::list(&self.reader, page).await?;
        let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if more {
            rows.pop();
        }
        let record = |account: &accounts::Account| CurrentRecord {
            kind: "account",
            id: account.id.to_string(),
            name: account.id.to_string(),
            at: None,
            value: Value::Object(account_record(&self.directory, account)),
            differs: None,
        };
        let records = rows.iter().map(|(account, _)| record(account)).collect();
        Ok(RecordPage { records, next: rows.pop().map(|(_, place)| place).filter(|_| more) })
    }

    /// All organisations and all terms of the vocabularies.
    async fn lists(&self) -> Result<Vec<CurrentRecord>, AppError> {
        let organisations = self.directory.all().into_iter().map(|organisation| CurrentRecord {
            kind: "organisation",
            id: organisation.id.to_string(),
            name: organisation.code.clone(),
            at: None,
            value: Value::Object(crate::organisations::record(&self.directory, organisation)),
            differs: None,
        });
        let terms = vocabularies::all(&self.reader).await?.into_iter().map(|term| {
            let id = format!("{}/{}", term.vocabulary, term.code);
            let value = Value::Object(crate::vocabularies::term_record(&term));
            CurrentRecord { kind: "vocabulary_term", name: id.clone(), id, at: None, value, differs: None }
        });
        Ok(organisations.chain(terms).collect())
    }
}

/// The digest in an entry's row, where it is one.
pub fn digest(entry: &AuditedEntry) -> Option<Digest> {
    <[u8; 32]>::try_from(entry.digest.as_slice()).ok().map(Digest::from_bytes)
}
