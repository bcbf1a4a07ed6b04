//! Codes of an authenticator app beside the password: turned on, asked for, used once, lost, turned off.

use qadam_app::authentication::{
    PageSignIn, SignIn, Signed, authenticate, begin_second_factor, confirm_second_factor,
    finish_sign_in_to_pages, remove_second_factor, renew_recovery_codes, second_factor, sign_in,
    sign_in_to_pages,
};
use qadam_app::throttling::Origin;
use qadam_app::{AppError, Code};
use qadam_domain::accounts::Role;
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::support::{BEGINNING, PASSWORD, TestApp, address};

/// An authenticator app, as people have one: it knows the secret and the time.
pub(crate) struct Phone(Totp);

impl Phone {
    fn told(secret: &str) -> Self {
        let secret = Secret::try_from_base32(secret).unwrap();
        let app = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(30);
        Self(app.with_secret(secret).build().unwrap())
    }

    /// What it shows so many seconds after the beginning.
    pub(crate) fn code(&self, seconds: i64) -> String {
        self.0.generate(u64::try_from(BEGINNING / 1_000 + seconds).unwrap()).to_string()
    }
}

/// An officer with a second factor, its app, and recovery codes.
pub(crate) async fn enrolled(test: &TestApp) -> (Signed, Phone, Vec<String>) {
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    let begun = begin_second_factor(&test.app, &Origin::default(), &signed, PASSWORD).await.unwrap();
    assert!(begun.address.starts_with("otpauth://totp/"), "{}", begun.address);
    assert!(begun.address.contains(&begun.secret) && begun.address.contains("officer%40example.org"));
    let phone = Phone::told(&begun.secret);
    let codes = confirm_second_factor(&test.app, &Origin::default(), &signed, &phone.code(0)).await.unwrap();
    assert_eq!(codes.len(), 10);
    (signed, phone, codes)
}

pub(crate) async fn signs_in(test: &TestApp, code: Option<&str>) -> Result<(), Code> {
    let email = address("officer");
    let with = SignIn { code, ..SignIn::new(&email, PASSWORD) };
    sign_in(&test.app, &Origin::default(), with).await.map(drop).map_err(|error| error.code())
}

fn code_of<T>(outcome: Result<T, AppError>) -> Code {
    outcome.err().expect("a refusal").code()
}

#[tokio::test]
async fn whoever_has_a_second_factor_is_asked_for_a_code_that_is_good_once() {
    let test = TestApp::start().await;
    let (signed, phone, _) = enrolled(&test).await;
    assert_eq!(signs_in(&test, None).await, Err(Code::SecondFactorRequired));
    assert_eq!(signs_in(&test, Some(" ")).await, Err(Code::SecondFactorRequired));
    assert_eq!(signs_in(&test, Some("000000")).await, Err(Code::InvalidSecondFactor));
    assert_eq!(
        signs_in(&test, Some(&phone.code(0))).await,
        Err(Code::InvalidSecondFactor),
        "it was the first one"
    );
    test.clock.pass(30_000);
    assert_eq!(signs_in(&test, Some(&phone.code(30))).await, Ok(()));
    assert_eq!(signs_in(&test, Some(&phone.code(30))).await, Err(Code::InvalidSecondFactor), "used");
    // A clock that is a step ahead, with a space in the middle as apps show it.
    let next = phone.code(60);
    assert_eq!(signs_in(&test, Some(&format!("{} {}", &next[..3], &next[3..]))).await, Ok(()));
    assert_eq!(signs_in(&test, Some(&phone.code(30))).await, Err(Code::InvalidSecondFactor), "an older one");
    test.clock.pass(300_000);
    assert_eq!(signs_in(&test, Some(&phone.code(60))).await, Err(Code::InvalidSecondFactor), "expired");
    let stands = second_factor(&test.app, &signed).await.unwrap();
    assert_eq!(stands.recovery_codes, 10);
}

#[tokio::test]
async fn of_two_that_sign_in_with_one_code_one_gets_in() {
    let test = TestApp::start().await;
    let (_, phone, codes) = enrolled(&test).await;
    test.clock.pass(30_000);
    for code in [phone.code(30), codes[0].clone()] {
        let tries = (0..8).map(|_try| signs_in(&test, Some(&code)));
        let got = futures_util::future::join_all(tries).await;
        // The others are refused for the code, or because too many were tried at once.
        assert_eq!(got.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{got:?}");
        test.clock.pass(3_600_000);
    }
}

#[tokio::test]
async fn a_recovery_code_lets_in_once_in_place_of_the_app() {
    let test = TestApp::start().await;
    let (signed, phone, codes) = enrolled(&test).await;
    let typed = codes[3].to_uppercase().replace('-', " ");
    assert_eq!(signs_in(&test, Some(&typed)).await, Ok(()));
    assert_eq!(signs_in(&test, Some(&typed)).await, Err(Code::InvalidSecondFactor));
    test.clock.pass(60_000);
    let signed = test_signed_again(&test, &signed, &phone.code(60)).await;
    let found = second_factor(&test.app, &signed).await.unwrap();
    assert_eq!((found.is_on, found.recovery_codes), (true, 9));
    test.clock.pass(60_000);
    let renewed =
        renew_recovery_codes(&test.app, &Origin::default(), &signed, &phone.code(120)).await.unwrap();
    assert_eq!(
        signs_in(&test, Some(&codes[4])).await,
        Err(Code::InvalidSecondFactor),
        "the old ones are nothing"
    );
    assert_eq!(signs_in(&test, Some(&renewed[0])).await, Ok(()));
}

/// The account as it is after it signed in with a code.
async fn test_signed_again(test: &TestApp, signed: &Signed, code: &str) -> Signed {
    let email = signed.account.email.clone();
    let with = SignIn { code: Some(code), ..SignIn::new(&email, PASSWORD) };
    let tokens = sign_in(&test.app, &Origin::default(), with).await.unwrap();
    authenticate(&test.app, Some(&tokens.access_token)).await.unwrap().unwrap()
}

#[tokio::test]
async fn turning_it_on_or_off_asks_for_the_password_and_ends_all_other_sessions() {
    let test = TestApp::start().await;
    test.account("officer", "GPO", Role::Officer).await;
    let other = test.sign_in("officer").await;
    let signed = test.authenticated(&test.sign_in("officer").await.access_token).await;
    let origin = Origin::default();
    let app = &test.app;
    assert_eq!(code_of(begin_second_factor(app, &origin, &signed, "wrong").await), Code::InvalidCredentials);
    assert_eq!(
        code_of(confirm_second_factor(app, &origin, &signed, "000000").await),
        Code::SecondFactorConflict
    );
    let first = begin_second_factor(app, &origin, &signed, PASSWORD).await.unwrap();
    let second = begin_second_factor(app, &origin, &signed, PASSWORD).await.unwrap();
    let wrong = Phone::told(&first.secret).code(0);
    assert_eq!(
        code_of(confirm_second_factor(app, &origin, &signed, &wrong).await),
        Code::InvalidSecondFactor
    );
    let phone = Phone::told(&second.secret);
    assert!(authenticate(app, Some(&other.access_token)).await.unwrap().is_some(), "nothing has changed yet");
    confirm_second_factor(app, &origin, &signed, &phone.code(0)).await.unwrap();
    assert_eq!(code_of(authenticate(app, Some(&other.access_token)).await), Code::InvalidToken);
    assert_eq!(
        code_of(begin_second_factor(app, &origin, &signed, PASSWORD).await),
        Code::SecondFactorConflict
    );
    test.clock.pass(30_000);
    let code = phone.code(30);
    let remove = |password| remove_second_factor(app, &origin, &signed, password, &code);
    assert_eq!(code_of(remove("wrong").await), Code::InvalidCredentials);
    remove(PASSWORD).await.unwrap();
    assert_eq!(signs_in(&test, None).await, Ok(()));
}

#[tokio::test]
async fn a_browser_is_asked_in_a_second_step_that_expires_and_ends_with_the_password() {
    let test = TestApp::start().await;
    let (_, phone, codes) = enrolled(&test).await;
    let origin = Origin::default();
    let begin = async || match sign_in_to_pages(&test.app, &origin, &address("officer"), PASSWORD).await {
        Ok(PageSignIn::CodeMissing(pending)) => pending,
        other => panic!("{other:?}"),
    };
    let finish = async |pending: &str, code: &str| {
        finish_sign_in_to_pages(&test.app, &origin, pending, code).await.map_err(|error| error.code())
    };
    let pending = begin().await;
    test.clock.pass(30_000);
    assert_eq!(finish(&pending, "000000").await, Err(Code::InvalidSecondFactor));
    let cookie = finish(&pending, &phone.code(30)).await.unwrap();
    let found = qadam_app::authentication::authenticate_by_cookie(&test.app, &cookie).await.unwrap();
    assert!(found.is_some());
    // What was brought along does not bring in another, however it is bent.
    assert_eq!(finish(&pending, &phone.code(30)).await, Err(Code::InvalidSecondFactor));
    assert_eq!(finish("", &codes[0]).await, Err(Code::SignInExpired));
    assert_eq!(finish(&format!("A{pending}"), &codes[0]).await, Err(Code::SignInExpired));
    test.clock.pass(10 * 60_000);
    assert_eq!(finish(&pending, &codes[0]).await, Err(Code::SignInExpired));
}

#[tokio::test]
async fn codes_are_not_guessed_and_neither_secret_nor_code_is_stored() {
    let test = TestApp::start().await;
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    let begun = begin_second_factor(&test.app, &Origin::default(), &signed, PASSWORD).await.unwrap();
    let phone = Phone::told(&begun.secret);
    let codes = confirm_second_factor(&test.app, &Origin::default(), &signed, &phone.code(0)).await.unwrap();
    let stored: String = test.peek("SELECT secret FROM account_totp").await;
    assert!(!stored.contains(&begun.secret));
    let digests: i64 = test.peek("SELECT COUNT(*) FROM recovery_code WHERE length(code_digest) = 32").await;
    assert_eq!(digests, 10);
    let mut outcomes = Vec::new();
    for guess in 0..8 {
        outcomes.push(signs_in(&test, Some(&format!("00000{guess}"))).await);
    }
    assert_eq!(outcomes[4..6], [Err(Code::InvalidSecondFactor), Err(Code::TooOften)]);
    assert_eq!(signs_in(&test, Some(&codes[0])).await, Err(Code::TooOften));
}
