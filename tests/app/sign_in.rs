//! Who gets in, and what those who do not are told.

use qadam_app::accounts::{self, AccountChanges, AccountState};
use qadam_app::authentication::SignIn;
use qadam_app::authentication::{Tokens, authenticate, list_sessions, sign_in};
use qadam_app::throttling::Origin;
use qadam_app::{AppError, Code};
use qadam_domain::accounts::{Role, Viewer};

use crate::support::{PASSWORD, TestApp, address};

fn refused(outcome: Result<Tokens, AppError>) -> Code {
    outcome.unwrap_err().code()
}

#[tokio::test]
async fn the_right_password_gives_tokens_that_name_account_and_session() {
    let test = TestApp::start().await;
    let account = test.account("officer", "GPO", Role::Officer).await;
    let tokens = sign_in(
        &test.app,
        &Origin::default(),
        SignIn { label: Some("Office computer"), ..SignIn::new("  Officer@EXAMPLE.org ", PASSWORD) },
    )
    .await
    .unwrap();
    assert_eq!(tokens.expires_in, 600);
    let signed = test.authenticated(&tokens.access_token).await;
    assert_eq!(signed.account.id, account.id);
    assert_eq!(signed.viewer, Viewer::Account(account.actor()));
    assert_eq!(signed.session.id, tokens.session);
    assert_eq!(signed.session.label, "Office computer");
    assert_eq!(signed.session.started_on.to_string(), "2025-10-15");
}

#[tokio::test]
async fn every_refused_sign_in_is_answered_alike() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    test.account("known", "GPO", Role::Officer).await;
    test.invite("invited", "GPO", Role::Officer).await;
    let disabled = test.account("disabled", "GPO", Role::Officer).await;
    let changes = AccountChanges { state: Some(AccountState::Disabled), ..AccountChanges::default() };
    accounts::change(&test.app, &admin.viewer, disabled.id, changes, None).await.unwrap();
    let long = "x".repeat(100_000);
    for (email, password) in [
        (address("known"), "kumquat saddle orbiT"),
        (address("known"), ""),
        (address("known"), "kumquat saddle orbit "),
        (address("known"), long.as_str()),
        (address("known"), "kumquat saddle orbit\0"),
        (address("nobody"), PASSWORD),
        (address("invited"), PASSWORD),
        (address("invited"), ""),
        (address("disabled"), PASSWORD),
        ("known".to_owned(), PASSWORD),
        (String::new(), PASSWORD),
        ("known@example.org\0".to_owned(), PASSWORD),
        ("known@example.org' OR '1'='1".to_owned(), PASSWORD),
        (long.clone(), PASSWORD),
    ] {
        let outcome = sign_in(&test.app, &Origin::default(), SignIn::new(&email, password)).await;
        assert_eq!(refused(outcome), Code::InvalidCredentials, "{email:.30} {password:.30}");
    }
    let sessions: i64 = test.peek("SELECT COUNT(*) FROM session").await;
    assert_eq!(sessions, 1, "only the administrator's");
}

#[tokio::test]
async fn a_label_is_a_clean_line() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    for label in ["two\nlines", "\u{202e}mirrored", &"x".repeat(301)] {
        let outcome = sign_in(
            &test.app,
            &Origin::default(),
            SignIn { label: Some(label), ..SignIn::new(&address("officer"), PASSWORD) },
        )
        .await;
        assert_eq!(refused(outcome), Code::Invalid, "{label:?}");
    }
    let tokens = sign_in(
        &test.app,
        &Origin::default(),
        SignIn { label: Some("  "), ..SignIn::new(&address("officer"), PASSWORD) },
    )
    .await
    .unwrap();
    let signed = test.authenticated(&tokens.access_token).await;
    assert_eq!(list_sessions(&test.app, &signed).await.unwrap()[0].label, "");
}

#[tokio::test]
async fn a_hash_of_old_parameters_is_renewed_at_sign_in() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    let hash = "SELECT password_hash FROM account";
    let old: String = test.peek(hash).await;
    assert!(old.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{old}");
    let dearer = test.open_again(|settings| settings.authentication.argon2_memory_kib = 16).await;
    let wrong =
        sign_in(&dearer, &Origin::default(), SignIn::new(&address("officer"), "another wrong password"))
            .await;
    assert_eq!(refused(wrong), Code::InvalidCredentials);
    assert_eq!(test.peek::<String>(hash).await, old);
    sign_in(&dearer, &Origin::default(), SignIn::new(&address("officer"), PASSWORD)).await.unwrap();
    let renewed: String = test.peek(hash).await;
    assert!(renewed.starts_with("$argon2id$v=19$m=16,t=1,p=1$"), "{renewed}");
    sign_in(&dearer, &Origin::default(), SignIn::new(&address("officer"), PASSWORD)).await.unwrap();
    assert_eq!(test.peek::<String>(hash).await, renewed);
}

#[tokio::test]
async fn no_token_is_nobody_and_a_bad_one_is_refused() {
    let test = TestApp::start().await;
    assert!(authenticate(&test.app, None).await.unwrap().is_none());
    for bad in ["", "x", "a.b.c"] {
        assert_eq!(authenticate(&test.app, Some(bad)).await.unwrap_err().code(), Code::InvalidToken);
    }
}

#[tokio::test]
async fn an_access_token_ends_and_another_deployment_does_not_take_it() {
    let test = TestApp::start().await;
    let other = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    let tokens = test.sign_in("officer").await;
    let refused = authenticate(&other.app, Some(&tokens.access_token)).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidToken);
    test.clock.pass(605_000);
    test.authenticated(&tokens.access_token).await;
    test.clock.pass(1_000);
    let refused = authenticate(&test.app, Some(&tokens.access_token)).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidToken);
}

#[tokio::test]
async fn a_token_outlives_a_restart() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    let tokens = test.sign_in("officer").await;
    let again = test.open_again(|_| {}).await;
    assert!(authenticate(&again, Some(&tokens.access_token)).await.unwrap().is_some());
    assert_eq!(again.jwks(), test.app.jwks());
}

#[tokio::test]
async fn the_key_set_holds_the_public_key_alone() {
    let test = TestApp::start().await;
    let keys = test.app.jwks();
    let key = keys["keys"][0].as_object().unwrap();
    let mut members: Vec<_> = key.keys().map(String::as_str).collect();
    members.sort_unstable();
    assert_eq!(members, ["alg", "crv", "kid", "kty", "use", "x"]);
    assert_eq!((key["kty"].as_str(), key["crv"].as_str()), (Some("OKP"), Some("Ed25519")));
    assert_eq!(key["x"].as_str().unwrap().len(), 43);
}
