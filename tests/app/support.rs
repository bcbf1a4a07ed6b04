//! An application on a throw-away SQLite file, with a clock that tests move and password hashes that cost nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use qadam_app::accounts::{Account, NewAccount};
use qadam_app::authentication::SignIn;
use qadam_app::authentication::{self, Signed, Tokens};
use qadam_app::clock::Clock;
use qadam_app::keys::KeyFiles;
use qadam_app::organisations::{DatedName, NewOrganisation, OrganisationKind};
use qadam_app::random::SystemRandomness;
use qadam_app::settings::{AuthenticationSettings, Settings};
use qadam_app::throttling::Origin;
use qadam_app::{App, AppError, accounts, organisations};
use qadam_domain::accounts::Role;
use qadam_domain::calendar::Timestamp;
use qadam_domain::language::{Language, LanguageMap};
use qadam_storage::{Durability, Options, Store};
use serde_json::Value;
use sqlx::{Connection, Row};

/// 15 October 2025, 09:00 in UTC.
pub(crate) const BEGINNING: i64 = 1_760_518_800_000;

/// A password that the rules allow.
pub(crate) const PASSWORD: &str = "kumquat saddle orbit";

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub(crate) struct ManualClock(AtomicI64);

impl ManualClock {
    /// Lets time pass.
    pub(crate) fn pass(&self, milliseconds: i64) {
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// What the ledger holds of one change, as it is stored.
#[derive(Debug)]
pub(crate) struct Entered {
    /// What was done.
    pub(crate) action: String,
    /// Type and identifier of the record.
    pub(crate) subject: (String, String),
    /// Rank of the level that may read it: 1 the secretariat, 4 the public.
    pub(crate) level: i64,
    /// Whether its leaf stays closed.
    pub(crate) sealed: bool,
    /// The payload.
    pub(crate) payload: Value,
}

/// A running application.
pub(crate) struct TestApp {
    /// The application.
    pub(crate) app: Arc<App>,
    /// Its clock.
    pub(crate) clock: Arc<ManualClock>,
    directory: tempfile::TempDir,
}

impl TestApp {
    /// Starts on an empty database with four organisations: MFA (the host), GPO, the civil-society organisation
    /// NGO-A, and OSCE.
    pub(crate) async fn start() -> Self {
        Self::start_with(|_settings| {}).await
    }

    /// Starts with settings that differ.
    pub(crate) async fn start_with(adjust: impl FnOnce(&mut Settings)) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock(AtomicI64::new(BEGINNING)));
        let app = open(&directory, &clock, adjust).await.unwrap();
        let test = Self { app, clock, directory };
        let organisations = [
            organisation("MFA", OrganisationKind::StateBody, "Ministry of Foreign Affairs"),
            organisation("GPO", OrganisationKind::StateBody, "General Prosecutor’s Office"),
            organisation("NGO-A", OrganisationKind::CivilSociety, "First Organisation"),
            organisation("OSCE", OrganisationKind::International, "International Organisation"),
        ];
        organisations::provision(&test.app, organisations.to_vec()).await.unwrap();
        test
    }

    /// The same database opened by a second node or after a restart.
    pub(crate) async fn open_again(&self, adjust: impl FnOnce(&mut Settings)) -> Arc<App> {
        self.try_open(adjust).await.unwrap()
    }

    /// The same, where it may be refused.
    pub(crate) async fn try_open(&self, adjust: impl FnOnce(&mut Settings)) -> Result<Arc<App>, AppError> {
        open(&self.directory, &self.clock, adjust).await
    }

    /// The same after a restart.
    pub(crate) async fn restarted(self) -> Self {
        let app = self.open_again(|_| {}).await;
        Self { app, ..self }
    }

    /// Where its keys lie.
    pub(crate) fn key_files(&self) -> KeyFiles {
        KeyFiles::of(self.app.settings())
    }

    /// Its database as a command opens it.
    pub(crate) async fn store(&self) -> Store {
        Store::open(&options(&self.directory)).await.unwrap()
    }

    /// An account that waits for its link, and the link's token. The address is the name at example.org.
    pub(crate) async fn invite(&self, name: &str, organisation: &str, role: Role) -> (Account, String) {
        let new = new_account(name, organisation, role);
        let invitation = accounts::provision(&self.app, new).await.unwrap();
        (invitation.account, invitation.token)
    }

    /// An account with [`PASSWORD`].
    pub(crate) async fn account(&self, name: &str, organisation: &str, role: Role) -> Account {
        let (_, token) = self.invite(name, organisation, role).await;
        authentication::set_password_by_link(&self.app, &Origin::default(), &token, PASSWORD).await.unwrap()
    }

    /// New tokens for an account with [`PASSWORD`].
    pub(crate) async fn sign_in(&self, name: &str) -> Tokens {
        authentication::sign_in(&self.app, &Origin::default(), SignIn::new(&address(name), PASSWORD))
            .await
            .unwrap()
    }

    /// An account that is signed in.
    pub(crate) async fn signed(&self, name: &str, organisation: &str, role: Role) -> Signed {
        self.account(name, organisation, role).await;
        self.authenticated(&self.sign_in(name).await.access_token).await
    }

    /// Who a good access token names.
    pub(crate) async fn authenticated(&self, access_token: &str) -> Signed {
        authentication::authenticate(&self.app, Some(access_token)).await.unwrap().unwrap()
    }

    /// The token of a link for a new password as it is sent to the person, whose letter is not posted here: one that was
    /// made for somebody else is given to them.
    pub(crate) async fn own_recovery(&self, name: &str) -> String {
        let (other, token) = self.invite("somebody.else", "GPO", Role::Officer).await;
        let given = "UPDATE account_link SET purpose = 'recovery', \
                     account_id = (SELECT id FROM account WHERE email = ?) WHERE account_id = ?";
        let query = sqlx::query(given).bind(address(name)).bind(other.id.0);
        let given = query.execute(&mut self.connection().await).await.unwrap();
        assert_eq!(given.rows_affected(), 1);
        token
    }

    /// A column of the first row of a query, read past the application.
    pub(crate) async fn peek<T>(&self, sql: &'static str) -> T
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
    {
        sqlx::query(sql).fetch_one(&mut self.connection().await).await.unwrap().get(0)
    }

    /// What the ledger holds about records of a type, oldest first.
    pub(crate) async fn entered(&self, subject_type: &str) -> Vec<Entered> {
        let sql = "SELECT e.action, e.subject_type, e.subject_id, e.level, e.sealed, p.payload FROM ledger_entry e \
                   JOIN ledger_payload p ON p.position = e.position WHERE e.subject_type = ? ORDER BY e.position";
        let rows = sqlx::query(sql).bind(subject_type).fetch_all(&mut self.connection().await).await.unwrap();
        let entered = rows.iter().map(|row| Entered {
            action: row.get(0),
            subject: (row.get(1), row.get(2)),
            level: row.get(3),
            sealed: row.get(4),
            payload: serde_json::from_str(row.get(5)).unwrap(),
        });
        entered.collect()
    }

    async fn connection(&self) -> sqlx::SqliteConnection {
        sqlx::SqliteConnection::connect(&url(&self.directory)).await.unwrap()
    }
}

async fn open(
    directory: &tempfile::TempDir,
    clock: &Arc<ManualClock>,
    adjust: impl FnOnce(&mut Settings),
) -> Result<Arc<App>, AppError> {
    let mut settings = Settings {
        public_url: "https://register.example".to_owned(),
        data_dir: directory.path().to_owned(),
        authentication: AuthenticationSettings {
            argon2_memory_kib: 8,
            argon2_passes: 1,
            ..AuthenticationSettings::default()
        },
        ..Settings::default()
    };
    adjust(&mut settings);
    let store = Store::open(&options(directory)).await.unwrap();
    let random = Arc::new(SystemRandomness);
    let clock = Arc::clone(clock) as Arc<dyn Clock>;
    App::start(store, settings, clock, random).await.map(Arc::new)
}

fn options(directory: &tempfile::TempDir) -> Options {
    Options {
        url: url(directory),
        durability: Durability::ThrowAway,
        readers: 4,
        migrate: true,
        patience: None,
    }
}

fn url(directory: &tempfile::TempDir) -> String {
    format!("sqlite://{}", directory.path().join("register.sqlite").display())
}

/// The address of a person's account.
pub(crate) fn address(name: &str) -> String {
    format!("{name}@example.org")
}

/// A new account at example.org.
pub(crate) fn new_account(name: &str, organisation: &str, role: Role) -> NewAccount {
    NewAccount {
        email: address(name),
        name: name.to_owned(),
        organisation: organisation.to_owned(),
        role,
        language: Language::English,
    }
}

/// A new organisation with an English name.
pub(crate) fn organisation(code: &str, kind: OrganisationKind, name: &str) -> NewOrganisation {
    let name = LanguageMap::single(Language::English, name);
    NewOrganisation {
        code: code.to_owned(),
        kind,
        names: vec![DatedName { name, from: None, until: None }],
        aliases: Vec::new(),
        parent: None,
        by_agreement: false,
        active: true,
    }
}
