//! Accounts, and the one-time links that let one person in once.

use qadam_domain::accounts::Role;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{OrganisationId, UserId};
use qadam_domain::language::Language;
use qadam_storage::accounts::{Account, AccountState, LinkPurpose, NewLink};
use qadam_storage::{StorageError, Store, accounts};

use crate::fixtures::{
    NOW, account, day, digest, insert_accounts, insert_organisations, later, organisation, uuid,
};
use crate::support::{Database, on_both};

async fn two_bodies(database: &Database) {
    insert_organisations(&database.store, &[organisation(1, "MOH"), organisation(2, "GPO")]).await.unwrap();
}

async fn update(store: &Store, before: &Account, after: &Account) -> Result<(), StorageError> {
    let (before, after) = (before.clone(), after.clone());
    store.write(|tx| Box::pin(async move { accounts::update(tx, &before, &after).await })).await
}

async fn link(store: &Store, digest: [u8; 32], account: UserId, expires_at: Timestamp) {
    let purpose = LinkPurpose::Invitation;
    insert(store, NewLink { digest, account, purpose, asked_by: None, expires_at }).await;
}

async fn insert(store: &Store, link: NewLink) {
    let inserted: Result<_, StorageError> =
        store.write(move |tx| Box::pin(async move { accounts::insert_link(tx, link).await })).await;
    inserted.unwrap();
}

async fn consume(store: &Store, digest: [u8; 32], now: Timestamp) -> Option<UserId> {
    let consumed: Result<_, StorageError> =
        store.write(move |tx| Box::pin(async move { accounts::consume_link(tx, digest, now).await })).await;
    consumed.unwrap().map(|link| link.account)
}

async fn vouch(store: &Store, account: u128, by: u128, now: Timestamp) -> bool {
    let [account, by] = [account, by].map(|number| UserId(uuid(number)));
    let vouched: Result<_, StorageError> =
        store.write(move |tx| Box::pin(async move { accounts::vouch_for(tx, account, by, now).await })).await;
    vouched.unwrap()
}

#[tokio::test]
async fn an_account_is_found_by_identifier_and_by_address() {
    on_both(async |database| {
        two_bodies(database).await;
        let invited = Account {
            role: Role::Approver,
            state: AccountState::Invited,
            confirmed: false,
            language: Language::English,
            password_hash: None,
            created_on: day("2024-02-29"),
            version: 4,
            ..account(11, 2)
        };
        insert_accounts(&database.store, &[account(10, 1), invited.clone()]).await.unwrap();

        let db = database.store.read();
        assert_eq!(accounts::find(&db, UserId(uuid(10))).await.unwrap(), Some(account(10, 1)));
        assert_eq!(accounts::find_by_email(&db, "officer-11@example.org").await.unwrap(), Some(invited));
        assert_eq!(accounts::find(&db, UserId(uuid(12))).await.unwrap(), None);
        assert_eq!(accounts::find_by_email(&db, "officer-1%@example.org").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_address_belongs_to_one_account() {
    on_both(async |database| {
        two_bodies(database).await;
        insert_accounts(&database.store, &[account(10, 1)]).await.unwrap();
        let second = Account { email: account(10, 1).email, ..account(11, 2) };
        let refused = insert_accounts(&database.store, &[second]).await;
        assert!(matches!(refused, Err(StorageError::Taken(_))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn an_account_is_saved_over_the_version_that_was_read_and_over_no_other() {
    on_both(async |database| {
        two_bodies(database).await;
        let before = account(10, 1);
        insert_accounts(&database.store, std::slice::from_ref(&before)).await.unwrap();
        let after = Account {
            state: AccountState::Disabled,
            password_hash: None,
            organisation: OrganisationId(uuid(2)),
            version: 2,
            ..before.clone()
        };
        update(&database.store, &before, &after).await.unwrap();

        let late = Account { name: "Late".to_owned(), version: 2, ..before.clone() };
        let refused = update(&database.store, &before, &late).await;
        assert!(matches!(refused, Err(StorageError::VersionConflict)), "{refused:?}");
        assert_eq!(accounts::find(&database.store.read(), before.id).await.unwrap(), Some(after));
    })
    .await;
}

#[tokio::test]
async fn pages_of_accounts_go_by_address_and_miss_nobody() {
    on_both(async |database| {
        two_bodies(database).await;
        let addressed = |number: u128, email: &str| Account { email: email.to_owned(), ..account(number, 1) };
        // The order is that of bytes on both databases: "-" before digits before letters before "ә".
        let all =
            [addressed(14, "a-b@x"), addressed(11, "a1@x"), addressed(13, "ab@x"), addressed(12, "әб@x")];
        let [first, second, third, fourth] = all.clone();
        insert_accounts(&database.store, &[fourth, second, first, third]).await.unwrap();

        let db = database.store.read();
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = accounts::Page { limit: 2, after, before: None };
            let mut page = accounts::list(&db, page).await.unwrap();
            page.truncate(2);
            let Some((_, place)) = page.last() else { break };
            after = Some(place.clone());
            seen.extend(page.into_iter().map(|(account, _)| account));
        }
        assert_eq!(seen, all);
        let (_, last) = accounts::list(&db, accounts::Page { limit: 9, after: None, before: None })
            .await
            .unwrap()
            .pop()
            .unwrap();
        let page = accounts::Page { limit: 2, after: None, before: Some(last) };
        let page = accounts::list(&db, page).await.unwrap();
        let listed: Vec<_> = page.into_iter().map(|(account, _)| account).collect();
        assert_eq!(listed, all[..3], "the third is the surplus one");
    })
    .await;
}

#[tokio::test]
async fn only_active_accounts_of_the_organisation_are_counted() {
    on_both(async |database| {
        two_bodies(database).await;
        let stated = |number, state| Account { state, ..account(number, 1) };
        let all = [
            account(10, 1),
            account(11, 1),
            stated(12, AccountState::Invited),
            stated(13, AccountState::Disabled),
            account(14, 2),
        ];
        insert_accounts(&database.store, &all).await.unwrap();
        let db = database.store.read();
        assert_eq!(accounts::count_active_in(&db, OrganisationId(uuid(1))).await.unwrap(), 2);
        assert_eq!(accounts::count_active_in(&db, OrganisationId(uuid(2))).await.unwrap(), 1);
        assert_eq!(accounts::count_active_in(&db, OrganisationId(uuid(3))).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_link_lets_its_account_in_once() {
    on_both(async |database| {
        two_bodies(database).await;
        insert_accounts(&database.store, &[account(10, 1), account(11, 1)]).await.unwrap();
        link(&database.store, digest(1), UserId(uuid(10)), later(1)).await;
        link(&database.store, digest(2), UserId(uuid(11)), later(1)).await;

        assert_eq!(consume(&database.store, digest(3), NOW).await, None);
        assert_eq!(consume(&database.store, digest(1), NOW).await, Some(UserId(uuid(10))));
        assert_eq!(consume(&database.store, digest(1), NOW).await, None);
        assert_eq!(consume(&database.store, digest(2), NOW).await, Some(UserId(uuid(11))));
    })
    .await;
}

#[tokio::test]
async fn of_many_requests_with_one_link_one_gets_in() {
    on_both(async |database| {
        two_bodies(database).await;
        insert_accounts(&database.store, &[account(10, 1)]).await.unwrap();
        link(&database.store, digest(1), UserId(uuid(10)), later(1)).await;
        let requests = (0..8).map(|_| consume(&database.store, digest(1), NOW));
        let admitted = futures_util::future::join_all(requests).await;
        assert_eq!(admitted.into_iter().flatten().collect::<Vec<_>>(), [UserId(uuid(10))]);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_ended_or_was_revoked_lets_nobody_in() {
    on_both(async |database| {
        two_bodies(database).await;
        insert_accounts(&database.store, &[account(10, 1), account(11, 1)]).await.unwrap();
        for (number, owner) in [(1, 10), (2, 10), (3, 11)] {
            link(&database.store, digest(number), UserId(uuid(owner)), later(1_000)).await;
        }
        assert_eq!(consume(&database.store, digest(1), later(1_000)).await, None);
        assert_eq!(consume(&database.store, digest(1), later(999)).await, Some(UserId(uuid(10))));

        let revoked: Result<_, StorageError> = database
            .store
            .write(|tx| Box::pin(async move { accounts::revoke_links(tx, UserId(uuid(10))).await }))
            .await;
        revoked.unwrap();
        assert_eq!(consume(&database.store, digest(2), NOW).await, None);
        assert_eq!(consume(&database.store, digest(3), NOW).await, Some(UserId(uuid(11))));
    })
    .await;
}

#[tokio::test]
async fn a_link_in_somebodys_stead_lets_nobody_in_before_another_has_vouched() {
    on_both(async |database| {
        two_bodies(database).await;
        insert_accounts(&database.store, &[account(10, 1), account(11, 1), account(12, 1)]).await.unwrap();
        let store = &database.store;
        let [forgetful, asking] = [10, 12].map(|number| UserId(uuid(number)));
        let asked = NewLink {
            digest: digest(1),
            account: forgetful,
            purpose: LinkPurpose::Recovery,
            asked_by: Some(asking),
            expires_at: later(1_000),
        };
        insert(store, asked).await;
        let waiting =
            async |now| accounts::waiting_for_a_word(&store.read(), &[forgetful, asking], now).await.unwrap();
        assert_eq!(consume(store, digest(1), NOW).await, None);
        assert_eq!(waiting(later(999)).await, [forgetful]);
        assert!(waiting(later(1_000)).await.is_empty());
        assert!(!vouch(store, 10, 12, NOW).await, "who asked does not vouch");
        assert!(!vouch(store, 11, 10, NOW).await, "nobody asked for them");
        assert!(!vouch(store, 10, 11, later(1_000)).await, "it has ended");
        assert!(vouch(store, 10, 11, NOW).await);
        assert!(!vouch(store, 10, 11, NOW).await, "a word is given once");
        assert!(waiting(NOW).await.is_empty());
        assert_eq!(consume(store, digest(1), NOW).await, Some(forgetful));
        assert_eq!(consume(store, digest(1), NOW).await, None);
    })
    .await;
}

#[tokio::test]
async fn another_link_by_mail_ends_those_by_mail_and_none_that_two_people_make() {
    on_both(async |database| {
        two_bodies(database).await;
        insert_accounts(&database.store, &[account(10, 1), account(11, 1), account(12, 1)]).await.unwrap();
        let store = &database.store;
        let [forgetful, asking] = [10, 12].map(|number| UserId(uuid(number)));
        let asked = NewLink {
            digest: digest(1),
            account: forgetful,
            purpose: LinkPurpose::Recovery,
            asked_by: Some(asking),
            expires_at: later(1_000),
        };
        insert(store, asked).await;
        insert(store, NewLink { digest: digest(2), asked_by: None, ..asked }).await;
        insert(store, NewLink { digest: digest(3), asked_by: None, account: asking, ..asked }).await;
        store
            .write(move |tx| Box::pin(async move { accounts::revoke_own_links(tx, forgetful).await }))
            .await
            .unwrap();
        assert!(vouch(store, 10, 11, NOW).await);
        assert_eq!(consume(store, digest(1), NOW).await, Some(forgetful));
        assert_eq!(consume(store, digest(2), NOW).await, None);
        assert_eq!(consume(store, digest(3), NOW).await, Some(asking), "of somebody else");
    })
    .await;
}

#[tokio::test]
async fn whoever_acted_as_the_secretariat_once_is_known_for_good() {
    on_both(async |database| {
        two_bodies(database).await;
        insert_accounts(&database.store, &[account(10, 1), account(11, 1)]).await.unwrap();
        let has_been = async |beside: u128| {
            accounts::has_been_secretariat(&database.store.read(), UserId(uuid(beside))).await.unwrap()
        };
        assert!(!has_been(11).await);
        let noted: Result<_, StorageError> = database
            .store
            .write(|tx| Box::pin(async move { accounts::note_secretariat(tx, UserId(uuid(10))).await }))
            .await;
        noted.unwrap();
        assert!(has_been(11).await && !has_been(10).await);
    })
    .await;
}

#[tokio::test]
async fn links_that_ended_are_cleared_away_and_others_stay() {
    on_both(async |database| {
        two_bodies(database).await;
        insert_accounts(&database.store, &[account(10, 1)]).await.unwrap();
        for (number, end) in [(1, 5), (2, 10), (3, 11)] {
            link(&database.store, digest(number), UserId(uuid(10)), later(end)).await;
        }
        let removed: Result<_, StorageError> = database
            .store
            .write(|tx| Box::pin(async move { accounts::delete_expired_links(tx, later(10)).await }))
            .await;
        assert_eq!(removed.unwrap(), 2);
        assert_eq!(consume(&database.store, digest(3), NOW).await, Some(UserId(uuid(10))));
    })
    .await;
}
