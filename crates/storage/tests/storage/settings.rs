//! Settings are set and overwritten by key.

use qadam_storage::{StorageError, Store, settings};

use crate::support::on_both;

async fn set(store: &Store, key: &'static str, value: &'static str) {
    let outcome: Result<_, StorageError> =
        store.write(move |tx| Box::pin(async move { settings::set(tx, key, value).await })).await;
    outcome.unwrap();
}

#[tokio::test]
async fn a_setting_has_the_value_it_was_given_last() {
    on_both(async |database| {
        let db = database.store.read();
        assert_eq!(settings::get(&db, "ledger.origin").await.unwrap(), None);
        set(&database.store, "ledger.origin", "qadam.example/first").await;
        set(&database.store, "host", "GPO").await;
        set(&database.store, "ledger.origin", "qadam.example/second").await;
        assert_eq!(
            settings::get(&db, "ledger.origin").await.unwrap().as_deref(),
            Some("qadam.example/second")
        );
        assert_eq!(settings::get(&db, "host").await.unwrap().as_deref(), Some("GPO"));
        assert_eq!(settings::get(&db, "HOST").await.unwrap(), None);
    })
    .await;
}
