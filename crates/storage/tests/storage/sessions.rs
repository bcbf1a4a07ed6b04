//! Sessions live until they are ended, and a refresh token is good for one use.

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{SessionId, UserId};
use qadam_storage::accounts::{Account, AccountState};
use qadam_storage::sessions::{Ended, Session, Spent};
use qadam_storage::{StorageError, Store, sessions};

use crate::fixtures::{
    NOW, account, day, digest, insert_accounts, insert_organisations, later, organisation, uuid,
};
use crate::support::{Database, on_both};

/// A session of an account that ends a second from now.
pub(crate) fn session(number: u128, account: u128) -> Session {
    Session {
        id: SessionId(uuid(number)),
        account: UserId(uuid(account)),
        label: "Work".to_owned(),
        started_on: day("2025-03-01"),
        expires_at: later(1_000),
        revoked_at: None,
        second_factor: false,
    }
}

pub(crate) async fn begin(database: &Database, all: &[Session]) {
    let all = all.to_vec();
    let inserted: Result<_, StorageError> = database
        .store
        .write(|tx| {
            Box::pin(async move {
                for session in &all {
                    sessions::insert(tx, session).await?;
                }
                Ok(())
            })
        })
        .await;
    inserted.unwrap();
}

/// Accounts 10 (active), 11 (active), 12 (invited) and 13 (disabled).
pub(crate) async fn people(database: &Database) {
    insert_organisations(&database.store, &[organisation(1, "MOH")]).await.unwrap();
    let stated = |number, state| Account { state, ..account(number, 1) };
    let all = [
        account(10, 1),
        account(11, 1),
        stated(12, AccountState::Invited),
        stated(13, AccountState::Disabled),
    ];
    insert_accounts(&database.store, &all).await.unwrap();
}

pub(crate) async fn live(store: &Store, number: u128, now: Timestamp) -> Option<(Session, Account)> {
    let live = sessions::find_live(&store.read(), SessionId(uuid(number)), now).await.unwrap()?;
    Some((live.session, live.account))
}

async fn token(store: &Store, number: u8, session: u128, expires_at: Timestamp) {
    let session = SessionId(uuid(session));
    let inserted: Result<_, StorageError> = store
        .write(move |tx| {
            Box::pin(
                async move { sessions::insert_refresh_token(tx, digest(number), session, expires_at).await },
            )
        })
        .await;
    inserted.unwrap();
}

async fn spend(store: &Store, number: u8, now: Timestamp) -> Spent {
    let spent: Result<_, StorageError> = store
        .write(move |tx| {
            Box::pin(async move { sessions::spend_refresh_token(tx, digest(number), now).await })
        })
        .await;
    spent.unwrap()
}

#[tokio::test]
async fn a_live_session_is_found_with_its_account() {
    on_both(async |database| {
        people(database).await;
        begin(database, &[session(20, 10), session(21, 11)]).await;
        assert_eq!(live(&database.store, 20, later(999)).await, Some((session(20, 10), account(10, 1))));
        assert_eq!(live(&database.store, 21, NOW).await, Some((session(21, 11), account(11, 1))));
        assert_eq!(live(&database.store, 22, NOW).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_with_its_time_its_revocation_or_its_account() {
    on_both(async |database| {
        people(database).await;
        let revoked = Session { revoked_at: Some(NOW), ..session(21, 10) };
        begin(database, &[session(20, 10), revoked, session(22, 12), session(23, 13)]).await;
        assert_eq!(live(&database.store, 20, later(1_000)).await, None);
        for ended in [21, 22, 23] {
            assert_eq!(live(&database.store, ended, NOW).await, None, "{ended}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_list_of_an_account_holds_its_live_sessions_newest_first() {
    on_both(async |database| {
        people(database).await;
        let newer = Session { started_on: day("2025-03-02"), ..session(24, 10) };
        let ended = Session { expires_at: NOW, ..session(21, 10) };
        let revoked = Session { revoked_at: Some(NOW), ..session(22, 10) };
        begin(database, &[session(20, 10), ended, revoked, session(23, 11), newer.clone()]).await;
        let listed = sessions::list_live(&database.store.read(), UserId(uuid(10)), NOW).await.unwrap();
        assert_eq!(listed, [newer, session(20, 10)]);
    })
    .await;
}

#[tokio::test]
async fn revoking_ends_one_session_or_all_but_one() {
    on_both(async |database| {
        people(database).await;
        begin(database, &[session(20, 10), session(21, 10), session(22, 10), session(23, 11)]).await;
        let store = &database.store;
        let outcome: Result<_, StorageError> = store
            .write(|tx| {
                Box::pin(async move {
                    let first = sessions::revoke(tx, SessionId(uuid(20)), later(1)).await?;
                    let again = sessions::revoke(tx, SessionId(uuid(20)), later(2)).await?;
                    let unknown = sessions::revoke(tx, SessionId(uuid(29)), later(2)).await?;
                    Ok((first, again, unknown))
                })
            })
            .await;
        assert_eq!(outcome.unwrap(), (true, false, false));
        assert_eq!(live(store, 20, NOW).await, None);

        let kept = Some(SessionId(uuid(21)));
        let others: Result<_, StorageError> = store
            .write(move |tx| {
                Box::pin(async move { sessions::revoke_all(tx, UserId(uuid(10)), later(3), kept).await })
            })
            .await;
        assert_eq!(others.unwrap(), 1);
        assert!(live(store, 21, NOW).await.is_some());
        assert_eq!(live(store, 22, NOW).await, None);

        let all: Result<_, StorageError> = store
            .write(|tx| {
                Box::pin(async move { sessions::revoke_all(tx, UserId(uuid(10)), later(4), None).await })
            })
            .await;
        assert_eq!(all.unwrap(), 1);
        assert_eq!(live(store, 21, NOW).await, None);
        assert!(live(store, 23, NOW).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_refresh_token_is_fresh_once_and_reused_ever_after() {
    on_both(async |database| {
        people(database).await;
        begin(database, &[session(20, 10), session(21, 11)]).await;
        token(&database.store, 1, 20, later(500)).await;
        token(&database.store, 2, 21, later(500)).await;
        let session = SessionId(uuid(20));
        assert_eq!(spend(&database.store, 1, later(499)).await, Spent::Fresh { session });
        assert_eq!(spend(&database.store, 1, later(499)).await, Spent::Reused { session });
        assert_eq!(spend(&database.store, 1, later(9_999)).await, Spent::Reused { session });
        assert_eq!(spend(&database.store, 2, later(500)).await, Spent::Expired);
        assert_eq!(
            spend(&database.store, 2, later(499)).await,
            Spent::Fresh { session: SessionId(uuid(21)) }
        );
        assert_eq!(spend(&database.store, 3, NOW).await, Spent::Unknown);
    })
    .await;
}

#[tokio::test]
async fn of_many_requests_with_one_token_one_is_fresh() {
    on_both(async |database| {
        people(database).await;
        begin(database, &[session(20, 10)]).await;
        token(&database.store, 1, 20, later(500)).await;
        let requests = (0..8).map(|_| spend(&database.store, 1, NOW));
        let spent = futures_util::future::join_all(requests).await;
        let session = SessionId(uuid(20));
        assert_eq!(spent.iter().filter(|spent| **spent == Spent::Fresh { session }).count(), 1);
        assert_eq!(spent.iter().filter(|spent| **spent == Spent::Reused { session }).count(), 7);
    })
    .await;
}

/// Removes what ended, as much as one write takes of each, and says what there was to remove.
pub(crate) async fn clear(database: &Database) -> Vec<(Ended, u64)> {
    let mut removed = Vec::new();
    for what in Ended::ALL {
        let write: Result<_, StorageError> =
            database.store.write(move |tx| Box::pin(sessions::delete_ended(tx, what, later(100)))).await;
        removed.push((what, write.unwrap()));
    }
    removed.retain(|(_, rows)| *rows > 0);
    removed
}

#[tokio::test]
async fn a_write_takes_no_more_than_a_thousand_rows_away() {
    on_both(async |database| {
        people(database).await;
        let ended = |number| Session { expires_at: later(100), ..session(number, 10) };
        begin(database, &(1..=1_001).map(ended).collect::<Vec<_>>()).await;
        assert_eq!(clear(database).await, [(Ended::Sessions, 1_000)]);
        assert_eq!(clear(database).await, [(Ended::Sessions, 1)]);
    })
    .await;
}

#[tokio::test]
async fn clearing_away_takes_what_ended_and_leaves_used_tokens_of_living_sessions() {
    on_both(async |database| {
        people(database).await;
        let ended = Session { expires_at: later(100), ..session(21, 10) };
        begin(database, &[session(20, 10), ended]).await;
        token(&database.store, 1, 20, later(500)).await;
        token(&database.store, 2, 20, later(100)).await;
        token(&database.store, 3, 21, later(500)).await;
        assert_eq!(spend(&database.store, 1, NOW).await, Spent::Fresh { session: SessionId(uuid(20)) });

        // Token 2, token 3, and session 21.
        let ended = [(Ended::Tokens, 1), (Ended::TokensOfSessions, 1), (Ended::Sessions, 1)];
        assert_eq!(clear(database).await, ended);
        assert_eq!(clear(database).await, []);
        assert_eq!(spend(&database.store, 1, NOW).await, Spent::Reused { session: SessionId(uuid(20)) });
        assert_eq!(spend(&database.store, 2, NOW).await, Spent::Unknown);
        assert!(live(&database.store, 20, NOW).await.is_some());
        assert_eq!(live(&database.store, 21, NOW).await, None);
    })
    .await;
}

/// Gives a session a cookie that holds without a request until some milliseconds from now.
async fn cookie(store: &Store, number: u8, session: u128, idle_until: Timestamp) {
    let session = SessionId(uuid(session));
    let inserted: Result<_, StorageError> = store
        .write(move |tx| {
            Box::pin(
                async move { sessions::insert_page_session(tx, digest(number), session, idle_until).await },
            )
        })
        .await;
    inserted.unwrap();
}

async fn keep(store: &Store, number: u8, idle_until: Timestamp) {
    let kept: Result<_, StorageError> = store
        .write(move |tx| {
            Box::pin(async move { sessions::keep_page_session(tx, digest(number), idle_until).await })
        })
        .await;
    kept.unwrap();
}

async fn live_by_cookie(store: &Store, number: u8, now: Timestamp) -> Option<(SessionId, Timestamp)> {
    let found = sessions::find_live_by_cookie(&store.read(), digest(number), now).await.unwrap()?;
    Some((found.live.session.id, found.idle_until))
}

#[tokio::test]
async fn a_cookie_names_its_session_until_no_request_came_for_too_long() {
    on_both(async |database| {
        people(database).await;
        begin(database, &[session(20, 10), session(21, 13)]).await;
        let store = &database.store;
        cookie(store, 1, 20, later(100)).await;
        cookie(store, 2, 21, later(100)).await;
        assert_eq!(live_by_cookie(store, 1, NOW).await, Some((SessionId(uuid(20)), later(100))));
        assert_eq!(live_by_cookie(store, 1, later(100)).await, None);
        // The account is disabled; nobody has such a cookie.
        assert_eq!(live_by_cookie(store, 2, NOW).await, None);
        assert_eq!(live_by_cookie(store, 3, NOW).await, None);

        keep(store, 1, later(300)).await;
        assert_eq!(live_by_cookie(store, 1, later(200)).await, Some((SessionId(uuid(20)), later(300))));
        // Requests that were slow put off nothing.
        keep(store, 1, later(250)).await;
        assert_eq!(live_by_cookie(store, 1, NOW).await, Some((SessionId(uuid(20)), later(300))));
        // A session that is idle is none that the person would end.
        let listed = sessions::list_live(&store.read(), UserId(uuid(10)), later(299)).await.unwrap();
        assert_eq!(listed.len(), 1);
        let listed = sessions::list_live(&store.read(), UserId(uuid(10)), later(300)).await.unwrap();
        assert_eq!(listed, []);
    })
    .await;
}

#[tokio::test]
async fn a_session_that_was_ended_or_has_expired_has_no_cookie() {
    on_both(async |database| {
        people(database).await;
        let ended = Session { revoked_at: Some(NOW), ..session(21, 10) };
        begin(database, &[session(20, 10), ended]).await;
        let store = &database.store;
        cookie(store, 1, 20, later(5_000)).await;
        cookie(store, 2, 21, later(5_000)).await;
        assert_eq!(live_by_cookie(store, 1, later(1_000)).await, None);
        assert_eq!(live_by_cookie(store, 2, NOW).await, None);
    })
    .await;
}

#[tokio::test]
async fn cookies_of_sessions_past_their_end_are_cleared_away_with_them() {
    on_both(async |database| {
        people(database).await;
        let ended = Session { expires_at: later(100), ..session(21, 10) };
        begin(database, &[session(20, 10), ended]).await;
        cookie(&database.store, 1, 20, later(900)).await;
        cookie(&database.store, 2, 21, later(100)).await;
        assert_eq!(clear(database).await, [(Ended::PageSessions, 1), (Ended::Sessions, 1)]);
        assert_eq!(clear(database).await, []);
        assert!(live_by_cookie(&database.store, 1, NOW).await.is_some());
    })
    .await;
}
