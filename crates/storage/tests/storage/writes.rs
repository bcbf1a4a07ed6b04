//! Writes that share a commit: each stands or falls by itself, and what was not kept is not acknowledged.

use std::sync::Arc;

use futures_util::future::join_all;
use qadam_storage::{StorageError, Store, Tx, organisations};
use tokio::sync::Notify;

use crate::fixtures::{NOW, organisation};
use crate::support::on_both;

/// What a write does with the organisation of its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    /// Inserts it.
    Insert,
    /// Inserts it, and fails then.
    InsertAndFail,
    /// Looks for it, and fails then.
    LookAndFail,
    /// Inserts it twice.
    InsertTwice,
    /// Inserts it twice, and passes over the refusal.
    InsertTwiceAndGoOn,
    /// Inserts it, and panics then.
    InsertAndPanic,
}

use Deed::{Insert, InsertAndFail, InsertAndPanic, InsertTwice, InsertTwiceAndGoOn, LookAndFail};

async fn done(tx: &Tx, deed: Deed, number: u128) -> Result<(), StorageError> {
    let made = organisation(number, &code(number));
    if deed == LookAndFail {
        assert!(organisations::find(tx, made.id).await?.is_none());
        return Err(StorageError::VersionConflict);
    }
    organisations::insert(tx, &made, NOW).await?;
    match deed {
        InsertAndFail => Err(StorageError::VersionConflict),
        InsertTwice => organisations::insert(tx, &made, NOW).await,
        InsertTwiceAndGoOn => {
            organisations::insert(tx, &made, NOW).await.unwrap_err();
            Ok(())
        }
        InsertAndPanic => panic!("a write that panics"),
        Insert | LookAndFail => Ok(()),
    }
}

fn code(number: u128) -> String {
    format!("O{number}")
}

/// Runs writes that all wait behind one another, so that they share a commit, and tells which of them were
/// acknowledged.
async fn side_by_side(store: &Store, deeds: &[Deed]) -> Vec<bool> {
    let (holds, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let writes = deeds.iter().enumerate().map(|(place, deed)| {
        let (deed, number) = (*deed, u128::try_from(place).unwrap() + 1);
        let (holds, go) = (Arc::clone(&holds), Arc::clone(&go));
        async move {
            let outcome = store.write(move |tx| {
                Box::pin(async move {
                    if number == 1 {
                        holds.notify_one();
                        go.notified().await;
                    }
                    done(tx, deed, number).await
                })
            });
            outcome.await.is_ok()
        }
    });
    let release = async {
        holds.notified().await;
        // The others come to stand behind the first.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        go.notify_one();
    };
    let (acknowledged, ()) = tokio::join!(join_all(writes), release);
    acknowledged
}

/// Which of the organisations are there.
async fn kept(store: &Store, count: usize) -> Vec<bool> {
    let all = organisations::all(&store.read()).await.unwrap();
    (1..=count).map(|number| all.iter().any(|one| one.code == format!("O{number}"))).collect()
}

#[tokio::test]
async fn a_write_that_fails_is_undone_without_those_that_share_its_commit() {
    for failing in [InsertAndFail, LookAndFail, InsertTwice, InsertTwiceAndGoOn, InsertAndPanic] {
        on_both(async |database| {
            let deeds = [Insert, Insert, failing, Insert, failing, failing, Insert];
            let acknowledged = side_by_side(&database.store, &deeds).await;
            assert_eq!(acknowledged, deeds.map(|deed| deed == Insert), "{failing:?}");
            assert_eq!(kept(&database.store, deeds.len()).await, acknowledged, "{failing:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_first_write_that_fails_takes_none_with_it() {
    for failing in [InsertAndFail, LookAndFail, InsertTwice, InsertTwiceAndGoOn, InsertAndPanic] {
        on_both(async |database| {
            let deeds = [failing, Insert, failing, Insert];
            let acknowledged = side_by_side(&database.store, &deeds).await;
            assert_eq!(acknowledged, [false, true, false, true], "{failing:?}");
            assert_eq!(kept(&database.store, deeds.len()).await, acknowledged, "{failing:?}");
        })
        .await;
    }
}
