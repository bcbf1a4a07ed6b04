//! The database as the program that runs the application sees it: it opens one, asks how it is, and hands it over.
//!
//! It names storage by this module and not by itself.

pub use qadam_storage::{Durability, Options, StorageError, Store};
use qadam_storage::{accounts, ledger, organisations, settings};

/// The setting that marks a demonstration.
const DEMONSTRATION: &str = "demonstration";

/// Opens a database, and brings its schema up to date where the options say so.
pub async fn open(options: &Options) -> Result<Store, StorageError> {
    Store::open(options).await
}

/// Brings the schema of a database up to date.
pub async fn migrate(options: &Options) -> Result<(), StorageError> {
    Store::migrate(options).await
}

/// Whether nobody takes part in the register yet: no organisation and no account.
pub async fn is_empty(store: &Store) -> Result<bool, StorageError> {
    let reader = store.read();
    Ok(organisations::all(&reader).await?.is_empty() && !accounts::exist(&reader).await?)
}

/// Whether the register is a demonstration.
pub async fn is_demonstration(store: &Store) -> Result<bool, StorageError> {
    Ok(settings::get(&store.read(), DEMONSTRATION).await?.is_some())
}

/// Marks the register as a demonstration, for good: what is compiled from public sources never becomes a real one.
pub async fn mark_demonstration(store: &Store) -> Result<(), StorageError> {
    store.write(|tx| Box::pin(settings::set(tx, DEMONSTRATION, "yes"))).await
}

/// The newest place in the ledger; 0 when nothing was recorded.
pub async fn last_position(store: &Store) -> Result<i64, StorageError> {
    ledger::last_position(&store.read()).await
}
