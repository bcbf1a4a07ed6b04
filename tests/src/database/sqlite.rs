//! SQLite: copies of one file.

use std::path::Path;

use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::{KeyFiles, folder};
use crate::seeding::{self, Seeded};

/// The filled file with its keys.
struct Template {
    file: Vec<u8>,
    keys: KeyFiles,
    seeded: Seeded,
}

static TEMPLATE: OnceCell<Template> = OnceCell::const_new();

/// The address of a fresh copy, and the folder it lies in with its keys.
pub(crate) async fn fresh() -> (String, TempDir, Seeded) {
    let template = TEMPLATE.get_or_init(make).await;
    let folder = folder();
    let file = folder.path().join("register.sqlite");
    std::fs::write(&file, &template.file).unwrap();
    template.keys.write(folder.path());
    (url(&file), folder, template.seeded.clone())
}

async fn make() -> Template {
    let folder = folder();
    let file = folder.path().join("register.sqlite");
    let seeded = seeding::fill(url(&file), folder.path()).await;
    // Closing moved everything out of the write-ahead log.
    Template { file: std::fs::read(&file).unwrap(), keys: KeyFiles::read(folder.path()), seeded }
}

fn url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}
