//! The application on its database, from start to end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use qadam_app::accounts::{self, Invitation};
use qadam_app::authentication::watch_token_keys;
use qadam_app::clock::SystemClock;
use qadam_app::database::{self, Durability, Options, StorageError, Store};
use qadam_app::housekeeping;
use qadam_app::ledger::{posted_checkpoints, reading, sequencer};
use qadam_app::notifications;
use qadam_app::organisations::{self, DatedName, NewOrganisation, OrganisationKind};
use qadam_app::random::{Random, SystemRandomness};
use qadam_app::readings;
use qadam_app::settings::Settings;
use qadam_app::statistics;
use qadam_app::{App, AppError};
use qadam_app::{response_clocks, schedule};
use qadam_domain::language::{Language, LanguageMap};
use tokio::task::JoinHandle;

use crate::config::{Configuration, reachable, sqlite_path};
use crate::failure::Failure;
use crate::readiness;
use crate::shutdown::Stop;
use crate::vocabularies;

/// How long a request waits for a statement on PostgreSQL.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open database that was found or made where the configuration says.
pub(crate) async fn open_database(
    configuration: &Configuration,
    durability: Durability,
    migrate: bool,
) -> Result<Store, Failure> {
    open(&options(configuration, durability, migrate)).await
}

/// The same for a register that answers requests: it is brought up to date, keeps nobody waiting for long, and is
/// refused where what is acknowledged could be lost, unless the configuration says that this is meant.
pub(crate) async fn open_to_serve(
    configuration: &Configuration,
    durability: Durability,
) -> Result<Store, Failure> {
    let options = Options { patience: Some(PATIENCE), ..options(configuration, durability, false) };
    let store = open(&options).await?;
    if durability == Durability::Synced {
        // Before anything is written: a database that is refused is left as it was.
        refuse_unsynced(&store).await?;
    }
    database::migrate(&options).await.map_err(not_opened)?;
    Ok(store)
}

/// Refuses a database for which a power cut loses what was acknowledged, and warns of one for which it may.
async fn refuse_unsynced(store: &Store) -> Result<(), Failure> {
    let failed = |error: StorageError| Failure::failed("the database", error);
    let unsynced = store.unsynced_settings().await.map_err(failed)?;
    if !unsynced.is_empty() {
        return Err(refused(&unsynced));
    }
    if let Some(setting) = store.torn_pages_setting().await.map_err(failed)? {
        tracing::warn!(
            setting,
            "a power cut may damage the database, unless it lies on a file system that copies on write"
        );
    }
    Ok(())
}

/// What is wrong with a database for which a power cut loses what was acknowledged, and what to do.
fn refused(unsynced: &[String]) -> Failure {
    let unsynced = unsynced.join(", ");
    Failure::Misused(format!(
        "the database has {unsynced}: a power cut loses what was acknowledged. Turn it on in the settings of \
         PostgreSQL, or say that nothing need be kept: --unsafe-unsynced true, or QADAM_UNSAFE_UNSYNCED=true"
    ))
}

fn options(configuration: &Configuration, durability: Durability, migrate: bool) -> Options {
    Options {
        url: configuration.database_url(),
        durability,
        readers: configuration.database.readers,
        migrate,
        patience: None,
    }
}

async fn open(options: &Options) -> Result<Store, Failure> {
    database::open(options).await.map_err(not_opened)
}

/// The address may hold a password: what fails is named by its setting.
fn not_opened(error: StorageError) -> Failure {
    Failure::failed("the database cannot be opened", error)
}

/// Whether commits are synced, as the configuration says.
pub(crate) fn durability(configuration: &Configuration) -> Durability {
    if configuration.database.unsafe_unsynced { Durability::ThrowAway } else { Durability::Synced }
}

/// Whether the configured database is a file that does not exist: opening it would make an empty one.
pub(crate) fn is_missing_file(configuration: &Configuration) -> bool {
    sqlite_path(&configuration.database_url()).is_some_and(|path| !path.exists())
}

/// Makes the data directory, where nobody else may look: the keys lie in it.
pub(crate) fn make_data_directory(configuration: &Configuration) -> Result<(), Failure> {
    let directory = &configuration.data_dir;
    if directory.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(directory)
        .map_err(|error| Failure::Misused(format!("data_dir: cannot make {}: {error}", directory.display())))
}

/// A register at work: the application, and the tasks that admit its ledger's entries, remove what has ended, tell
/// accounts what happened, record how silence escalates, post the day's checkpoint, watch the keys of tokens, and read what
/// is counted.
#[derive(Debug)]
pub(crate) struct Register {
    app: Arc<App>,
    tasks: [JoinHandle<()>; 8],
}

impl Register {
    /// Starts the application on an open database with everything that it needs from the first moment: its host
    /// and its vocabularies.
    pub(crate) async fn start(store: Store, settings: Settings) -> Result<Self, Failure> {
        Self::start_with(store, settings, Arc::new(SystemRandomness)).await
    }

    /// The same with identifiers and salts from another source than the system's.
    pub(crate) async fn start_with(
        store: Store,
        settings: Settings,
        random: Arc<dyn Random>,
    ) -> Result<Self, Failure> {
        if !settings.checkpoint_keepers.is_empty() && settings.mail.is_none() {
            return Err(Failure::Misused("mail.checkpoints_to needs mail.url".to_owned()));
        }
        let app = App::start(store, settings, Arc::new(SystemClock), random)
            .await
            .map_err(|error| Failure::failed("cannot start", explained(&error)))?;
        let app = Arc::new(app);
        let tasks = [
            tokio::spawn(sequencer::run(Arc::clone(&app))),
            tokio::spawn(housekeeping::run(Arc::clone(&app))),
            tokio::spawn(notifications::run(Arc::clone(&app))),
            tokio::spawn(schedule::run(Arc::clone(&app))),
            tokio::spawn(readings::run(Arc::clone(&app))),
            tokio::spawn(posted_checkpoints::run(Arc::clone(&app))),
            tokio::spawn(watch_token_keys(Arc::clone(&app))),
            tokio::spawn(prepare_counts(Arc::clone(&app))),
        ];
        Ok(Self { app, tasks })
    }

    /// The application.
    pub(crate) const fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Everything that is served.
    pub(crate) fn router(&self, stop: Stop) -> Router {
        let random = Arc::new(SystemRandomness);
        let pages = qadam_web::router(Arc::clone(&self.app));
        let router = qadam_api::router_to_serve(Arc::clone(&self.app), random, pages);
        readiness::until_stopped(router, stop)
    }

    /// Makes what an empty register lacks: vocabularies, and the organisation that hosts it.
    pub(crate) async fn furnish(&self) -> Result<(), Failure> {
        let failed = |error: AppError| Failure::failed("cannot prepare the database", explained(&error));
        vocabularies::install(&self.app).await?;
        if self.app.directory().host().is_none() {
            let host = host(&self.app.settings().host);
            organisations::provision(&self.app, vec![host]).await.map_err(failed)?;
        }
        Ok(())
    }

    /// The link for the first administrator, where there is no account yet.
    pub(crate) async fn first_link(&self) -> Result<Option<Invitation>, Failure> {
        let failed = |error: AppError| Failure::failed("no first administrator was made", explained(&error));
        if accounts::any_exists(&self.app).await.map_err(failed)? {
            return Ok(None);
        }
        let email = first_address(&self.app.settings().public_url);
        let made = accounts::create_first_admin(&self.app, &email, "Administrator", Language::English).await;
        made.map(Some).map_err(failed)
    }

    /// Records how far waits are, and waits until all open entries are in the tree.
    pub(crate) async fn settle(&self) -> Result<(), Failure> {
        let failed =
            |error: AppError| Failure::failed("the ledger does not admit its entries", explained(&error));
        response_clocks::advance(&self.app).await.map_err(failed)?;
        while !reading::is_settled(&self.app).await.map_err(failed)? {
            sequencer::admit_due(&self.app).await.map_err(failed)?;
        }
        Ok(())
    }

    /// Ends: admits what was written last, and closes the database.
    pub(crate) async fn close(self) -> Result<(), Failure> {
        for task in self.tasks {
            task.abort();
            // It was told to end, and is waited for because it holds the application.
            let _aborted = task.await;
        }
        if let Err(error) = sequencer::admit_due(&self.app).await {
            tracing::warn!(%error, "the last entries were not admitted to the ledger; the next start does it");
        }
        if let Err(error) = readings::write_down(&self.app).await {
            tracing::warn!(%error, "who read what is not public in the last second was not written down");
        }
        match Arc::into_inner(self.app) {
            Some(app) => {
                app.close().await.map_err(|error| Failure::failed("the database did not close", error))
            }
            // A request that was cut still holds it; its connection ends with the program.
            None => Ok(()),
        }
    }
}

/// Reads what is counted while nobody waits for it yet.
async fn prepare_counts(app: Arc<App>) {
    if let Err(error) = statistics::prepare(&app).await {
        tracing::warn!(%error, "what is counted was not read; whoever asks first waits for it");
    }
}

/// An error with the fields that it is about: its own words count them and do not name them.
pub(crate) fn explained(error: &AppError) -> String {
    match error {
        AppError::Invalid(fields) => {
            let fields = fields.iter().map(|field| format!("{} {}", field.pointer, field.code.as_str()));
            fields.collect::<Vec<_>>().join(", ")
        }
        error => error.to_string(),
    }
}

/// The organisation that hosts the register, of which only the code is known yet.
fn host(code: &str) -> NewOrganisation {
    let name =
        LanguageMap { kk: Some(code.to_owned()), ru: Some(code.to_owned()), en: Some(code.to_owned()) };
    NewOrganisation {
        code: code.to_owned(),
        kind: OrganisationKind::StateBody,
        names: vec![DatedName { name, from: None, until: None }],
        aliases: Vec::new(),
        parent: None,
        by_agreement: false,
        active: true,
    }
}

/// The address of the first administrator: on the host that the register is reached by.
fn first_address(public_url: &str) -> String {
    let authority = public_url.split("://").last().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default();
    let named = host.contains(|character: char| character.is_ascii_alphabetic()) && !host.starts_with('[');
    format!("admin@{}", if named { host } else { "localhost" })
}

/// Where the register says that it is reached.
pub(crate) fn announced(listening: SocketAddr) -> String {
    format!("http://{}", reachable(listening))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_administrator_is_at_the_host_of_the_register() {
        for (url, address) in [
            ("https://register.example", "admin@register.example"),
            ("https://register.example:8443", "admin@register.example"),
            ("http://127.0.0.1:8080", "admin@localhost"),
            ("http://[::1]:8080", "admin@localhost"),
        ] {
            assert_eq!(first_address(url), address);
        }
    }
}
