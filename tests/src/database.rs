//! A database of its own for each story: a copy of a template that was filled once in this process.
//!
//! PostgreSQL is the cluster that `QADAM_TEST_POSTGRES_URL` names, and without one a test fails: what ran on one
//! database only proves half.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use std::path::Path;
use std::sync::Arc;

use qadam_app::App;
use qadam_app::settings::{AuthenticationSettings, FileSettings, Settings};
use qadam_domain::items::files::FileLimits;
use qadam_storage::{Durability, Options, Store};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use tempfile::TempDir;

use crate::clock::ManualClock;
use crate::randomness::Repeatable;

/// Opens the register on a database.
pub(crate) async fn open(
    url: String,
    folder: &Path,
    clock: &Arc<ManualClock>,
    random: &Arc<Repeatable>,
    migrate: bool,
) -> Arc<App> {
    open_with(url, folder, clock, random, (migrate, |_settings| ())).await
}

/// Opens the register on a database, which is migrated or not, with settings that differ.
pub(crate) async fn open_with(
    url: String,
    folder: &Path,
    clock: &Arc<ManualClock>,
    random: &Arc<Repeatable>,
    (migrate, adjust): (bool, impl FnOnce(&mut Settings)),
) -> Arc<App> {
    let mut settings = Settings {
        public_url: "https://register.example".to_owned(),
        host: "MFA".to_owned(),
        time_zone: chrono_tz::Asia::Almaty,
        data_dir: folder.to_owned(),
        // Few enough that stories reach them.
        files: FileSettings { limits: FileLimits { an_hour: 6, an_item: 8 }, ..FileSettings::default() },
        authentication: AuthenticationSettings {
            argon2_memory_kib: 8,
            argon2_passes: 1,
            ..AuthenticationSettings::default()
        },
        ..Settings::default()
    };
    adjust(&mut settings);
    let options = Options { url, durability: Durability::ThrowAway, readers: 2, migrate, patience: None };
    let store = Store::open(&options).await.expect("the database opens");
    Arc::new(App::start(store, settings, Arc::clone(clock) as _, Arc::clone(random) as _).await.unwrap())
}

/// The database of a register once more, for who looks at it from beside.
pub(crate) async fn another_store(url: String) -> Store {
    let options =
        Options { url, durability: Durability::ThrowAway, readers: 1, migrate: false, patience: None };
    Store::open(&options).await.expect("the database opens")
}

/// Closes a register that nobody else uses any more.
pub(crate) async fn close(app: Arc<App>) {
    if let Some(app) = Arc::into_inner(app) {
        app.close().await.unwrap();
    }
}

/// Tables whose rows come with every change that is made. Sessions, which signing in makes, are not among them.
const TABLES: [&str; 14] = [
    "account",
    "consent",
    "deadline_revision",
    "evidence_file",
    "idempotency_record",
    "item",
    "item_link",
    "item_party",
    "item_tag",
    "ledger_entry",
    "meeting",
    "organisation",
    "response_step",
    "status_change",
];

/// Rows and versions of everything that is stored, added up.
pub(crate) async fn amount_stored(url: &str) -> i64 {
    let counts = TABLES.map(|table| format!("(SELECT COUNT(*) FROM {table})")).join(" + ");
    let versions = "(SELECT COALESCE(CAST(SUM(version) AS BIGINT), 0) FROM item)";
    peek(url, &format!("SELECT {counts} + {versions}")).await
}

/// Notes a file as if it were being brought with one that is there.
pub(crate) async fn announce_file(url: &str, object: &str) {
    let object = if url.starts_with("sqlite") {
        format!("x'{}'", object.replace('-', ""))
    } else {
        format!("CAST('{object}' AS UUID)")
    };
    let sql = format!(
        "INSERT INTO evidence_file (object, item_id, organisation_id, account_id, stored_at) SELECT {object}, item_id, \
         organisation_id, account_id, stored_at FROM evidence_file LIMIT 1 RETURNING stored_at"
    );
    peek(url, &sql).await;
}

/// A number that the database holds.
pub(crate) async fn peek(url: &str, sql: &str) -> i64 {
    let sql = AssertSqlSafe(sql.to_owned());
    if url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
    }
}

/// Runs statements, as somebody does who looks after the database.
pub(crate) async fn run(url: &str, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    if url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    }
}

/// A folder that goes with the story; in memory where the system has a folder for that.
pub(crate) fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory).unwrap() } else { TempDir::new().unwrap() }
}

/// The key files of a template, which its copies go on with.
#[derive(Debug)]
pub(crate) struct KeyFiles(Vec<(String, Vec<u8>)>);

impl KeyFiles {
    /// Reads the files of a data directory.
    pub(crate) fn read(folder: &Path) -> Self {
        let files = std::fs::read_dir(folder.join("keys")).unwrap().map(|file| {
            let file = file.unwrap();
            (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap())
        });
        Self(files.collect())
    }

    /// Lays them into another data directory.
    pub(crate) fn write(&self, folder: &Path) {
        let keys = folder.join("keys");
        std::fs::create_dir(&keys).unwrap();
        for (name, content) in &self.0 {
            std::fs::write(keys.join(name), content).unwrap();
        }
    }
}
