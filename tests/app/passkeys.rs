//! Passkeys and the settings: where a second factor is asked for, where there can be none, and what is left behind.

use qadam_app::authentication::{
    NewPasskey, OwnProof, PasskeySignIn, PasswordChange, SignIn, Signed, add_passkey, authenticate,
    begin_passkey, change_own_password, end_other_sessions, list_passkeys, passkey_challenge,
    passkeys_are_possible, remove_passkey, set_password_by_link, sign_in, sign_in_to_pages,
    sign_in_with_passkey,
};
use qadam_app::throttling::Origin;
use qadam_app::{App, AppError, Code, housekeeping};
use qadam_domain::accounts::{Role, SecondFactorRule};
use qadam_tests::device::Device;

use crate::second_factor::enrolled;
use crate::support::{PASSWORD, TestApp, address};

/// What somebody says who has no app.
const OWN: OwnProof<'static> = OwnProof { password: PASSWORD, code: None };

const ORIGIN: &str = "https://register.example";

fn code_of<T>(outcome: Result<T, AppError>) -> Code {
    outcome.err().expect("a refusal").code()
}

/// A device with a passkey of the account that asks.
async fn added(test: &TestApp, signed: &Signed) -> Device {
    let origin = Origin::default();
    let mut device = Device::new(ORIGIN, signed.session.id.to_string().as_bytes());
    let begun = begin_passkey(&test.app, &origin, signed, OWN).await.unwrap();
    device.user_handle = begun.user_handle;
    let made = device.make(&begun.challenge);
    let new = NewPasskey {
        label: "Telephone".to_owned(),
        client_data: made.client_data,
        attestation_object: made.attestation_object,
    };
    add_passkey(&test.app, &origin, signed, new).await.unwrap();
    device
}

fn said(app: &App, device: &Device) -> PasskeySignIn {
    let said = device.sign(&passkey_challenge(app).unwrap().challenge);
    PasskeySignIn {
        credential_id: device.credential_id.clone(),
        client_data: said.client_data,
        authenticator_data: said.authenticator_data,
        signature: said.signature,
        user_handle: said.user_handle,
    }
}

/// A register that asks everybody for a second factor.
async fn asking() -> TestApp {
    TestApp::start_with(|settings| settings.authentication.second_factor = SecondFactorRule::Everybody).await
}

#[tokio::test]
async fn where_a_second_factor_is_asked_for_a_passkey_is_one_and_the_password_alone_opens_nothing() {
    let test = asking().await;
    let tokens = {
        test.account("officer", "GPO", Role::Officer).await;
        test.sign_in("officer").await
    };
    let signed = test.authenticated(&tokens.access_token).await;
    assert!(signed.lacks_second_factor);
    let device = added(&test, &signed).await;
    assert!(!test.authenticated(&tokens.access_token).await.lacks_second_factor, "it was made here");
    let origin = Origin::default();
    let tokens = sign_in_with_passkey(&test.app, &origin, &said(&test.app, &device), None).await.unwrap();
    let signed = authenticate(&test.app, Some(&tokens.access_token)).await.unwrap().unwrap();
    assert!(!signed.lacks_second_factor);
    let email = address("officer");
    let alone = sign_in(&test.app, &origin, SignIn::new(&email, PASSWORD)).await;
    assert_eq!(code_of(alone), Code::PasskeyRequired);
    assert_eq!(code_of(sign_in_to_pages(&test.app, &origin, &email, PASSWORD).await), Code::PasskeyRequired);
    let wrong = sign_in(&test.app, &origin, SignIn::new(&email, "not the right one")).await;
    assert_eq!(code_of(wrong), Code::InvalidCredentials);
}

#[tokio::test]
async fn the_last_passkey_stays_where_a_second_factor_is_asked_for_and_there_is_no_other() {
    let test = asking().await;
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    let device = added(&test, &signed).await;
    let origin = Origin::default();
    let passkey = list_passkeys(&test.app, &signed).await.unwrap()[0].id;
    let refused = remove_passkey(&test.app, &origin, &signed, passkey, PASSWORD).await;
    assert_eq!(code_of(refused), Code::LastSecondFactor);
    sign_in_with_passkey(&test.app, &origin, &said(&test.app, &device), None).await.unwrap();
    let elsewhere = test.open_again(|_| ()).await;
    remove_passkey(&elsewhere, &origin, &signed, passkey, PASSWORD).await.unwrap();
    let come = sign_in_with_passkey(&elsewhere, &origin, &said(&elsewhere, &device), None).await;
    assert_eq!(code_of(come), Code::InvalidCredentials);
}

#[tokio::test]
async fn at_an_address_of_numbers_or_over_http_there_are_no_passkeys() {
    for address in ["http://127.0.0.1:8080", "https://192.0.2.1", "http://register.example"] {
        let test = TestApp::start_with(|settings| settings.public_url = address.to_owned()).await;
        let signed = test.signed("officer", "GPO", Role::Officer).await;
        assert!(!passkeys_are_possible(&test.app));
        assert_eq!(code_of(passkey_challenge(&test.app)), Code::NoPasskeys);
        let begun = begin_passkey(&test.app, &Origin::default(), &signed, OWN).await;
        assert_eq!(code_of(begun), Code::NoPasskeys);
        let nothing = PasskeySignIn {
            credential_id: Vec::new(),
            client_data: Vec::new(),
            authenticator_data: Vec::new(),
            signature: Vec::new(),
            user_handle: Vec::new(),
        };
        let come = sign_in_with_passkey(&test.app, &Origin::default(), &nothing, None).await;
        assert_eq!(code_of(come), Code::NoPasskeys);
    }
}

#[tokio::test]
async fn only_answered_challenges_are_stored_and_only_until_they_would_have_ended() {
    let test = TestApp::start().await;
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    let device = added(&test, &signed).await;
    for _asked in 0..100 {
        passkey_challenge(&test.app).unwrap();
    }
    let spent = "SELECT COUNT(*) FROM spent_challenge";
    assert_eq!(test.peek::<i64>(spent).await, 1);
    let answer = said(&test.app, &device);
    let wrong = PasskeySignIn { signature: vec![0; 70], ..answer.clone() };
    let origin = Origin::default();
    let refused = sign_in_with_passkey(&test.app, &origin, &wrong, None).await;
    assert_eq!(code_of(refused), Code::InvalidCredentials);
    assert_eq!(test.peek::<i64>(spent).await, 1, "whoever answers wrongly writes nothing");
    sign_in_with_passkey(&test.app, &origin, &answer, None).await.unwrap();
    let refused = sign_in_with_passkey(&test.app, &origin, &answer, None).await;
    assert_eq!(code_of(refused), Code::InvalidCredentials);
    assert_eq!(test.peek::<i64>(spent).await, 2);
    test.clock.pass(301_000);
    housekeeping::tidy(&test.app).await.unwrap();
    assert_eq!(test.peek::<i64>(spent).await, 0);
}

/// What a device made for somebody who began with a passkey, a moment before it is added.
async fn made(test: &TestApp, signed: &Signed) -> NewPasskey {
    let mut device = Device::new(ORIGIN, b"made");
    let begun = begin_passkey(&test.app, &Origin::default(), signed, OWN).await.unwrap();
    device.user_handle = begun.user_handle;
    let made = device.make(&begun.challenge);
    let (client_data, attestation_object) = (made.client_data, made.attestation_object);
    NewPasskey { label: "Telephone".to_owned(), client_data, attestation_object }
}

#[tokio::test]
async fn who_was_shut_out_while_a_passkey_was_on_its_way_adds_none() {
    for change in ["sign out", "another password"] {
        let test = TestApp::start().await;
        let signed = test.signed("officer", "GPO", Role::Officer).await;
        let (new, origin) = (made(&test, &signed).await, Origin::default());
        let elsewhere = test.authenticated(&test.sign_in("officer").await.access_token).await;
        if change == "sign out" {
            end_other_sessions(&test.app, &elsewhere).await.unwrap();
        } else {
            let password =
                PasswordChange { current: PASSWORD.to_owned(), new: "walnut ferry mosaic".to_owned() };
            change_own_password(&test.app, &origin, &elsewhere, password).await.unwrap();
        }
        let added = add_passkey(&test.app, &origin, &signed, new).await;
        assert_eq!(code_of(added), Code::Unauthenticated, "{change}");
        assert!(list_passkeys(&test.app, &elsewhere).await.unwrap().is_empty(), "{change}");
    }
}

#[tokio::test]
async fn where_there_is_an_app_a_passkey_is_not_made_without_its_code() {
    let test = TestApp::start().await;
    let (signed, phone, _) = enrolled(&test).await;
    let origin = Origin::default();
    let beginning = |code: Option<String>| {
        let (app, origin, signed) = (&test.app, &origin, &signed);
        async move { begin_passkey(app, origin, signed, OwnProof { code: code.as_deref(), ..OWN }).await }
    };
    assert_eq!(code_of(beginning(None).await), Code::SecondFactorRequired);
    assert_eq!(code_of(beginning(Some(" ".to_owned())).await), Code::SecondFactorRequired);
    assert_eq!(code_of(beginning(Some("000000".to_owned())).await), Code::InvalidSecondFactor);
    test.clock.pass(30_000);
    let begun = beginning(Some(phone.code(30))).await.unwrap();
    assert!(begun.shown.starts_with("register.example ") && !begun.shown.contains('@'), "{}", begun.shown);
    assert_eq!(code_of(beginning(Some(phone.code(30))).await), Code::InvalidSecondFactor, "used");
}

#[tokio::test]
async fn a_session_that_a_password_opened_is_no_second_factor_once_one_is_asked_for() {
    let test = TestApp::start().await;
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    let device = added(&test, &signed).await;
    let by_password = test.sign_in("officer").await;
    let origin = Origin::default();
    let by_passkey = sign_in_with_passkey(&test.app, &origin, &said(&test.app, &device), None).await.unwrap();
    let asking = test.open_again(|settings| {
        settings.authentication.second_factor = SecondFactorRule::Everybody;
    });
    let asking = asking.await;
    for (tokens, lacks) in [(by_password, true), (by_passkey, false)] {
        let signed = authenticate(&asking, Some(&tokens.access_token)).await.unwrap().unwrap();
        assert_eq!(signed.lacks_second_factor, lacks);
    }
}

#[tokio::test]
async fn a_new_password_takes_passkeys_away_unless_they_are_the_second_factor_that_is_asked_for() {
    for (rule, left) in [(SecondFactorRule::Nobody, 0), (SecondFactorRule::Everybody, 1)] {
        let test = TestApp::start_with(|settings| settings.authentication.second_factor = rule).await;
        let signed = test.signed("officer", "GPO", Role::Officer).await;
        let device = added(&test, &signed).await;
        let token = test.own_recovery("officer").await;
        set_password_by_link(&test.app, &Origin::default(), &token, "walnut ferry mosaic").await.unwrap();
        assert_eq!(list_passkeys(&test.app, &signed).await.unwrap().len(), left, "{rule:?}");
        let come = sign_in_with_passkey(&test.app, &Origin::default(), &said(&test.app, &device), None).await;
        assert_eq!(come.is_ok(), left == 1, "{rule:?}");
    }
}
