//! A key remembers one request until it is forgotten.

use qadam_domain::calendar::Timestamp;
use qadam_storage::idempotency::{self, Record};
use qadam_storage::{StorageError, Store};

use crate::fixtures::{NOW, digest, later};
use crate::support::on_both;

fn record(body: u8, created_at: Timestamp) -> Record {
    Record { body_digest: digest(body), status: 201, location: "/api/v1/items/1".to_owned(), created_at }
}

async fn insert(store: &Store, key: u8, record: Record) -> Result<(), StorageError> {
    store.write(move |tx| Box::pin(async move { idempotency::insert(tx, digest(key), &record).await })).await
}

#[tokio::test]
async fn a_key_remembers_the_first_request_only() {
    on_both(async |database| {
        insert(&database.store, 1, record(7, NOW)).await.unwrap();
        let refused = insert(&database.store, 1, record(8, later(1))).await;
        assert!(matches!(refused, Err(StorageError::Taken(_))), "{refused:?}");
        let db = database.store.read();
        assert_eq!(idempotency::find(&db, digest(1)).await.unwrap(), Some(record(7, NOW)));
        assert_eq!(idempotency::find(&db, digest(2)).await.unwrap(), None);
    })
    .await;
}

/// Forgets what is older than the tenth millisecond, as much as one write does.
async fn forget(store: &Store) -> u64 {
    let removed: Result<_, StorageError> =
        store.write(|tx| Box::pin(idempotency::delete_older_than(tx, later(10)))).await;
    removed.unwrap()
}

#[tokio::test]
async fn what_is_older_than_an_instant_is_forgotten() {
    on_both(async |database| {
        for (key, at) in [(1, 0), (2, 10), (3, 11)] {
            insert(&database.store, key, record(7, later(at))).await.unwrap();
        }
        assert_eq!(forget(&database.store).await, 1);
        let db = database.store.read();
        assert_eq!(idempotency::find(&db, digest(1)).await.unwrap(), None);
        assert!(idempotency::find(&db, digest(2)).await.unwrap().is_some());
        assert!(idempotency::find(&db, digest(3)).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_write_forgets_no_more_than_a_thousand() {
    on_both(async |database| {
        let inserted: Result<(), StorageError> = database
            .store
            .write(|tx| {
                Box::pin(async move {
                    for number in 0..1_001_u64 {
                        let mut key = digest(0);
                        key[..8].copy_from_slice(&number.to_be_bytes());
                        idempotency::insert(tx, key, &record(7, NOW)).await?;
                    }
                    Ok(())
                })
            })
            .await;
        inserted.unwrap();
        assert_eq!(forget(&database.store).await, 1_000);
        assert_eq!(forget(&database.store).await, 1);
        assert_eq!(forget(&database.store).await, 0);
    })
    .await;
}

#[tokio::test]
async fn one_key_is_forgotten_alone() {
    on_both(async |database| {
        for key in [1, 2] {
            insert(&database.store, key, record(7, NOW)).await.unwrap();
        }
        let removed: Result<(), StorageError> =
            database.store.write(|tx| Box::pin(idempotency::delete(tx, digest(1)))).await;
        removed.unwrap();
        let db = database.store.read();
        assert_eq!(idempotency::find(&db, digest(1)).await.unwrap(), None);
        assert!(idempotency::find(&db, digest(2)).await.unwrap().is_some());
    })
    .await;
}
