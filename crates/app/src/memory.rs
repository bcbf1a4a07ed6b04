//! What a node keeps of the database in memory, and how it stays true while it and other nodes write.
//!
//! Organisations and vocabularies are few and named by nearly every answer; the newest position the public can see
//! decides whether a question of the public needs an answer at all. Every change of the first two is an entry in
//! the ledger that the public can see, and positions are in the order of commits. So one number tells whether
//! memory is behind: where it has not moved, nothing has changed, and where it has, one short look at the entries
//! in between says whether there is anything to read anew. Nobody has to say after a write that memory is old: a
//! request that is dropped between commit and answer leaves nothing behind, for the next one finds the number moved.
//!
//! Where the number comes from: the writer moves it with each commit of this node. Of what others wrote, a signed
//! request brings it along with its session, in one statement, and therefore sees whatever any node acknowledged
//! before it; the public's questions read it at most every [`STALENESS`]. Where there are no other nodes, nothing is
//! read, and instead of the look the writer's second number says whether what is kept was changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use arc_swap::ArcSwap;
use qadam_domain::calendar::Timestamp;
use qadam_domain::levels::Level;
use qadam_storage::{Store, ledger as stored_ledger, news, organisations as stored_organisations};
use tokio::sync::Mutex;

use crate::directory::Directory;
use crate::error::AppError;
use crate::vocabularies::Vocabularies;

/// How old a node's knowledge of other nodes' writes may be when it answers the public, in milliseconds.
pub(crate) const STALENESS: i64 = 100;

/// What is kept of the database.
#[derive(Debug)]
pub(crate) struct Memory {
    host: String,
    directory: ArcSwap<Directory>,
    vocabularies: ArcSwap<Vocabularies>,
    /// Changes up to this position are in memory.
    known: AtomicI64,
    /// One at a time: what was read first must not be stored last.
    reading: Mutex<()>,
    newest_public: AtomicI64,
    newest_public_read_at: AtomicI64,
}

impl Memory {
    /// Reads what is kept. `host` is the code of the organisation that hosts the platform.
    pub(crate) async fn load(store: &Store, host: &str, now: Timestamp) -> Result<Self, AppError> {
        let reader = store.read();
        // Read first: what changes from here on is noticed.
        let newest = stored_ledger::newest_position(&reader, Level::Public).await?;
        let directory = Directory::new(stored_organisations::all(&reader).await?, host);
        let vocabularies = Vocabularies::load(&reader).await?;
        Ok(Self {
            host: host.to_owned(),
            directory: ArcSwap::from_pointee(directory),
            vocabularies: ArcSwap::from_pointee(vocabularies),
            known: AtomicI64::new(newest),
            reading: Mutex::new(()),
            newest_public: AtomicI64::new(newest),
            newest_public_read_at: AtomicI64::new(now.0),
        })
    }

    /// The organisations.
    pub(crate) fn directory(&self) -> Arc<Directory> {
        self.directory.load_full()
    }

    /// The vocabularies.
    pub(crate) fn vocabularies(&self) -> Arc<Vocabularies> {
        self.vocabularies.load_full()
    }

    /// Takes in what was changed up to a position that was read in the database, or up to this node's last write.
    pub(crate) async fn catch_up(&self, store: &Store, newest: i64) -> Result<(), AppError> {
        let written = store.newest_public_written();
        // Where nobody else writes, what was read may be ahead of what the writer has told of it.
        let newest = if store.is_shared() { newest.max(written) } else { written };
        if newest <= self.known.load(Ordering::Acquire) {
            return Ok(());
        }
        let _turn = self.reading.lock().await;
        let known = self.known.load(Ordering::Acquire);
        if newest <= known {
            return Ok(());
        }
        let own = store.newest_kept_written() > known;
        if own || (store.is_shared() && news::concern_memory(&store.read(), (known, newest)).await?) {
            self.read_directory(store).await?;
            self.read_vocabularies(store).await?;
        }
        // Last: who fails or is dropped before leaves it to the next.
        self.known.store(newest, Ordering::Release);
        Ok(())
    }

    /// The newest ledger position the public can see. What memory holds is at least as new.
    pub(crate) async fn newest_public(&self, store: &Store, now: Timestamp) -> Result<i64, AppError> {
        let age = now.0 - self.newest_public_read_at.load(Ordering::Acquire);
        if store.is_shared() && !(0..STALENESS).contains(&age) {
            self.read_newest_public(store, now).await?;
        }
        let newest = self.newest_public.load(Ordering::Acquire).max(store.newest_public_written());
        self.catch_up(store, newest).await?;
        Ok(newest)
    }

    /// Reads the newest position the public can see. Where that fails, it is read when it is next asked for.
    async fn read_newest_public(&self, store: &Store, now: Timestamp) -> Result<(), AppError> {
        let read = stored_ledger::newest_position(&store.read(), Level::Public).await;
        let newest = read.inspect_err(|_| self.newest_public_read_at.store(0, Ordering::SeqCst))?;
        self.newest_public.fetch_max(newest, Ordering::AcqRel);
        self.newest_public_read_at.store(now.0, Ordering::Release);
        Ok(())
    }

    async fn read_directory(&self, store: &Store) -> Result<(), AppError> {
        let organisations = stored_organisations::all(&store.read()).await?;
        self.directory.store(Arc::new(Directory::new(organisations, &self.host)));
        Ok(())
    }

    async fn read_vocabularies(&self, store: &Store) -> Result<(), AppError> {
        self.vocabularies.store(Arc::new(Vocabularies::load(&store.read()).await?));
        Ok(())
    }
}
