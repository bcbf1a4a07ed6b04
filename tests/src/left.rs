//! A register that was used, closed and left behind, of which copies are made: for what somebody does to a database
//! beside the program.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use qadam_storage::Store;
use tempfile::TempDir;

use crate::clock::ManualClock;
use crate::database::{self, postgres};
use crate::register::TestRegister;
use crate::seeding::{self, Seeded};

/// A closed register.
#[derive(Debug)]
pub struct Left {
    place: Place,
    url: String,
    folder: TempDir,
    clock: Arc<ManualClock>,
    seeded: Seeded,
}

#[derive(Debug)]
enum Place {
    /// The file, when it is SQLite.
    File(PathBuf),
    /// The name, when it is PostgreSQL.
    Database(String),
}

/// A copy of its database.
#[derive(Debug)]
pub struct Copied {
    /// Its address.
    pub url: String,
    /// The name of a PostgreSQL database, which must be removed.
    database: Option<String>,
    /// Where the file lies.
    _folder: Option<TempDir>,
}

impl Left {
    /// A fresh register on SQLite that nobody used yet.
    pub async fn on_sqlite() -> Self {
        let folder = database::folder();
        let file = folder.path().join("register.sqlite");
        let url = format!("sqlite://{}", file.display());
        let seeded = seeding::fill_small(url.clone(), folder.path()).await;
        Self { place: Place::File(file), url, folder, clock: Arc::new(ManualClock::new()), seeded }
    }

    /// A fresh register on PostgreSQL that nobody used yet.
    pub async fn on_postgres() -> Self {
        let (name, url) = postgres::empty().await;
        let folder = database::folder();
        let seeded = seeding::fill_small(url.clone(), folder.path()).await;
        Self { place: Place::Database(name), url, folder, clock: Arc::new(ManualClock::new()), seeded }
    }

    /// Opens it, goes on with the story, and closes it.
    pub async fn go_on(&self, story: impl AsyncFn(&TestRegister)) {
        let (url, seeded) = (self.url.clone(), self.seeded.clone());
        let register = TestRegister::open_at(url, self.folder.path(), seeded, Arc::clone(&self.clock)).await;
        story(&register).await;
        register.close().await;
    }

    /// The folder with its keys.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A copy of its database.
    pub async fn copy(&self) -> Copied {
        match &self.place {
            Place::File(file) => {
                let folder = database::folder();
                let copy = folder.path().join("register.sqlite");
                std::fs::copy(file, &copy).unwrap();
                let url = format!("sqlite://{}", copy.display());
                Copied { url, database: None, _folder: Some(folder) }
            }
            Place::Database(name) => {
                let (name, url) = postgres::copy(name).await;
                Copied { url, database: Some(name), _folder: None }
            }
        }
    }

    /// Removes it.
    pub async fn remove(self) {
        if let Place::Database(name) = &self.place {
            postgres::remove(name).await;
        }
    }
}

impl Copied {
    /// What is in its file, when it is SQLite.
    pub fn content(&self) -> Option<Vec<u8>> {
        let file = self.url.strip_prefix("sqlite://")?;
        Some(std::fs::read(file).unwrap())
    }

    /// Whether it is SQLite.
    pub const fn is_sqlite(&self) -> bool {
        self.database.is_none()
    }

    /// Its database, opened as it is.
    pub async fn store(&self) -> Store {
        database::another_store(self.url.clone()).await
    }

    /// Runs statements, as somebody does who looks after the database.
    pub async fn run(&self, sql: &str) {
        database::run(&self.url, sql).await;
    }

    /// Removes it.
    pub async fn remove(self) {
        if let Some(name) = &self.database {
            postgres::remove(name).await;
        }
    }
}
