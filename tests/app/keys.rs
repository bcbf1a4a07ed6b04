//! The keys of access tokens and the one that seals are changed.

use std::sync::Arc;

use qadam_app::authentication::{authenticate, refresh};
use qadam_app::clock::Clock as _;
use qadam_app::random::{Random, SystemRandomness};
use qadam_app::sealing_keys::change_sealing_key;
use qadam_app::{App, Code};
use qadam_domain::accounts::Role;

use crate::second_factor::{enrolled, signs_in};
use crate::support::TestApp;

/// The names of the keys that are accepted; the one that signs comes first.
fn accepted(app: &App) -> Vec<String> {
    let keys = app.jwks();
    let keys = keys["keys"].as_array().unwrap().iter();
    keys.map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

fn random() -> Arc<dyn Random> {
    Arc::new(SystemRandomness)
}

async fn accepts(app: &App, token: &str) -> Result<(), Code> {
    authenticate(app, Some(token)).await.map(drop).map_err(|error| error.code())
}

#[tokio::test]
async fn the_key_of_tokens_is_changed_while_two_nodes_run_and_nobody_is_refused() {
    let test = TestApp::start().await;
    let other = test.open_again(|_| {}).await;
    test.account("officer", "GPO", Role::Officer).await;
    let files = test.key_files();
    let old = test.sign_in("officer").await.access_token;
    let first = accepted(&test.app);
    assert!(files.announce_token_key().unwrap());
    for node in [&test.app, &other] {
        assert!(node.reread_token_keys().await.unwrap());
        assert!(!node.reread_token_keys().await.unwrap(), "nothing is new a second time");
    }
    let announced = accepted(&test.app);
    assert_eq!((announced.len(), &announced[0]), (2, &first[0]), "the old key still signs");
    files.change_token_key(test.clock.now(), 660).unwrap();
    // One node knows it before the other.
    assert!(test.app.reread_token_keys().await.unwrap());
    let new = test.sign_in("officer").await.access_token;
    assert_eq!(accepted(&test.app), [announced[1].clone(), announced[0].clone()]);
    for node in [&test.app, &other] {
        assert_eq!((accepts(node, &old).await, accepts(node, &new).await), (Ok(()), Ok(())));
    }
    assert!(other.reread_token_keys().await.unwrap());
    assert_eq!(accepted(&other), accepted(&test.app));
    test.clock.pass(661_000);
    assert_eq!(accepted(&test.app), [announced[1].clone()], "the old key is accepted no more");
}

#[tokio::test]
async fn a_key_of_tokens_that_others_know_ends_at_once_and_sessions_go_on() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    let tokens = test.sign_in("officer").await;
    let files = test.key_files();
    files.announce_token_key().unwrap();
    files.change_token_key(test.clock.now(), 0).unwrap();
    assert!(test.app.reread_token_keys().await.unwrap());
    assert_eq!(accepted(&test.app).len(), 1);
    assert_eq!(accepts(&test.app, &tokens.access_token).await, Err(Code::InvalidToken));
    let renewed = refresh(&test.app, &tokens.refresh_token).await.unwrap();
    assert_eq!(accepts(&test.app, &renewed.access_token).await, Ok(()));
}

#[tokio::test]
async fn keys_of_tokens_that_cannot_be_read_leave_those_that_are_known_in_use() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    let token = test.sign_in("officer").await.access_token;
    let files = test.key_files();
    std::fs::write(files.next_token(), "no key").unwrap();
    let error = test.app.reread_token_keys().await.unwrap_err().to_string();
    assert!(error.contains("token.next.pem"), "{error}");
    assert_eq!(accepts(&test.app, &token).await, Ok(()));
}

#[tokio::test]
async fn what_was_sealed_is_opened_with_the_new_key_and_no_node_starts_with_another() {
    let test = TestApp::start().await;
    let (_, phone, _) = enrolled(&test).await;
    let (files, store) = (test.key_files(), test.store().await);
    let old = std::fs::read(&files.sealing).unwrap();
    assert_eq!(change_sealing_key(&store, &files, &random()).await.unwrap(), 1);
    assert_ne!(std::fs::read(&files.sealing).unwrap(), old);
    assert!(!files.next_sealing().exists());
    let folder = std::fs::read_dir(files.sealing.parent().unwrap()).unwrap();
    let kept = folder.filter(|file| std::fs::read(file.as_ref().unwrap().path()).unwrap() == old).count();
    assert_eq!(kept, 1, "backups that were made until now need it");
    let again = test.restarted().await;
    again.clock.pass(30_000);
    assert_eq!(signs_in(&again, Some(&phone.code(30))).await, Ok(()));
    // The present key is brought back, as by a backup of it: nothing opens with it.
    std::fs::write(&files.sealing, &old).unwrap();
    let error = again.try_open(|_| {}).await.unwrap_err().to_string();
    assert!(error.contains("sealed with another sealing.key"), "{error}");
}

#[tokio::test]
async fn a_change_of_the_sealing_key_that_was_interrupted_goes_on() {
    let test = TestApp::start().await;
    let (_, phone, _) = enrolled(&test).await;
    let (files, store) = (test.key_files(), test.store().await);
    let old = std::fs::read(&files.sealing).unwrap();
    change_sealing_key(&store, &files, &random()).await.unwrap();
    // As it was before the files changed their names: the database knows the new key, and nobody else does.
    std::fs::rename(&files.sealing, files.next_sealing()).unwrap();
    std::fs::write(&files.sealing, &old).unwrap();
    assert_eq!(change_sealing_key(&store, &files, &random()).await.unwrap(), 0);
    let again = test.restarted().await;
    again.clock.pass(30_000);
    assert_eq!(signs_in(&again, Some(&phone.code(30))).await, Ok(()));
}
