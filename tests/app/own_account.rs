//! What people change of their own account.

use qadam_app::authentication::SignIn;
use qadam_app::authentication::{
    OwnChanges, PasswordChange, authenticate, change_own_account, change_own_password, sign_in,
};
use qadam_app::precondition::IfMatch;
use qadam_app::throttling::Origin;
use qadam_app::{AppError, Code, accounts};
use qadam_domain::accounts::Role;
use qadam_domain::language::Language;

use crate::support::{PASSWORD, TestApp, address};

const NEW: &str = "vermilion teapot gale";

fn change(current: &str, new: &str) -> PasswordChange {
    PasswordChange { current: current.to_owned(), new: new.to_owned() }
}

#[tokio::test]
async fn a_changed_password_holds_at_once_and_signs_all_others_out() {
    let test = TestApp::start().await;
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    let (current, other) = (test.sign_in("officer").await, test.sign_in("officer").await);
    let current_signed = test.authenticated(&current.access_token).await;
    change_own_password(&test.app, &Origin::default(), &current_signed, change(PASSWORD, NEW)).await.unwrap();
    let old =
        sign_in(&test.app, &Origin::default(), SignIn::new(&address("officer"), PASSWORD)).await.unwrap_err();
    assert_eq!(old.code(), Code::InvalidCredentials);
    sign_in(&test.app, &Origin::default(), SignIn::new(&address("officer"), NEW)).await.unwrap();
    test.authenticated(&current.access_token).await;
    assert!(authenticate(&test.app, Some(&other.access_token)).await.is_err());
    // A request that was under way with the password as it was is refused as well.
    let stale =
        change_own_password(&test.app, &Origin::default(), &signed, change(PASSWORD, "kumquat teapot gale"))
            .await;
    assert_eq!(stale.unwrap_err().code(), Code::InvalidCredentials);
}

#[tokio::test]
async fn without_the_present_password_or_with_a_bad_new_one_nothing_changes() {
    let test = TestApp::start().await;
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    for wrong in ["", "kumquat saddle orbi", NEW] {
        let refused = change_own_password(&test.app, &Origin::default(), &signed, change(wrong, NEW))
            .await
            .unwrap_err();
        assert_eq!(refused.code(), Code::InvalidCredentials, "{wrong}");
    }
    for bad in ["short", "passwordpassword", "officer@example.org 1"] {
        let refused = change_own_password(&test.app, &Origin::default(), &signed, change(PASSWORD, bad))
            .await
            .unwrap_err();
        assert!(matches!(&refused, AppError::Invalid(errors) if errors[0].pointer == "/password"), "{bad}");
    }
    test.sign_in("officer").await;
}

#[tokio::test]
async fn name_and_language_are_changed_without_a_trace_in_the_ledger() {
    let test = TestApp::start().await;
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    let before = test.entered("account").await.len();
    let etag = accounts::etag(&test.app, &signed.account);
    let changes = OwnChanges { name: Some(" Аты ".to_owned()), language: Some(Language::Kazakh) };
    let condition = Some(IfMatch::Tags(vec![etag.clone()]));
    let after = change_own_account(&test.app, &signed, changes.clone(), condition.clone()).await.unwrap();
    assert_eq!((after.name.as_str(), after.language), ("Аты", Language::Kazakh));
    assert_ne!(accounts::etag(&test.app, &after), etag);
    let stale = change_own_account(&test.app, &signed, changes.clone(), condition).await.unwrap_err();
    assert_eq!(stale.code(), Code::PreconditionFailed);
    let same = change_own_account(&test.app, &signed, changes, None).await.unwrap();
    assert_eq!(same.version, after.version);
    assert_eq!(test.entered("account").await.len(), before);
}

#[tokio::test]
async fn an_unclean_name_is_refused() {
    let test = TestApp::start().await;
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    for name in ["", "  ", "a\u{202e}b", "a\nb", &"x".repeat(301)] {
        let changes = OwnChanges { name: Some((*name).to_owned()), language: None };
        let refused = change_own_account(&test.app, &signed, changes, None).await.unwrap_err();
        assert!(matches!(&refused, AppError::Invalid(errors) if errors[0].pointer == "/name"), "{name:?}");
    }
}
