//! SQLite databases: copies of one migrated file, in memory where the system has a folder for that.

use std::path::Path;

use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::{Database, migrate};

/// The migrated file.
static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();

/// A fresh database and the folder it goes with.
pub(super) async fn fresh() -> (TempDir, Database) {
    let template = TEMPLATE.get_or_init(template).await;
    let folder = folder();
    let file = folder.path().join("qadam.sqlite");
    std::fs::write(&file, template).unwrap();
    let database = Database::open(url(&file)).await;
    (folder, database)
}

/// The address of a file that is not there, and the folder it would go with.
pub(super) fn empty() -> (TempDir, String) {
    let folder = folder();
    let url = url(&folder.path().join("empty.sqlite"));
    (folder, url)
}

async fn template() -> Vec<u8> {
    let folder = folder();
    let file = folder.path().join("template.sqlite");
    migrate(url(&file)).await;
    // Closing moved everything out of the write-ahead log.
    std::fs::read(&file).unwrap()
}

fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory).unwrap() } else { TempDir::new().unwrap() }
}

fn url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}
