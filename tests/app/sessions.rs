//! Sessions: refreshing, reuse, ending, and what an administrator's changes do to them.

use std::sync::Arc;

use qadam_app::accounts::{self, AccountChanges, AccountState};
use qadam_app::authentication::{
    authenticate, end_other_sessions, end_session, forget_expired, list_sessions, refresh, sign_out,
};
use qadam_app::{App, Code};
use qadam_domain::accounts::Role;
use qadam_domain::ids::{SessionId, Uuid};

use crate::support::TestApp;

const DAY: i64 = 86_400_000;

async fn refused_refresh(app: &Arc<App>, token: &str) -> bool {
    match refresh(app, token).await {
        Ok(_) => false,
        Err(error) => {
            assert_eq!(error.code(), Code::InvalidRefreshToken);
            true
        }
    }
}

async fn is_live(app: &App, access_token: &str) -> bool {
    match authenticate(app, Some(access_token)).await {
        Ok(signed) => signed.is_some(),
        Err(error) => {
            assert_eq!(error.code(), Code::InvalidToken);
            false
        }
    }
}

#[tokio::test]
async fn refreshing_gives_new_tokens_of_the_same_session() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    let first = test.sign_in("officer").await;
    test.clock.pass(1_000);
    let second = refresh(&test.app, &first.refresh_token).await.unwrap();
    assert_eq!(second.session, first.session);
    assert_ne!(second.refresh_token, first.refresh_token);
    assert_ne!(second.access_token, first.access_token);
    assert!(is_live(&test.app, &second.access_token).await && is_live(&test.app, &first.access_token).await);
}

#[tokio::test]
async fn a_used_refresh_token_ends_its_session_and_no_other() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    let (stolen, other) = (test.sign_in("officer").await, test.sign_in("officer").await);
    let second = refresh(&test.app, &stolen.refresh_token).await.unwrap();
    assert!(refused_refresh(&test.app, &stolen.refresh_token).await);
    assert!(!is_live(&test.app, &second.access_token).await);
    assert!(refused_refresh(&test.app, &second.refresh_token).await);
    assert!(is_live(&test.app, &other.access_token).await);
    refresh(&test.app, &other.refresh_token).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_sixteen_uses_at_once_exactly_one_wins() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    let tokens = test.sign_in("officer").await;
    let uses: Vec<_> = (0..16)
        .map(|_| {
            let (app, token) = (Arc::clone(&test.app), tokens.refresh_token.clone());
            tokio::spawn(async move { refresh(&app, &token).await })
        })
        .collect();
    let mut winners = Vec::new();
    for use_ in uses {
        match use_.await.unwrap() {
            Ok(tokens) => winners.push(tokens),
            Err(error) => assert_eq!(error.code(), Code::InvalidRefreshToken),
        }
    }
    assert_eq!(winners.len(), 1);
    assert!(!is_live(&test.app, &winners[0].access_token).await, "the others were reuse");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn refreshing_while_signing_out_leaves_nobody_signed_in() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    for _ in 0..8 {
        let tokens = test.sign_in("officer").await;
        let signed = test.authenticated(&tokens.access_token).await;
        let (out, in_) =
            tokio::join!(sign_out(&test.app, &signed), refresh(&test.app, &tokens.refresh_token));
        out.unwrap();
        if let Ok(renewed) = in_ {
            assert!(!is_live(&test.app, &renewed.access_token).await);
            assert!(refused_refresh(&test.app, &renewed.refresh_token).await);
        }
        assert!(!is_live(&test.app, &tokens.access_token).await);
    }
}

#[tokio::test]
async fn what_is_no_refresh_token_is_refused() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    let tokens = test.sign_in("officer").await;
    let longer = format!("{}A", tokens.refresh_token);
    for bad in ["", "x", "\0", tokens.access_token.as_str(), longer.as_str()] {
        assert!(refused_refresh(&test.app, bad).await, "{bad}");
    }
    refresh(&test.app, &tokens.refresh_token).await.unwrap();
}

#[tokio::test]
async fn a_refresh_token_ends_after_fourteen_days_and_a_session_after_thirty() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    let idle = test.sign_in("officer").await;
    let mut busy = test.sign_in("officer").await;
    for _ in 0..2 {
        test.clock.pass(14 * DAY - 1);
        busy = refresh(&test.app, &busy.refresh_token).await.unwrap();
    }
    assert!(refused_refresh(&test.app, &idle.refresh_token).await);
    test.clock.pass(2 * DAY + 1);
    assert!(is_live(&test.app, &refresh(&test.app, &busy.refresh_token).await.unwrap().access_token).await);
    test.clock.pass(1);
    assert!(!is_live(&test.app, &busy.access_token).await);
}

#[tokio::test]
async fn a_session_that_ended_by_itself_is_not_refreshed() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    let mut tokens = test.sign_in("officer").await;
    for _ in 0..2 {
        test.clock.pass(14 * DAY - 1);
        tokens = refresh(&test.app, &tokens.refresh_token).await.unwrap();
    }
    test.clock.pass(2 * DAY + 2);
    assert!(refused_refresh(&test.app, &tokens.refresh_token).await);
}

#[tokio::test]
async fn signing_out_ends_the_session_at_the_next_request() {
    let test = TestApp::start().await;
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    let other = test.sign_in("officer").await;
    sign_out(&test.app, &signed).await.unwrap();
    let left = list_sessions(&test.app, &test.authenticated(&other.access_token).await).await.unwrap();
    assert_eq!(left.iter().map(|session| session.id).collect::<Vec<_>>(), [other.session]);
    let again = sign_out(&test.app, &signed).await.unwrap_err();
    assert_eq!(again.code(), Code::NotFound);
}

#[tokio::test]
async fn people_end_their_own_sessions_and_nobody_elses() {
    let test = TestApp::start().await;
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    let (second, third) = (test.sign_in("officer").await, test.sign_in("officer").await);
    test.account("colleague", "GPO", Role::Approver).await;
    let foreign = test.sign_in("colleague").await;
    for absent in [foreign.session, SessionId(Uuid::nil())] {
        assert_eq!(end_session(&test.app, &signed, absent).await.unwrap_err().code(), Code::NotFound);
    }
    assert!(is_live(&test.app, &foreign.access_token).await);
    end_session(&test.app, &signed, second.session).await.unwrap();
    assert!(!is_live(&test.app, &second.access_token).await);
    assert!(is_live(&test.app, &third.access_token).await);
    assert_eq!(end_other_sessions(&test.app, &signed).await.unwrap(), 1);
    assert!(!is_live(&test.app, &third.access_token).await);
    assert_eq!(list_sessions(&test.app, &signed).await.unwrap().len(), 1);
}

#[tokio::test]
async fn disabling_an_account_ends_its_sessions_at_the_next_request() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let officer = test.account("officer", "GPO", Role::Officer).await;
    let tokens = test.sign_in("officer").await;
    let disable = AccountChanges { state: Some(AccountState::Disabled), ..AccountChanges::default() };
    accounts::change(&test.app, &admin.viewer, officer.id, disable, None).await.unwrap();
    assert!(!is_live(&test.app, &tokens.access_token).await);
    assert!(refused_refresh(&test.app, &tokens.refresh_token).await);
    let enable = AccountChanges { state: Some(AccountState::Active), ..AccountChanges::default() };
    accounts::change(&test.app, &admin.viewer, officer.id, enable, None).await.unwrap();
    assert!(!is_live(&test.app, &tokens.access_token).await, "an ended session does not come back");
    test.sign_in("officer").await;
}

#[tokio::test]
async fn a_changed_role_holds_at_the_next_request() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let officer = test.account("officer", "GPO", Role::Officer).await;
    let tokens = test.sign_in("officer").await;
    let promote = AccountChanges { role: Some(Role::Approver), ..AccountChanges::default() };
    accounts::change(&test.app, &admin.viewer, officer.id, promote, None).await.unwrap();
    assert_eq!(test.authenticated(&tokens.access_token).await.actor().role, Role::Approver);
}

#[tokio::test]
async fn what_has_ended_is_removed() {
    let test = TestApp::start().await;
    test.invite("late", "GPO", Role::Officer).await;
    test.account("officer", "GPO", Role::Officer).await;
    test.sign_in("officer").await;
    assert_eq!(forget_expired(&test.app).await.unwrap(), 0);
    test.clock.pass(30 * DAY);
    while forget_expired(&test.app).await.unwrap() > 0 {}
    for sql in [
        "SELECT COUNT(*) FROM session",
        "SELECT COUNT(*) FROM refresh_token",
        "SELECT COUNT(*) FROM account_link",
    ] {
        assert_eq!(test.peek::<i64>(sql).await, 0, "{sql}");
    }
}
