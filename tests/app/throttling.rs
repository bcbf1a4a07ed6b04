//! How often passwords may be guessed, and who is kept out by that: those who guess, and nobody else.

use qadam_app::authentication::SignIn;
use qadam_app::authentication::{PasswordChange, change_own_password, set_password_by_link, sign_in};
use qadam_app::settings::Quota;
use qadam_app::throttling::{self, Limited, Origin};
use qadam_app::{AppError, Code};
use qadam_domain::accounts::{Role, Viewer};

use crate::support::{PASSWORD, TestApp, address};

const WRONG: &str = "kumquat saddle orbiT";

fn from(network: &str) -> Origin {
    Origin::new(Some(network.parse().unwrap()))
}

/// What came of a password: none where it was right.
async fn tried(test: &TestApp, origin: &Origin, name: &str, password: &str) -> Option<Code> {
    let outcome = sign_in(&test.app, origin, SignIn::new(&address(name), password)).await;
    outcome.err().map(|error| error.code())
}

#[tokio::test]
async fn the_sixth_wrong_password_is_not_looked_at_whether_the_account_exists_or_not() {
    let test = TestApp::start().await;
    test.account("known", "GPO", Role::Officer).await;
    for name in ["known", "unknown"] {
        let origin = from("192.0.2.1");
        for left in (0..5).rev() {
            assert_eq!(tried(&test, &origin, name, WRONG).await, Some(Code::InvalidCredentials));
            assert_eq!(origin.told().unwrap().left.times, left, "{name}");
        }
        // The right one is not looked at either: who guesses does not learn that it was.
        for password in [WRONG, PASSWORD] {
            let refused =
                sign_in(&test.app, &origin, SignIn::new(&address(name), password)).await.unwrap_err();
            let AppError::TooOften { limited, seconds, .. } = refused else { panic!("{refused}") };
            assert_eq!((limited, seconds), (Limited::SignIn, 60), "{name}");
        }
        test.clock.pass(60_000);
        assert_eq!(tried(&test, &origin, name, WRONG).await, Some(Code::InvalidCredentials), "one came back");
        assert_eq!(tried(&test, &origin, name, WRONG).await, Some(Code::TooOften));
    }
}

#[tokio::test]
async fn who_guesses_keeps_nobody_out_who_comes_from_elsewhere_or_is_signed_in() {
    let test = TestApp::start().await;
    let signed = test.signed("known", "GPO", Role::Officer).await;
    let guesser = from("2001:db8:1:2::1");
    for _guess in 0..8 {
        tried(&test, &guesser, "known", WRONG).await;
    }
    assert_eq!(tried(&test, &from("2001:db8:1:2::99"), "known", PASSWORD).await, Some(Code::TooOften));
    assert_eq!(tried(&test, &from("2001:db8:1:3::1"), "known", PASSWORD).await, None);
    // The right password forgets what was guessed against the account.
    assert_eq!(tried(&test, &from("198.51.100.1"), "known", WRONG).await, Some(Code::InvalidCredentials));
    let change = PasswordChange { current: PASSWORD.to_owned(), new: "kumquat teapot gale".to_owned() };
    change_own_password(&test.app, &guesser, &signed, change).await.unwrap();
}

#[tokio::test]
async fn guesses_from_many_networks_are_counted_for_the_account_and_those_of_one_network_for_all() {
    let test = TestApp::start_with(|settings| {
        settings.throttling.sign_in_account = Quota { times: 12, seconds: 86_400 };
        settings.throttling.sign_in_network = Quota { times: 9, seconds: 300 };
    })
    .await;
    test.account("known", "GPO", Role::Officer).await;
    for network in 1..=12 {
        let outcome = tried(&test, &from(&format!("192.0.2.{network}")), "known", WRONG).await;
        assert_eq!(outcome, Some(Code::InvalidCredentials));
    }
    assert_eq!(tried(&test, &from("192.0.2.13"), "known", PASSWORD).await, Some(Code::TooOften));
    let spraying = from("198.51.100.7");
    for name in 1..=9 {
        let outcome = tried(&test, &spraying, &format!("person{name}"), WRONG).await;
        assert_eq!(outcome, Some(Code::InvalidCredentials));
    }
    let refused = sign_in(&test.app, &spraying, SignIn::new(&address("person10"), WRONG)).await.unwrap_err();
    assert!(matches!(refused, AppError::TooOften { limited: Limited::SignInNetwork, .. }), "{refused}");
    // What was not looked at is not counted for the account.
    for _again in 0..20 {
        tried(&test, &spraying, "known2", WRONG).await;
    }
    assert_eq!(tried(&test, &from("192.0.2.50"), "known2", WRONG).await, Some(Code::InvalidCredentials));
}

#[tokio::test]
async fn a_right_password_is_never_counted() {
    let test = TestApp::start().await;
    test.account("known", "GPO", Role::Officer).await;
    let origin = from("192.0.2.1");
    for _time in 0..60 {
        assert_eq!(tried(&test, &origin, "known", PASSWORD).await, None);
    }
}

#[tokio::test]
async fn the_present_password_is_not_guessed_from_a_session_that_was_left_open() {
    let test = TestApp::start().await;
    let signed = test.signed("known", "GPO", Role::Officer).await;
    let mut codes = Vec::new();
    for _guess in 0..7 {
        let change = PasswordChange { current: WRONG.to_owned(), new: "kumquat teapot gale".to_owned() };
        let refused = change_own_password(&test.app, &Origin::default(), &signed, change).await.unwrap_err();
        codes.push(refused.code());
    }
    assert_eq!(codes[4..], [Code::InvalidCredentials, Code::TooOften, Code::TooOften]);
    // Signing in is counted apart.
    assert_eq!(tried(&test, &Origin::default(), "known", PASSWORD).await, None);
}

#[tokio::test]
async fn links_and_searches_have_limits_of_their_own() {
    let test = TestApp::start_with(|settings| {
        settings.throttling.link = Quota { times: 2, seconds: 60 };
        settings.throttling.search = Quota { times: 2, seconds: 60 };
    })
    .await;
    let signed = test.signed("known", "GPO", Role::Officer).await;
    let origin = from("192.0.2.1");
    let mut codes = Vec::new();
    for _guess in 0..3 {
        let refused = set_password_by_link(&test.app, &origin, "guessed", PASSWORD).await.unwrap_err();
        codes.push(refused.code());
    }
    assert_eq!(codes, [Code::InvalidLink, Code::InvalidLink, Code::TooOften]);
    for (viewer, origin) in [(&Viewer::Anonymous, &origin), (&signed.viewer, &Origin::default())] {
        let search = || throttling::search(&test.app, viewer, origin).map_err(|error| error.code());
        assert_eq!([search(), search(), search()], [Ok(()), Ok(()), Err(Code::TooOften)], "{viewer:?}");
    }
    // Where addresses tell nobody apart the public is not counted.
    for _search in 0..5 {
        throttling::search(&test.app, &Viewer::Anonymous, &Origin::default()).unwrap();
    }
}
