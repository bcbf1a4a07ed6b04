//! What the writer tells of what it entered, once it is committed.

use qadam_domain::levels::{Axis, Level};
use qadam_storage::ledger::{NewEntry, append, next_position};
use qadam_storage::{StorageError, Store, Tx, news};

use crate::fixtures::{NOW, day, digest};
use crate::support::on_both;

/// An entry about a record of a type, at a level.
fn entry(position: i64, subject_type: &str, level: Level) -> NewEntry {
    NewEntry {
        position,
        action: format!("{subject_type}.changed"),
        subject_type: subject_type.to_owned(),
        subject_id: "1".to_owned(),
        subject_ref: None,
        item: None,
        actor_role: "secretariat".to_owned(),
        actor_organisation: None,
        axis: Axis::Text,
        level,
        sealed: level != Level::Public,
        daily: level != Level::Public,
        entered_on: day("2025-06-15"),
        at: NOW,
        digest: digest(1),
        salt: digest(2),
        actor_salt: digest(3),
        payload: "{}".to_owned(),
    }
}

async fn enter(tx: &Tx, subject_type: &str, level: Level) -> Result<i64, StorageError> {
    let position = next_position(tx);
    append(tx, entry(position, subject_type, level)).await?;
    Ok(position)
}

async fn write(store: &Store, subject_type: &'static str, level: Level) -> i64 {
    let write = store.write(move |tx| Box::pin(enter(tx, subject_type, level)));
    write.await.unwrap()
}

fn told(store: &Store) -> (i64, i64) {
    (store.newest_public_written(), store.newest_kept_written())
}

#[tokio::test]
async fn the_writer_tells_what_the_public_sees_and_what_is_kept_in_memory() {
    on_both(async |database| {
        let store = &database.store;
        assert_eq!(told(store), (0, 0));
        let item = write(store, "item", Level::Public).await;
        assert_eq!(told(store), (item, 0));
        let organisation = write(store, "organisation", Level::Public).await;
        assert_eq!(told(store), (organisation, organisation));
        write(store, "item", Level::Secretariat).await;
        assert_eq!(told(store), (organisation, organisation));
        let term = write(store, "vocabulary_term", Level::Public).await;
        assert_eq!(told(store), (term, term));
        let last = write(store, "meeting", Level::Public).await;
        assert_eq!(told(store), (last, term));
        let db = store.read();
        for (range, concerned) in [
            ((0, item), false),
            ((item, organisation), true),
            ((organisation, term - 1), false),
            ((organisation, term), true),
            ((term, last), false),
        ] {
            assert_eq!(news::concern_memory(&db, range).await.unwrap(), concerned, "{range:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_write_that_failed_tells_nothing() {
    on_both(async |database| {
        let store = &database.store;
        let failed = store.write(|tx| {
            Box::pin(async move {
                enter(tx, "organisation", Level::Public).await?;
                Err::<(), _>(StorageError::Refused("changed its mind".to_owned()))
            })
        });
        failed.await.unwrap_err();
        assert_eq!(told(store), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn writes_that_share_a_commit_tell_the_newest_of_each() {
    on_both(async |database| {
        let store = &database.store;
        let failing = store.write(|tx| {
            Box::pin(async move {
                enter(tx, "organisation", Level::Public).await?;
                Err::<(), _>(StorageError::Refused("changed its mind".to_owned()))
            })
        });
        let (organisation, item, failed) = tokio::join!(
            write(store, "organisation", Level::Public),
            write(store, "item", Level::Public),
            failing
        );
        failed.unwrap_err();
        assert_eq!(told(store), (organisation.max(item), organisation));
    })
    .await;
}
