//! What is kept of the database in memory is as new as the database, also where nobody waited for a write to end.

use futures_util::FutureExt as _;
use qadam_app::authentication::authenticate;
use qadam_app::housekeeping::tidy;
use qadam_app::organisations::{self, OrganisationKind};
use qadam_app::precondition::public_context;
use qadam_app::vocabularies::{VocabularyKind, install, parse};
use qadam_domain::accounts::Role;

use crate::support::{TestApp, organisation};

/// Creates an organisation for a client that hangs up when the write has begun, and lets the write end.
async fn create_and_hang_up(test: &TestApp, code: &str) {
    let new = vec![organisation(code, OrganisationKind::StateBody, "New Body")];
    let answer = organisations::provision(&test.app, new).now_or_never();
    assert!(answer.is_none(), "the write was not waited for");
    another_write(test).await;
}

/// Returns after another write: they are done one after another.
async fn another_write(test: &TestApp) {
    test.clock.pass(24 * 60 * 60 * 1000);
    assert!(tidy(&test.app).await.unwrap().is_some(), "something was written");
}

#[tokio::test]
async fn the_public_reads_what_was_written_for_a_client_that_hung_up() {
    let test = TestApp::start().await;
    create_and_hang_up(&test, "MIA").await;
    let before = public_context(&test.app, "/organisations", "en").await.unwrap();
    assert!(organisations::get(&test.app, "MIA").is_ok());
    create_and_hang_up(&test, "MOD").await;
    authenticate(&test.app, None).await.unwrap();
    assert!(organisations::get(&test.app, "MOD").is_ok());
    let after = public_context(&test.app, "/organisations", "en").await.unwrap();
    assert_ne!(before, after, "what the public was told before no longer holds");
}

#[tokio::test]
async fn an_account_reads_what_was_written_for_a_client_that_hung_up() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    create_and_hang_up(&test, "MIA").await;
    let token = test.sign_in("officer").await.access_token;
    assert!(organisations::get(&test.app, "MIA").is_err(), "nobody has looked yet");
    test.authenticated(&token).await;
    assert!(organisations::get(&test.app, "MIA").is_ok());
}

#[tokio::test]
async fn a_vocabulary_that_nobody_waited_for_is_read_too() {
    let test = TestApp::start().await;
    let groups =
        r#"[{"code": "rural", "name": {"kk": "Ауыл", "ru": "Село", "en": "Rural"}, "uhri": "Rural"}]"#;
    let terms = parse(VocabularyKind::Groups, groups).unwrap();
    assert!(install(&test.app, &terms).now_or_never().is_none());
    another_write(&test).await;
    authenticate(&test.app, None).await.unwrap();
    assert!(test.app.vocabularies().contains("groups", "rural"));
}
