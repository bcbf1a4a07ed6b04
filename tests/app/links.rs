//! One-time links: how people choose their first password.

use std::sync::Arc;

use qadam_app::accounts::{self, AccountChanges, AccountState};
use qadam_app::authentication::SignIn;
use qadam_app::authentication::set_password_by_link;
use qadam_app::throttling::Origin;
use qadam_app::{AppError, Code};
use qadam_domain::accounts::Role;

use crate::support::{PASSWORD, TestApp, address};

fn field(error: AppError) -> (String, &'static str) {
    match error {
        AppError::Invalid(mut errors) if errors.len() == 1 => {
            let error = errors.remove(0);
            (error.pointer, error.code.as_str())
        }
        other => panic!("not one wrong field: {other}"),
    }
}

#[tokio::test]
async fn a_link_lets_its_account_in_once() {
    let test = TestApp::start().await;
    let (invited, token) = test.invite("officer", "GPO", Role::Officer).await;
    assert_eq!((invited.state, invited.password_hash), (AccountState::Invited, None));
    let account = set_password_by_link(&test.app, &Origin::default(), &token, PASSWORD).await.unwrap();
    assert_eq!((account.id, account.state), (invited.id, AccountState::Active));
    test.sign_in("officer").await;
    let again = set_password_by_link(&test.app, &Origin::default(), &token, "vermilion teapot gale")
        .await
        .unwrap_err();
    assert_eq!(again.code(), Code::InvalidLink);
    test.sign_in("officer").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_uses_at_once_exactly_one_wins() {
    let test = TestApp::start().await;
    let (_, token) = test.invite("officer", "GPO", Role::Officer).await;
    let passwords: Vec<_> = (0..8).map(|index| format!("vermilion teapot gale {index}")).collect();
    let uses: Vec<_> = passwords
        .iter()
        .cloned()
        .map(|password| {
            let (app, token) = (Arc::clone(&test.app), token.clone());
            tokio::spawn(
                async move { set_password_by_link(&app, &Origin::default(), &token, &password).await },
            )
        })
        .collect();
    let mut winner = None;
    for (use_, password) in uses.into_iter().zip(&passwords) {
        match use_.await.unwrap() {
            Ok(_) => assert!(winner.replace(password).is_none(), "two got in"),
            Err(error) => assert_eq!(error.code(), Code::InvalidLink),
        }
    }
    let winner = winner.unwrap();
    qadam_app::authentication::sign_in(
        &test.app,
        &Origin::default(),
        SignIn::new(&address("officer"), winner),
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn a_refused_password_leaves_the_link_as_it_was() {
    let test = TestApp::start().await;
    let (_, token) = test.invite("officer.longname", "GPO", Role::Officer).await;
    for (password, code) in [
        ("short", "too_short"),
        ("passwordpassword", "too_common"),
        ("Qadam Qadam Qadam", "too_common"),
        ("officer.longname@example.org", "too_common"),
    ] {
        let refused =
            set_password_by_link(&test.app, &Origin::default(), &token, password).await.unwrap_err();
        assert_eq!(field(refused), ("/password".to_owned(), code), "{password}");
    }
    set_password_by_link(&test.app, &Origin::default(), &token, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn unknown_expired_and_replaced_links_are_refused_alike() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let (account, replaced) = test.invite("officer", "GPO", Role::Officer).await;
    let fresh = accounts::new_link(&test.app, &admin.viewer, account.id, None).await.unwrap();
    for bad in ["", "x", "\0", replaced.as_str()] {
        let refused = set_password_by_link(&test.app, &Origin::default(), bad, PASSWORD).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidLink, "{bad}");
    }
    test.clock.pass(7 * 86_400_000);
    let refused =
        set_password_by_link(&test.app, &Origin::default(), &fresh.token, PASSWORD).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidLink);
    let admin_again = test.sign_in("admin").await;
    let admin = test.authenticated(&admin_again.access_token).await;
    let fresh = accounts::new_link(&test.app, &admin.viewer, account.id, None).await.unwrap();
    test.clock.pass(7 * 86_400_000 - 1);
    set_password_by_link(&test.app, &Origin::default(), &fresh.token, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn an_administrator_makes_no_link_to_an_account_that_has_signed_in() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let account = test.account("member", "NGO-A", Role::NgoMember).await;
    for state in [AccountState::Active, AccountState::Disabled] {
        let changes = AccountChanges { state: Some(state), ..AccountChanges::default() };
        accounts::change(&test.app, &admin.viewer, account.id, changes, None).await.unwrap();
        let refused = accounts::new_link(&test.app, &admin.viewer, account.id, None).await.unwrap_err();
        assert_eq!(refused.code(), Code::StatusConflict);
    }
}

#[tokio::test]
async fn disabling_an_invited_account_ends_its_link_for_ever() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let (account, token) = test.invite("officer", "GPO", Role::Officer).await;
    for (state, expected) in
        [(AccountState::Disabled, AccountState::Disabled), (AccountState::Active, AccountState::Invited)]
    {
        let changes = AccountChanges { state: Some(state), ..AccountChanges::default() };
        let after = accounts::change(&test.app, &admin.viewer, account.id, changes, None).await.unwrap();
        assert_eq!(after.state, expected);
        let refused =
            set_password_by_link(&test.app, &Origin::default(), &token, PASSWORD).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidLink);
    }
    let fresh = accounts::new_link(&test.app, &admin.viewer, account.id, None).await.unwrap();
    set_password_by_link(&test.app, &Origin::default(), &fresh.token, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn tokens_are_stored_as_digests_alone() {
    let test = TestApp::start().await;
    let (_, token) = test.invite("officer", "GPO", Role::Officer).await;
    let stored: Vec<u8> = test.peek("SELECT token_digest FROM account_link").await;
    assert_eq!(stored, aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, token.as_bytes()).as_ref());
    set_password_by_link(&test.app, &Origin::default(), &token, PASSWORD).await.unwrap();
    let tokens = test.sign_in("officer").await;
    let stored: Vec<u8> = test.peek("SELECT token_digest FROM refresh_token").await;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, tokens.refresh_token.as_bytes());
    assert_eq!(stored, digest.as_ref());
}
