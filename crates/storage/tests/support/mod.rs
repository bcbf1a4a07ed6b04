//! A fresh database for each story, on SQLite and on PostgreSQL.
//!
//! The schema is made once in a process; each story gets a copy of it. PostgreSQL is the cluster that
//! `QADAM_TEST_POSTGRES_URL` names, and without one a test fails: what ran on one database only proves half.

mod postgres;
mod sqlite;

use qadam_storage::{Durability, Options, Store};
use sea_orm::ConnectionTrait;

/// A database with the present schema and nothing in it.
pub(crate) struct Database {
    /// The open store.
    pub(crate) store: Store,
    url: String,
}

impl Database {
    async fn open(url: String) -> Self {
        let options =
            Options { url, durability: Durability::ThrowAway, readers: 2, migrate: false, patience: None };
        let store = Store::open(&options).await.expect("a copy of the migrated database opens");
        Self { store, url: options.url }
    }

    /// Where it is.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Runs a statement past the store: to damage what the store itself would never write.
    pub(crate) async fn execute(&self, sql: &str) {
        let connection = sea_orm::Database::connect(&self.url).await.unwrap();
        connection.execute_unprepared(sql).await.unwrap();
        connection.close().await.unwrap();
    }
}

/// What the statements of a migration begin with that are for one of the databases alone.
const OF_ONE_DATABASE: [&str; 2] = ["-- sqlite", "-- postgres"];

impl Database {
    /// Runs again what a migration does for this database alone: how it fills what it made.
    pub(crate) async fn fill_again(&self, migration: &str) {
        let [sqlite, postgres] = OF_ONE_DATABASE;
        let own = if self.url.starts_with("sqlite") { sqlite } else { postgres };
        for statement in migration.split("\n;;\n").filter_map(|statement| statement.strip_prefix(own)) {
            self.execute(statement).await;
        }
    }
}

/// Tells a story twice: on a fresh SQLite database and on a fresh PostgreSQL one.
pub(crate) async fn on_both(story: impl AsyncFn(&Database)) {
    eprintln!("on SQLite:");
    let (folder, database) = sqlite::fresh().await;
    story(&database).await;
    database.store.close().await.unwrap();
    folder.close().unwrap();

    eprintln!("on PostgreSQL:");
    on_postgres(story).await;
}

/// Tells a story of what there is on PostgreSQL alone.
pub(crate) async fn on_postgres(story: impl AsyncFn(&Database)) {
    let (name, database) = postgres::fresh().await;
    story(&database).await;
    database.store.close().await.unwrap();
    postgres::remove(&name).await;
}

/// Tells a story twice, with the address of a SQLite file that is not there and of a PostgreSQL database without a table.
pub(crate) async fn on_both_empty(story: impl AsyncFn(&str)) {
    eprintln!("on SQLite:");
    let (folder, url) = sqlite::empty();
    story(&url).await;
    folder.close().unwrap();

    eprintln!("on PostgreSQL:");
    let (name, url) = postgres::empty().await;
    story(&url).await;
    postgres::remove(&name).await;
}

/// Makes a database with the present schema and closes it again.
async fn migrate(url: String) {
    let options =
        Options { url, durability: Durability::ThrowAway, readers: 1, migrate: true, patience: None };
    Store::open(&options).await.expect("the migrations run").close().await.unwrap();
}
