//! What has ended is removed, once an hour by one node.

use qadam_app::housekeeping::tidy;
use qadam_domain::accounts::Role;

use crate::support::TestApp;

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

async fn rows(test: &TestApp) -> i64 {
    test.peek(
        "SELECT (SELECT COUNT(*) FROM session) + (SELECT COUNT(*) FROM refresh_token) \
         + (SELECT COUNT(*) FROM account_link)",
    )
    .await
}

#[tokio::test]
async fn what_has_ended_is_removed_and_what_holds_stays() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    test.sign_in("officer").await;
    test.invite("newcomer", "GPO", Role::Officer).await;
    assert_eq!(tidy(&test.app).await.unwrap(), Some(0));
    let all = rows(&test).await;
    assert!(all >= 3, "a session, its token, a link: {all}");
    test.clock.pass(31 * DAY);
    test.sign_in("officer").await;
    assert_eq!(tidy(&test.app).await.unwrap(), Some(u64::try_from(all).unwrap()));
    assert_eq!(rows(&test).await, 2, "the new session and its token");
}

#[tokio::test]
async fn much_that_has_ended_is_removed_write_by_write() {
    let test = TestApp::start().await;
    let insert = "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2500) \
                  INSERT INTO idempotency_record (key_digest, body_digest, status, location, created_at) \
                  SELECT CAST(printf('%032d', n) AS BLOB), zeroblob(32), 201, '/x', 0 FROM number RETURNING status";
    assert_eq!(test.peek::<i64>(insert).await, 201);
    assert_eq!(test.peek::<i64>("SELECT COUNT(*) FROM idempotency_record").await, 2_500);
    assert_eq!(tidy(&test.app).await.unwrap(), Some(2_500));
    assert_eq!(test.peek::<i64>("SELECT COUNT(*) FROM idempotency_record").await, 0);
}

#[tokio::test]
async fn one_node_tidies_and_the_others_wait_an_hour() {
    let test = TestApp::start().await;
    let other = test.open_again(|_settings| {}).await;
    assert_eq!(tidy(&test.app).await.unwrap(), Some(0));
    test.clock.pass(HOUR - 1);
    assert_eq!((tidy(&other).await.unwrap(), tidy(&test.app).await.unwrap()), (None, None));
    test.clock.pass(1);
    assert_eq!((tidy(&other).await.unwrap(), tidy(&test.app).await.unwrap()), (Some(0), None));
}

#[tokio::test]
async fn a_clock_that_was_set_back_does_not_stop_it() {
    let test = TestApp::start().await;
    tidy(&test.app).await.unwrap();
    test.clock.pass(-DAY);
    assert_eq!(tidy(&test.app).await.unwrap(), Some(0));
}
