//! The rows that a node keeps in memory, and how they stay true while it and other nodes write.
//!
//! Every change of an item that is no draft is an entry in the ledger about that item, and positions are in the order
//! of commits. Up to one position everything is in the rows; where the ledger is further, the items that the entries
//! in between are about are read anew, and nothing else. Where the newest position comes from is as for
//! [`crate::memory`]: the writer tells of this node's writes; where others write too, an account's question brings it
//! along with its session, and the public's read it at most every [`STALENESS`].

use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{PoisonError, RwLock};

use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::ItemId;
use qadam_domain::statistics::{Counted, Names, Rows, TooMany};
use qadam_storage::{Reader, Store, items as stored, ledger, news};
use tokio::sync::Mutex;

use crate::error::AppError;
use crate::memory::STALENESS;

/// How many items are read at once.
const PAGE: u64 = 2_000;

/// Where more items changed than this, all are read anew.
const CHANGED_MAX: usize = 20_000;

/// What is kept.
#[derive(Debug)]
pub(crate) struct Kept {
    rows: RwLock<All>,
    /// Changes up to this position are in the rows; less than 0 before they are read.
    known: AtomicI64,
    /// One at a time: what was read first must not be stored last.
    reading: Mutex<()>,
    newest: AtomicI64,
    newest_read_at: AtomicI64,
}

#[derive(Debug, Default)]
struct All {
    rows: Rows,
    names: Names,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            rows: RwLock::default(),
            known: AtomicI64::new(-1),
            reading: Mutex::new(()),
            newest: AtomicI64::new(0),
            newest_read_at: AtomicI64::new(i64::MIN),
        }
    }
}

impl Kept {
    /// Takes in what was changed, as far as the viewer must know of it. Up to which position that is.
    pub(crate) async fn catch_up(
        &self,
        store: &Store,
        viewer: &Viewer,
        now: Timestamp,
    ) -> Result<i64, AppError> {
        let newest = self.newest(store, viewer, now).await?;
        let known = self.known.load(Ordering::Acquire);
        if known >= newest.max(0) {
            return Ok(known);
        }
        let _turn = self.reading.lock().await;
        let known = self.known.load(Ordering::Acquire);
        if known >= newest.max(0) {
            return Ok(known);
        }
        let reader = store.read();
        let changed =
            if known < 0 { Vec::new() } else { news::items_between(&reader, (known, newest)).await? };
        let newest = if known < 0 || changed.len() > CHANGED_MAX {
            self.read_all(&reader).await?
        } else {
            self.read_changed(&reader, &changed).await?;
            newest
        };
        // Last: who fails or is dropped before leaves it to the next.
        self.known.store(newest, Ordering::Release);
        Ok(newest)
    }

    /// Looks at the rows, and at drafts beside them: at those that were not filed since they were read.
    pub(crate) fn with<T>(
        &self,
        drafts: &[Counted],
        look: impl FnOnce(&[&Rows], &Names) -> T,
    ) -> Result<T, AppError> {
        let drafts = if drafts.is_empty() {
            Rows::default()
        } else {
            let mut all = self.rows.write().unwrap_or_else(PoisonError::into_inner);
            let All { rows, names } = &mut *all;
            let mut of_drafts = Rows::default();
            for draft in drafts.iter().filter(|draft| !rows.contains(draft.id)) {
                of_drafts.put(draft, names)?;
            }
            of_drafts
        };
        let all = self.rows.read().unwrap_or_else(PoisonError::into_inner);
        Ok(look(&[&all.rows, &drafts], &all.names))
    }

    /// Notes a position that was read in the database: whoever asks from now on must know of what is up to it.
    pub(crate) fn hear_of(&self, newest: i64) {
        self.newest.fetch_max(newest, Ordering::AcqRel);
    }

    /// The newest position that the viewer must know of. An account's was heard of when its session was read.
    async fn newest(&self, store: &Store, viewer: &Viewer, now: Timestamp) -> Result<i64, AppError> {
        let written = store.newest_written();
        if !store.is_shared() {
            return Ok(written);
        }
        let age = now.0.saturating_sub(self.newest_read_at.load(Ordering::Acquire));
        if viewer.actor().is_none() && !(0..STALENESS).contains(&age) {
            let read = ledger::last_position(&store.read()).await?;
            self.hear_of(read);
            self.newest_read_at.store(now.0, Ordering::Release);
        }
        Ok(self.newest.load(Ordering::Acquire).max(written))
    }

    /// Reads every item. Up to which position what was read is true.
    async fn read_all(&self, reader: &Reader) -> Result<i64, AppError> {
        // Read first: what changes from here on is noticed.
        let newest = ledger::last_position(reader).await?;
        let mut all = All::default();
        let mut after = None;
        loop {
            let page = stored::counted_after(reader, after, PAGE).await?;
            for item in &page {
                all.rows.put(item, &mut all.names)?;
            }
            let more = u64::try_from(page.len()).is_ok_and(|count| count == PAGE);
            after = page.last().map(|item| item.id).filter(|_| more);
            if after.is_none() {
                break;
            }
        }
        all.rows.shrink();
        tracing::debug!(items = all.rows.count(), bytes = all.rows.bytes(), "what is counted was read");
        *self.rows.write().unwrap_or_else(PoisonError::into_inner) = all;
        Ok(newest)
    }

    /// Reads what changed.
    async fn read_changed(&self, reader: &Reader, changed: &[ItemId]) -> Result<(), AppError> {
        if changed.is_empty() {
            return Ok(());
        }
        let items = stored::counted(reader, changed).await?;
        let there: HashSet<ItemId> = items.iter().map(|item| item.id).collect();
        let mut all = self.rows.write().unwrap_or_else(PoisonError::into_inner);
        let All { rows, names } = &mut *all;
        for gone in changed.iter().filter(|id| !there.contains(id)) {
            rows.remove(*gone);
        }
        for item in &items {
            rows.put(item, names)?;
        }
        Ok(())
    }
}

impl From<TooMany> for AppError {
    fn from(error: TooMany) -> Self {
        Self::Internal(error.to_string())
    }
}
