//! Requests that are sent twice.

use qadam_app::accounts;
use qadam_app::idempotency::{Replay, Retry, forget_old};
use qadam_app::organisations::{self, OrganisationKind};
use qadam_app::{App, Code};
use qadam_domain::accounts::Role;
use qadam_domain::ids::{UserId, Uuid};

use crate::support::{TestApp, new_account, organisation};

const ROUTE: &str = "POST /api/v1/users";

fn retry(app: &App, user: UserId, key: &str, body: &str) -> Retry {
    Retry::new(app, user, ROUTE, key, body.as_bytes()).unwrap()
}

#[tokio::test]
async fn a_repetition_is_told_where_the_result_is() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let first = retry(&test.app, admin.account.id, "key-1", "{}");
    assert_eq!(first.find(&test.app).await.unwrap(), None);
    let new = new_account("officer", "GPO", Role::Officer);
    let made = accounts::create(&test.app, &admin.viewer, new, Some(first)).await.unwrap();
    let replay = Replay { status: 201, location: format!("/api/v1/users/{}", made.account.id) };
    let again = retry(&test.app, admin.account.id, "key-1", "{}");
    assert_eq!(again.find(&test.app).await.unwrap(), Some(replay.clone()));
    let restarted = test.open_again(|_| {}).await;
    let again = retry(&restarted, admin.account.id, "key-1", "{}");
    assert_eq!(again.find(&restarted).await.unwrap(), Some(replay));
}

#[tokio::test]
async fn account_route_and_key_tell_requests_apart_and_another_body_is_refused() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let id = admin.account.id;
    let new = new_account("officer", "GPO", Role::Officer);
    let first = retry(&test.app, id, "key-1", "{}");
    accounts::create(&test.app, &admin.viewer, new, Some(first)).await.unwrap();
    let other_route = Retry::new(&test.app, id, "POST /api/v1/items", "key-1", b"{}").unwrap();
    for other in [
        retry(&test.app, id, "key-2", "{}"),
        retry(&test.app, UserId(Uuid::nil()), "key-1", "{}"),
        other_route,
    ] {
        assert_eq!(other.find(&test.app).await.unwrap(), None);
    }
    let other_body = retry(&test.app, id, "key-1", "{\"a\":1}");
    assert_eq!(other_body.find(&test.app).await.unwrap_err().code(), Code::IdempotencyKeyReused);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_equal_requests_at_once_one_does_it_and_the_other_finds_it() {
    let test = TestApp::start().await;
    let secretariat = test.signed("secretariat", "MFA", Role::Secretariat).await;
    let request = retry(&test.app, secretariat.account.id, "key-1", "{}");
    let new = |code: &str| organisation(code, OrganisationKind::StateBody, "New");
    let (first, second) = tokio::join!(
        organisations::create(&test.app, &secretariat.viewer, new("NEW"), Some(request)),
        organisations::create(&test.app, &secretariat.viewer, new("NEW"), Some(request)),
    );
    let (made, refused) = match (first, second) {
        (Ok(made), Err(refused)) | (Err(refused), Ok(made)) => (made, refused),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused.code(), Code::IdempotencyKeyReused, "and not that the code is taken");
    let replay = request.find(&test.app).await.unwrap().unwrap();
    assert_eq!(replay.location, format!("/api/v1/organisations/{}", made.id));
}

#[tokio::test]
async fn a_request_that_failed_is_not_remembered() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let request = retry(&test.app, admin.account.id, "key-1", "{}");
    let taken = new_account("admin", "MFA", Role::Admin);
    let refused = accounts::create(&test.app, &admin.viewer, taken, Some(request)).await.unwrap_err();
    assert_eq!(refused.code(), Code::Taken);
    assert_eq!(request.find(&test.app).await.unwrap(), None);
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day_and_may_be_used_again() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let request = retry(&test.app, admin.account.id, "key-1", "{}");
    let create = async |name: &str| {
        let new = new_account(name, "GPO", Role::Officer);
        accounts::create(&test.app, &admin.viewer, new, Some(request)).await
    };
    create("one").await.unwrap();
    test.clock.pass(24 * 60 * 60 * 1000);
    assert!(request.find(&test.app).await.unwrap().is_some());
    assert_eq!(forget_old(&test.app).await.unwrap(), 0);
    test.clock.pass(1);
    assert_eq!(request.find(&test.app).await.unwrap(), None);
    let second = create("two").await.unwrap();
    let replay = request.find(&test.app).await.unwrap().unwrap();
    assert_eq!(replay.location, format!("/api/v1/users/{}", second.account.id));
    test.clock.pass(24 * 60 * 60 * 1000 + 1);
    assert_eq!(forget_old(&test.app).await.unwrap(), 1);
}

#[tokio::test]
async fn a_key_is_short_visible_ascii() {
    let test = TestApp::start().await;
    let user = UserId(Uuid::nil());
    let long = "k".repeat(256);
    for bad in ["", " ", "a b", "ключ", "a\u{7f}", "a\n", long.as_str()] {
        let refused = Retry::new(&test.app, user, ROUTE, bad, b"").unwrap_err();
        assert_eq!(refused.code(), Code::InvalidHeader, "{bad:?}");
    }
    assert!(Retry::new(&test.app, user, ROUTE, &long[..255], b"").is_ok());
}

#[tokio::test]
async fn neither_key_nor_body_is_stored() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let request = retry(&test.app, admin.account.id, "key-1", "a secret body");
    let new = new_account("officer", "GPO", Role::Officer);
    accounts::create(&test.app, &admin.viewer, new, Some(request)).await.unwrap();
    let key: Vec<u8> = test.peek("SELECT key_digest FROM idempotency_record").await;
    let body: Vec<u8> = test.peek("SELECT body_digest FROM idempotency_record").await;
    // A plain digest could be guessed from the outside.
    let plain = |text: &[u8]| aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text);
    assert_eq!((key.len(), body.len()), (32, 32));
    assert_ne!(key, plain(b"key-1").as_ref());
    assert_ne!(body, plain(b"a secret body").as_ref());
}
