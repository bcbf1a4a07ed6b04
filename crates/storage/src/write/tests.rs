//! What the database undid by itself is not acknowledged, and the next write begins anew.

use sea_orm::ConnectionTrait;

use crate::connect::{Durability, Options, Store};
use crate::db::sealed::Connection;
use crate::error::StorageError;

async fn fresh() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("qadam.sqlite").display());
    let options =
        Options { url, durability: Durability::ThrowAway, readers: 1, migrate: true, patience: None };
    (folder, Store::open(&options).await.unwrap())
}

/// Runs a statement as a write.
async fn does(store: &Store, sql: String) -> Result<(), StorageError> {
    let work = store.write(move |tx| {
        Box::pin(async move {
            tx.inner().execute_unprepared(&sql).await?;
            Ok::<_, StorageError>(())
        })
    });
    work.await
}

fn setting(name: &str, length: usize) -> String {
    format!("INSERT INTO setting (key, value) VALUES ('{name}', '{}')", "x".repeat(length))
}

async fn settings(store: &Store) -> i64 {
    let statement = sea_orm::Statement::from_string(
        sea_orm::DatabaseBackend::Sqlite,
        "SELECT COUNT(*) FROM setting WHERE key LIKE 'test-%'",
    );
    store.read().inner().query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// Keeps the writer busy until `second` stands behind it, so that both share a commit.
async fn shared(store: &Store, first: String, second: String) -> [Result<(), StorageError>; 2] {
    let (held, go) = (tokio::sync::Notify::new(), std::sync::Arc::new(tokio::sync::Notify::new()));
    let held = std::sync::Arc::new(held);
    let (holds, going) = (std::sync::Arc::clone(&held), std::sync::Arc::clone(&go));
    let one = store.write(move |tx| {
        Box::pin(async move {
            holds.notify_one();
            going.notified().await;
            tx.inner().execute_unprepared(&first).await?;
            Ok::<_, StorageError>(())
        })
    });
    let two = async {
        held.notified().await;
        let release = async {
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            go.notify_one();
        };
        tokio::join!(does(store, second), release).0
    };
    let (one, two) = tokio::join!(one, two);
    [one, two]
}

#[tokio::test]
async fn a_full_disk_refuses_all_that_it_undid_and_nothing_after() {
    let (_folder, store) = fresh().await;
    does(&store, setting("test-before", 1)).await.unwrap();
    does(&store, "PRAGMA max_page_count = 1".to_owned()).await.unwrap();
    let [first, second] = shared(&store, setting("test-first", 1), setting("test-second", 100_000)).await;
    assert!(matches!(first, Err(StorageError::Unavailable(_))), "{first:?}");
    assert!(matches!(second, Err(StorageError::Unavailable(_))), "{second:?}");
    assert_eq!(settings(&store).await, 1);
    // The limit belonged to the connection that was given up.
    does(&store, setting("test-after", 100_000)).await.unwrap();
    let [first, second] = shared(&store, setting("test-third", 1), setting("test-fourth", 1)).await;
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(settings(&store).await, 4);
}

#[tokio::test]
async fn a_first_write_on_a_full_disk_fails_alone() {
    let (_folder, store) = fresh().await;
    does(&store, "PRAGMA max_page_count = 1".to_owned()).await.unwrap();
    let failed = does(&store, setting("test-large", 100_000)).await;
    assert!(matches!(failed, Err(StorageError::Unavailable(_))), "{failed:?}");
    does(&store, setting("test-small", 1)).await.unwrap();
    assert_eq!(settings(&store).await, 1);
}
