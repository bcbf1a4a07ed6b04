//! A token for a program names its session until it ends, and is cleared away with it.

use qadam_domain::accounts::TokenScope;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{SessionId, UserId};
use qadam_storage::sessions::{Ended, Session};
use qadam_storage::{StorageError, Store, sessions};

use crate::fixtures::{NOW, day, digest, later, uuid};
use crate::sessions::{begin, clear, live, people, session};
use crate::support::{Database, on_both};

/// Makes a session one of a program.
async fn token(store: &Store, number: u8, session: u128, scope: TokenScope) {
    let session = SessionId(uuid(session));
    let inserted: Result<_, StorageError> = store
        .write(move |tx| {
            Box::pin(async move { sessions::insert_personal_token(tx, digest(number), session, scope).await })
        })
        .await;
    inserted.unwrap();
}

async fn live_by_token(
    database: &Database,
    number: u8,
    now: Timestamp,
) -> Option<(SessionId, TokenScope, Option<chrono::NaiveDate>)> {
    let found = sessions::find_live_by_token(&database.store.read(), digest(number), now).await.unwrap()?;
    Some((found.live.session.id, found.scope, found.used_on))
}

#[tokio::test]
async fn a_token_names_its_session_until_that_ends() {
    on_both(async |database| {
        people(database).await;
        let revoked = Session { revoked_at: Some(NOW), ..session(22, 10) };
        begin(database, &[session(20, 10), session(21, 13), revoked]).await;
        token(&database.store, 1, 20, TokenScope::Read).await;
        token(&database.store, 2, 21, TokenScope::Write).await;
        token(&database.store, 3, 22, TokenScope::Write).await;
        let named = (SessionId(uuid(20)), TokenScope::Read, None);
        assert_eq!(live_by_token(database, 1, later(999)).await, Some(named));
        assert_eq!(live_by_token(database, 1, later(1_000)).await, None);
        // A disabled account, a revoked session, a token that nobody has.
        for ended in [2, 3, 4] {
            assert_eq!(live_by_token(database, ended, NOW).await, None, "{ended}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_day_of_the_last_use_is_kept_with_the_token() {
    on_both(async |database| {
        people(database).await;
        begin(database, &[session(20, 10), session(21, 10)]).await;
        token(&database.store, 1, 20, TokenScope::Write).await;
        token(&database.store, 2, 21, TokenScope::Read).await;
        let on = day("2025-03-02");
        let noted: Result<_, StorageError> =
            database.store.write(move |tx| Box::pin(sessions::note_use(tx, SessionId(uuid(20)), on))).await;
        noted.unwrap();
        let listed =
            sessions::list_personal_tokens(&database.store.read(), UserId(uuid(10)), NOW).await.unwrap();
        let told: Vec<_> =
            listed.iter().map(|token| (token.session.id, token.scope, token.used_on)).collect();
        let first = (SessionId(uuid(20)), TokenScope::Write, Some(on));
        let second = (SessionId(uuid(21)), TokenScope::Read, None);
        assert_eq!(told, [first, second]);
    })
    .await;
}

#[tokio::test]
async fn a_session_of_a_program_is_in_no_list_of_a_persons_sessions() {
    on_both(async |database| {
        people(database).await;
        begin(database, &[session(20, 10), session(21, 10)]).await;
        token(&database.store, 1, 20, TokenScope::Read).await;
        let listed = sessions::list_live(&database.store.read(), UserId(uuid(10)), NOW).await.unwrap();
        assert_eq!(listed.iter().map(|session| session.id).collect::<Vec<_>>(), [SessionId(uuid(21))]);
        let tokens =
            sessions::list_personal_tokens(&database.store.read(), UserId(uuid(10)), NOW).await.unwrap();
        assert_eq!(tokens.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn tokens_past_their_end_are_cleared_away_with_their_sessions() {
    on_both(async |database| {
        people(database).await;
        let ended = Session { expires_at: later(100), ..session(21, 10) };
        begin(database, &[session(20, 10), ended]).await;
        token(&database.store, 1, 20, TokenScope::Read).await;
        token(&database.store, 2, 21, TokenScope::Read).await;
        assert_eq!(clear(database).await, [(Ended::PersonalTokens, 1), (Ended::Sessions, 1)]);
        assert_eq!(clear(database).await, []);
        assert!(live_by_token(database, 1, NOW).await.is_some());
        assert_eq!(live(&database.store, 21, NOW).await, None);
    })
    .await;
}
