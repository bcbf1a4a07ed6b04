//! The application: what every use case needs.

use std::sync::Arc;

use arc_swap::ArcSwap;
use chrono::NaiveDate;
use qadam_domain::calendar::Timestamp;
use qadam_ledger::{KeyName, Signer};
use qadam_openid::Provider;
use qadam_storage::files::FileStore;
use qadam_storage::{Store, settings as stored};

use crate::authentication::{Passwords, Terms};
use crate::clock::{Clock, local_day};
use crate::directory::Directory;
use crate::error::AppError;
use crate::items::Turns;
use crate::keys::{KeyFiles, Keys, Use};
use crate::ledger::day_checkpoint::Remembered;
use crate::ledger::signing_keys;
use crate::letters::Letters;
use crate::memory::Memory;
use crate::random::Random;
use crate::readings::Heard;
use crate::sealing::Sealer;
use crate::sealing_keys;
use crate::settings::Settings;
use crate::statistics::Kept;
use crate::throttling::Throttling;
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
    pub(crate) tokens: ArcSwap<Terms>,
    pub(crate) signer: Signer,
    pub(crate) sealer: Sealer,
    pub(crate) passwords: Passwords,
    pub(crate) sequencer: tokio::sync::Notify,
    pub(crate) day_checkpoint: Remembered,
    pub(crate) counted: Kept,
    /// On the heap, for starting holds the application more than once.
    pub(crate) heard: Box<Heard>,
    pub(crate) files: FileStore,
    pub(crate) turns: Turns,
    pub(crate) throttling: Throttling,
    pub(crate) letters: Letters,
    pub(crate) provider: Option<Provider>,
    memory: Memory,
}

impl App {
    /// Starts the application on an open database.
    pub async fn start(
        store: Store,
        settings: Settings,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, AppError> {
        let files =
            FileStore::open(&settings.file_place()).map_err(|error| AppError::Internal(error.to_string()))?;
        let at_once = settings.files.at_once;
        let usage = usage_of(&store).await?;
        let keys = Keys::load_or_create(&KeyFiles::of(&settings), usage, random.as_ref())?;
        let origin = origin(&store, &settings).await?;
        let signer = Signer::new(origin, keys.ledger);
        signing_keys::adopt(&store, signer.verifier()).await?;
        let sealer = Sealer::new(&keys.sealing);
        sealing_keys::adopt(&store, &sealer).await?;
        let memory = Memory::load(&store, &settings.host, clock.now()).await?;
        let throttling = Throttling::new(settings.throttling, random.as_ref());
        let letters = Letters::open(settings.mail.as_ref())?;
        let provider = provider(&settings)?;
        Ok(Self {
            throttling,
            letters,
            provider,
            sealer,
            passwords: Passwords::new(&settings.authentication)?,
            tokens: ArcSwap::from_pointee(Terms::new(
                keys.tokens,
                &settings.public_url,
                settings.authentication.access_token_seconds,
            )?),
            signer,
            store,
            clock,
            random,
            settings,
            sequencer: tokio::sync::Notify::new(),
            day_checkpoint: Remembered::default(),
            counted: Kept::default(),
            heard: Box::default(),
            files,
            turns: Turns::new(at_once),
            memory,
        })
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Some seconds from now.
    pub(crate) fn after(&self, seconds: i64) -> Timestamp {
        Timestamp(self.now().0.saturating_add(seconds.saturating_mul(1_000)))
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
        self.memory.directory()
    }

    /// The vocabularies as they are now.
    pub fn vocabularies(&self) -> Arc<Vocabularies> {
        self.memory.vocabularies()
    }

    /// Whether the database answers and has the newest schema.
    pub async fn ready(&self) -> Result<(), AppError> {
        self.store.ping().await?;
        match self.store.pending_migrations().await? {
            0 => Ok(()),
            _ => Err(crate::error::Code::Unavailable.into()),
        }
    }

    /// Takes into memory what was changed up to a ledger position that was read in the database, or up to this
    /// node's last write.
    pub(crate) async fn catch_up(&self, newest: i64) -> Result<(), AppError> {
        self.memory.catch_up(&self.store, newest).await
    }

    /// Takes into memory what this node wrote, for who goes on with it in the same request.
    pub(crate) async fn catch_up_with_own_writes(&self) -> Result<(), AppError> {
        self.catch_up(self.store.newest_public_written()).await
    }

    /// The newest ledger position the public can see.
    pub(crate) async fn newest_public(&self) -> Result<i64, AppError> {
        self.memory.newest_public(&self.store, self.now()).await
    }

    /// Notes that a write was committed: the sequencer has work.
    pub(crate) fn committed(&self) {
        self.sequencer.notify_one();
    }

    /// Closes the database after the last write.
    pub async fn close(self) -> Result<(), AppError> {
        Ok(self.store.close().await?)
    }
}

/// The provider of identities. It is asked nothing yet: a register starts while its provider is down.
fn provider(settings: &Settings) -> Result<Option<Provider>, AppError> {
    let named = settings.openid.as_ref().map(|openid| Provider::new(openid.provider(&settings.public_url)));
    named.transpose().map_err(|error| AppError::Internal(format!("provider of identities: {error}")))
}

/// Whether a register was served from the database before: its ledger has a key then.
async fn usage_of(store: &Store) -> Result<Use, AppError> {
    let keys = signing_keys::keys_of(store).await?;
    Ok(if keys.is_empty() { Use::First } else { Use::Goes })
}

/// The ledger's name: fixed at first start, from the settings or from the public address.
async fn origin(store: &Store, settings: &Settings) -> Result<KeyName, AppError> {
    let kept = stored::get(&store.read(), ORIGIN).await?;
    let name = if let Some(kept) = kept { kept } else { fix_origin(store, settings).await? };
    KeyName::new(&name).map_err(|error| AppError::Internal(format!("ledger origin {name:?}: {error}")))
}

/// Chooses the ledger's name and keeps it. Of two nodes that start at once the first one chooses.
async fn fix_origin(store: &Store, settings: &Settings) -> Result<String, AppError> {
    let host = settings.public_url.split("://").last().unwrap_or_default();
    let name = settings.ledger_origin.clone().unwrap_or_else(|| format!("{host}/ledger"));
    store
        .write(move |tx| {
            Box::pin(async move {
                if let Some(kept) = stored::get(tx, ORIGIN).await? {
                    return Ok(kept);
                }
                stored::set(tx, ORIGIN, &name).await?;
                Ok(name)
            })
        })
        .await
        .map_err(|error: qadam_storage::StorageError| AppError::from(error))
}
