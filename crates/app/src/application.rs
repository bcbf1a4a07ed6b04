//! The application: what every use case needs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use arc_swap::ArcSwap;
use chrono::NaiveDate;
use qadam_domain::calendar::Timestamp;
use qadam_domain::levels::Level;
use qadam_ledger::{KeyName, Signer};
use qadam_storage::{
    Store, ledger as stored_ledger, organisations as stored_organisations, settings as stored,
};

use crate::ledger::signing_keys;
use crate::memory::Memory;
use crate::authentication::Passwords;
use crate::clock::{Clock, local_day};
use crate::directory::Directory;
use crate::error::AppError;
use crate::keys::{KeyFiles, Keys};
use crate::random::Random;
use crate::sealing::Sealer;
use crate::settings::Settings;
use crate::vocabularies::Vocabularies;

/// The setting that keeps the ledger's name.
pub(crate) const ORIGIN: &str = "ledger_origin";

/// Everything a use case needs. One for each running program.
#[derive(Debug)]
pub struct App {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) settings: Settings,
    pub(crate) token_key: qadam_ledger::SigningKey,
    pub(crate) signer: Signer,
    pub(crate) sealer: Sealer,
    pub(crate) passwords: Passwords,
    pub(crate) sequencer: tokio::sync::Notify,
    directory: ArcSwap<Directory>,
    vocabularies: ArcSwap<Vocabularies>,
    newest_public: AtomicI64,
    newest_public_read_at: AtomicI64,
}

/// How old a node's knowledge of other nodes' writes may be when it answers the public, in milliseconds.
const PUBLIC_STALENESS: i64 = 100;

impl App {
    /// Starts the application on an open database.
    pub async fn start(
        store: Store,
        settings: Settings,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, AppError> {
        let keys = Keys::load_or_create(&KeyFiles::of(&settings), random.as_ref())?;
        let origin = origin(&store, &settings).await?;
        let signer = Signer::new(origin, keys.ledger);
        signing_keys::adopt(&store, signer.verifier()).await?;
        let memory = Memory::load(&store, &settings.host, clock.now()).await?;
        Ok(Self {
            sealer: Sealer::new(&keys.sealing),
            passwords: Passwords::new(&settings.authentication)?,
            token_key: keys.token,
            signer,
            store,
            clock,
            random,
            settings,
            sequencer: tokio::sync::Notify::new(),
            directory: ArcSwap::from_pointee(directory),
            vocabularies: ArcSwap::from_pointee(vocabularies),
            newest_public: AtomicI64::new(newest_public),
            newest_public_read_at: AtomicI64::new(now.0),
        })
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The local day in the platform's time zone.
    pub fn today(&self) -> NaiveDate {
        local_day(self.now(), self.settings.time_zone)
    }

    /// The settings.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The organisations as they are now.
    pub fn directory(&self) -> Arc<Directory> {
        self.directory.load_full()
    }

    /// The vocabularies as they are now.
    pub fn vocabularies(&self) -> Arc<Vocabularies> {
        self.vocabularies.load_full()
    }

    /// Whether the database answers and has the newest schema.
    pub async fn ready(&self) -> Result<(), AppError> {
        self.store.ping().await?;
        match self.store.pending_migrations().await? {
            0 => Ok(()),
            _ => Err(crate::error::Code::Unavailable.into()),
        }
    }

    /// Reads the organisations anew, after one changed.
    pub(crate) async fn reload_directory(&self) -> Result<(), AppError> {
        let organisations = stored_organisations::all(&self.store.read()).await?;
        self.directory.store(Arc::new(Directory::new(organisations, &self.settings.host)));
        Ok(())
    }

    /// Reads the vocabularies anew, after one changed.
    pub(crate) async fn reload_vocabularies(&self) -> Result<(), AppError> {
        self.vocabularies.store(Arc::new(Vocabularies::load(&self.store.read()).await?));
        Ok(())
    }

    /// Notes that a write was committed: the public's newest position moves, and the sequencer has work.
    pub(crate) async fn committed(&self) {
        // The newest position is read anew before the write is answered, so that a reader sees its own writes.
        if let Err(error) = self.read_newest_public().await {
            tracing::warn!(%error, "newest public position not read");
            self.newest_public_read_at.store(0, Ordering::SeqCst);
        }
        self.sequencer.notify_one();
    }

    /// The newest ledger position the public can see.
    pub(crate) async fn newest_public(&self) -> Result<i64, AppError> {
        let age = self.now().0 - self.newest_public_read_at.load(Ordering::Acquire);
        if self.store.is_shared() && !(0..PUBLIC_STALENESS).contains(&age) {
            self.read_newest_public().await?;
        }
        Ok(self.newest_public.load(Ordering::Acquire))
    }

    async fn read_newest_public(&self) -> Result<(), AppError> {
        let newest = stored_ledger::newest_position(&self.store.read(), Level::Public).await?;
        self.newest_public.fetch_max(newest, Ordering::AcqRel);
        self.newest_public_read_at.store(self.now().0, Ordering::Release);
        Ok(())
    }

    /// Closes the database after the last write.
    pub async fn close(self) -> Result<(), AppError> {
        Ok(self.store.close().await?)
    }
}

/// The ledger's name: fixed at first start, from the settings or from the public address.
async fn origin(store: &Store, settings: &Settings) -> Result<KeyName, AppError> {
    let kept = stored::get(&store.read(), ORIGIN).await?;
    let name = if let Some(kept) = kept { kept } else { fix_origin(store, settings).await? };
    KeyName::new(&name).map_err(|error| AppError::Internal(format!("ledger origin {name:?}: {error}")))
}

/// Chooses the ledger's name and keeps it.
async fn fix_origin(store: &Store, settings: &Settings) -> Result<String, AppError> {
    let host = settings.public_url.split("://").last().unwrap_or_default();
    let name = settings.ledger_origin.clone().unwrap_or_else(|| format!("{host}/ledger"));
    let value = name.clone();
    store
        .write(move |tx| Box::pin(async move { stored::set(tx, ORIGIN, &value).await }))
        .await
        .map_err(|error: qadam_storage::StorageError| AppError::from(error))?;
    Ok(name)
}
