//! A server that is busy is no network that is dead: who waits in vain is refused, and the connections are kept.

use std::time::Duration;

use futures_util::future::join_all;
use qadam_storage::{Durability, Options, StorageError, Store, settings};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement, TransactionTrait};

use super::support::{Database, on_postgres};

/// Statements are ended by the server a second before.
const PATIENCE: Duration = Duration::from_secs(3);

/// How many read at the same time on one connection: the last wait for it longer than one may.
const READS: usize = 5;

/// The connections that a store has to a database, beside the one that asks.
async fn connections(asking: &impl ConnectionTrait) -> Vec<i32> {
    let sql = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY \
               pid";
    let rows = asking.query_all_raw(Statement::from_string(DatabaseBackend::Postgres, sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

async fn writes(store: &Store) -> Result<(), StorageError> {
    store.write(|tx| Box::pin(async move { settings::set(tx, "host", "GPO").await })).await
}

fn is_unavailable<T>(outcome: &Result<T, StorageError>) -> bool {
    matches!(outcome, Err(StorageError::Unavailable(_)))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_in_vain_for_others_leaves_the_connections_as_they_are() {
    on_postgres(async |database: &Database| {
        let options = Options {
            url: database.url().to_owned(),
            durability: Durability::ThrowAway,
            readers: 1,
            migrate: false,
            patience: Some(PATIENCE),
        };
        let store = Store::open(&options).await.unwrap();
        writes(&store).await.unwrap();
        let other = sea_orm::Database::connect(database.url()).await.unwrap();
        let before = connections(&other).await;
        // Another node keeps its turn to write, and somebody who looks after the database keeps a table.
        let turn = other.begin().await.unwrap();
        turn.execute_unprepared("SELECT pg_advisory_xact_lock(7305002)").await.unwrap();
        turn.execute_unprepared("LOCK TABLE setting").await.unwrap();
        let reads = join_all((0..READS).map(|_read| async {
            let reader = store.read();
            settings::get(&reader, "host").await
        }));
        let (written, read) = tokio::join!(writes(&store), reads);
        assert!(is_unavailable(&written), "{written:?}");
        assert!(read.iter().all(is_unavailable), "{read:?}");
        let waited = read.iter().filter(|read| !format!("{read:?}").contains("statement timeout")).count();
        assert!((1..READS).contains(&waited), "{read:?}");
        turn.rollback().await.unwrap();
        assert_eq!(settings::get(&store.read(), "host").await.unwrap().as_deref(), Some("GPO"));
        writes(&store).await.unwrap();
        // The one that asks may be another now.
        let after = connections(&other).await;
        assert!(before.iter().all(|connection| after.contains(connection)), "{before:?} {after:?}");
        other.close().await.unwrap();
        store.close().await.unwrap();
    })
    .await;
}
